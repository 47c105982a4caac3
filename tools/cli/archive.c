/* gongkai archive: what an archive holds, the bytes of it, whether it is whole, and the ways in and out. */
#include <string.h>

#include "cli.h"

static bool json, documents, raw, quiet;
static const char *output, *format = "warc", *base;

static const cli_option options[] = {
    {"json", 0, NULL, "list: JSON Lines with all that is known", .flag = &json},
    {"documents", 0, NULL, "list: only what `extract` reads: the last good capture of each URL that is no list",
     .flag = &documents},
    {"raw", 0, NULL, "cat: as received, with its content codings", .flag = &raw},
    {"quiet", 'q', NULL, "verify, import: no summary", .flag = &quiet},
    {"output", 'o', "FILE", "export: the file to write", .text = &output},
    {"format", 'f', "FORMAT", "export: warc (WARC/1.0, the default), cdxj or wacz", .text = &format},
    {"url", 0, "URL", "import: where the page comes from, where it does not say so itself", .text = &base},
    {0},
};

/* ---- list */

static bool print_capture(void *user, const gongkai_capture *c) {
    uint64_t *count = user;
    if (json) fwrite(c->json.ptr, 1, c->json.len, stdout);
    if (!json && ++*count == 1)
        printf("%-20s %3s %-14s %-10s %-12s %10s  %s\n", "fetched", "", "outcome", "kind", "type", "bytes", "URL");
    if (!json) {
        printf("%-20.*s %3d %-14.*s %-10.*s %-12.*s %10llu  ", (int)c->fetched.len, c->fetched.ptr, c->status,
               (int)c->outcome.len, c->outcome.ptr ? c->outcome.ptr : "", (int)c->kind.len, c->kind.ptr ? c->kind.ptr : "",
               (int)c->type.len, c->type.ptr ? c->type.ptr : "", (unsigned long long)c->bytes);
        cli_print_line(stdout, c->url);
        if (c->anchor.len) printf("  "), cli_print_line(stdout, c->anchor);
        putchar('\n');
    }
    return !ferror(stdout);
}

static int list(int argc, char **argv) {
    gongkai_error error;
    uint64_t count = 0;
    (void)argc;
    if (!gongkai_archive_list(argv[0], documents, print_capture, &count, &error)) return cli_fail(&error);
    return EXIT_ALL_READ;
}

/* ---- cat */

static bool print_bytes(void *user, gongkai_text piece) {
    (void)user;
    return fwrite(piece.ptr, 1, piece.len, stdout) == piece.len;
}

static int cat(int argc, char **argv) {
    gongkai_error error;
    (void)argc;
    if (gongkai_archive_cat(argv[0], argv[1], raw, print_bytes, NULL, &error)) return EXIT_ALL_READ;
    return strcmp(error.name, "output") == 0 ? EXIT_OUTPUT : cli_fail(&error);
}

/* ---- verify */

static void print_fault(void *user, const gongkai_error *fault) {
    char text[2048];
    (void)user;
    gongkai_error_print(fault, text, sizeof text);
    text[strcspn(text, "\n")] = '\0';
    printf("%s (at byte %llu)\n", text, (unsigned long long)fault->offset);
}

static int verify(int argc, char **argv) {
    gongkai_error error;
    gongkai_verdict v;
    (void)argc;
    if (!gongkai_archive_verify(argv[0], print_fault, NULL, &v, &error)) return cli_fail(&error);
    if (!quiet)
        printf("%llu files, %llu bytes, %llu records, %llu captures: %llu faults\n", (unsigned long long)v.files,
               (unsigned long long)v.bytes, (unsigned long long)v.records, (unsigned long long)v.captures,
               (unsigned long long)v.faults);
    if (v.torn && !quiet)
        printf("%llu bytes of a broken write stand behind, which the next writer cuts\n", (unsigned long long)v.torn);
    return v.faults ? EXIT_SOME_FAILED : EXIT_ALL_READ;
}

/* ---- export */

static int export(int argc, char **argv) {
    gongkai_error error;
    (void)argc;
    if (gongkai_archive_export(argv[0], format, output, &error)) return EXIT_ALL_READ;
    return cli_fail(&error);
}

/* ---- import */

static int import(int argc, char **argv) {
    gongkai_error error;
    gongkai_import_result r;
    gongkai_import_options o = {.dir = argv[0], .files = (const char *const *)argv + 1, .file_count = (size_t)argc - 1};
    o.url = base;
    bool ok = gongkai_archive_import(&o, &r, &error);
    if (!quiet && (ok || r.captures))
        printf("%llu captures imported, %llu known already, %llu lost\n", (unsigned long long)r.captures,
               (unsigned long long)r.known, (unsigned long long)r.lost);
    if (!ok) return cli_fail(&error);
    return r.lost ? EXIT_SOME_FAILED : EXIT_ALL_READ;
}

/* ---- the table of actions */

static const struct action {
    const char *name, *words;
    int least, most;
    int (*run)(int argc, char **argv);
} actions[] = {
    {"list", "DIR", 1, 1, list},
    {"cat", "DIR URL|DIGEST", 2, 2, cat},
    {"verify", "DIR|FILE.warc.gz", 1, 1, verify},
    {"export", "DIR", 1, 1, export},
    {"import", "DIR FILE...", 2, 1 << 30, import},
};

static int run(const cli_command *command, int argc, char **argv) {
    const struct action *a = NULL;
    for (size_t i = 0; argc && i < sizeof actions / sizeof *actions; i++)
        if (strcmp(argv[0], actions[i].name) == 0) a = &actions[i];
    if (!a) return cli_usage(command, "list, cat, verify, export or import is needed");
    if (argc - 1 < a->least || argc - 1 > a->most) return cli_usage(command, "%s wants %s", a->name, a->words);
    if (a->run == export && !output) return cli_usage(command, "export wants a file to write: -o FILE");
    return cli_flush(a->run(argc - 1, argv + 1));
}

const cli_command cli_archive = {
    .name = "archive",
    .usage = "archive [OPTIONS] list DIR | cat DIR URL|DIGEST | verify DIR|FILE | export -o FILE DIR | import DIR FILE...",
    .help = "lists, prints, verifies, exports and imports what a crawl has stored",
    .more = "An archive is a folder: WARC/1.1 files with an index and the frontier beside them (gongkai.sqlite).\n\n"
            "Exit codes: 0 done, 1 faults were found or something could not be read, 2 usage, 4 the output failed.\n",
    .options = options,
    .run = run,
};
