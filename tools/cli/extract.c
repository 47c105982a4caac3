/* gongkai extract: many inputs, one output. */
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char *format, *output, *files_from, *patterns, *changed_since;
static bool bom, no_check, ocr, quiet;
static unsigned jobs, timeout;

static const cli_option options[] = {
    {"format", 'f', "FORMAT", "jsonl, json, csv or sqlite; by default what the name of -o says, else jsonl",
     .text = &format},
    {"output", 'o', "FILE", "where to write: .jsonl .json .csv .sqlite .db; by default standard output", .text = &output},
    {"files-from", 'T', "LIST", "read names of inputs from LIST (- is standard input), NUL or line separated",
     .text = &files_from},
    {"changed-since", 0, "DATE", "of archives and WARC files only what was first received on DATE (2024-02-05, UTC) or later",
     .text = &changed_since},
    {"jobs", 'j', "N", "worker processes; by default one for each processor", .number = &jobs, .most = 256},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {"timeout", 't', "SECONDS", "the longest time for one document, 120 by default (1860 with --ocr)", .number = &timeout,
     .most = 86400},
    {"ocr", 0, NULL, "recognise pages of PDF files that are pictures (needs gongkai-ocr; seconds a page)", .flag = &ocr},
    {"no-check", 0, NULL, "figures and indicators only: no relation is recomputed, there are no findings", .flag = &no_check},
    {"bom", 0, NULL, "begin CSV with a byte order mark", .flag = &bom},
    {"quiet", 'q', NULL, "no progress, no summary, no messages about documents that failed", .flag = &quiet},
    {0},
};

/* The progress line of a terminal, at most ten times a second. */
static double shown_at = -1;

static void on_progress(void *user, const gongkai_progress *p) {
    (void)user;
    bool done = p->documents == p->documents_total;
    if (!done && p->seconds - shown_at < 0.1) return;
    shown_at = p->seconds;
    double rate = p->seconds > 0 ? (double)p->documents / p->seconds : 0;
    double part = p->bytes_total ? (double)p->bytes / (double)p->bytes_total
                                 : (double)p->documents / (double)(p->documents_total ? p->documents_total : 1);
    unsigned left = part > 0 && part <= 1 ? (unsigned)(p->seconds / part - p->seconds + 0.5) : 0;
    fprintf(stderr, "\r%llu of %llu documents, %.1f MB, %.0f/s, %u:%02u left\033[K",
            (unsigned long long)p->documents, (unsigned long long)p->documents_total, (double)p->bytes / 1e6, rate,
            left / 60, left % 60);
}

static void on_failure(void *user, const gongkai_error *error) {
    (void)user;
    if (isatty(STDERR_FILENO)) fprintf(stderr, "\r\033[K");
    cli_fail(error);
}

static void summary(const gongkai_run_result *r) {
    fprintf(stderr, "\r\033[K%llu documents, %llu failed, %llu records\n", (unsigned long long)r->documents,
            (unsigned long long)r->failed, (unsigned long long)r->records);
}

/* The signal is raised again once nothing half-written is left behind. */
static void end_by_signal(void) {
    signal(cli_stopped_by, SIG_DFL);
    raise(cli_stopped_by);
}

static int run(const cli_command *command, int argc, char **argv) {
    if (argc == 0 && !files_from) return cli_usage(command, "an input is needed");
    int code;
    gongkai_session *session = cli_open_ocr(patterns, ocr, &code);
    if (!session) return code;
    gongkai_session_check(session, !no_check);
    bool talk = !quiet && isatty(STDERR_FILENO);
    gongkai_run_options o = {.inputs = (const char *const *)argv,
                             .input_count = (size_t)argc,
                             .files_from = files_from,
                             .output = output,
                             .format = format,
                             .changed_since = changed_since,
                             .bom = bom,
                             .jobs = jobs,
                             .timeout_seconds = timeout,
                             .stop = &cli_stopped_by,
                             .on_progress = talk ? on_progress : NULL,
                             .on_failure = quiet ? NULL : on_failure};
    gongkai_run_result result;
    gongkai_error error;
    cli_catch_signals();
    bool ok = gongkai_run(session, &o, &result, &error);
    gongkai_close(session);
    if (!ok && cli_stopped_by) end_by_signal();
    if (talk) summary(&result);
    if (ok) return result.failed ? EXIT_SOME_FAILED : EXIT_ALL_READ;
    if (result.reader_gone) return EXIT_OUTPUT;
    if (strcmp(error.name, "usage") == 0) return cli_usage(command, "%s", error.message);
    code = cli_fail(&error);
    return strcmp(error.name, "open") == 0 || strcmp(error.name, "limit") == 0 ? EXIT_USAGE : code;
}

const cli_command cli_extract = {
    .name = "extract",
    .usage = "extract [OPTIONS] FILE|DIR|-...",
    .help = "extracts every figure and indicator of documents as records",
    .more = "Folders are walked whole, their files taken in byte order of their paths; `-` is one document on standard\n"
            "input. An archive of the crawler and a WARC file give each document they hold, by URL: the last whole\n"
            "answer. Each input gives one `document` record, also where it could not be read (`error`); the records of\n"
            "an input follow it in document order. Bytes and order do not depend on the number of workers. A database\n"
            "is brought up to date in place, other files appear whole or not at all.\n\n"
            "Exit codes: 0 all documents were read, 1 some documents failed, 2 usage, 3 the pattern set is refused,\n"
            "4 the output failed.\n",
    .options = options,
    .run = run,
};
