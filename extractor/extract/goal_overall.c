/* Overall goals: cells of running text that name several targets, and what was done of them.
 *
 * Worked example: expected "完成培训 500 人次，合格率 90%以上。", done "培训 520 人次，合格率 95%。" give two indicators
 * without levels: 培训 = 500 人次 with actual 520, and 合格率 >= 90 % with actual 95.
 */
#include "extract/table.h"
#include "text/utf8.h"

enum { GOALS = 40, SHORT_NAME = 6 };

typedef struct gk_goal_part {
    gk_range name, at; /* at: the number with its signs and unit */
    gk_target target;
    bool used;
} gk_goal_part;

static bool ends_part(const char *p) {
    static const char *const marks[] = {",", ";", ":", "\xe3\x80\x82", "\xe3\x80\x81", "!", "\n"};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (!strncmp(p, marks[i], strlen(marks[i]))) return true;
    return false;
}

/* The start of the character that holds a byte. */
static uint32_t char_start(const gk_extractor *x, uint32_t at) {
    while (at && ((unsigned char)x->view->text.ptr[at] & 0xC0) == 0x80) at--;
    return at;
}

static bool is_list_mark(const char *p) { return !strncmp(p, "\xe3\x80\x81", 3); }

/* Marks in brackets that are closed again part nothing, nor do those of a list with `whole`. */
static uint32_t part_start(gk_extractor *x, uint32_t from, uint32_t to, bool whole) {
    const char *v = x->view->text.ptr;
    uint32_t open = 0;
    for (uint32_t p = to; p > from; p--) {
        open += v[p - 1] == ')';
        if (v[p - 1] == '(' && !open--) return p;
        if (open || !ends_part(v + p - 1) || (whole && is_list_mark(v + p - 1))) continue;
        uint32_t q = p;
        while (q < to && ((unsigned char)v[q] & 0xC0) == 0x80) q++;
        return q;
    }
    return from;
}

gk_range gk_goal_name(gk_extractor *x, gk_range at, bool heads) {
    const gk_map *head = heads ? x->maps.goal_heads : NULL, *tail = x->maps.goal_tails;
    const gk_map *ops = x->maps.target_ops;
    while (heads && at.start < at.end && strchr(").*/", x->view->text.ptr[at.start])) at.start++;
    for (bool more = true; more && at.start < at.end;) {
        gk_str s = gk_view_text(x, at.start, at.end);
        size_t h = head ? gk_map_prefix(head, s, NULL) : 0, t = tail ? gk_map_suffix(tail, s, NULL) : 0;
        if (!t && ops) t = gk_map_suffix(ops, s, NULL);
        more = (h && h < s.len) || (t && t < s.len);
        if (h && h < s.len) at.start += (uint32_t)h;
        else if (t && t < s.len) at.end -= (uint32_t)t;
    }
    return at;
}

static gk_str op_of(gk_extractor *x, gk_range in, const gk_number *n, bool *qualified) {
    const gk_map *ops = x->maps.target_ops;
    gk_str op = GK_STR_NONE;
    *qualified = true;
    if (ops && gk_map_prefix(ops, gk_view_text(x, n->at.end, in.end), &op)) return op;
    if (ops && gk_map_suffix(ops, gk_view_text(x, in.start, n->at.start), &op)) return op;
    *qualified = false;
    return GK_STR("=");
}

/* "Train no fewer than graduates 5": a sign that stands inside the name; *name: what stands behind it. */
static gk_str op_inside(gk_extractor *x, gk_range *name) {
    const gk_map *words = x->maps.goal_inner_ops;
    gk_str s = gk_view_text(x, name->start, name->end);
    size_t len = 0, at = words ? gk_map_find(words, s, 0, &len, NULL) : SIZE_MAX;
    if (at == SIZE_MAX || s.len - at - len < SHORT_NAME) return GK_STR_NONE;
    name->start += (uint32_t)(at + len);
    return gk_target_op(x, gk_str_slice(s, at, at + len));
}

static gk_str digits_of(gk_extractor *x, const gk_number *n) {
    gk_decimal plain;
    gk_str text = gk_view_text(x, n->digits.start, n->digits.end);
    return gk_decimal_parse(text, &plain) ? gk_decimal_text(&plain, &x->out->arena) : text;
}

static bool is_date(gk_extractor *x, gk_str text) {
    size_t digits = 0;
    while (digits < text.len && gk_is_digit(text.ptr[digits])) digits++;
    return digits && digits + gk_map_prefix(x->maps.goal_dates, gk_str_slice(text, digits, text.len), NULL) == text.len;
}

/* "A cold store of 1 house, 2400 m³": a figure right behind another one, behind a list mark or behind another year measures
 * the same thing. */
static bool same_thing(gk_extractor *x, uint32_t from, const gk_number *n, const gk_goal_part *last) {
    enum { UNIT_MOST = 12 }; /* bytes: a longer one names what is counted */
    gk_str between = gk_view_text(x, from, n->at.start);
    bool dotted = gk_str_starts(between, GK_STR("."));
    bool joined = !between.len || gk_str_eqz(between, "\xE3\x80\x81") || is_date(x, gk_str_slice(between, dotted, between.len));
    return last && joined && last->target.unit.len <= UNIT_MOST && x->view->text.ptr[from - 1] != ')';
}

/* "From 1500 yuan, raised to 2000 yuan": nothing but the word for the change stands between two figures of one unit. */
static bool goes_on(gk_extractor *x, uint32_t from, const gk_number *n, const gk_goal_part *last) {
    gk_str between = gk_view_text(x, from, n->at.start), unit = gk_view_text(x, n->digits.end, n->at.end);
    return last && from == last->at.end && between.len >= SHORT_NAME && gk_str_eq(unit, last->target.unit) &&
           gk_map_suffix(x->maps.goal_tails, between, NULL) == between.len;
}

/* Whether the words before a figure are a year alone, a sign alone, or the place alone that it is told of. */
static bool names_nothing(gk_extractor *x, gk_range name) {
    gk_str text = gk_view_text(x, name.start, name.end);
    return is_date(x, text) || gk_target_op(x, text).len || (x->maps.goal_places && gk_map_get(x->maps.goal_places, text).ptr);
}

/* Whether what stands behind a list mark is told with a figure of its own: "6 lakes, 3 ponds". */
static bool has_own_figure(const char *v, uint32_t mark, uint32_t to) {
    uint32_t p = mark + 1;
    while (p < to && !gk_is_digit(v[p]) && (!ends_part(v + p) || ((unsigned char)v[p] & 0xC0) == 0x80)) p++;
    return p < to && gk_is_digit(v[p]);
}

/* The end of what stands behind a figure: at a mark, or at the next figure that is no part of a name in letters ("PM2.5"). */
static uint32_t thing_end(const char *v, uint32_t from, uint32_t to) {
    uint32_t end = from, open = 0;
    while (end < to && gk_is_digit(v[end])) end++; /* "2 vessels of 500 tons": part of the name, and no number of a list */
    if (end > from && end < to && (v[end] == '.' || is_list_mark(v + end))) return from;
    for (; end < to; end++) {
        char last = end > from ? v[end - 1] : ' ';
        bool letter = last == '.' || gk_is_digit(last) || (last >= 'A' && last <= 'z');
        open += v[end] == '(';
        if (v[end] == ')' && !open) break;
        open -= v[end] == ')';
        bool mark = ends_part(v + end) && (!is_list_mark(v + end) || has_own_figure(v, end, to));
        if (!open && (mark || (gk_is_digit(v[end]) && !letter))) break;
    }
    return end;
}

/* "12 children undergo operations": what the thing does, or what is done to it, is no part of its name. */
static gk_range before_deed(gk_extractor *x, gk_range thing) {
    gk_str text = gk_view_text(x, thing.start, thing.end);
    size_t at = text.len > SHORT_NAME ? gk_map_find(x->maps.goal_deeds, text, SHORT_NAME, NULL, NULL) : SIZE_MAX;
    if (at != SIZE_MAX) thing.end = thing.start + (uint32_t)at;
    return thing;
}

/* The thing that stands behind a figure ("6 lakes, 3 ponds", "the lakes A, B and others, 2 lakes"), or behind the other end of
 * its range; empty: none does. */
static gk_range thing_behind(gk_extractor *x, const gk_number *n, uint32_t to) {
    const char *v = x->view->text.ptr;
    const gk_numbers *all = &x->table->numbers;
    const gk_number *next = n + 1 < all->at + all->len && n[1].ranged ? n + 1 : n;
    gk_range thing = gk_goal_name(x, (gk_range){next->whole.end, thing_end(v, next->whole.end, to)}, true);
    thing = before_deed(x, thing);
    thing.end -= (uint32_t)gk_map_suffix(x->maps.goal_open, gk_view_text(x, thing.start, thing.end), NULL);
    if (thing.end < thing.start + SHORT_NAME || v[thing.start] == '.' || names_nothing(x, thing)) thing.end = thing.start;
    return thing;
}

/* Whether the words before a figure are no more than verbs and words around them ("in the whole province build"): they end
 * with a verb, and either nothing else is left of them or they begin with a preposition. */
static bool is_deed(gk_extractor *x, gk_range name) {
    bool verb = false, around = false;
    for (size_t n = 1; n && name.end > name.start; name.end -= (uint32_t)n) {
        gk_str text = gk_view_text(x, name.start, name.end);
        n = gk_map_suffix(x->maps.goal_verbs, text, NULL);
        verb = verb || n;
        if (!n && verb) around = (n = gk_map_suffix(x->maps.goal_around, text, NULL)) || around;
    }
    gk_str rest = gk_view_text(x, name.start, name.end);
    return verb && (!rest.len || around || gk_map_prefix(x->maps.goal_at, rest, NULL));
}

/* Whether the words before a figure leave open what it counts: too few for a name, unless they say what was measured, or a
 * list or an attribute of what stands behind. */
static bool leaves_open(gk_extractor *x, gk_range lead, gk_range name) {
    enum { VERB_MOST = 9 }; /* bytes */
    gk_str text = gk_view_text(x, name.start, name.end), whole = gk_view_text(x, lead.start, lead.end);
    whole.len -= gk_map_suffix(x->maps.goal_particles, whole, NULL);
    if (text.len <= SHORT_NAME || gk_map_suffix(x->maps.goal_open, whole, NULL)) return true;
    if (is_deed(x, name)) return true;
    return text.len <= VERB_MOST && !gk_map_suffix(x->maps.goal_measures, text, NULL);
}

/* "Roads of 5 km are kept": what is done behind a figure does not name what its short name tells. */
static bool has_deed_behind(gk_extractor *x, gk_range lead, gk_range name, uint32_t behind, uint32_t end) {
    gk_str text = gk_view_text(x, name.start, name.end), whole = gk_view_text(x, lead.start, lead.end);
    if (text.len != SHORT_NAME || is_deed(x, name) || gk_map_suffix(x->maps.goal_open, whole, NULL)) return false;
    return gk_map_prefix(x->maps.goal_deeds, gk_view_text(x, behind, end), NULL) > 0;
}

/* "Of those in school 22%", told of the rate that reaches it: the name ends where the share begins. */
static gk_range before_share(gk_extractor *x, gk_range lead, gk_range name, const gk_number *n) {
    gk_str text = gk_view_text(x, name.start, name.end), whole = gk_view_text(x, lead.start, lead.end);
    if (n->kind != GK_NUMBER_PERCENT || !gk_str_ends(whole, GK_STR("\xe7\x9a\x84"))) return name;
    size_t at = text.len > SHORT_NAME ? gk_map_find(x->maps.goal_shares, text, SHORT_NAME, NULL, NULL) : SIZE_MAX;
    if (at != SIZE_MAX) name.end = name.start + (uint32_t)at;
    return name;
}

/* "By the end of October": what is left of a date in front of the words. */
static uint32_t behind_date(gk_extractor *x, uint32_t from, const gk_number *n) {
    uint32_t end = n->at.start;
    bool date = n > x->table->numbers.at && n[-1].kind == GK_NUMBER_EXCLUDED && n[-1].whole.end == from;
    if (!from || from >= end || (!date && !gk_is_digit(x->view->text.ptr[from - 1]))) return from;
    return from + (uint32_t)gk_map_prefix(x->maps.goal_dates, gk_view_text(x, from, end), NULL);
}

static void take_number(gk_extractor *x, gk_range in, const gk_number *n, gk_goal_part *out) {
    out->target.number = true;
    out->target.op = op_of(x, in, n, &out->target.qualified);
    out->target.value = digits_of(x, n);
    const gk_numbers *all = &x->table->numbers;
    const gk_number *u = n->at.end == n->digits.end && n + 1 < all->at + all->len && n[1].ranged ? n + 1 : n;
    out->target.unit = u->at.end > u->digits.end ? gk_printed(x, (gk_range){u->digits.end, u->at.end}) : GK_STR_NONE;
    out->at = (gk_range){n->digits.start, n->whole.end > n->at.end ? n->whole.end : n->at.end};
}

static bool read_part(gk_extractor *x, gk_range in, uint32_t from, const gk_number *n, gk_goal_part *out) {
    if (n->at.start > from + GK_MAX_LEAD_BYTES) from = char_start(x, n->at.start - GK_MAX_LEAD_BYTES);
    uint32_t end = n->at.start;
    from = behind_date(x, from, n);
    bool told = end > from && x->view->text.ptr[end - 1] == ':'; /* "training of drivers and cooks: 40 people" */
    end -= told;
    gk_range lead = {part_start(x, from, end, told), end}, name = gk_goal_name(x, lead, true);
    uint32_t limit = in.end < n->whole.end + GK_MAX_TAIL_BYTES ? in.end : char_start(x, n->whole.end + GK_MAX_TAIL_BYTES);
    name = before_share(x, lead, name, n);
    gk_str inside = op_inside(x, &name);
    if (inside.len) name = gk_goal_name(x, name, true);
    else if (names_nothing(x, name)) name.end = name.start;
    bool named = has_deed_behind(x, lead, name, n->whole.end, limit);
    gk_range thing = !named && leaves_open(x, lead, name) ? thing_behind(x, n, limit) : (gk_range){0, 0};
    if (thing.end > thing.start) name = thing;
    if (name.end <= name.start) return false;
    memset(out, 0, sizeof *out);
    out->name = name;
    take_number(x, in, n, out);
    if (inside.len && !out->target.qualified) out->target.op = inside, out->target.qualified = true;
    return true;
}

static size_t read_parts(gk_extractor *x, gk_range in, gk_goal_part *out) {
    struct gk_table_state *s = x->table;
    size_t n = 0;
    uint32_t from = in.start;
    if (in.end == in.start) return 0;
    s->numbers.len = 0;
    gk_numbers_scan(x, in, &s->numbers);
    gk_numbers_account(x, &s->numbers);
    for (size_t i = 0; i < s->numbers.len && n < GOALS; i++) {
        const gk_number *num = &s->numbers.at[i];
        bool grade = gk_map_prefix(x->maps.goal_grades, gk_view_text(x, num->whole.end, in.end), NULL) > 0;
        bool figure = num->kind != GK_NUMBER_EXCLUDED && num->kind != GK_NUMBER_BARE && !num->ranged && !grade;
        gk_goal_part *last = n ? &out[n - 1] : NULL;
        bool on = figure && goes_on(x, from, num, last);
        if (figure && !on && read_part(x, in, from, num, &out[n])) n++;
        else if (on || (figure && same_thing(x, from, num, last))) {
            out[n] = out[n - 1];
            take_number(x, in, num, &out[n++]);
        }
        from = num->whole.end;
    }
    return n;
}

static bool same_name(gk_extractor *x, gk_range a, gk_range b) {
    gk_str s = gk_view_text(x, a.start, a.end), t = gk_view_text(x, b.start, b.end);
    if (gk_str_eq(s, t)) return true;
    gk_str little = s.len < t.len ? s : t, big = s.len < t.len ? t : s;
    return 2 * little.len > big.len && gk_str_find(big, little) != SIZE_MAX;
}

/* Whether the characters of the shorter of two names stand in the other one in their order, at most half as many others
 * between them: "the income of farmers", "the income of families of farmers". */
static bool has_letters(gk_extractor *x, gk_range a, gk_range b) {
    gk_str s = gk_view_text(x, a.start, a.end), t = gk_view_text(x, b.start, b.end);
    gk_str little = s.len < t.len ? s : t, big = s.len < t.len ? t : s;
    size_t met = 0, bytes;
    for (size_t i = 0; i < big.len && met < little.len; i += bytes) {
        gk_utf8_next(big.ptr + i, &bytes);
        if (gk_str_starts(gk_str_slice(little, met, little.len), gk_str_slice(big, i, i + bytes))) met += bytes;
    }
    return little.len > 2 * SHORT_NAME && 2 * big.len <= 3 * little.len && met == little.len;
}

/* A name without the verb that it begins or ends with: "build a cold store", "a cold store was built". *kind: that of the
 * verb. */
static gk_range behind_verb(gk_extractor *x, gk_range name, gk_str *kind) {
    size_t verb = gk_map_prefix(x->maps.goal_verbs, gk_view_text(x, name.start, name.end), kind);
    if (name.end - name.start >= verb + SHORT_NAME) name.start += (uint32_t)verb;
    if (verb) return name;
    verb = gk_map_suffix(x->maps.goal_verbs, gk_view_text(x, name.start, name.end), kind);
    if (name.end - name.start >= verb + SHORT_NAME) name.end -= (uint32_t)verb;
    return name;
}

/* Whether two names are one behind verbs of one kind, or a verb that only one of them has. */
static bool same_behind_verbs(gk_extractor *x, gk_range a, gk_range b) {
    gk_str one = GK_STR_NONE, other = GK_STR_NONE;
    a = behind_verb(x, a, &one);
    b = behind_verb(x, b, &other);
    return (!one.len || !other.len || gk_str_eq(one, other)) && (same_name(x, a, b) || has_letters(x, a, b));
}

/* How much alike a goal and what was done are by their names; 0: not. Of several figures of one thing those of one unit are
 * told of each other. */
static int likeness(gk_extractor *x, const gk_goal_part *e, const gk_goal_part *d) {
    gk_range a = e->name, b = d->name;
    int unit = gk_str_eq(e->target.unit, d->target.unit);
    if (gk_str_eq(gk_view_text(x, a.start, a.end), gk_view_text(x, b.start, b.end))) return 6 + unit;
    if (same_name(x, a, b)) return 4 + unit;
    return same_behind_verbs(x, a, b) ? 2 + unit : 0;
}

static gk_goal_part *partner(gk_extractor *x, const gk_goal_part *e, gk_goal_part *done, size_t count) {
    gk_goal_part *found = NULL;
    int most = 0;
    for (size_t i = 0; i < count; i++) {
        int like = done[i].used ? 0 : likeness(x, e, &done[i]);
        if (like > most) found = &done[i], most = like;
    }
    return found;
}

static void set_done(gk_extractor *x, gk_record *r, gk_goal_part *d) {
    gk_target_set_actual(x, r, &d->target, d->at);
    gk_account_claim(x, d->at, r->id, r->field[GK_F_RULE]);
    gk_account_claim(x, d->name, r->id, r->field[GK_F_RULE]);
    d->used = true;
}

void gk_goal_overall(gk_extractor *x, gk_range expected, gk_range done) {
    gk_goal_part e[GOALS], d[GOALS];
    gk_str rule = GK_STR("overall-goal");
    size_t ne = read_parts(x, expected, e), nd = read_parts(x, done, d);
    for (size_t i = 0; i < ne; i++) {
        gk_record *r = gk_goal_record(x, e[i].name, rule, "table");
        gk_target_set(x, r, &e[i].target);
        gk_account_claim(x, e[i].at, r->id, rule);
        gk_goal_part *p = partner(x, &e[i], d, nd);
        if (p) set_done(x, r, p);
    }
    for (size_t i = 0; i < nd; i++)
        if (!d[i].used) set_done(x, gk_goal_record(x, d[i].name, rule, "table"), &d[i]);
    gk_row_exclude(x, expected, "name");
    gk_row_exclude(x, done, "name");
}
