/* Rates of execution that stand beside their figures in a table of performance.
 *
 * Worked example: "planned 450, adjusted 480, spent 463.2, rate 96.5%": the rate is of the adjusted budget, 463.2 / 480. Which
 * of the budgets of a row it is of is not asked: a rate is told where it is of none of them. That a column of rates is of
 * these figures at all is seen in its other rows.
 */
#include "check/formula.h"

enum { BEFORE = 8 /* records of a row that stand before its rate */, MOST_WRONG = 16 };

/* The rates of one column that were read. */
typedef struct column {
    gk_str table, header;
    size_t good, bad;
    gk_verdict wrong[MOST_WRONG];
} column;

static const gk_ask executed = {.check = {"execution_rate", 14}, .rule = {"checks:executed-in-row", 22},
                                .formula = {"this * 100 / base", 17}, .stated = GK_ROLE_RATE, .undefined = true};

/* A header without what it says in brackets at its end. */
static gk_str bare_header(gk_str header) {
    size_t wide = gk_str_find(header, GK_STR("\xEF\xBC\x88")), open = gk_str_find(header, GK_STR("("));
    size_t at = wide < open ? wide : open;
    return at < header.len ? gk_str_slice(header, 0, at) : header;
}

static void tell_column(gk_checker *c, const column *col) {
    bool lone = col->good == 0 && col->bad == 1 && gk_map_suffix(c->maps.executed, bare_header(col->header), NULL) > 0;
    bool trusted = lone || (col->good > 0 && col->bad <= col->good && col->bad <= MOST_WRONG);
    for (size_t i = 0; trusted && i < col->bad; i++) gk_verdict_add(c, &col->wrong[i]);
    for (size_t i = 0; !trusted && i < col->bad; i++) gk_not_run(c, GK_REASON_EVIDENCE);
}

/* The budgets and the executed figure of the row before a rate: what one that makes it right says, or the nearest. */
static bool judge(gk_checker *c, uint32_t rate, gk_terms *t, gk_answer *a) {
    uint32_t subject = gk_record_subject(c, rate), first = rate > BEFORE ? rate - BEFORE : 0;
    bool judged = false;
    *t = gk_terms_none(c);
    t->record[GK_ROLE_RATE] = rate;
    for (uint32_t i = rate; i-- > first;) {
        const gk_brief *b = &c->briefs.at[i];
        if (b->where != GK_IN_TABLE || gk_record_subject(c, i) != subject) break;
        if (b->class == 'a' && t->record[GK_ROLE_THIS] == GK_NO_RECORD) t->record[GK_ROLE_THIS] = i;
        if ((b->class != 'b' && b->class != 'j') || t->record[GK_ROLE_THIS] == GK_NO_RECORD) continue;
        gk_terms other = *t;
        gk_answer now;
        other.record[GK_ROLE_BASE] = i;
        if (!gk_terms_good(c, &other) || !gk_formula_answer(c, &executed, &other, &now)) continue;
        bool better = !judged || now.status != GK_CONTRADICTS;
        if (better) *a = now, *t = other;
        judged = true;
        if (now.status != GK_CONTRADICTS && now.status != GK_UNDEFINED) return true;
        t->record[GK_ROLE_BASE] = other.record[GK_ROLE_BASE];
    }
    return judged;
}

static bool is_rate(const gk_checker *c, uint32_t i) {
    const gk_brief *b = &c->briefs.at[i];
    size_t len;
    if (b->class != 'E' || b->where != GK_IN_TABLE) return false;
    const gk_record *r = gk_record_at(c, i);
    gk_str table = r->field[GK_F_TABLE], header = bare_header(gk_path_leaf(r->field[GK_F_COLUMN]));
    if (!table.len) return gk_map_suffix(c->maps.executed, header, NULL) > 0;
    return gk_map_find(c->maps.goal_tables, table, 0, &len, NULL) != SIZE_MAX;
}

void gk_check_executed(gk_checker *c) {
    column col = {.good = 0};
    for (uint32_t i = 0; i < c->briefs.len; i++) {
        gk_terms t;
        gk_answer a;
        if (!is_rate(c, i) || !judge(c, i, &t, &a)) continue;
        const gk_record *r = gk_record_at(c, i);
        gk_str header = gk_path_leaf(r->field[GK_F_COLUMN]);
        if (!gk_str_eq(col.header, header) || !gk_str_eq(col.table, r->field[GK_F_TABLE])) {
            tell_column(c, &col);
            col = (column){.table = r->field[GK_F_TABLE], .header = header};
        }
        gk_verdict v = gk_formula_told(c, &executed, &t, &a);
        if (a.status != GK_CONTRADICTS) {
            col.good += a.status != GK_UNDEFINED && c->figures.at[i].value != 0;
            gk_verdict_add(c, &v);
            continue;
        }
        if (col.bad < MOST_WRONG) {
            col.wrong[col.bad] = v;
            uint32_t *terms = gk_arena_alloc(&c->out->arena, (v.term_count + 1) * sizeof *terms);
            memcpy(terms, v.terms, v.term_count * sizeof *terms);
            col.wrong[col.bad].terms = terms;
        }
        col.bad++;
    }
    tell_column(c, &col);
}
