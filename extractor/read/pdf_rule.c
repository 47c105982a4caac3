/* Ruling lines: pieces joined, doubles dropped. */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"

/* Rules this close are one; pieces of a rule with such a gap go on; shorter ones are specks; rules this near touch.
 * Points. */
static const float same = 1.6f, bridge = 2.5f, speck = 5, touch = 3;

enum { MOST_LOOKS = 4000000 };

static int by_at(const void *a, const void *b) {
    const pd_rule *u = a, *v = b;
    if (u->at != v->at) return u->at < v->at ? -1 : 1;
    return u->from < v->from ? -1 : u->from > v->from;
}

static int by_from(const void *a, const void *b) {
    const pd_rule *u = a, *v = b;
    if (u->from != v->from) return u->from < v->from ? -1 : 1;
    return u->at < v->at ? -1 : u->at > v->at;
}

/* Joins the pieces of rules[0 .. n), which stand at one place; returns how many rules are left. */
static size_t join(pd_rule *rules, size_t n, pd_rule *out) {
    size_t kept = 0;
    qsort(rules, n, sizeof *rules, by_from);
    for (size_t i = 0; i < n; i++) {
        pd_rule *last = kept ? &out[kept - 1] : NULL;
        if (last && rules[i].from <= last->to + bridge) last->to = fmaxf(last->to, rules[i].to);
        else out[kept++] = rules[i];
    }
    return kept;
}

static size_t drop_specks(pd_rule *rules, size_t n) {
    size_t kept = 0;
    for (size_t i = 0; i < n; i++)
        if (rules[i].to - rules[i].from >= speck) rules[kept++] = rules[i];
    return kept;
}

static size_t join_all(pd_rule *rules, size_t n) {
    size_t kept = 0;
    if (!n) return 0;
    qsort(rules, n, sizeof *rules, by_at);
    for (size_t i = 0; i < n;) {
        size_t end = i + 1;
        while (end < n && rules[end].at - rules[i].at <= same) end++;
        kept += join(rules + i, end - i, rules + kept);
        i = end;
    }
    kept = drop_specks(rules, kept);
    return kept > GK_MAX_PAGE_RULES ? 0 : kept;
}

/* Whether a shaded area may end at the point: a vertical rule passes there, or none passes farther out. */
static bool may_end(const pd_page *page, float x, float y, bool left) {
    bool open = true;
    for (size_t i = 0; i < page->down.len; i++) {
        const pd_rule *v = &page->down.at[i];
        if (y < v->from - touch || y > v->to + touch) continue;
        if (fabsf(v->at - x) < touch / 2) return true;
        if (left ? v->at < x : v->at > x) open = false;
    }
    return open;
}

/* Whether any vertical rule ends in or passes the edge. */
static bool has_rule(const pd_page *page, const pd_rect *f, float y) {
    for (size_t i = 0; i < page->down.len; i++) {
        const pd_rule *v = &page->down.at[i];
        if (y > v->from - touch && y < v->to + touch && v->at > f->x0 - touch && v->at < f->x1 + touch) return true;
    }
    return false;
}

/* The upper and lower edges of a shaded area that reaches from one vertical rule to another are rules as well: a shaded
 * header often has no other line below it. */
static void add_shades(pd_page *page) {
    size_t looks = 0;
    for (size_t i = 0; i < page->fills.len && looks < MOST_LOOKS; i++) {
        const pd_rect *f = &page->fills.at[i];
        looks += 6 * page->down.len;
        for (int k = 0; k < 2; k++) {
            float y = k ? f->y1 : f->y0;
            if (has_rule(page, f, y) && may_end(page, f->x0, y, true) && may_end(page, f->x1, y, false))
                *gk_vec_push(&page->across) = (pd_rule){y, f->x0, f->x1};
        }
    }
}

void pd_join_rules(pd_page *page) {
    page->across.len = join_all(page->across.at, page->across.len);
    page->down.len = join_all(page->down.at, page->down.len);
    if (page->down.len && page->fills.len) {
        add_shades(page);
        page->across.len = join_all(page->across.at, page->across.len);
    }
}
