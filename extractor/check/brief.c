/* What the checks ask of every record, read in one pass. */
#include <stdlib.h>

#include "check/place.h"

static char amount_class(gk_str m) {
    static const struct {
        gk_str name;
        char class;
    } classes[] = {{{"budget", 6}, 'b'}, {{"adjusted_budget", 15}, 'j'}, {{"actual", 6}, 'a'},
                   {{"change", 6}, 'c'}, {{"balance", 7}, 'l'},          {{"other", 5}, 'o'}};
    for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
        if (gk_str_eq(m, classes[i].name)) return classes[i].class;
    return 'o';
}

static char percent_class(gk_str m) {
    if (gk_str_eqz(m, "change_rate")) return 'R';
    if (gk_str_eqz(m, "share")) return 'S';
    return gk_str_eqz(m, "execution_rate") ? 'E' : 'T';
}

static char class_of(const gk_record *r) {
    gk_str m = r->field[GK_F_MEASURE];
    if (r->kind == GK_KIND_AMOUNT) return amount_class(m);
    if (r->kind == GK_KIND_PERCENTAGE) return percent_class(m);
    return gk_str_eqz(m, "change") ? 'd' : gk_str_eqz(m, "target") ? 'g' : 'n';
}

static int year_number(gk_str s) {
    int y = 0;
    for (size_t i = 0; i < s.len && i < 4; i++) y = y * 10 + (s.ptr[i] - '0');
    return y;
}

static char year_of(gk_str year, int base) {
    int mine = year_number(year);
    if (!mine) return '-';
    if (mine > base) return '+';
    return base - mine < 10 ? (char)('0' + (base - mine)) : '9';
}

static gk_where where_of(const gk_record *r) {
    gk_str where = r->field[GK_F_WHERE];
    if (r->kind == GK_KIND_INDICATOR) return GK_ELSEWHERE;
    return gk_str_eqz(where, "text") ? GK_IN_TEXT : gk_str_eqz(where, "table") ? GK_IN_TABLE : GK_ELSEWHERE;
}

/* Texts that neighbours have in common are mostly one. */
static bool is_same(gk_str a, gk_str b) { return a.len == b.len && (a.ptr == b.ptr || gk_str_eq(a, b)); }

/* Neighbours are mostly of one measure and year, whose texts are then not read again. `class` is what the measure of the
 * record before says. */
static void read_brief(const gk_record *r, const gk_record *before, char class, int base, gk_brief *b) {
    const gk_brief *last = b - (before != NULL);
    gk_str measure = r->field[GK_F_MEASURE], year = r->field[GK_F_YEAR];
    bool alike = before && before->kind == r->kind;
    bool same_measure = alike && is_same(measure, before->field[GK_F_MEASURE]);
    bool same_year = before && is_same(year, before->field[GK_F_YEAR]);
    b->kind = (uint8_t)r->kind;
    bool same_where = alike && r->field[GK_F_WHERE].ptr == before->field[GK_F_WHERE].ptr;
    b->where = same_where ? last->where : (uint8_t)where_of(r);
    b->subject = GK_NO_SUBJECT;
    b->class = same_measure ? class : class_of(r);
    b->measure_key = same_measure ? last->measure_key : gk_text_key(measure);
    b->year = same_year ? last->year : year_of(year, base);
    b->year_key = same_year ? last->year_key : gk_text_key(year);
}

/* Whether a quantity says how many times as much something is. */
static bool is_ratio(const gk_checker *c, const gk_record *r) {
    if (r->kind != GK_KIND_QUANTITY) return false;
    gk_str unit = r->field[GK_F_UNIT];
    return unit.len && gk_map_prefix(c->maps.ratios, unit, NULL) == unit.len;
}

enum { POWERS = 13 };

/* The figures of amounts by the power of their unit, and those that print two decimals. */
typedef struct printing {
    size_t all[POWERS], fine[POWERS];
} printing;

static void count_printing(printing *p, const gk_brief *b, const gk_figure *f) {
    if (b->kind != GK_KIND_AMOUNT || !f->step) return;
    p->all[f->power]++;
    p->fine[f->power] += f->decimals >= 2;
}

/* Figures whose zeros were dropped: in a text that prints two decimals, 250 stands for 250.00 and is exact. The reports of
 * governments round as they please, one decimal more or less may be rounding, and percentages are often whole on purpose:
 * they keep the step they are printed with. */
static void restore_zeros(gk_checker *c, const printing *p) {
    gk_str report = gk_get(&c->out->document, GK_F_REPORT);
    bool fine[POWERS], any = false;
    for (size_t i = 0; i < POWERS; i++) any |= fine[i] = p->all[i] >= 5 && 5 * p->fine[i] >= p->all[i];
    if (!any || gk_str_eqz(report, "budget_report") || gk_str_eqz(report, "other") || !report.len) return;
    for (size_t i = 0; i < c->whole.len; i++) {
        gk_figure *f = &c->figures.at[c->whole.at[i]];
        if (fine[f->power]) f->step = 0;
    }
}

/* Whether the last printed decimal is a zero; of figures beyond 64 bits nothing depends on it. */
static bool prints_zero(const gk_figure *f) { return (int64_t)f->value / f->step % 10 == 0; }

/* So in a table that prints two decimals somewhere, and none that is a last zero: the cell that says 8 there, or 1.4, says
 * 8.00 and 1.40. A table that prints 5.00 has rounded where it prints 8. */
static void restore_cells(gk_checker *c) {
    const gk_place *p = c->places.at, *end = p + c->places.len;
    for (const gk_place *next; p < end && p->table != GK_NO_TABLE; p = next) {
        uint32_t fine = 0, coarse = 0, zeros = 0; /* powers */
        for (next = p; next < end && next->table == p->table; next++) {
            const gk_figure *f = &c->figures.at[next->record];
            uint32_t power = (uint32_t)1 << f->power;
            if (!f->step) continue;
            if (f->decimals < 2) coarse |= power;
            else if (prints_zero(f)) zeros |= power;
            else fine |= power;
        }
        fine &= ~zeros;
        for (const gk_place *q = p; coarse & fine && q < next; q++) {
            gk_figure *f = &c->figures.at[q->record];
            if (f->step && f->decimals < 2 && fine >> f->power & 1) f->step /= (int64_t)gk_fixed_power(2 - f->decimals);
        }
    }
}

/* What some checks look at of all records. */
static void list_record(gk_checker *c, uint32_t i, const gk_brief *b, const gk_figure *f) {
    if (b->kind == GK_KIND_INDICATOR) *gk_vec_push(&c->indicators) = i;
    if (b->where != GK_IN_TEXT) return;
    if (b->kind != GK_KIND_AMOUNT) *gk_vec_push(&c->told_counts) = i;
    else if (f->step && !f->decimals) *gk_vec_push(&c->whole) = i;
}

/* Makes room for what is known of each record. */
static void make_room(gk_checker *c) {
    c->briefs.len = c->indicators.len = c->figures.len = c->judged.len = 0;
    c->tokens.len = c->amounts.len = c->whole.len = c->told_counts.len = 0;
    gk_vec_room(&c->briefs, c->records);
    gk_vec_room(&c->figures, c->records);
    gk_vec_room(&c->judged, c->records);
    c->briefs.len = c->figures.len = c->judged.len = c->records;
    if (c->records) memset(c->judged.at, 0, c->records);
}

enum { AHEAD = 2 };

/* What a record points at is fetched while others are read: it lies anywhere. */
static void fetch(const gk_record *r) {
    __builtin_prefetch(r->more);
    __builtin_prefetch(r->field[GK_F_SUBJECT].ptr);
}

/* A record is large, and far from the next one: all that is asked of each is asked while it is at hand. */
void gk_briefs_read(gk_checker *c) {
    const gk_record *before = NULL;
    char class = '\0';
    printing print = {{0}, {0}};
    int base = year_number(c->out->document.field[GK_F_YEAR]);
    bool final = gk_str_eqz(gk_get(&c->out->document, GK_F_REPORT), "final_account");
    c->plain_measure = gk_text_key(final ? GK_STR("actual") : GK_STR("budget"));
    make_room(c);
    gk_reading places = gk_places_open(c);
    for (uint32_t i = 0; i < c->records; i++) {
        const gk_record *r = gk_record_at(c, i);
        gk_brief *b = &c->briefs.at[i];
        gk_figure *f = &c->figures.at[i];
        read_brief(r, before, class, base, b);
        before = r, class = b->class;
        const gk_sight *sight = gk_result_sight(c->out, r);
        if (i + AHEAD < c->records) fetch(r + AHEAD);
        gk_figure_set(f, r, sight);
        if (is_ratio(c, r)) {
            b->class = 'X';
            bool whole = !f->step && f->value;
            if (whole) f->step = (int64_t)gk_fixed_power(GK_FIXED_PLACES); /* no count: 3 times may be 3.2 times */
        }
        list_record(c, i, b, f);
        count_printing(&print, b, f);
        if (b->where == GK_IN_TEXT) gk_token_add(c, i, sight, gk_reading_label(&places, gk_told_subject(r)));
        if (b->kind != GK_KIND_AMOUNT) continue;
        gk_amount_add(c, i, b, f);
        gk_place_add(&places, i, r, sight);
    }
    gk_places_close(&places);
    restore_zeros(c, &print);
    restore_cells(c);
}
