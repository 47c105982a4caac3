/* gongkai text: the canonical text, its folded view, the fate of its digits. */
#include "cli.h"

static const char *patterns;
static bool folded, map, digits;

static const cli_option options[] = {
    {"folded", 'F', NULL, "the matching view: canonical span, tab, folded text, one block a line", .flag = &folded},
    {"map", 'm', NULL, "with --folded: below each block the runs of the map that are no plain copies", .flag = &map},
    {"digits", 'd', NULL, "each digit group: span, line:column, as printed, fate, record or class, rule", .flag = &digits},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

/* One line for each run of [*run ..) that begins before `end` and changes something: what stood there, what it became. */
static void print_runs(const gongkai_document *d, size_t *run, uint32_t end) {
    for (; *run < gongkai_view_runs(d); ++*run) {
        gongkai_run_of_map r = gongkai_view_run(d, *run);
        if (r.view.start >= end) return;
        gongkai_text source = cli_slice(gongkai_document_text(d), r.source);
        gongkai_text view = cli_slice(gongkai_document_view(d), r.view);
        if (!source.len || cli_same(source, view)) continue;
        printf("\t%u-%u\t", (unsigned)r.source.start, (unsigned)r.source.end);
        cli_print_line(stdout, source);
        putchar('\t');
        cli_print_line(stdout, view);
        putchar('\n');
    }
}

static void print_folded(const gongkai_document *d) {
    gongkai_text view = gongkai_document_view(d);
    size_t run = 0;
    for (size_t start = 0, end; start < view.len; start = end + 1) {
        for (end = start; end < view.len && view.ptr[end] != '\n';) end++;
        gongkai_span line = {(uint32_t)start, (uint32_t)end};
        gongkai_span source = gongkai_view_source(d, line);
        printf("%u-%u\t", (unsigned)source.start, (unsigned)source.end);
        fwrite(view.ptr + start, 1, end - start, stdout);
        putchar('\n');
        if (map) print_runs(d, &run, line.end);
    }
}

static void print_digits(const gongkai_document *d) {
    gongkai_text text = gongkai_document_text(d);
    cli_place place = {.text = text};
    for (size_t i = 0; i < gongkai_document_digits(d); i++) {
        gongkai_digits g = gongkai_document_digit(d, i);
        cli_place_move(&place, g.span.start);
        printf("%u-%u\t%u:%u\t", (unsigned)g.span.start, (unsigned)g.span.end, place.line, place.column);
        cli_print_line(stdout, cli_slice(text, g.span));
        printf("\t%s\t%.*s\t%.*s\n", g.fate, (int)g.why.len, g.why.ptr ? g.why.ptr : "", (int)g.rule.len,
               g.rule.ptr ? g.rule.ptr : "");
    }
}

static int run(const cli_command *command, int argc, char **argv) {
    if (argc != 1) return cli_usage(command, argc ? "one file only" : "a file is needed");
    if (folded && digits) return cli_usage(command, "--folded and --digits exclude each other");
    if (map && !folded) return cli_usage(command, "--map needs --folded");
    int code = EXIT_SOME_FAILED;
    gongkai_session *session = cli_open(patterns, &code);
    if (!session) return code;
    gongkai_document *d = cli_read(session, argv[0]);
    if (d) {
        code = EXIT_ALL_READ;
        gongkai_text text = gongkai_document_text(d);
        if (digits) print_digits(d);
        else if (folded) print_folded(d);
        else if (text.len) fwrite(text.ptr, 1, text.len, stdout);
    }
    gongkai_document_free(d);
    gongkai_close(session);
    return cli_flush(code);
}

const cli_command cli_text = {
    .name = "text",
    .usage = "text [OPTIONS] FILE",
    .help = "prints the canonical text that all offsets count in",
    .options = options,
    .run = run,
};
