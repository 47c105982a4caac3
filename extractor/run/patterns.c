/* Pattern sets seen from outside: their rules, and the tests that stand in the rules. */
#include "extract/selftest.h"
#include "run/convert.h"
#include "run/session.h"

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

static void recompute(void *user, const gk_doc *doc, gk_result *result) { gk_check(user, doc, result, true); }

gongkai_test_result gongkai_patterns_test(gongkai_session *session, gongkai_say *say, void *user) {
    say_to to = {say, user};
    gongkai_test_result result = {.rules = gongkai_rules(session)};
    gk_set_tests(session->set, &result.tests);
    result.failures = gk_set_self_test(session->set, pass_line, &to);
    result.failures += gk_extract_self_test(session->set, pass_line, &to, recompute, gk_session_checker(session));
    return result;
}
