/* Changes and their rates against a base that is stated elsewhere.
 *
 * Worked example: "The spending of 2024 was budgeted at 319 million", and pages later "349 million are budgeted for the
 * spending of 2025, 10.34% more than in the budget of 2024". The base is the one figure of that subject, measure and year:
 * (349 - 319) / 319 = 9.4%. A base that is stated with several values is ambiguous, and so is one that is far from what the
 * rate implies: it will be of something else.
 */
#include <stdlib.h>

#include "check/formula.h"
#include "check/name.h"

typedef struct stated {
    uint64_t key; /* of subject, measure and year */
    uint32_t record;
    uint32_t next; /* the next one of the same slot, its number + 1; 0: there is none */
} stated;

typedef GK_VEC(stated) bases;

enum { MOST_SUBJECT = 400, FAR = 10, BEHIND = 60 /* bytes */, MOST_ABOVE = 24 /* figures */ };

static uint64_t year_of(const gk_checker *c, const gk_token *t) { return c->briefs.at[t->record].year_key; }
static gk_str subject_of(const gk_checker *c, const gk_token *t) { return gk_subject_text(c, t->subject); }

static bool in_one(const gk_checker *c, const gk_token *a, const gk_token *b, gk_str stop) {
    return gk_str_find(gk_str_slice(gk_buf_str(&c->skeleton), a->end, b->at), stop) == SIZE_MAX;
}

/* "The income of the city was 10, the spending 12": the short label is completed by the label before it on its line that ends
 * with its counterpart. The map says "tail of the other|tail of the full label". */
static uint32_t full_subject(gk_checker *c, const gk_token *t) {
    gk_label *label = c->subjects.at[t->subject];
    gk_str pair = label->lacks & GK_LABEL_NOT_SHORT ? GK_STR_NONE : gk_map_get(c->maps.short_labels, gk_label_text(label));
    size_t bar = pair.len ? gk_str_find(pair, GK_STR("|")) : SIZE_MAX;
    if (bar == SIZE_MAX) return label->lacks |= GK_LABEL_NOT_SHORT, t->subject;
    gk_str other = gk_str_slice(pair, 0, bar), tail = gk_str_slice(pair, bar + 1, pair.len);
    for (const gk_token *p = t; p > c->tokens.at && in_one(c, p - 1, p, GK_STR("\n"));) {
        gk_str before = subject_of(c, --p);
        if (before.len <= other.len || before.len > MOST_SUBJECT || !gk_str_ends(before, other)) continue;
        before.len -= other.len;
        return gk_subject_number(c, GK_JOIN(&c->out->arena, before, tail));
    }
    return t->subject;
}

/* Filled when it is first asked for: most documents state their bases where the changes stand. */
typedef struct known {
    bool read;
    bases list;
    uint32_t *slot; /* by key: the number of the first base + 1 */
    size_t slots;   /* a power of two */
} known;

/* From the last token to the first, so that those of a slot stand in the order of the text. */
static void collect(gk_checker *c, known *k) {
    for (k->slots = 64; k->slots < c->tokens.len;) k->slots *= 2;
    k->slot = gk_alloc_zero(k->slots, sizeof *k->slot);
    for (size_t i = c->tokens.len; i-- > 0;) {
        const gk_token *t = &c->tokens.at[i];
        const gk_figure *f = &c->figures.at[t->record];
        if (!gk_class_in(t->class, GK_CLASSES_PLAIN) || t->year == '-' || !f->known || f->vague) continue;
        uint64_t key = gk_told_key(full_subject(c, t), t->class, year_of(c, t));
        uint32_t *slot = &k->slot[key & (k->slots - 1)];
        *gk_vec_push(&k->list) = (stated){key, t->record, *slot};
        *slot = (uint32_t)k->list.len;
    }
}

/* The text of a member of the `against` of a record; absent: it has none. */
static gk_str against(const gk_record *r, gk_str key) {
    gk_str s = gk_get(r, GK_F_AGAINST);
    size_t at = gk_str_find(s, key), end;
    if (at == SIZE_MAX) return GK_STR_NONE;
    s = gk_str_slice(s, at + key.len, s.len);
    for (end = 0; end < s.len && s.ptr[end] != '"' && s.ptr[end] != ',' && s.ptr[end] != '}';) end++;
    return gk_str_slice(s, 0, end);
}

/* The measure of the base: as the words say, else that of an executed figure. */
static char base_class(const gk_record *rate, const gk_token *this) {
    gk_str m = against(rate, GK_STR("\"measure\":\""));
    if (!m.len) return this->class == 'a' ? 'a' : '\0';
    return gk_str_eqz(m, "actual") ? 'a' : gk_str_eqz(m, "budget") ? 'b' : gk_str_eqz(m, "adjusted_budget") ? 'j' : '\0';
}

/* The figure that a rate is the change of: the nearest of its subject in its sentence; NULL where a change stands between. */
static const gk_token *find_this(const gk_checker *c, const gk_token *rate) {
    for (const gk_token *t = rate; t > c->tokens.at && in_one(c, t - 1, t, GK_STR("\n"));) {
        t--;
        if (!in_one(c, t, t + 1, GK_STR("\xE3\x80\x82"))) return NULL;
        if (t->subject == rate->subject) return gk_class_in(t->class, GK_CLASSES_PLAIN) && t->year == rate->year ? t : NULL;
    }
    return NULL;
}

/* The one base of a key, and how often it is stated; GK_NO_RECORD: there is none, or its statements differ, which is
 * counted. */
static uint32_t find_base(gk_checker *c, known *k, uint64_t key, size_t *times) {
    if (!k->read) collect(c, k);
    *times = 0;
    k->read = true;
    uint32_t best = GK_NO_RECORD;
    for (uint32_t i = k->slot[key & (k->slots - 1)]; i; i = k->list.at[i - 1].next) {
        uint32_t record = k->list.at[i - 1].record;
        if (k->list.at[i - 1].key != key) continue;
        ++*times;
        if (best == GK_NO_RECORD) best = record;
        gk_figure a = c->figures.at[best], b = c->figures.at[record];
        if (!gk_interval_meet(gk_figure_interval(a), gk_figure_interval(b))) {
            gk_not_run(c, GK_REASON_AMBIGUOUS);
            return GK_NO_RECORD;
        }
        if (b.step < a.step) best = record;
    }
    if (best == GK_NO_RECORD) gk_not_run(c, GK_REASON_TERM);
    return best;
}

/* Whether the words around a rate say that its base is not the plain one. */
static bool is_adjusted(const gk_checker *c, const gk_token *this, const gk_token *rate) {
    gk_str text = gk_buf_str(&c->skeleton), behind = gk_str_slice(text, rate->end, rate->end + BEHIND);
    size_t len, stop = 0;
    while (stop < behind.len && !memchr("\n;<", behind.ptr[stop], 3)) stop++; /* the next figure has words of its own */
    gk_str around = gk_str_slice(text, this->end, rate->end + stop);
    return gk_map_find(c->maps.other_base, around, 0, &len, NULL) != SIZE_MAX;
}

/* Whether what is stated is far from what follows: more than ten percent points, or a tenth of the base. */
static bool is_far(const gk_checker *c, const gk_verdict *v, bool rate) {
    gk_fixed x = c->figures.at[v->stated].value, base = c->figures.at[v->role[GK_ROLE_BASE]].value;
    gk_fixed off = x > v->expected.hi ? x - v->expected.hi : v->expected.lo - x;
    return off > (rate ? FAR * gk_fixed_power(GK_FIXED_PLACES) : base / FAR);
}

static gk_ask ask_of(bool rate) {
    gk_ask ask = {.check = GK_STR("difference"), .rule = GK_STR("checks:base-elsewhere"), .formula = GK_STR("this - base"),
                  .stated = GK_ROLE_CHANGE};
    if (!rate) return ask;
    ask.check = GK_STR("change_rate"), ask.stated = GK_ROLE_RATE;
    ask.formula = GK_STR("(this - base) * 100 / base");
    return ask;
}

/* A verdict and the terms that it borrows. */
typedef struct judgement {
    gk_terms terms;
    gk_verdict v;
} judgement;

/* Of a change against the figure of a key. False: there is no such figure, or nothing can be told. */
static bool judge_against(gk_checker *c, known *k, const gk_token *this, const gk_token *change, uint64_t key, judgement *j) {
    gk_ask ask = ask_of(change->class == 'R');
    size_t times;
    j->terms = gk_terms_none(c);
    j->terms.record[GK_ROLE_THIS] = this->record;
    j->terms.record[ask.stated] = change->record;
    uint32_t base = j->terms.record[GK_ROLE_BASE] = find_base(c, k, key, &times);
    if (base == GK_NO_RECORD || base == this->record || !gk_terms_good(c, &j->terms)) return false;
    if (!gk_formula_verdict(c, &ask, &j->terms, &j->v)) return false;
    bool far = j->v.status == GK_CONTRADICTS && is_far(c, &j->v, change->class == 'R');
    if (far) gk_not_run(c, GK_REASON_AMBIGUOUS);
    return !far;
}

/* "4% more than in the year before", of what is planned: than what was executed then, or than what was planned. */
static void check_plan(gk_checker *c, known *k, const gk_token *this, const gk_token *change, uint64_t year) {
    gk_str between = gk_str_slice(gk_buf_str(&c->skeleton), this->end, change->at);
    uint32_t subject = full_subject(c, this);
    judgement executed, planned;
    size_t len;
    if (gk_map_find(c->maps.left_out, between, 0, &len, NULL) != SIZE_MAX) return; /* it says which */
    if (change->class != 'R' || !judge_against(c, k, this, change, gk_told_key(subject, 'a', year), &executed)) return;
    bool wrong = executed.v.status == GK_CONTRADICTS;
    bool other = wrong && judge_against(c, k, this, change, gk_told_key(subject, 'b', year), &planned);
    gk_verdict_add(c, other && planned.v.status != GK_CONTRADICTS ? &planned.v : &executed.v);
}

static void check_change(gk_checker *c, known *k, const gk_token *change) {
    const gk_record *r = gk_record_at(c, change->record);
    const gk_token *this = find_this(c, change);
    gk_str year = against(r, GK_STR("\"year\":"));
    char class = this ? base_class(r, this) : '\0';
    bool plan = this && !class && this->class == 'b' && !against(r, GK_STR("\"measure\":\"")).len;
    judgement j;
    if ((!class && !plan) || !year.len || is_adjusted(c, this, change)) {
        if (!c->judged.at[change->record]) gk_not_run(c, GK_REASON_TERM);
        return;
    }
    uint64_t of = gk_text_key(year);
    if (plan) check_plan(c, k, this, change, of);
    else if (judge_against(c, k, this, change, gk_told_key(full_subject(c, this), class, of), &j)) gk_verdict_add(c, &j.v);
}

/* The change that a rate stands behind in its sentence, of one subject and year; NULL: none, or the figure itself stands
 * there. */
static const gk_token *change_before(const gk_checker *c, const gk_token *rate) {
    const gk_token *t = rate > c->tokens.at ? rate - 1 : rate;
    bool pair = t < rate && rate->class == 'R' && t->class == 'c' && t->subject == rate->subject && t->year == rate->year;
    if (!pair || !in_one(c, t, rate, GK_STR("\xE3\x80\x82")) || !in_one(c, t, rate, GK_STR("\n"))) return NULL;
    return is_adjusted(c, t, rate) ? NULL : t;
}

/* Whether a figure begins the line above that of a change. */
static bool begins_line_above(const gk_checker *c, uint32_t figure, const gk_token *change) {
    const gk_token *t = change;
    while (t > c->tokens.at && t->record != figure && change - t < MOST_ABOVE) t--;
    if (t->record != figure || (t > c->tokens.at && in_one(c, t - 1, t, GK_STR("\n")))) return false;
    gk_str between = gk_str_slice(gk_buf_str(&c->skeleton), t->end, change->at);
    size_t line = gk_str_find(between, GK_STR("\n"));
    return line != SIZE_MAX && gk_str_rfind(between, GK_STR("\n")) == line;
}

/* Whether a figure, of which a document has one, is told above another, under the same headings, or begins the line above. */
static bool is_above(const gk_checker *c, uint32_t figure, const gk_token *change) {
    const gk_record *a = gk_record_at(c, figure), *b = gk_record_at(c, change->record);
    gk_str section = a->field[GK_F_SECTION];
    size_t len;
    bool one = gk_map_find(c->maps.unique, a->field[GK_F_SUBJECT], 0, &len, NULL) != SIZE_MAX;
    if (!one && !begins_line_above(c, figure, change)) return false;
    return a->span.end <= b->span.start && section.len && gk_str_eq(section, b->field[GK_F_SECTION]);
}

/* Whether words before a change say that it is not that of the plain figure, or digits before it may belong to it; so is one
 * that has no place in the skeleton, because another figure holds it. */
static bool is_doubtful(const gk_checker *c, const gk_token *change) {
    if (change->end < 2) return true;
    gk_str text = gk_buf_str(&c->skeleton), stop = GK_STR("\xE3\x80\x82");
    gk_str before = gk_str_slice(text, change->at > BEHIND ? change->at - BEHIND : 0, change->at);
    for (size_t at; (at = gk_str_find(before, stop)) != SIZE_MAX;) before = gk_str_slice(before, at + stop.len, before.len);
    size_t len;
    return text.ptr[change->end - 2] == '~' || gk_map_find(c->maps.other_base, before, 0, &len, NULL) != SIZE_MAX;
}

/* "The costs of vehicles rose by 2.5, or 50%", and above it, or elsewhere twice at least, that they were 5: they rose by
 * 100%. */
static void check_pair(gk_checker *c, known *k, const gk_token *change, const gk_token *rate) {
    gk_ask ask = {.check = GK_STR("change_rate"), .rule = GK_STR("checks:base-elsewhere"), .stated = GK_ROLE_RATE,
                  .formula = GK_STR("change * 100 / (this - change)"), .undefined = true};
    bool planned = gk_str_eqz(gk_get(&c->out->document, GK_F_REPORT), "budget");
    uint64_t key = gk_told_key(rate->subject, planned ? 'b' : 'a', year_of(c, rate));
    gk_terms t = gk_terms_none(c);
    size_t times;
    gk_verdict v;
    t.record[GK_ROLE_RATE] = rate->record, t.record[GK_ROLE_CHANGE] = change->record;
    t.record[GK_ROLE_THIS] = find_base(c, k, key, &times);
    if (t.record[GK_ROLE_THIS] == GK_NO_RECORD) return;
    bool own = planned || gk_str_eqz(gk_get(&c->out->document, GK_F_REPORT), "final_account");
    bool near = own && rate->year == '0' && is_above(c, t.record[GK_ROLE_THIS], change);
    if ((times < 2 && !near) || is_doubtful(c, change)) return;
    if (gk_terms_good(c, &t) && gk_formula_verdict(c, &ask, &t, &v)) gk_verdict_add(c, &v);
}

void gk_check_bases(gk_checker *c) {
    known k = {0};
    for (size_t i = 0; i < c->tokens.len; i++) {
        const gk_token *t = &c->tokens.at[i];
        if ((t->class != 'R' && t->class != 'c') || c->judged.at[t->record] & GK_JUDGED) continue;
        const gk_token *change = change_before(c, t);
        if (change && !find_this(c, change)) check_pair(c, &k, change, t);
        if (!(c->judged.at[t->record] & GK_JUDGED)) check_change(c, &k, t);
    }
    gk_vec_free(&k.list);
    free(k.slot);
}
