/* What the parts of a list share that only one of them prints.
 *
 * Worked example: "incomes of the town and country people" are the incomes of the town people and those of the country people,
 * "income and spending of the fund" the income of the fund and the spending of the fund. Words of one class (map
 * `alike-words`) stand for each other: a part that is such a word has what the last part says behind its own word of the
 * class, or what the first says before it. A short part takes the last part's head word (words `shared-heads`) as well:
 * "spending on schools, health".
 */
#include "extract/prose.h"

static gk_str text_of(const gk_extractor *x, gk_range at) { return gk_view_text(x, at.start, at.end); }

static void share(gk_extractor *x, gk_range part, gk_range whole, gk_range shared, bool before) {
    struct gk_prose_state *s = x->prose;
    if (s->joints_len == GK_PROSE_LIST || gk_is_empty(part) || gk_is_empty(shared)) return;
    s->joints[s->joints_len++] = (gk_joint){.part = part, .whole = whole, .shared = shared, .before = before};
}

/* "Town and country incomes": what stands in the last part behind a word of the class that the others are words of. */
static bool share_behind(gk_extractor *x, const gk_range *parts, size_t n, gk_range last) {
    gk_str class = gk_map_get(x->maps.alike, text_of(x, parts[0])), own = GK_STR_NONE;
    size_t word = class.len ? gk_map_prefix(x->maps.alike, text_of(x, last), &own) : 0;
    if (!word || !gk_str_eq(own, class) || last.start + word == last.end) return false;
    for (size_t i = 1; i + 1 < n; i++)
        if (!gk_str_eq(gk_map_get(x->maps.alike, text_of(x, parts[i])), class)) return false;
    for (size_t i = 0; i + 1 < n; i++) share(x, parts[i], last, (gk_range){last.start + (uint32_t)word, last.end}, false);
    return true;
}

/* "Fund income and spending": what stands in the first part before a word of the class that the others are words of. */
static bool share_before(gk_extractor *x, const gk_range *parts, size_t n, gk_range first) {
    gk_str class, own = GK_STR_NONE;
    size_t word = gk_map_suffix(x->maps.alike, text_of(x, first), &class);
    if (!word || first.start + word == first.end) return false;
    for (size_t i = 1; i < n; i++) {
        own = gk_map_get(x->maps.alike, text_of(x, parts[i]));
        if (!own.len || !gk_str_eq(own, class)) return false;
    }
    for (size_t i = 1; i < n; i++) share(x, parts[i], first, (gk_range){first.start, first.end - (uint32_t)word}, true);
    return true;
}

/* "Spending on schools, health and so on": what stands for more parts is no end of the last one. */
static void cut_more(gk_extractor *x, gk_range *part, size_t head) {
    gk_range last = *part, stem = {last.start, last.end - (uint32_t)head};
    size_t more = x->maps.list_more ? gk_map_suffix(x->maps.list_more, text_of(x, stem), NULL) : 0;
    if (!more || stem.end - stem.start <= 2 * more) return;
    part->end = stem.end - (uint32_t)more;
    share(x, *part, last, (gk_range){stem.end, last.end}, false);
}

/* "Spending on schools, health": the head word of the last part, where the others are short and have no head of their own. */
static void share_head(gk_extractor *x, gk_range *parts, size_t n, gk_range last) {
    enum { SHORT = 36 }; /* bytes: twelve characters */
    size_t head = gk_map_suffix(x->maps.shared_heads, text_of(x, last), NULL);
    if (!head || last.start + head == last.end) return;
    for (size_t i = 0; i + 1 < n; i++) {
        bool bare = parts[i].end - parts[i].start <= SHORT && !gk_map_suffix(x->maps.head_ends, text_of(x, parts[i]), NULL);
        if (bare) share(x, parts[i], last, (gk_range){last.end - (uint32_t)head, last.end}, false);
    }
    cut_more(x, &parts[n - 1], head);
}

void gk_prose_share(gk_extractor *x, gk_range *parts, size_t n) {
    if (n < 2 || !x->maps.alike || !x->maps.shared_heads || !x->maps.head_ends) return;
    x->prose->joints_len = 0;
    for (size_t i = 0; i < n; i++) parts[i] = gk_subject_trim(x, parts[i]);
    if (share_behind(x, parts, n, parts[n - 1]) || share_before(x, parts, n, parts[0])) return;
    share_head(x, parts, n, parts[n - 1]);
}

const gk_joint *gk_prose_joint(const gk_extractor *x, gk_range subject) {
    const struct gk_prose_state *s = x->prose;
    for (size_t i = 0; i < s->joints_len; i++)
        if (s->joints[i].part.start == subject.start && s->joints[i].part.end == subject.end) return &s->joints[i];
    return NULL;
}

bool gk_prose_goes_on_in_list(const gk_extractor *x, const gk_lead *lead, const gk_reading *r) {
    const struct gk_prose_state *s = x->prose;
    gk_str text = gk_view_text(x, lead->sentence.start, lead->sentence.end);
    if (!gk_is_change(r->measure) || lead->crosses || s->list_next >= s->list_len) return false;
    if (gk_str_starts(text, GK_STR(","))) return false;
    return s->last.kind == r->kind && x->maps.and && gk_map_prefix(x->maps.and, text, NULL) > 0;
}

gk_str gk_prose_named(gk_extractor *x, gk_range subject) {
    const gk_joint *joint = gk_prose_joint(x, subject);
    gk_str own = gk_printed(x, subject);
    if (!joint) return own;
    gk_str shared = gk_printed(x, joint->shared);
    return GK_JOIN(&x->out->arena, joint->before ? shared : own, joint->before ? own : shared);
}
