/* gongkai check: recomputes the relations between the figures of documents. */
#include <string.h>

#include "cli.h"

static const char *format, *patterns;
static bool all, lines;
static unsigned jobs, timeout;
static FILE *out; /* where the worker writes */

static const cli_option options[] = {
    {"all", 'a', NULL, "also the relations that hold", .flag = &all},
    {"format", 'f', "FORMAT", "text (by default) or jsonl", .text = &format},
    {"jobs", 'j', "N", "worker processes; by default one for each processor", .number = &jobs, .most = 256},
    {"timeout", 't', "SECONDS", "the longest time for one document, 120 by default", .number = &timeout,
     .most = 86400},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

static bool is_status(const gongkai_record *r, const char *status) {
    return cli_same(gongkai_record_field(r, "status"), cli_text_of(status));
}

static bool is_finding(const gongkai_record *r) { return strcmp(gongkai_record_kind(r), "finding") == 0; }

static void print_field(const gongkai_record *r, const char *label, const char *name) {
    gongkai_text t = gongkai_record_field(r, name);
    if (!t.len) return;
    fprintf(out, "  %-9s ", label);
    cli_print_line(out, t);
    putc('\n', out);
}

static const gongkai_record *record_of(const gongkai_document *d, gongkai_text id) {
    for (size_t i = 1; i < gongkai_document_records(d); i++)
        if (cli_same(gongkai_record_field(gongkai_document_record(d, i), "id"), id)) return gongkai_document_record(d, i);
    return NULL;
}

/* The figures of a finding with the lines they stand on. */
static void print_terms(const gongkai_document *d, gongkai_text terms) {
    for (size_t at = 0, end; at < terms.len; at = end + 1) {
        for (end = at; end < terms.len && terms.ptr[end] != '\x1f';) end++;
        const gongkai_record *r = record_of(d, (gongkai_text){terms.ptr + at, end - at});
        if (!r) continue;
        cli_place place = {.text = gongkai_document_text(d)};
        cli_place_move(&place, gongkai_record_span(r).start);
        fprintf(out, "  %-9s ", at ? "" : "figures");
        cli_print_line(out, gongkai_record_field(r, "raw"));
        gongkai_text subject = gongkai_record_field(r, "subject");
        fprintf(out, " (line %u%s", place.line, subject.len ? ", " : "");
        cli_print_line(out, subject);
        fprintf(out, ")\n");
    }
}

/* The line that a finding stands on, cut to a part around it. */
static void print_sentence(const gongkai_document *d, gongkai_span span) {
    enum { BEFORE = 150, BEHIND = 90 };
    gongkai_text t = gongkai_document_text(d);
    size_t start = span.start, end = span.end;
    while (start > 0 && span.start - start < BEFORE && t.ptr[start - 1] != '\n') start--;
    while (start < span.start && ((unsigned char)t.ptr[start] & 0xC0) == 0x80) start++;
    while (end < t.len && (end - span.end < BEHIND || ((unsigned char)t.ptr[end] & 0xC0) == 0x80) && t.ptr[end] != '\n') end++;
    fprintf(out, "  ");
    cli_print_line(out, (gongkai_text){t.ptr + start, end - start});
    putc('\n', out);
}

static void print_finding(const gongkai_document *d, const gongkai_record *r, const char *path) {
    cli_place place = {.text = gongkai_document_text(d)};
    cli_place_move(&place, gongkai_record_span(r).start);
    gongkai_text status = gongkai_record_field(r, "status"), check = gongkai_record_field(r, "check");
    fprintf(out, "%s:%u:%u: %.*s: %.*s\n", path, place.line, place.column, (int)status.len, status.ptr, (int)check.len,
            check.ptr);
    print_sentence(d, gongkai_record_span(r));
    print_field(r, "message", "message");
    print_field(r, "formula", "formula");
    print_field(r, "hint", "hint");
    print_terms(d, gongkai_record_field(r, "terms"));
    putc('\n', out);
}

static bool write_line(void *user, gongkai_text line) {
    static const char mark[] = "{\"kind\":\"finding\"";
    (void)user;
    if (line.len >= sizeof mark - 1 && memcmp(line.ptr, mark, sizeof mark - 1) == 0) fwrite(line.ptr, 1, line.len, out);
    return true;
}

/* Returns 1 where figures contradict others. */
static int render(void *user, const gongkai_document *d, const char *path, FILE *to) {
    bool contradicted = false;
    (void)user;
    out = to;
    if (lines) gongkai_document_json(d, write_line, NULL);
    for (size_t i = 1; i < gongkai_document_records(d); i++) {
        const gongkai_record *r = gongkai_document_record(d, i);
        if (!is_finding(r)) continue;
        if (is_status(r, "contradicts") || is_status(r, "undefined")) contradicted = true;
        if (!lines) print_finding(d, r, path);
    }
    return contradicted;
}

static int run(const cli_command *command, int argc, char **argv) {
    lines = format && strcmp(format, "jsonl") == 0;
    if (argc == 0) return cli_usage(command, "a file is needed");
    if (format && !lines && strcmp(format, "text") != 0) return cli_usage(command, "the format is text or jsonl");
    int code = EXIT_USAGE;
    gongkai_session *session = cli_open(patterns, &code);
    if (!session) return code;
    gongkai_session_findings(session, all);
    cli_rendered done = cli_render_all(session, &(cli_render){.inputs = (const char *const *)argv,
                                                              .input_count = (size_t)argc,
                                                              .jobs = jobs,
                                                              .timeout = timeout,
                                                              .render = render});
    gongkai_close(session);
    if (done.code != EXIT_ALL_READ) return cli_flush(done.code);
    return cli_flush(done.failed ? EXIT_USAGE : done.number ? EXIT_SOME_FAILED : EXIT_ALL_READ);
}

const cli_command cli_check = {
    .name = "check",
    .usage = "check [OPTIONS] FILE...",
    .help = "recomputes sums, rates and shares, and names the figures that contradict others",
    .more = "A printed figure stands for all values that round to it or are cut to it; only what no such values explain\n"
            "is told.\n\n"
            "Exit codes: 0 nothing contradicts, 1 contradictions, 2 usage or a file that cannot be read, 3 the pattern set is\n"
            "refused, 4 the output failed.\n",
    .options = options,
    .run = run,
};
