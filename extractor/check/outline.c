/* Sums of tables whose labels reach further to the right the deeper they are.
 *
 * Worked example: "goods 45 | . pumps 30 | . . pump A 12 | . . pump B 18 | . pipes 15 | . . pipe 15", where a point is an empty
 * cell, or one that a new page prints again. The rows of the deepest level are the parts of the row that they follow
 * (12 + 18 = 30), and the rows between the first level and the deepest one those of a row of the first (30 + 15 = 45); the
 * total is the sum of the first. That the table is built so is seen in its other rows: LEAST_RIGHT sums must hold, and
 * FEW_WRONG times as many as fail.
 */
#include "check/place.h"

enum { LEAST_LINES = 6, LEAST_RIGHT = 3, FEW_WRONG = 3, MOST_LINES = 400 };

typedef struct outline {
    gk_checker *c;
    const gk_rule *rule;
    const gk_place *line[MOST_LINES]; /* the figures of one column */
    uint32_t depth[MOST_LINES];       /* the column of the last label of each row */
    size_t lines;
    uint32_t deepest;
    size_t right, wrong;
    bool tells;
} outline;

/* Where the last text before a figure stands in its row, whose cells begin at `cell`. */
static uint32_t depth_of(const gk_cell *cell, const gk_cell *end, const gk_place *p) {
    uint32_t depth = 0;
    for (; cell < end && cell->row == p->row && cell->col < p->col; cell++)
        if (cell->seg_count) depth = cell->col;
    return depth;
}

/* Reads the rows that have a figure in the column of the first. False: they are too few, too many, or of one level. */
static bool read_lines(outline *o, gk_places in) {
    const gk_table *t = &o->c->doc->tables.at[in.at->table];
    const gk_cell *cell = &o->c->doc->cells.at[t->first_cell], *end = cell + t->cell_count;
    o->lines = 0, o->deepest = 0;
    for (const gk_place *p = in.at; p < in.at + in.len; p++) {
        if (p->col != in.at->col || o->c->figures.at[p->record].value < 0) continue;
        if (o->lines == MOST_LINES || !o->c->figures.at[p->record].known) return false;
        while (cell < end && cell->row < p->row) cell++;
        o->depth[o->lines] = depth_of(cell, end, p);
        if (o->depth[o->lines] > o->deepest) o->deepest = o->depth[o->lines];
        o->line[o->lines++] = p;
    }
    return o->lines >= LEAST_LINES && o->deepest > 1;
}

/* Compares a row with the sum of those of [from, to) whose depth is in [low, high]. */
static void judge(outline *o, size_t whole, size_t from, size_t to, uint32_t low, uint32_t high) {
    uint32_t terms[MOST_LINES + 1] = {o->line[whole]->record};
    gk_interval sum = {0, 0};
    size_t count = 0;
    for (size_t i = from; i < to; i++) {
        if (o->depth[i] < low || o->depth[i] > high) continue;
        if (gk_interval_add(&sum, gk_figure_wide(o->c->figures.at[o->line[i]->record])) != GK_CALC_OK) return;
        terms[++count] = o->line[i]->record;
    }
    if (!count) return;
    gk_interval own = gk_figure_interval(o->c->figures.at[terms[0]]);
    bool holds = gk_interval_meet(own, sum);
    gk_status status = holds ? GK_HOLDS : GK_CONTRADICTS;
    if (!o->tells) *(holds ? &o->right : &o->wrong) += 1;
    else if (gk_is_told(o->c, status)) {
        gk_verdict v = gk_verdict_of_sum(o->c, o->rule, terms, count, sum, status);
        gk_verdict_add(o->c, &v);
    }
}

static void judge_all(outline *o) {
    for (size_t i = 0; i < o->lines; i++) {
        size_t end = i + 1, next = i + 1;
        while (end < o->lines && o->depth[end] == o->deepest) end++;
        while (next < o->lines && o->depth[next] > 0) next++;
        if (o->line[i]->part == GK_PART_TOTAL) judge(o, i, i + 1, o->lines, 0, 0);
        else if (o->depth[i] == 0) judge(o, i, i + 1, next, 1, o->deepest - 1);
        else if (o->depth[i] < o->deepest) judge(o, i, i + 1, end, o->deepest, o->deepest);
    }
}

void gk_relate_outline(gk_checker *c, const gk_relation *r, gk_places in) {
    outline o = {.c = c, .rule = r->rule};
    c->steps += in.len;
    if (in.len < LEAST_LINES || in.at->table == GK_NO_TABLE || !read_lines(&o, in)) return;
    judge_all(&o);
    if (!o.wrong && !c->all) return;
    o.tells = o.right >= LEAST_RIGHT && o.right >= FEW_WRONG * o.wrong;
    if (o.tells) judge_all(&o);
    else gk_not_run(c, GK_REASON_EVIDENCE);
}
