/* gongkai explain: for each number of a line, what was tried on it and what became of it. */
#include <stdlib.h>
#include <string.h>

#include "cli.h"

static const char *patterns;
static bool all, ocr;
static unsigned timeout;
static FILE *out; /* where the worker writes */

static const cli_option options[] = {
    {"all", 'a', NULL, "also the rules that did not match", .flag = &all},
    {"ocr", 0, NULL, "recognise pages of PDF files that are pictures (needs gongkai-ocr; seconds a page)", .flag = &ocr},
    {"timeout", 't', "SECONDS", "the longest time for one document, 120 by default (1860 with --ocr)", .number = &timeout,
     .most = 86400},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

enum { NO_SUCH_LINE = 100 }; /* what the worker returns then; above the exit codes */

/* One rule tried on one number. The texts are copies, which live as long as the worker. */
typedef struct event {
    gongkai_span number;
    const char *stage, *outcome;
    gongkai_text rule, detail;
} event;

typedef struct events {
    unsigned number; /* of the line */
    gongkai_span line;
    event *list;
    size_t len, cap;
} events;

static void *need(void *p) {
    if (!p) abort();
    return p;
}

static gongkai_text copy(gongkai_text t) {
    char *p = need(malloc(t.len + 1));
    if (t.len) memcpy(p, t.ptr, t.len);
    return (gongkai_text){p, t.len};
}

static bool overlap(gongkai_span a, gongkai_span b) { return a.start < b.end && b.start < a.end; }

static void on_try(void *user, gongkai_span number, const char *stage, gongkai_text rule, const char *outcome,
                   gongkai_text detail) {
    events *e = user;
    if (!all && strcmp(outcome, "no match") == 0) return;
    if (e->len == e->cap) {
        e->cap = e->cap ? e->cap * 2 : 64;
        e->list = need(realloc(e->list, e->cap * sizeof *e->list));
    }
    gongkai_text stage_copy = copy((gongkai_text){stage, strlen(stage) + 1});
    gongkai_text outcome_copy = copy((gongkai_text){outcome, strlen(outcome) + 1});
    e->list[e->len++] = (event){number, stage_copy.ptr, outcome_copy.ptr, copy(rule), copy(detail)};
}

static void print_field(const gongkai_record *r, const char *name) {
    gongkai_text t = gongkai_record_field(r, name);
    if (!t.len) return;
    fprintf(out, " %s=", name);
    for (size_t i = 0; i < t.len; i++) {
        if (t.ptr[i] == '\x1f') fputs(" > ", out);
        else cli_print_line(out, (gongkai_text){t.ptr + i, 1});
    }
}

static void print_record(const gongkai_record *r) {
    static const char *const fields[] = {"raw",    "value",  "unit",        "subject", "measure",     "year",
                                         "against", "code",   "qualifier",   "column",  "project",     "level1",
                                         "level2", "name",   "op",          "target",  "target_unit", "actual",
                                         "actual_unit", "weight", "score", "where",   "table",       "section",
                                         "rule"};
    gongkai_text id = gongkai_record_field(r, "id");
    fprintf(out, "    %s %.*s:", gongkai_record_kind(r), (int)id.len, id.ptr ? id.ptr : "");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) print_field(r, fields[i]);
    putc('\n', out);
}

static void print_events(const events *e, gongkai_span number) {
    bool head = false;
    for (size_t i = 0; i < e->len; i++) {
        const event *v = &e->list[i];
        if (!overlap(v->number, number)) continue;
        if (!head) fprintf(out, "  tried:\n");
        head = true;
        fprintf(out, "    %-9s ", v->stage);
        cli_print_padded(out, v->rule, 32);
        fprintf(out, " %-8s ", v->outcome);
        cli_print_line(out, v->detail);
        putc('\n', out);
    }
}

static void print_folding(const gongkai_document *d, gongkai_span span) {
    gongkai_text source = cli_slice(gongkai_document_text(d), span);
    gongkai_text view = cli_slice(gongkai_document_view(d), gongkai_view_of(d, span));
    if (cli_same(source, view)) return;
    fprintf(out, "  folded: \"");
    cli_print_line(out, source);
    fprintf(out, "\" became \"");
    cli_print_line(out, view);
    fprintf(out, "\"\n");
}

static void print_records(const gongkai_document *d, gongkai_span span, gongkai_text id) {
    bool head = false;
    for (size_t i = 1; i < gongkai_document_records(d); i++) {
        const gongkai_record *r = gongkai_document_record(d, i);
        bool named = id.len && cli_same(gongkai_record_field(r, "id"), id);
        if (!named && !overlap(gongkai_record_span(r), span)) continue;
        if (!head) fprintf(out, "  records:\n");
        head = true;
        print_record(r);
    }
}

static void print_number(const gongkai_document *d, const events *e, gongkai_span span, const gongkai_digits *g,
                         const cli_place *place) {
    putc('\n', out);
    cli_print_line(out, cli_slice(gongkai_document_text(d), span));
    fprintf(out, "  column %u, bytes %u-%u", place->column, (unsigned)span.start, (unsigned)span.end);
    if (g) fprintf(out, ": %s", g->fate);
    if (g && g->why.len) fprintf(out, strcmp(g->fate, "claimed") == 0 ? " by %.*s" : " as %.*s", (int)g->why.len, g->why.ptr);
    if (g && g->rule.len) fprintf(out, ", rule %.*s", (int)g->rule.len, g->rule.ptr);
    putc('\n', out);
    print_folding(d, span);
    print_events(e, span);
    print_records(d, span, g && strcmp(g->fate, "claimed") == 0 ? g->why : (gongkai_text){0});
}

/* Whether a digit group lies in the span: such records are told with their digits. */
static bool has_digits(const gongkai_document *d, gongkai_span span) {
    for (size_t i = 0; i < gongkai_document_digits(d); i++)
        if (overlap(gongkai_document_digit(d, i).span, span)) return true;
    return false;
}

/* Whether a digit group of the line was claimed by the record, which was told with it then. */
static bool was_told(const gongkai_document *d, gongkai_span line, gongkai_text id) {
    for (size_t i = 0; i < gongkai_document_digits(d); i++) {
        gongkai_digits g = gongkai_document_digit(d, i);
        if (overlap(g.span, line) && cli_same(g.why, id)) return true;
    }
    return false;
}

static void explain(const gongkai_document *d, const events *e) {
    bool any = false;
    cli_place place = {.text = gongkai_document_text(d)};
    for (size_t i = 0; i < gongkai_document_digits(d); i++) {
        gongkai_digits g = gongkai_document_digit(d, i);
        if (!overlap(g.span, e->line)) continue;
        cli_place_move(&place, g.span.start);
        print_number(d, e, g.span, &g, &place);
        any = true;
    }
    place = (cli_place){.text = gongkai_document_text(d)}; /* figures written without digits */
    for (size_t i = 1; i < gongkai_document_records(d); i++) {
        const gongkai_record *r = gongkai_document_record(d, i);
        gongkai_span span = gongkai_record_span(r);
        if (!overlap(span, e->line) || has_digits(d, span)) continue;
        if (was_told(d, e->line, gongkai_record_field(r, "id"))) continue;
        cli_place_move(&place, span.start);
        print_number(d, e, span, NULL, &place);
        any = true;
    }
    if (!any) fprintf(out, "\nThere is no number on this line.\n");
}

/* The span of a line without its end; false where the text has fewer lines. */
static bool find_line(gongkai_text text, unsigned line, gongkai_span *found) {
    size_t start = 0;
    while (--line) {
        const char *end = start < text.len ? memchr(text.ptr + start, '\n', text.len - start) : NULL;
        if (!end) return false;
        start = (size_t)(end - text.ptr) + 1;
    }
    const char *end = start < text.len ? memchr(text.ptr + start, '\n', text.len - start) : NULL;
    *found = (gongkai_span){(uint32_t)start, (uint32_t)(end ? (size_t)(end - text.ptr) : text.len)};
    return start < text.len;
}

static int render(void *user, const gongkai_document *d, const char *path, FILE *to) {
    events *e = user;
    out = to;
    if (!find_line(gongkai_document_text(d), e->number, &e->line)) return NO_SUCH_LINE;
    fprintf(out, "%s:%u: ", path, e->number);
    cli_print_line(out, cli_slice(gongkai_document_text(d), e->line));
    putc('\n', out);
    explain(d, e);
    return EXIT_ALL_READ;
}

static int explain_line(gongkai_session *session, const char *path, unsigned line) {
    events e = {.number = line};
    gongkai_session_watch(session, on_try, &e);
    gongkai_session_watch_line(session, line);
    int code = cli_render_one(session, path, timeout, render, &e);
    if (code != NO_SUCH_LINE) return code;
    fprintf(stderr, "gongkai explain: %s has no line %u\n", path, line);
    return EXIT_USAGE;
}

static int run(const cli_command *command, int argc, char **argv) {
    if (argc != 1) return cli_usage(command, argc ? "one FILE:LINE only" : "FILE:LINE is needed");
    char *colon = strrchr(argv[0], ':'), *end = NULL;
    unsigned long line = colon && colon[1] >= '0' && colon[1] <= '9' ? strtoul(colon + 1, &end, 10) : 0;
    if (!colon || colon == argv[0] || !end || *end || line == 0 || line > UINT32_MAX)
        return cli_usage(command, "\"%s\" is not FILE:LINE", argv[0]);
    *colon = '\0';
    int code = EXIT_ALL_READ;
    gongkai_session *session = cli_open_ocr(patterns, ocr, &code);
    if (!session) return code;
    code = explain_line(session, argv[0], (unsigned)line);
    gongkai_close(session);
    return cli_flush(code);
}

const cli_command cli_explain = {
    .name = "explain",
    .usage = "explain [OPTIONS] FILE:LINE",
    .help = "says for each number of a line which rules tried, which won and why",
    .options = options,
    .run = run,
};
