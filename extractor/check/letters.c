/* Tables that print how their figures are computed.
 *
 * Worked example: a row "formula | A=B+C | B | C" says of each row below it that its first figure is the sum of the other two;
 * a column of such texts says it of the rows, for each column of figures.
 */
#include "check/grid.h"
#include "check/place.h"

enum { LETTERS = 26, LEAST = 2, MOST_LINES = 24 /* columns of figures beside a column of letters */ };

/* What one row or column is called, and the letters that it is computed from. */
typedef struct letter {
    uint32_t row, col;
    char name;
    gk_str formula; /* "B+C"; absent: none */
} letter;

typedef struct lettering {
    letter at[LETTERS];
    size_t count;
    bool beside; /* the letters stand below each other, in a column beside the figures */
} lettering;

static bool is_letter(char c) { return c >= 'A' && c <= 'Z'; }

/* "A" or "A=B+C". */
static bool read_letter(gk_str text, letter *out) {
    if (!text.len || !is_letter(text.ptr[0]) || (text.len > 1 && text.ptr[1] != '=')) return false;
    for (size_t i = 2; i < text.len; i++)
        if (i % 2 ? text.ptr[i] != '+' && text.ptr[i] != '-' : !is_letter(text.ptr[i])) return false;
    out->name = text.ptr[0];
    out->formula = text.len > 2 && text.len % 2 ? gk_str_slice(text, 2, text.len) : GK_STR_NONE;
    return text.len % 2;
}

/* The letters of a table; none where they stand neither in one row nor in one column. */
static lettering read_letters(const gk_checker *c, const gk_table *t) {
    lettering l = {.count = 0};
    size_t in_row = 0, in_col = 0;
    for (const gk_cell *cell = c->doc->cells.at + t->first_cell, *end = cell + t->cell_count; cell < end; cell++) {
        gk_str line = gk_cell_line(c, cell);
        letter x = {.row = cell->row, .col = cell->col};
        if (!line.len || (!is_letter(line.ptr[0]) && !gk_line_blank(line)) || !read_letter(gk_cell_text(c, cell), &x)) continue;
        if (l.count == LETTERS) return (lettering){.count = 0};
        l.at[l.count++] = x;
        in_row += x.row == l.at[0].row, in_col += x.col == l.at[0].col;
    }
    l.beside = in_col == l.count;
    if (!l.beside && in_row != l.count) l.count = 0;
    return l;
}

static const gk_place *of_letter(const lettering *l, const gk_place *const *line, char name) {
    for (size_t i = 0; i < l->count; i++)
        if (l->at[i].name == name) return line[i];
    return NULL;
}

/* The figures of one line, by the letter that each has; NULL: it has none. */
static void judge_line(gk_checker *c, const gk_relation *r, const lettering *l, const gk_place *const *line) {
    for (size_t i = 0; i < l->count; i++) {
        const gk_place *term[GK_JUDGED_TERMS] = {line[i]};
        gk_str formula = l->at[i].formula;
        gk_interval sum = {0, 0};
        size_t count = 1;
        for (size_t k = 0; k < formula.len && count < GK_JUDGED_TERMS && term[count - 1]; k += 2) {
            term[count++] = of_letter(l, line, formula.ptr[k]);
            if (!term[count - 1]) break;
            gk_interval x = gk_figure_wide(c->figures.at[term[count - 1]->record]);
            if (k && formula.ptr[k - 1] == '-') x = (gk_interval){-x.hi, -x.lo};
            sum.lo += x.lo, sum.hi += x.hi;
        }
        if (count > 1 && term[count - 1]) gk_places_judge(c, r, term, count, sum, 0, gk_arena_dup(&c->out->arena, formula));
    }
}

static void judge_rows(gk_checker *c, const gk_relation *r, const lettering *l, gk_places in) {
    for (size_t a = 0, b; a < in.len; a = b) {
        const gk_place *line[LETTERS] = {NULL};
        for (b = a; b < in.len && in.at[b].row == in.at[a].row; b++)
            for (size_t i = 0; i < l->count; i++)
                if (l->at[i].col == in.at[b].col) line[i] = &in.at[b];
        judge_line(c, r, l, line);
    }
}

static void judge_columns(gk_checker *c, const gk_relation *r, const lettering *l, gk_places in) {
    uint32_t last = l->at[0].col;
    for (size_t n = 0; n < MOST_LINES; n++) {
        const gk_place *line[LETTERS] = {NULL};
        uint32_t next = UINT32_MAX;
        for (const gk_place *p = in.at; p < in.at + in.len; p++)
            if (p->col > last && p->col < next) next = p->col;
        if (next == UINT32_MAX) return;
        for (const gk_place *p = in.at; p < in.at + in.len; p++)
            for (size_t i = 0; p->col == next && i < l->count; i++)
                if (l->at[i].row == p->row) line[i] = p;
        judge_line(c, r, l, line);
        last = next;
    }
}

void gk_relate_letters(gk_checker *c, const gk_relation *r, gk_places in) {
    const gk_table *t = &c->doc->tables.at[in.at->table];
    lettering l = read_letters(c, t);
    c->steps += t->cell_count;
    if (l.count < LEAST) return;
    if (l.beside) judge_columns(c, r, &l, in);
    else judge_rows(c, r, &l, in);
}
