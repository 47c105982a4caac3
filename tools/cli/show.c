/* gongkai show: one document for the eye. */
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli.h"

static const char *patterns;
static bool colour, ocr;
static unsigned timeout;
static FILE *out; /* where the worker writes */

static const cli_option options[] = {
    {"color", 'c', NULL, "use colours although the output is no terminal", .flag = &colour},
    {"ocr", 0, NULL, "recognise pages of PDF files that are pictures (needs gongkai-ocr; seconds a page)", .flag = &ocr},
    {"timeout", 't', "SECONDS", "the longest time for one document, 120 by default (1860 with --ocr)", .number = &timeout,
     .most = 86400},
    {"patterns", 'p', "DIR", "use the pattern set in DIR instead of the built-in one", .text = &patterns},
    {0},
};

enum { COLUMNS = 6, WIDEST = 44, CELL_BYTES = 256, BATCH = 2000 }; /* rows aligned together at most */

typedef struct row {
    const gongkai_record *record;
    char cell[COLUMNS][CELL_BYTES];
} row;

/* What a column is made from: the fields of a record, written one behind the other. */
static const struct {
    const char *mention[3];
    const char *indicator[3];
    const char *between;
    bool right;
} columns[COLUMNS] = {
    {{"subject"}, {"name", "description"}, " ", false},
    {{"qualifier", "value"}, {"op", "target"}, " ", true},
    {{"unit"}, {"target_unit"}, " ", false},
    {{"measure"}, {"actual", "actual_unit"}, " ", false},
    {{"year"}, {"score", "weight"}, "/", true},
    {{"column", "against"}, {"project", "level1", "level2"}, " ", false},
};

static void paint(const char *code) {
    if (colour) fprintf(out, "\033[%sm", code);
}

static const char *paint_of(const char *kind) {
    static const struct {
        const char *kind, *code;
    } table[] = {{"amount", "0"}, {"percentage", "36"}, {"quantity", "32"}, {"indicator", "33"}, {"finding", "31"}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (strcmp(kind, table[i].kind) == 0) return table[i].code;
    return "0";
}

/* Appends a text to a cell, cut at a character; items of lists are set apart by " > ". */
static void append(char *cell, gongkai_text text) {
    size_t len = strlen(cell);
    for (size_t i = 0; i < text.len; i++) {
        unsigned char c = (unsigned char)text.ptr[i];
        bool starts = (c & 0xC0) != 0x80;
        if (starts && len + 8 > CELL_BYTES) break;
        if (c == 0x1f) len += (size_t)snprintf(cell + len, CELL_BYTES - len, " > ");
        else cell[len++] = (char)(c < 0x20 || c == 0x7F ? ' ' : c);
    }
    cell[len] = '\0';
}

/* A small JSON object without its signs: {"year":2023} becomes year:2023. */
static void append_object(char *cell, gongkai_text text) {
    char plain[CELL_BYTES];
    size_t len = 0;
    if (!text.len) return;
    for (size_t i = 0; i < text.len && len < sizeof plain; i++)
        if (!strchr("{}\"", text.ptr[i])) plain[len++] = text.ptr[i];
    append(cell, cli_text_of("against "));
    append(cell, (gongkai_text){plain, len});
}

static bool is_indicator(const gongkai_record *r) { return strcmp(gongkai_record_kind(r), "indicator") == 0; }

static void fill(row *to, const gongkai_record *r) {
    to->record = r;
    for (int c = 0; c < COLUMNS; c++) {
        to->cell[c][0] = '\0';
        const char *const *names = is_indicator(r) ? columns[c].indicator : columns[c].mention;
        for (int i = 0; i < 3 && names[i]; i++) {
            gongkai_text text = gongkai_record_field(r, names[i]);
            if (text.len && to->cell[c][0]) append(to->cell[c], cli_text_of(columns[c].between));
            if (strcmp(names[i], "against") == 0) append_object(to->cell[c], text);
            else append(to->cell[c], text);
        }
    }
}

/* The part of a cell that fits into `width` columns, with an ellipsis where it was cut. */
static void shorten(char *cell, size_t width) {
    size_t len = strlen(cell);
    if (gongkai_text_width((gongkai_text){cell, len}) <= width) return;
    while (len && gongkai_text_width((gongkai_text){cell, len}) > width - 2)
        do len--;
        while (len && ((unsigned char)cell[len] & 0xC0) == 0x80);
    strcpy(cell + len, "..");
}

static void print_rows(row *rows, size_t count) {
    int width[COLUMNS] = {0};
    for (size_t i = 0; i < count; i++)
        for (int c = 0; c < COLUMNS; c++) {
            shorten(rows[i].cell[c], WIDEST);
            int w = (int)gongkai_text_width(cli_text_of(rows[i].cell[c]));
            if (w > width[c]) width[c] = w;
        }
    for (size_t i = 0; i < count; i++) {
        paint(paint_of(gongkai_record_kind(rows[i].record)));
        fprintf(out, " ");
        int last = COLUMNS - 1;
        while (last > 0 && !rows[i].cell[last][0]) last--;
        for (int c = 0; c <= last; c++) {
            if (!width[c]) continue;
            fprintf(out, " ");
            cli_print_padded(out, cli_text_of(rows[i].cell[c]), columns[c].right ? -width[c] : c == last ? 0 : width[c]);
        }
        paint("0");
        fprintf(out, "\n");
    }
}

static bool same_field(const gongkai_record *a, const gongkai_record *b, const char *name) {
    return cli_same(gongkai_record_field(a, name), gongkai_record_field(b, name));
}

static bool same_group(const gongkai_record *a, const gongkai_record *b) {
    return same_field(a, b, "section") && same_field(a, b, "table") && is_indicator(a) == is_indicator(b);
}

static void print_heading(const gongkai_record *r) {
    char line[CELL_BYTES] = "";
    append(line, gongkai_record_field(r, "section"));
    gongkai_text table = gongkai_record_field(r, "table");
    if (table.len) append(line, cli_text_of(line[0] ? "  |  " : ""));
    append(line, table);
    fprintf(out, "\n");
    paint("1");
    fprintf(out, "%s", line[0] ? line : "(no heading)");
    paint("0");
    fprintf(out, "\n");
}

static void print_groups(const gongkai_document *d) {
    size_t count = gongkai_document_records(d);
    row *rows = malloc(BATCH * sizeof *rows);
    if (!rows) abort();
    for (size_t i = 1, end; i < count; i = end) {
        const gongkai_record *first = gongkai_document_record(d, i);
        for (end = i; end < count && end - i < BATCH && same_group(first, gongkai_document_record(d, end)); end++)
            fill(&rows[end - i], gongkai_document_record(d, end));
        if (i == 1 || !same_group(first, gongkai_document_record(d, i - 1))) print_heading(first);
        print_rows(rows, end - i);
    }
    free(rows);
}

static void print_counts(const gongkai_document *d) {
    static const char *const kinds[] = {"amount", "percentage", "quantity", "indicator", "finding"};
    static const char *const fates[] = {"claimed", "excluded", "unexplained"};
    size_t kind[5] = {0}, fate[3] = {0}, digits = gongkai_document_digits(d);
    for (size_t i = 1; i < gongkai_document_records(d); i++)
        for (int k = 0; k < 5; k++)
            kind[k] += strcmp(gongkai_record_kind(gongkai_document_record(d, i)), kinds[k]) == 0;
    for (size_t i = 0; i < digits; i++)
        for (int k = 0; k < 3; k++) fate[k] += strcmp(gongkai_document_digit(d, i).fate, fates[k]) == 0;
    fprintf(out, "  %-9s", "records");
    for (int k = 0; k < 5; k++) fprintf(out, "%s %zu %s", k ? "," : "", kind[k], kinds[k]);
    fprintf(out, "\n  %-9s", "digits");
    for (int k = 0; k < 3; k++) fprintf(out, "%s %zu %s", k ? "," : "", fate[k], fates[k]);
    fprintf(out, " of %zu groups\n", digits);
}

static void print_notes(const gongkai_document *d) {
    for (size_t i = 0; i < gongkai_document_notes(d); i++) {
        gongkai_note n = gongkai_document_note(d, i);
        fprintf(out, "  %-9s ", i ? "" : "notes");
        paint("31");
        fprintf(out, "%s", n.name);
        paint("0");
        fprintf(out, ": ");
        cli_print_line(out, n.message);
        fprintf(out, "\n");
    }
}

static void print_document(const gongkai_document *d, const char *path) {
    static const char *const fields[] = {"title", "agency", "region", "division", "year", "report"};
    const gongkai_record *r = gongkai_document_record(d, 0);
    paint("1");
    fprintf(out, "%s\n", path);
    paint("0");
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        char cell[CELL_BYTES] = "";
        append(cell, gongkai_record_field(r, fields[i]));
        if (cell[0]) fprintf(out, "  %-9s %s\n", fields[i], cell);
    }
    print_notes(d);
    print_counts(d);
}

/* The line around a number, at most `most` bytes on each side. */
static void print_around(gongkai_text text, gongkai_span span) {
    const size_t most = 60;
    size_t start = span.start, end = span.end;
    while (start > 0 && text.ptr[start - 1] != '\n' && span.start - start < most) start--;
    while (start < span.start && ((unsigned char)text.ptr[start] & 0xC0) == 0x80) start++;
    while (end < text.len && text.ptr[end] != '\n' && end - span.end < most) end++;
    while (end > span.end && end < text.len && ((unsigned char)text.ptr[end] & 0xC0) == 0x80) end--;
    cli_print_line(out, cli_slice(text, (gongkai_span){(uint32_t)start, span.start}));
    paint("1;31");
    cli_print_line(out, cli_slice(text, span));
    paint("0");
    cli_print_line(out, cli_slice(text, (gongkai_span){span.end, (uint32_t)end}));
}

static void print_unexplained(const gongkai_document *d, const char *path) {
    gongkai_text text = gongkai_document_text(d);
    cli_place place = {.text = text};
    bool head = false;
    for (size_t i = 0; i < gongkai_document_digits(d); i++) {
        gongkai_digits g = gongkai_document_digit(d, i);
        if (strcmp(g.fate, "unexplained") != 0) continue;
        if (!head) fprintf(out, "\nunexplained numbers\n");
        head = true;
        cli_place_move(&place, g.span.start);
        fprintf(out, "  %s:%u:%u: ", path, place.line, place.column);
        print_around(text, g.span);
        fprintf(out, "\n");
    }
}

static bool want_colour(void) {
    const char *no = getenv("NO_COLOR"), *term = getenv("TERM");
    return isatty(STDOUT_FILENO) && !(no && no[0]) && !(term && strcmp(term, "dumb") == 0);
}

static int render(void *user, const gongkai_document *d, const char *path, FILE *to) {
    (void)user;
    out = to;
    print_document(d, path);
    print_groups(d);
    print_unexplained(d, path);
    return EXIT_ALL_READ;
}

static int run(const cli_command *command, int argc, char **argv) {
    if (argc != 1) return cli_usage(command, argc ? "one file only" : "a file is needed");
    int code = EXIT_SOME_FAILED;
    gongkai_session *session = cli_open_ocr(patterns, ocr, &code);
    if (!session) return code;
    colour = colour || want_colour();
    code = cli_render_one(session, argv[0], timeout, render, NULL);
    gongkai_close(session);
    return cli_flush(code);
}

const cli_command cli_show = {
    .name = "show",
    .usage = "show [OPTIONS] FILE|-",
    .help = "shows the records of one document for the eye, unexplained numbers at the end",
    .options = options,
    .run = run,
};
