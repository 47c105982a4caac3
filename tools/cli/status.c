/* gongkai status: what an archive has of each entry page. */
#include <string.h>

#include "cli.h"

static const char *archive, *format;

static const cli_option options[] = {
    {"archive", 'a', "DIR", "the archive", .text = &archive},
    {"format", 'f', "FORMAT", "table (the default) or jsonl", .text = &format},
    {0},
};

static bool print_piece(void *user, gongkai_text piece) { return fwrite(piece.ptr, 1, piece.len, user) == piece.len; }

static int run(const cli_command *command, int argc, char **argv) {
    if (!archive) return cli_usage(command, "--archive is needed");
    if (argc) return cli_usage(command, "takes no words, and there is \"%s\"", argv[0]);
    bool jsonl = format && strcmp(format, "jsonl") == 0, good;
    if (format && !jsonl && strcmp(format, "table") != 0) return cli_usage(command, "unknown format \"%s\"", format);
    gongkai_error error;
    if (gongkai_status(archive, jsonl, print_piece, stdout, &good, &error))
        return cli_flush(good ? EXIT_ALL_READ : EXIT_SOME_FAILED);
    int code = cli_fail(&error);
    return code == EXIT_SOME_FAILED ? EXIT_USAGE : code;
}

const cli_command cli_status = {
    .name = "status",
    .usage = "status --archive DIR [--format jsonl]",
    .help = "says how each entry page of an archive ended, and what was found behind it",
    .more = "Each entry page has one class (ok, dns, robots-deny, challenge, soft-404, empty-list ...) with the time and\n"
            "digest of its last answer, notices and files by year, what is known and could not be had, and what waits.\n\n"
            "Exit codes: 0 every entry page is ok or not-modified, 1 some are not, 2 usage or an archive that cannot be\n"
            "read.\n",
    .options = options,
    .run = run,
};
