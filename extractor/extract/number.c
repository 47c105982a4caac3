/* Numbers of a view range: value, unit, qualifier, or the class of what is no figure.
 *
 * Worked example: in "约3千余份" the digits are "3"; "约" before them is a qualifier, "千" a scale (10^3), "余" a
 * qualifier inside, "份" the classifier: a quantity of 3000 份 with qualifier 约余, printed "3千余份".
 */
#include "extract/exclusion.h"
#include "extract/layout.h"
#include "text/numeral.h"

static size_t prefix(const gk_map *map, gk_str s, gk_str *value) {
    return map ? gk_map_prefix(map, s, value) : 0;
}

size_t gk_qualifier_before(const gk_extractor *x, gk_str text) {
    gk_str how = GK_STR_NONE;
    size_t len = x->maps.before ? gk_map_suffix(x->maps.before, text, &how) : 0;
    return gk_str_eqz(how, "none") ? 0 : len;
}

/* A single character before a figure says what that one is to the number: "books 9000, more by 200". */
size_t gk_qualifier_after(const gk_engine_maps *m, gk_str text) {
    enum { CHARACTER = 3 }; /* bytes */
    gk_str how = GK_STR_NONE;
    size_t len = prefix(m->after, text, &how);
    bool between = len == CHARACTER && text.len > len && gk_is_digit(text.ptr[len]);
    return gk_str_eqz(how, "none") || between ? 0 : len;
}

static int small_int(gk_str s) {
    int v = 0;
    for (size_t i = 0; i < s.len && i < 4; i++) v = v * 10 + (s.ptr[i] - '0');
    return v;
}

/* What the value of a word in the map `units` means. */
static gk_number_kind kind_of(gk_str how) {
    static const struct {
        const char *word;
        gk_number_kind kind;
    } table[] = {{"amount", GK_NUMBER_AMOUNT},
                 {"percent", GK_NUMBER_PERCENT},
                 {"points", GK_NUMBER_PERCENT},
                 {"tenth", GK_NUMBER_PERCENT},
                 {"quantity", GK_NUMBER_QUANTITY}};
    for (size_t i = 0; i < sizeof table / sizeof *table; i++)
        if (gk_str_eqz(how, table[i].word)) return table[i].kind;
    return GK_NUMBER_BARE;
}

static gk_str unit_text(gk_extractor *x, gk_number_kind kind, gk_range at) {
    if (kind == GK_NUMBER_AMOUNT) return GK_STR("CNY");
    return kind == GK_NUMBER_PERCENT ? GK_STR("%") : gk_printed(x, at);
}

/* The scale behind the digits, with a qualifier between both; its bytes. "70,734,万" and "20.5.亿" have a mark too many before
 * a scale of money. */
static size_t read_scale(const gk_engine_maps *m, gk_str text, int *power) {
    gk_str how = GK_STR_NONE;
    bool slip = gk_str_starts(text, GK_STR(",")) || gk_str_starts(text, GK_STR("."));
    size_t inner = slip ? 1 : gk_qualifier_after(m, text),
           scale = prefix(m->scales, gk_str_slice(text, inner, text.len), &how);
    int tens = scale ? small_int(how) : 0;
    gk_str behind = gk_str_slice(text, inner + scale, text.len), unit = GK_STR_NONE;
    if (slip && (tens < 4 || !prefix(m->units, behind, &unit) || !gk_str_eqz(unit, "amount"))) return 0;
    if (scale) *power = tens;
    return scale ? inner + scale : 0;
}

/* What the text behind the digits says: scale, inner qualifier, unit, qualifier behind. */
static gk_unit read_unit(const gk_engine_maps *m, gk_str text) {
    gk_unit u = {.known = true};
    gk_str how = GK_STR_NONE;
    size_t at = 0, inner = 0, len = prefix(m->units, text, &how);
    if (!len) {
        at = read_scale(m, text, &u.power);
        gk_str rest = gk_str_slice(text, at, text.len);
        inner = gk_qualifier_after(m, rest);
        rest = gk_str_slice(rest, inner, rest.len);
        len = prefix(m->units, rest, &how);
        if (!len && at) len = prefix(m->scaled, rest, &how);
    }
    gk_number_kind kind = len ? kind_of(how) : GK_NUMBER_BARE;
    if (len && inner) u.inner = (uint16_t)at, u.inner_end = (uint16_t)(at + inner);
    if (kind != GK_NUMBER_BARE) {
        u.start = (uint16_t)(at + inner);
        u.reach = (uint16_t)(at + inner + len);
        u.tenth = gk_str_eqz(how, "tenth");
        u.power += u.tenth;
    } else if (u.power >= 4) { /* a bare 万 or 亿 is money in this genre */
        kind = GK_NUMBER_AMOUNT;
        u.start = u.reach = (uint16_t)at;
    } else { /* 百, 千 alone: part of a word */
        u.power = 0;
    }
    u.kind = (uint8_t)kind;
    u.after = (uint16_t)gk_qualifier_after(m, gk_str_slice(text, u.reach, text.len));
    return u;
}

static void take_unit(gk_extractor *x, const gk_unit *u, gk_number *n) {
    uint32_t from = n->digits.end;
    n->kind = (gk_number_kind)u->kind;
    n->power = u->power;
    n->at.end = from + u->reach;
    if (u->inner < u->inner_end) n->qualifier = gk_view_text(x, from + u->inner, from + u->inner_end);
    if (n->kind != GK_NUMBER_BARE) n->unit = unit_text(x, n->kind, (gk_range){from + u->start, n->at.end});
}

static bool is_latin(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

static bool is_word(char c) { return is_latin(c) || c == '%' || c == ')'; }

/* "4210m2", "12.5/10万": the unit goes on with the digits behind it. What is known of the gap alone ends before them. */
static gk_unit with_digits(const gk_extractor *x, gk_str text, gk_unit u) {
    gk_str how, unit = gk_str_slice(text, u.start, text.len);
    size_t len = prefix(x->maps.digit_units, unit, &how);
    if (u.start + len <= u.reach || (len < unit.len && is_latin(unit.ptr[len]))) return u;
    u.kind = (uint8_t)kind_of(how);
    u.reach = (uint16_t)(u.start + len);
    u.after = (uint16_t)gk_qualifier_after(&x->maps, gk_str_slice(text, u.reach, text.len));
    return u;
}

/* Most units are no ASCII text. */
static bool may_go_on(gk_str text, const gk_unit *u) { return u->start < text.len && (text.ptr[u->start] & 0x80) == 0; }

static void read_sign(gk_extractor *x, uint32_t from, gk_number *n) {
    const char *v = x->view->text.ptr;
    uint32_t p = n->digits.start;
    if (p == from || v[p - 1] != '-') return;
    if (p - 1 > from && (is_word(v[p - 2]) || v[p - 2] == '-')) return;
    n->at.start = p - 1;
    gk_decimal_negate(&n->value);
}

static void read_qualifiers(gk_extractor *x, size_t before, size_t after, gk_number *n) {
    n->whole = (gk_range){n->at.start - (uint32_t)before, n->at.end + (uint32_t)after};
    if (!before && !after) return;
    gk_str a = gk_printed(x, (gk_range){n->whole.start, n->at.start}),
           b = gk_printed(x, (gk_range){n->at.end, n->whole.end});
    n->qualifier = GK_JOIN(&x->out->arena, a, n->qualifier, b);
}

void gk_number_like(gk_number *n, const gk_number *model) {
    if (n->kind != GK_NUMBER_BARE) return;
    n->kind = model->kind;
    n->unit = model->unit;
    n->power = model->power;
    gk_decimal_shift(&n->value, n->power);
}

/* Whether only a range mark stands between two numbers. */
static bool makes_range(gk_extractor *x, const gk_engine_maps *m, const gk_number *a, const gk_number *b) {
    gk_str between = gk_view_text(x, a->at.end, b->at.start);
    if (b->at.start < b->digits.start) between = gk_view_text(x, a->at.end, b->digits.start); /* "2-3": no minus */
    return between.len && between.len < 8 && prefix(m->ranges, between, NULL) == between.len;
}

static void join_range(gk_extractor *x, const gk_engine_maps *m, gk_number *a, gk_number *b) {
    if (a->kind == GK_NUMBER_EXCLUDED || b->kind == GK_NUMBER_EXCLUDED || !makes_range(x, m, a, b)) return;
    if (b->at.start < b->digits.start) {
        b->at.start = b->whole.start = b->digits.start;
        gk_decimal_negate(&b->value);
    }
    if (a->kind == GK_NUMBER_BARE && b->kind != GK_NUMBER_BARE) gk_number_like(a, b);
    b->ranged = a->kind == b->kind && a->kind != GK_NUMBER_BARE;
}

/* "1 and 2 percent points", where the language has a classifier for points: the unit of the first is the beginning of that of
 * the second. */
static bool counts_points(gk_extractor *x, const gk_number *a, const gk_number *b) {
    if (a->kind != GK_NUMBER_QUANTITY || b->kind != GK_NUMBER_PERCENT || !a->unit.len || a->power) return false;
    gk_str unit = gk_view_text(x, b->digits.end, b->at.end);
    return unit.len >= a->unit.len && gk_str_starts(unit, a->unit);
}

/* "50, 60 and 70 million": numbers of an enumeration have the unit of its last one. */
static void share_units(gk_extractor *x, gk_numbers *list, size_t first) {
    for (size_t i = list->len; i-- > first + 1;) {
        gk_number *a = &list->at[i - 1];
        const gk_number *b = &list->at[i];
        if (b->kind == GK_NUMBER_BARE || b->kind == GK_NUMBER_EXCLUDED) continue;
        bool points = counts_points(x, a, b);
        if (a->kind != GK_NUMBER_BARE && !points) continue;
        gk_str between = gk_view_text(x, a->whole.end, b->whole.start);
        if (!between.len || gk_map_prefix(x->maps.and, between, NULL) != between.len) continue;
        if (points) a->kind = GK_NUMBER_BARE;
        gk_number_like(a, b);
    }
}

/* Asks the exclusion rules about the digits; where one speaks n->at becomes the whole of what is excluded. */
static bool exclude(gk_extractor *x, gk_range at, gk_beside *b, gk_number *n) {
    gk_exclusion e;
    if (!gk_exclusion_of(x, at, n->digits, b, &e)) return false;
    n->kind = GK_NUMBER_EXCLUDED;
    n->class = e.class;
    n->rule = e.rule;
    n->at = n->whole = (gk_range){n->digits.start, n->digits.start + e.reach};
    return true;
}

/* The qualifier before a number stands before its sign. */
static size_t before_of(gk_extractor *x, gk_range at, gk_gap *g, const gk_number *n) {
    bool plain = n->at.start == n->digits.start;
    if (plain && g->before_known) return g->before;
    size_t before = gk_qualifier_before(x, gk_view_text(x, at.start, n->at.start));
    if (plain) g->before_known = true, g->before = (uint16_t)before;
    return before;
}

/* Whether a paragraph or a sentence begins at an offset. */
static bool opens_sentence(gk_extractor *x, gk_range at, uint32_t p) {
    return p == at.start || gk_str_ends(gk_view_text(x, at.start, p), GK_STR("\xE3\x80\x82"));
}

/* "2.23 offices were late": where a sentence begins with a fraction of what is counted whole, its first figures are the mark of
 * an item, and those behind the point are the count. */
static void leave_mark(gk_extractor *x, gk_range at, const gk_unit *u, gk_number *n) {
    enum { MARK_MOST = 2 };
    gk_str digits = gk_view_text(x, n->digits.start, n->digits.end);
    size_t point = gk_str_find(digits, GK_STR("."));
    if (point == SIZE_MAX || point > MARK_MOST || n->kind != GK_NUMBER_QUANTITY || u->power || !x->maps.whole_units) return;
    if (!gk_map_get(x->maps.whole_units, n->unit).ptr || !opens_sentence(x, at, n->digits.start)) return;
    n->digits.start += (uint32_t)point + 1;
    n->at.start = n->digits.start;
    gk_decimal_parse(gk_str_slice(digits, point + 1, digits.len), &n->value);
}

static bool read_number(gk_extractor *x, gk_range at, gk_range digits, gk_beside *b, gk_number *n) {
    *n = (gk_number){.at = digits, .digits = digits, .whole = digits};
    if (exclude(x, at, b, n)) return true;
    if (!gk_decimal_parse(gk_view_text(x, digits.start, digits.end), &n->value)) return false;
    gk_str text = gk_view_text(x, digits.end, at.end);
    if (!b->behind->unit.known) b->behind->unit = read_unit(&x->maps, text);
    const gk_unit *u = &b->behind->unit;
    gk_unit own;
    if (may_go_on(text, u)) own = with_digits(x, text, *u), u = &own;
    take_unit(x, u, n);
    leave_mark(x, at, u, n);
    gk_decimal_shift(&n->value, n->power);
    read_sign(x, at.start, n);
    read_qualifiers(x, before_of(x, at, b->before, n), u->after, n);
    return true;
}

/* ---- groups of three set apart by blanks ---- */

enum { GROUP = 3, GROUPS_BYTES = 48 };

/* How many figures stand before the point, where nothing else does; 0: a mark stands among them. */
static size_t whole_figures(gk_str digits) {
    size_t n = 0;
    while (n < digits.len && digits.ptr[n] >= '0' && digits.ptr[n] <= '9') n++;
    return n == digits.len || digits.ptr[n] == '.' ? n : 0;
}

/* Whether a number is nothing but figures that can stand before a group: at most three, no sign, no fraction. */
static bool may_lead_group(gk_extractor *x, const gk_number *a, const gk_number *next) {
    gk_str digits = gk_view_text(x, a->digits.start, a->digits.end);
    bool plain = a->kind == GK_NUMBER_BARE && a->at.start == a->digits.start && a->at.end == a->digits.end;
    return plain && digits.len <= GROUP && whole_figures(digits) == digits.len &&
           gk_str_eqz(gk_view_text(x, a->digits.end, next->digits.start), " ");
}

/* Whether a Han character stands right before an offset (the lead bytes E4 to E9 are those of U+4000 to U+9FFF). */
static bool behind_han(gk_extractor *x, uint32_t from, uint32_t at) {
    unsigned char lead = at >= from + 3 ? (unsigned char)x->view->text.ptr[at - 3] : 0;
    return lead >= 0xE4 && lead <= 0xE9;
}

/* The same before a comma that stands there: "..., 6 300 yuan". */
static bool behind_clause(gk_extractor *x, uint32_t from, uint32_t at) {
    return at > from && x->view->text.ptr[at - 1] == ',' && behind_han(x, from, at - 1);
}

/* "Costs of 1 406 045.82 yuan": the groups before the last one, which has the unit, belong to it, where a word stands right
 * before the first of them, or a word and a comma. */
static void join_groups(gk_extractor *x, uint32_t from, gk_numbers *list, size_t first) {
    gk_number *last = &list->at[list->len - 1], *head = last;
    gk_str digits = gk_view_text(x, last->digits.start, last->digits.end);
    bool counts = last->kind == GK_NUMBER_QUANTITY; /* "36 797.79万人" */
    if ((last->kind != GK_NUMBER_AMOUNT && !counts) || last->at.start != last->digits.start) return;
    if (whole_figures(digits) != GROUP) return;
    while (head > list->at + first && head->digits.end - head->digits.start >= GROUP && may_lead_group(x, head - 1, head))
        head--;
    if (head == last) return;
    if (!behind_han(x, from, head->digits.start) && !behind_clause(x, from, head->digits.start)) return;
    char text[GROUPS_BYTES];
    size_t len = 0;
    for (uint32_t p = head->digits.start; p < last->digits.end && len < sizeof text; p++)
        if (x->view->text.ptr[p] != ' ') text[len++] = x->view->text.ptr[p];
    gk_decimal value;
    if (len == sizeof text || !gk_decimal_parse((gk_str){text, len}, &value)) return;
    gk_decimal_shift(&value, last->power);
    last->value = value;
    last->digits.start = last->at.start = head->digits.start;
    last->whole.start = head->whole.start;
    if (head->qualifier.len) last->qualifier = GK_JOIN(&x->out->arena, head->qualifier, last->qualifier);
    *head = *last;
    list->len = (size_t)(head - list->at) + 1;
}

void gk_numbers_scan(gk_extractor *x, gk_range at, gk_numbers *out) {
    uint32_t behind = at.start;
    size_t first = out->len, group = gk_account_first(x, at.start);
    gk_gaps_cut(x, at);
    for (size_t i = group; i < x->digit_at.len && x->digit_at.at[i].start < at.end; i++) {
        if (x->digit_at.at[i].start < behind || x->out->digits.at[i].fate != GK_FATE_UNEXPLAINED) continue;
        gk_number n;
        gk_beside beside;
        gk_beside_open(x, i - group, &beside);
        if (!read_number(x, at, x->digit_at.at[i], &beside, &n)) continue;
        behind = n.at.end;
        *gk_vec_push(out) = n;
        join_groups(x, at.start, out, first);
        if (out->len - first > 1) join_range(x, &x->maps, &out->at[out->len - 2], &out->at[out->len - 1]);
    }
    share_units(x, out, first);
}

void gk_numbers_account(gk_extractor *x, const gk_numbers *list) {
    for (size_t i = 0; i < list->len; i++)
        if (list->at[i].kind == GK_NUMBER_EXCLUDED)
            gk_account_exclude(x, list->at[i].at, list->at[i].class, list->at[i].rule->id);
}
