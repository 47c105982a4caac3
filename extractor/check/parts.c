/* Parts against their head.
 *
 * A list is read as columns: the head has a budget, an actual, a change; each item has its own. The parts of one column add
 * up to its head; a column that does so tells that the list is complete, and then the others must do so, too.
 *
 * Worked example: "100 planned, 120 spent, of which: A 60 planned, 70 spent; B 30 planned, 50 spent." The spent ones add up
 * (70 + 50 = 120), so A and B are all there is, and 60 + 30 = 90 contradicts the planned 100. Without such a witness a list
 * need not be complete; then only this is told: a family of parts that is complete by its nature, a list that claims to be,
 * parts that are more than all, and a sum that becomes the head when the point of one figure is moved or two of its digits
 * change places.
 */
#include "check/family.h"
#include "check/list.h"
#include "check/name.h"

enum {
    MOST_ABOVE = 12, /* figures between a list and the total above it */
    MOST_OVER = 32,  /* items of a list that may be more than all */
    NEAR = 10,       /* a miss by less than this part of the head is a miss of the figures */
    FEW = 4, WORD = 6, /* bytes */
    OPENER = 10      /* bytes of a mark, a word that opens a list, and a mark */
};

typedef struct gk_list list;
typedef struct gk_column column;

static bool is_plain(const list *l, char class) { return gk_class_in(class, l->classes); }
static bool is_amount(char class) { return gk_class_in(class, GK_CLASSES_AMOUNT); }
static bool is_mode(const list *l, const char *mode) { return gk_str_eqz(l->m->by->rule->constant[GK_KEY_MODE], mode); }

/* How many brackets open and close between two places of the skeleton. */
static int depth_between(const list *l, uint32_t start, uint32_t end) {
    const char *text = l->c->skeleton.ptr + start;
    size_t len = end > start ? end - start : 0;
    int depth = 0;
    for (size_t i = 0; i < len; i++) depth += (text[i] == '(') - (text[i] == ')');
    return depth;
}

/* Whether a figure is of another item than that which `first` begins: of another subject, or one that is told in the same way
 * under a label of its own, where no subject was made of it. */
static bool is_next_item(const list *l, const gk_token *first, const gk_token *t) {
    if (t->subject != first->subject) return true;
    if (t != first + 1 || t->class != first->class || t->year != first->year || t->depth != first->depth) return false;
    gk_str label = gk_list_between(l, first, t), comma = GK_STR(","), pause = GK_STR("\xE3\x80\x81");
    size_t mark = gk_str_starts(label, comma) ? comma.len : gk_str_starts(label, pause) ? pause.len : 0;
    label = gk_str_slice(label, mark, label.len);
    bool more = gk_str_find(label, comma) != SIZE_MAX || gk_str_find(label, GK_STR("(")) != SIZE_MAX;
    bool own = mark && label.len >= WORD && !more;
    return own && !gk_map_prefix(l->c->maps.compared, label, NULL) && !gk_map_prefix(l->c->maps.openers, label, NULL);
}

/* An item begins where the subject changes; figures of the head's own subject end the list, as does the end of the bracket that
 * it stands in. What stands in brackets is of the item before them. Limits and loans are items among their like alone. */
static void read_items(list *l, const gk_token *t, size_t count, const gk_token *head) {
    l->classes = GK_CLASSES_PART | (t->class == 'o' || head->class == 'o' ? GK_CLASS_BIT('o') : 0);
    bool counts = head->class == 'n'; /* money ends a list of counts */
    bool money = !counts || is_mode(l, "family"); /* what is counted belongs to the item before it */
    int depth = 0;
    for (size_t i = 0; i < count; i++) {
        if (i) depth += t[i].depth - t[i - 1].depth;
        bool aside = l->items > 0 && t[i].subject == l->item[l->items - 1]->subject; /* money of what was counted */
        if (depth < 0 || (counts && l->items && is_amount(t[i].class) && !aside)) return;
        bool fresh = l->items == 0 || is_next_item(l, l->item[l->items - 1], &t[i]);
        if (fresh && is_plain(l, t[i].class) && depth == 0 && !(money && t[i].class == 'n')) {
            if (t[i].subject == head->subject || gk_list_closes(l, &t[i])) return;
            if (l->items == GK_LIST_ITEMS) { /* part of a list says nothing */
                gk_not_run(l->c, GK_REASON_LONG);
                l->items = 0;
                return;
            }
            l->item[l->items] = &t[i];
            l->length[l->items++] = 1;
        } else if (l->items) {
            l->length[l->items - 1]++;
        }
    }
}

/* Whether a list of its own opens between two items; what opens and ends in brackets is of the first. */
static bool opens_list(const list *l, size_t i) {
    size_t len, at = gk_map_find(l->c->maps.openers, gk_list_between(l, l->item[i], l->item[i + 1]), 0, &len, NULL);
    return at != SIZE_MAX && depth_between(l, l->item[i]->end + (uint32_t)at, l->item[i + 1]->at) >= 0;
}

/* Whether the sentence ends between an item and the next. */
static bool ends_sentence(const list *l, size_t i) {
    return i + 1 < l->items && gk_str_find(gk_list_between(l, l->item[i], l->item[i + 1]), GK_STR("\xE3\x80\x82")) != SIZE_MAX;
}

/* Whether the sentence of the last item ends on its line: a list that is broken off goes on below. */
static bool is_finished(const list *l) {
    gk_str rest = gk_str_slice(gk_buf_str(&l->c->skeleton), l->item[l->items - 1]->end, l->c->passage.end);
    size_t line = gk_str_find(rest, GK_STR("\n")), stop = gk_str_find(rest, GK_STR("\xE3\x80\x82"));
    return stop < line;
}

/* The items of a family, where they are the list: each has its own list behind it or nothing. Returns how many; 0: they are
 * not all of the family. */
static size_t find_family(const list *l, gk_str family, size_t at[GK_FAMILY_MOST]) {
    size_t found = 0, most = gk_family_most(family);
    for (size_t i = 0; i < l->items && found < most; i++) {
        if (!gk_family_has(gk_subject_families(l->c, l->item[i]->subject), family)) continue;
        if (found && gk_subject_twins(l->c, l->item[at[found - 1]]->subject, l->item[i]->subject)) return 0;
        at[found++] = i;
    }
    bool loose = is_mode(l, "family"), alone = found == l->items;
    if (loose && found) { /* a sentence that ends behind them ends the list */
        bool ends = alone ? is_finished(l) : at[found - 1] + 1 == found && ends_sentence(l, at[found - 1]);
        alone = ends && gk_family_has_head(l->c, family);
    }
    if (!gk_family_whole(family, found, alone)) return 0;
    for (size_t i = 0; i < found; i++) {
        size_t next = i + 1 < found ? at[i + 1] : l->items;
        bool rest = loose && i + 1 == found && ends_sentence(l, at[i]); /* to the end of the line more may be told */
        if (at[i] + 1 < next && !rest && !opens_list(l, at[i])) return 0;
    }
    return found;
}

/* The items that are a family become the list, where the first item is of it. Returns how many; 0: they are none. */
static size_t keep_family(list *l, const gk_token *head) {
    size_t at[GK_FAMILY_MOST], found = 0, from = 0;
    gk_str all = gk_subject_families(l->c, l->item[0]->subject), family;
    while (!found && gk_family_next(all, &from, &family))
        if (gk_family_fills(l->c, family, gk_subject_text(l->c, head->subject))) found = find_family(l, family, at);
    for (size_t i = 0; i < found; i++) l->item[i] = l->item[at[i]], l->length[i] = l->length[at[i]];
    if (found) l->items = found;
    return found;
}

/* The only amount of an item in a year, where the head has only one, too: both are the same money, however it is measured. */
static const gk_token *pick_only(const list *l, size_t item, const gk_token *like) {
    const gk_token *only = NULL;
    for (size_t i = 0; i < l->length[item]; i++) {
        const gk_token *t = &l->item[item][i];
        if (!is_amount(t->class) || t->subject != l->item[item]->subject) continue;
        if (t->year != like->year && l->years > 1) continue;
        if (only || t->year != like->year) return NULL;
        only = t;
    }
    return only;
}

/* The figure of an item that belongs to the column of a head; NULL: it has none. */
static const gk_token *pick(const list *l, size_t item, const gk_token *like) {
    gk_str unit = gk_record_at(l->c, like->record)->field[GK_F_UNIT];
    for (size_t i = 0; i < l->length[item]; i++) {
        const gk_token *t = &l->item[item][i];
        if (t->class != like->class || t->year != like->year || t->subject != l->item[item]->subject) continue;
        gk_str own = gk_record_at(l->c, t->record)->field[GK_F_UNIT]; /* mostly the very text */
        return (own.ptr == unit.ptr && own.len == unit.len) || gk_str_eq(own, unit) ? t : NULL;
    }
    bool plain = like->class == 'a' && l->item[item]->class == 'o'; /* the words of its own do not say what it measures */
    return (l->lone && is_amount(like->class)) || plain ? pick_only(l, item, like) : NULL;
}

/* The parts of a column and their sums, up to the first item that has none. */
static void add_parts(list *l, column *col) {
    for (size_t i = 0; i < l->items && col->good; i++) {
        const gk_token *t = pick(l, i, col->head);
        if (!t && col->head->class == 'c' && gk_item_still(l, i)) {
            col->sum[i + 1] = col->sum[i];
            col->item[col->count++] = l->item[i];
            continue;
        }
        if (!t) return;
        const gk_figure *f = gk_list_figure(l, t);
        if (!f->known || f->vague || __builtin_add_overflow(col->sum[i], f->value, &col->sum[i + 1])) col->good = false;
        if (f->step && (!col->step || f->step < col->step)) col->step = f->step;
        col->item[col->count] = t;
        col->count += col->good;
    }
}

static void find_sums(const list *l, column *col) {
    gk_interval head = gk_column_head(l, col);
    gk_fixed off = 0; /* as in gk_column_reach() */
    for (size_t k = 1; k <= col->count; k++) {
        off += col->step;
        if (col->sum[k] == 0 || !gk_interval_meet((gk_interval){col->sum[k] - off, col->sum[k] + off}, head)) continue;
        if (!col->first) col->first = k;
        col->last = k;
    }
}

static void read_column(list *l, const gk_token *head) {
    column *col = &l->col[l->columns];
    const gk_figure *f = gk_list_figure(l, head);
    col->head = head;
    col->count = col->first = col->last = 0;
    col->step = 0;
    col->sum[0] = 0;
    col->good = f->known && !f->vague;
    add_parts(l, col);
    if (!col->step) col->step = f->step;
    if (!col->good) gk_not_run(l->c, GK_REASON_VAGUE);
    else find_sums(l, col);
    if (col->good && col->count) l->columns++;
}

/* Whether each figure can be added to the others: a column of them is good. */
static bool all_clear(const list *l, const gk_token *t, size_t count) {
    const gk_fixed most = gk_fixed_power(GK_FIXED_MOST_POWER);
    bool clear = true;
    for (size_t i = 0; i < count && clear; i++) {
        const gk_figure *f = gk_list_figure(l, &t[i]);
        clear = f->known && !f->vague && f->value < most && f->value > -most;
    }
    return clear;
}

static void read_columns(list *l, const gk_token *heads, size_t count) {
    l->lone = true, l->years = 0;
    for (size_t i = 0; i < count; i++) {
        if (!is_amount(heads[i].class)) continue;
        for (size_t k = 0; k < i; k++) l->lone = l->lone && (!is_amount(heads[k].class) || heads[k].year != heads[i].year);
        l->years++;
    }
    for (size_t i = 0; i < count && l->columns < GK_LIST_COLUMNS; i++) {
        bool twice = !is_plain(l, heads[i].class) || heads[i].subject != heads[count - 1].subject;
        for (size_t k = 0; k < l->columns; k++)
            twice = twice || (l->col[k].head->class == heads[i].class && l->col[k].head->year == heads[i].year);
        if (!twice) read_column(l, &heads[i]);
    }
}

/* ---- what is told */

static void tell(list *l, const column *col, const gk_token *stated, gk_interval expected, size_t k, gk_status status,
                 gk_str hint) {
    uint32_t terms[GK_LIST_ITEMS + 1];
    gk_checker *c = l->c;
    if (!gk_is_told(c, status)) return;
    gk_verdict v = gk_verdict_on(c, stated->record, l->m->by->rule->constant[GK_KEY_CHECK], l->m->by->rule->id, status);
    v.formula = stated == col->head ? gk_arena_printf(&c->out->arena, "the sum of %zu parts", k)
                                    : GK_STR("the whole less the other parts");
    v.has_expected = true;
    v.expected = expected;
    v.hint = hint;
    v.terms = terms;
    terms[v.term_count++] = col->head->record;
    for (size_t i = 0; i < k; i++)
        if (!gk_column_still(col, i)) terms[v.term_count++] = col->item[i]->record;
    v.sum = stated == col->head;
    gk_verdict_add(c, &v);
}

static void tell_holds(list *l, const column *col) {
    size_t k = col->last;
    gk_twin_holds(l, col);
    gk_status status = col->sum[k] == gk_list_figure(l, col->head)->value ? GK_HOLDS : GK_ROUNDING;
    tell(l, col, col->head, gk_column_reach(col, k), k, status, GK_STR_NONE);
}

static bool all_positive(const list *l, const column *col) {
    for (size_t i = 0; i < col->count; i++)
        if (gk_list_figure(l, col->item[i])->value < 0) return false;
    return true;
}

/* Whether the last figure is that of all others: "fees and others 10.1". */
static bool is_of_others(const list *l, const column *col) {
    const gk_token *last = l->item[l->items - 1];
    gk_str before = gk_str_slice(gk_buf_str(&l->c->skeleton), last->at > WORD ? last->at - WORD : 0, last->at);
    gk_fixed head = gk_list_figure(l, col->head)->value, off = col->sum[col->count] - head;
    return gk_map_suffix(l->c->maps.goes_on, before, NULL) > 0 && (off < 0 ? -off : off) <= head / NEAR;
}

/* Whether the last item is the rest: a list that names it is complete. */
static bool ends_with_rest(const list *l, const column *col) {
    gk_str label = gk_subject_text(l->c, l->item[l->items - 1]->subject);
    return l->items > 1 && (gk_map_prefix(l->c->maps.rest, label, NULL) > 0 || is_of_others(l, col));
}

/* Whether a sum is near enough to the head to be meant as its sum. */
static bool is_near(const list *l, const column *col, gk_fixed sum) {
    gk_fixed head = gk_list_figure(l, col->head)->value;
    return col->head->class == 'c' || (sum / 3 <= head && head / 3 <= sum); /* changes may make up for each other */
}

/* Whether the items stand in one breath, so that none is a part of another. */
static bool in_breath(const list *l, const column *col) {
    for (size_t i = 1; i < col->count; i++) {
        gk_str between = gk_list_between(l, col->item[i - 1], col->item[i]);
        if (!gk_str_starts(between, GK_STR("\xE3\x80\x81")) || gk_str_find(between, GK_STR(",")) != SIZE_MAX) return false;
    }
    return true;
}

/* Whether each item is a label and one figure, in a list that says that it is of the head alone (a rule without a mode). */
static bool is_row(const list *l, const column *col) {
    if (l->m->by->rule->constant[GK_KEY_MODE].len || col->count != l->items) return false;
    for (size_t i = 0; i < l->items; i++)
        if (l->length[i] != 1) return false;
    return true;
}

/* Whether the sum is that of the head without some neighbours, which are parts of a part then. */
static bool has_nested(const column *col, gk_interval head, gk_fixed off) {
    gk_fixed all = col->sum[col->count];
    for (size_t from = 0; from < col->count; from++)
        for (size_t to = from + 1; to <= col->count && to - from < col->count; to++) {
            gk_fixed less = all - (col->sum[to] - col->sum[from]);
            if (gk_interval_meet((gk_interval){less - off, less + off}, head)) return true;
        }
    return false;
}

/* Whether the first part alone is more than all, but not so much that it must be of something else. */
static bool has_larger(const list *l, const column *col) {
    gk_interval part = gk_figure_interval(*gk_list_figure(l, col->item[0])), head = gk_column_head(l, col);
    return part.lo > head.hi && part.lo <= head.hi + head.hi / 2;
}

/* Whether the parts of an amount are more than all of it: told of parts in one breath, and where the rule has seen that
 * nothing else stands between them (mode `exceed`), of many, or of some that are told as the head is. */
static bool exceeds(const list *l, const column *col) {
    if (strchr("abjln", col->head->class) == NULL || gk_list_figure(l, col->head)->value < 0) return false;
    if (!all_positive(l, col)) return false;
    if (!is_mode(l, "complete") && has_larger(l, col)) return true;
    if (col->count == 1) return false;
    gk_interval head = gk_column_head(l, col), sum = gk_column_reach(col, col->count);
    bool breath = in_breath(l, col), row = is_mode(l, "exceed") || (col->count >= FEW && is_row(l, col));
    if (sum.lo <= head.hi || breath || !row) return breath && sum.lo > head.hi;
    bool alike = gk_list_alike(l, col);
    if (col->sum[col->count] > head.hi + head.hi / (alike ? 2 : 4) || col->count > MOST_OVER)
        return false; /* not meant as its parts */
    bool some = col->count == FEW - 1 && col->sum[col->count] <= head.hi + head.hi / 8;
    bool many = some || col->count >= FEW || alike;
    return many && !has_nested(col, head, sum.hi - col->sum[col->count]);
}

/* Whether a figure before the head has a list of its own: "income of 12, of which ...; spending of 12, of which: ...". */
static bool has_own_list(const list *l, const gk_token *t) {
    size_t len;
    return t + 1 < l->heads && gk_map_find(l->c->maps.openers, gk_list_between(l, t, t + 1), 0, &len, NULL) != SIZE_MAX;
}

/* Whether the parts are those of another figure before them: "12.5 were spent, of 15 planned, of which: ...". */
static bool is_of_other_head(const list *l, gk_interval sum) {
    size_t before = (size_t)(l->heads - l->c->tokens.at);
    const gk_token *t = l->heads - (before < MOST_ABOVE ? before : MOST_ABOVE);
    if (sum.lo <= 0) t = l->heads; /* nothing, and what is less than before, is told of too much */
    for (; t < l->heads + l->head_count; t++) {
        const gk_figure *f = gk_list_figure(l, t);
        bool own = t >= l->heads || (t->class == l->heads->class && t->class != 'c');
        bool near = own && t->at >= l->c->passage.start && is_plain(l, t->class) && t->year == l->heads->year;
        if (near && f->known && gk_interval_meet(gk_figure_interval(*f), sum) && !has_own_list(l, t)) return true;
    }
    return false;
}

static void tell_sum(list *l, const column *col, size_t k, gk_str hint) {
    if (is_of_other_head(l, gk_column_reach(col, k))) return gk_not_run(l->c, GK_REASON_AMBIGUOUS);
    if (!hint.len) hint = gk_slip(l->c, *gk_list_figure(l, col->head), gk_column_reach(col, k));
    tell(l, col, col->head, gk_column_reach(col, k), k, GK_CONTRADICTS, hint);
}

/* Tells that a part is what makes the sum wrong. */
static void tell_part(list *l, const column *col, const gk_token *part, gk_str hint) {
    size_t k = col->count;
    gk_interval sum = gk_column_reach(col, k), h = gk_column_head(l, col);
    gk_fixed v = gk_list_figure(l, part)->value;
    tell(l, col, part, (gk_interval){h.lo - (sum.hi - v), h.hi - (sum.lo - v)}, k, GK_CONTRADICTS, hint);
}

static bool tell_turned(list *l, const column *col) {
    const gk_token *turned = gk_turned(l, col);
    if (turned == col->head) tell_sum(l, col, col->count, GK_STR("the other direction"));
    else if (turned) tell_part(l, col, turned, GK_STR("the other direction"));
    return turned != NULL;
}

/* A list that need not be complete: a slip of the head or of one part. */
static bool tell_slip(list *l, const column *col) {
    gk_str hint = col->count > 2 ? gk_slip(l->c, *gk_list_figure(l, col->head), gk_column_reach(col, col->count)) : GK_STR_NONE;
    const gk_token *part = NULL;
    if (hint.len) return tell_sum(l, col, col->count, hint), true;
    bool few = col->head->class == 'c' && (col->count < FEW - 1 || gk_list_figure(l, col->head)->value < 0);
    if (few || !all_positive(l, col)) return tell_turned(l, col);
    if (col->count > 2) part = gk_slipped_part(l, col, &hint);
    if (!part && (part = gk_swapped(l, col)) != NULL) hint = GK_STR("two digits swapped");
    if (part == col->head) return tell_sum(l, col, col->count, hint), true;
    if (part) tell_part(l, col, part, hint);
    else if (gk_mistyped(l, col)) return tell_sum(l, col, col->count, GK_STR("one digit is another")), true;
    return part != NULL || tell_turned(l, col);
}

/* Whether a list says that it is complete, or balances a budget with a total that is meant to be its sum. */
static bool claims_all(const list *l, const column *col) {
    size_t k = col->count;
    gk_fixed head = gk_list_figure(l, col->head)->value, off = col->sum[k] - head;
    if (l->closed || gk_list_told(l, k)) return true;
    if (is_mode(l, "complete")) return k > 2 || (is_near(l, col, col->sum[k]) && gk_are_kinds(l->c, col->item, k));
    if (is_mode(l, "exceed") || !gk_is_balance(l->c, col->head->subject, col->item, k)) return false;
    bool near = (off < 0 ? -off : off) <= head / 4; /* a "total income" may be of another kind than its list */
    return near || gk_map_suffix(l->c->maps.totals, gk_subject_text(l->c, col->head->subject), NULL) > 0;
}

/* Whether items of a classification miss much of their head: some were left out. */
static bool is_excerpt(const list *l, const column *col) {
    if (!gk_family_is_classified(gk_subject_families(l->c, l->item[0]->subject))) return false;
    gk_fixed head = gk_list_figure(l, col->head)->value;
    return col->sum[l->family] < head - head / NEAR;
}

/* Whether a list opens right behind its head. */
static bool opens_here(const list *l) {
    return l->c->line + l->m->start <= l->heads[l->head_count - 1].end + OPENER;
}

/* Without a witness: a family, a slip of the head or of one part, or a list that claims to be complete. */
static void judge_alone(list *l, const column *col) {
    size_t k = col->count;
    if (l->family && k >= l->family) {
        gk_str hint = GK_STR_NONE;
        const gk_token *part = gk_slipped_part(l, col, &hint);
        bool far = is_mode(l, "family") && !opens_here(l) && col->sum[l->family] && !is_near(l, col, col->sum[l->family]);
        far = far || is_excerpt(l, col);
        if (part) tell_part(l, col, part, hint);
        else if (far) gk_not_run(l->c, GK_REASON_EVIDENCE);
        else if (gk_list_figure(l, col->head)->value || col->sum[l->family]) tell_sum(l, col, l->family, GK_STR_NONE);
        return;
    }
    bool above = is_mode(l, "above");
    bool whole = k == l->items && gk_list_figure(l, col->head)->value != 0 && !is_mode(l, "witness") && !is_mode(l, "family");
    bool rest = !is_mode(l, "exceed") && ends_with_rest(l, col);
    bool sure = whole && (above || (k > 1 && rest) || exceeds(l, col));
    bool claims = whole && claims_all(l, col);
    if (whole && k > 1 && (sure || !is_mode(l, "exceed")) && tell_slip(l, col)) return;
    if (sure || claims) tell_sum(l, col, k, GK_STR_NONE);
    else {
        gk_not_run(l->c, GK_REASON_INCOMPLETE);
        if (!is_mode(l, "family") && !is_mode(l, "exceed") && !gk_column_stills(col)) gk_twin_waits(l, col);
    }
}

/* With a witness over first .. last items. */
static void judge_beside(list *l, const column *col, const column *witness) {
    size_t from = witness->first < 2 ? 2 : witness->first, to = witness->last;
    if (col->count < from) {
        gk_not_run(l->c, GK_REASON_TERM);
        return;
    }
    if (to > col->count) to = col->count;
    gk_interval head = gk_column_head(l, col);
    for (size_t k = from; k <= to; k++)
        if (gk_interval_meet(gk_column_reach(col, k), head)) return;
    if (gk_list_figure(l, col->head)->value == 0 && col->sum[to] == 0) return;
    tell_sum(l, col, to, GK_STR_NONE);
}

static const column *witness_of(const list *l) {
    const column *best = NULL;
    for (size_t i = 0; i < l->columns; i++)
        if (l->col[i].last >= 2 && (!best || l->col[i].last > best->last)) best = &l->col[i];
    return best;
}

/* ---- one list */

static bool any_adds_up(const list *l) {
    for (size_t i = 0; i < l->columns; i++)
        if (l->col[i].first) return true;
    return false;
}

static void judge_columns(list *l) {
    const column *witness = is_mode(l, "family") || is_mode(l, "exceed") ? NULL : witness_of(l);
    for (size_t i = 0; i < l->columns; i++) {
        const column *col = &l->col[i];
        if (col->first && is_mode(l, "exceed")) continue; /* it is not known to be all */
        if (col->first) tell_holds(l, col);
        else if (witness) judge_beside(l, col, witness);
        else judge_alone(l, col);
    }
}

static void check_list(gk_checker *c, const gk_found *m, const gk_token *head, size_t heads, const gk_token *part,
                       size_t count) {
    if (!c->list) c->list = gk_alloc_zero(1, sizeof *c->list); /* too large for a stack frame */
    list *l = c->list;
    if (head->class == 'c' && head > c->tokens.at && head[-1].subject == head->subject) return; /* one of several changes */
    l->c = c, l->m = m, l->items = l->columns = l->family = 0, l->closed = false;
    l->heads = head, l->head_count = heads;
    read_items(l, part, count, &head[heads - 1]);
    if (!l->items) return;
    bool family = is_mode(l, "family");
    /* Of a list that must be a family the columns are read below; here they would tell what cannot be added. */
    if (!family || !all_clear(l, head, heads) || !all_clear(l, part, count)) read_columns(l, head, heads);
    bool seek = family || (!any_adds_up(l) && !is_mode(l, "exceed") && !is_mode(l, "plain"));
    if (seek && (l->family = keep_family(l, &head[heads - 1])) > 0) {
        l->columns = 0;
        read_columns(l, head, heads);
        for (size_t i = 0; i < l->columns; i++) /* it is all of the head, not a part of it */
            if (l->col[i].count >= l->family && l->col[i].last < l->family) l->col[i].first = l->col[i].last = 0;
    }
    if (!family || l->family) judge_columns(l);
    if (!family && !l->family) gk_list_count(l);
}

void gk_check_parts(gk_checker *c, const gk_found *m) {
    size_t heads = m->heads, count;
    const gk_token *head = gk_found_figure(c, m, GK_ROLE_WHOLE), *part = gk_found_list(c, m, &count), *counted;
    gk_str mode = m->by->rule->constant[GK_KEY_MODE];
    bool named = !head && count && gk_str_eqz(mode, "named");
    if (named && (head = gk_head_named(c, m, part)) == NULL) return;
    if (named) heads = 1;
    if (!head && count) head = gk_str_eqz(mode, "above") ? gk_head_above(c, part) : gk_head_of_sentence(c, part), heads = 1;
    if (!head && count && gk_str_eqz(mode, "family")) head = gk_head_of_line_above(c, part), heads = 1;
    if (!head || !count || (!m->heads && !named && gk_family_goes_on(c, head, part))) return;
    if (m->heads && gk_str_eqz(mode, "family") && gk_family_ends(c, head, part)) return;
    counted = gk_count_before(c, head, part, count);
    const gk_token *like = gk_head_like(c, &head[heads - 1], part, count);
    if (like) check_list(c, m, like, 1, part, count);
    else check_list(c, m, head, heads, part, count);
    if (counted) check_list(c, m, counted, 1, part, count);
}
