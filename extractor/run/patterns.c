/* Pattern sets seen from outside: their rules, and the tests that stand in the rules. */
#include <stdlib.h>

#include "run/convert.h"
#include "run/document.h"

size_t gongkai_rules(const gongkai_session *session) {
    size_t count = 0;
    gk_set_rules(session->set, &count);
    return count;
}

static size_t tests_of(const gk_set *set, const gk_rule *rule) {
    size_t count = 0, n = 0;
    const gk_rule_test *tests = gk_set_tests(set, &count);
    for (size_t i = 0; i < count; i++) n += tests[i].rule == rule;
    return n;
}

gongkai_rule gongkai_rule_at(const gongkai_session *session, size_t number) {
    static const char *const scopes[] = {
#define X(symbol, name, mode, what) name,
        GK_SCOPES(X)
#undef X
    };
    size_t count = 0;
    const gk_rule *r = &gk_set_rules(session->set, &count)[number];
    return (gongkai_rule){.id = gk_public_text(r->id),
                          .file = gk_public_text(r->file),
                          .line = r->line,
                          .scope = scopes[r->scope],
                          .priority = r->priority,
                          .tests = tests_of(session->set, r),
                          .source = gk_public_text(r->source),
                          .expanded = gk_public_text(r->expanded)};
}

typedef struct say_to {
    gongkai_say *say;
    void *user;
} say_to;

static void pass_line(void *user, gk_str line) {
    const say_to *to = user;
    if (to->say) to->say(to->user, gk_public_text(line));
}

/* Whether a record of the rule carries everything the test asks for. */
static bool record_gives(const gk_record *r, const gk_rule_test *t) {
    if (!gk_str_eq(r->field[GK_F_RULE], t->rule->id)) return false;
    for (size_t i = 0; i < t->gives_len; i++) {
        gk_str got = GK_STR_NONE;
        if (gk_str_eqz(t->gives[i][0], "kind")) got = gk_str_of(gk_kind_name(r->kind));
        for (int f = 0; f < GK_FIELD_COUNT; f++)
            if (gk_str_eqz(t->gives[i][0], gk_field_table[f].name)) got = r->field[f];
        if (!gk_str_eq(got, t->gives[i][1])) return false;
    }
    return true;
}

/* The same for an excluded digit group, which has a class and a printed form. */
static bool digits_give(const gongkai_document *d, const gk_digits *g, const gk_rule_test *t) {
    if (g->fate != GK_FATE_EXCLUDED || !gk_str_eq(g->rule, t->rule->id)) return false;
    for (size_t i = 0; i < t->gives_len; i++) {
        gk_str got = GK_STR_NONE;
        if (gk_str_eqz(t->gives[i][0], "class")) got = g->why;
        else if (gk_str_eqz(t->gives[i][0], "raw")) got = gk_str_slice(d->doc.text, g->span.start, g->span.end);
        if (!gk_str_eq(got, t->gives[i][1])) return false;
    }
    return true;
}

/* Whether the rule spoke in the document, as the test asks for: with `gives` when it is positive, at all when not. */
static bool spoke(const gongkai_document *d, const gk_rule_test *t) {
    gk_rule_test any = *t;
    if (!t->positive) any.gives_len = 0;
    for (size_t i = 0; i < d->result.records.len; i++)
        if (record_gives(&d->result.records.at[i], &any)) return true;
    for (size_t i = 0; i < d->result.digits.len; i++)
        if (digits_give(d, &d->result.digits.at[i], &any)) return true;
    return false;
}

static bool run_test(gongkai_session *s, const gk_rule_test *t, const say_to *to) {
    gongkai_document *d = gongkai_extract(s, t->text.ptr, t->text.len, "test");
    bool ok = d->err.code == GK_OK && spoke(d, t) == t->positive;
    if (!ok) {
        gk_buf line = {0};
        gk_buf_printf(&line, "%.*s:%u: %.*s: %s: %.*s", GK_STR_ARG(t->rule->file), (unsigned)t->line,
                      GK_STR_ARG(t->rule->id),
                      t->positive ? "no record of this rule gives what is asked for" : "the rule must not speak here",
                      GK_STR_ARG(t->text));
        pass_line((void *)(uintptr_t)to, gk_buf_str(&line));
        gk_buf_free(&line);
    }
    gongkai_document_free(d);
    return ok;
}

gongkai_test_result gongkai_patterns_test(gongkai_session *session, gongkai_say *say, void *user) {
    say_to to = {say, user};
    gongkai_test_result result = {.rules = gongkai_rules(session)};
    const gk_rule_test *tests = gk_set_tests(session->set, &result.tests);
    result.failures = gk_set_self_test(session->set, pass_line, &to);
    for (size_t i = 0; i < result.tests; i++)
        if (tests[i].whole && !run_test(session, &tests[i], &to)) result.failures++;
    return result;
}
