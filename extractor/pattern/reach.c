/* How far a pattern came that did not match, for whoever asks why.
 *
 * The pattern is compiled once more with callouts before every item, and the longest way any try came is kept: for
 * `比上年 (?:增加|减少)` on "比上年持平" that is 比上年. Slow, and done only while a watch is set.
 */
#include "pattern/matcher.h"

typedef struct reach {
    size_t start, end;
} reach;

static int on_callout(pcre2_callout_block *block, void *user) {
    reach *r = user;
    if (block->current_position < block->start_match) return 0;
    if (block->current_position - block->start_match > r->end - r->start)
        *r = (reach){block->start_match, block->current_position};
    return 0;
}

void gk_matcher_reach(gk_matcher *m, const gk_rule *rule, gk_str subject, size_t start, size_t base, gk_match *out) {
    reach r = {start, start};
    pcre2_code *code = gk_rule_compile_traced(rule);
    pcre2_match_context *context = pcre2_match_context_create(NULL);
    if (!context) gk_oom(sizeof r);
    pcre2_set_match_limit(context, m->step_limit);
    pcre2_set_depth_limit(context, GK_PCRE_DEPTH_LIMIT);
    pcre2_set_heap_limit(context, GK_PCRE_HEAP_KIB);
    pcre2_set_callout(context, on_callout, &r);
    if (code)
        pcre2_match(code, (PCRE2_SPTR)(subject.ptr ? subject.ptr : ""), subject.len, start, PCRE2_NO_UTF_CHECK, m->data,
                    context);
    pcre2_match_context_free(context);
    pcre2_code_free(code);
    *out = (gk_match){.rule = rule, .start = (uint32_t)(r.start + base), .end = (uint32_t)(r.end + base)};
    for (size_t i = 0; i <= GK_MAX_GROUPS; i++) out->group[i] = (gk_span){UINT32_MAX, UINT32_MAX};
}
