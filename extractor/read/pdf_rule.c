/* Ruling lines: pieces joined, doubles dropped. */
#include <math.h>
#include <stdlib.h>

#include "base/limits.h"
#include "read/pdf.h"

/* Rules this close are one; pieces of a rule with such a gap go on; shorter ones are specks. Points. */
static const float same = 1.6f, bridge = 2.5f, speck = 5;

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

void pd_join_rules(pd_page *page) {
    page->across.len = join_all(page->across.at, page->across.len);
    page->down.len = join_all(page->down.at, page->down.len);
    if (!page->across.len || !page->down.len) page->down.len = 0;
}
