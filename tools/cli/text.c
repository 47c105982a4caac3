/* gongkai text: the canonical text, its folded view, the fate of its digits. */
#include "cli.h"

static const char *patterns;
static bool folded, map, digits, ocr;
static unsigned timeout;
static FILE *out; /* where the worker writes */

static const cli_option options[] = {
    {"folded", 'F', NULL, "the matching view: canonical span, tab, folded text, one block a line", .flag = &folded},
    {"map", 'm', NULL, "with --folded: below each block what was replaced or dropped", .flag = &map},
    {"digits", 'd', NULL, "each digit group: span, line:column, as printed, fate, record or class, rule", .flag = &digits},
    {"ocr", 0, NULL, "recognise pages of PDF files that are pictures (needs gongkai-ocr; seconds a page)", .flag = &ocr},
    {"timeout", 't', "SECONDS", "the longest time for one document, 120 by default (1860 with --ocr)", .number = &timeout,
     .most = 86400},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

static void print_change(const gongkai_document *d, gongkai_span source, gongkai_span view) {
    gongkai_text before = cli_slice(gongkai_document_text(d), source);
    gongkai_text after = cli_slice(gongkai_document_view(d), view);
    if (!before.len || cli_same(before, after)) return;
    fprintf(out, "\t%u-%u\t", (unsigned)source.start, (unsigned)source.end);
    cli_print_line(out, before);
    putc('\t', out);
    cli_print_line(out, after);
    putc('\n', out);
}

/* One line for each place of a block where something was replaced or dropped. `*run` is the next run of the map. */
static void print_changes(const gongkai_document *d, size_t *run, gongkai_span block, uint32_t view_end) {
    uint32_t at = block.start;
    for (; *run < gongkai_view_runs(d); ++*run) {
        gongkai_run_of_map r = gongkai_view_run(d, *run);
        if (r.view.start >= view_end) break;
        if (r.source.start == r.source.end) continue; /* a mark */
        print_change(d, (gongkai_span){at, r.source.start}, (gongkai_span){0, 0});
        print_change(d, r.source, r.view);
        at = r.source.end;
    }
    print_change(d, (gongkai_span){at, block.end}, (gongkai_span){0, 0});
}

static void print_folded(const gongkai_document *d) {
    gongkai_text view = gongkai_document_view(d);
    size_t run = 0;
    for (size_t start = 0, end; start < view.len; start = end + 1) {
        for (end = start; end < view.len && view.ptr[end] != '\n';) end++;
        gongkai_span line = {(uint32_t)start, (uint32_t)end};
        gongkai_span source = gongkai_view_source(d, line);
        fprintf(out, "%u-%u\t", (unsigned)source.start, (unsigned)source.end);
        fwrite(view.ptr + start, 1, end - start, out);
        putc('\n', out);
        if (map) print_changes(d, &run, source, line.end);
    }
}

static void print_digits(const gongkai_document *d) {
    gongkai_text text = gongkai_document_text(d);
    cli_place place = {.text = text};
    for (size_t i = 0; i < gongkai_document_digits(d); i++) {
        gongkai_digits g = gongkai_document_digit(d, i);
        cli_place_move(&place, g.span.start);
        fprintf(out, "%u-%u\t%u:%u\t", (unsigned)g.span.start, (unsigned)g.span.end, place.line, place.column);
        cli_print_line(out, cli_slice(text, g.span));
        fprintf(out, "\t%s\t%.*s\t%.*s\n", g.fate, (int)g.why.len, g.why.ptr ? g.why.ptr : "", (int)g.rule.len,
               g.rule.ptr ? g.rule.ptr : "");
    }
}

static int render(void *user, const gongkai_document *d, const char *path, FILE *to) {
    gongkai_text text = gongkai_document_text(d);
    (void)user, (void)path;
    out = to;
    if (digits) print_digits(d);
    else if (folded) print_folded(d);
    else if (text.len) fwrite(text.ptr, 1, text.len, out);
    return EXIT_ALL_READ;
}

static int run(const cli_command *command, int argc, char **argv) {
    if (argc != 1) return cli_usage(command, argc ? "one file only" : "a file is needed");
    if (folded && digits) return cli_usage(command, "--folded and --digits exclude each other");
    if (map && !folded) return cli_usage(command, "--map needs --folded");
    int code = EXIT_SOME_FAILED;
    gongkai_session *session = cli_open_ocr(patterns, ocr, &code);
    if (!session) return code;
    code = cli_render_one(session, argv[0], timeout, render, NULL);
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
