/* Running the `on` tests of the rules, as written and as documents print the same words. */
#include "pattern/private.h"
#include "pattern/variant.h"

typedef struct run {
    const gk_set *set;
    gk_matcher *matcher;
    const gk_rule_test *test;
    gk_variant plain, variant;
    gk_view view;
    gk_buf first;        /* folded text of the test as written */
    const char *how;     /* "", " (wrapped)" ... */
    bool matched, given; /* the rule matched; and told what `gives` asks for */
    const gk_str *wrong; /* the first pair of `gives` that was not told */
    gk_buf got;          /* what was told instead */
    gk_say *say;
    void *user;
    size_t failures;
} run;

static void fail(run *r, const char *what) {
    gk_buf line = {.max = 4096};
    const gk_rule *rule = r->test->rule;
    gk_buf_printf(&line, "%.*s:%u: rule %.*s: \"%.*s\"%s %s", GK_STR_ARG(rule->file), r->test->line,
                  GK_STR_ARG(rule->id), GK_STR_ARG(r->test->text), r->how, what);
    if (r->how[0]) gk_buf_printf(&line, " as \"%.*s\"", GK_STR_ARG(gk_buf_str(&r->view.text)));
    if (r->wrong)
        gk_buf_printf(&line, ": %.*s is \"%.*s\", not \"%.*s\"", GK_STR_ARG(r->wrong[0]), GK_STR_ARG(gk_buf_str(&r->got)),
                      GK_STR_ARG(r->wrong[1]));
    if (r->say) r->say(r->user, gk_buf_str(&line));
    gk_buf_free(&line);
    r->failures++;
}

static void fold(run *r, const gk_variant *v) {
    gk_str text = gk_buf_str(&v->text);
    gk_span lines[2] = {{0, (uint32_t)text.len}};
    size_t count = 1;
    if (v->wrap != SIZE_MAX) {
        lines[0].end = (uint32_t)v->wrap;
        lines[1] = (gk_span){(uint32_t)v->wrap + 1, (uint32_t)text.len};
        count = 2;
    }
    gk_view_reset(&r->view, text);
    if (r->set->fold) gk_view_append(&r->view, r->set->fold, lines, count);
    else gk_buf_put(&r->view.text, text);
}

/* The view offset of the first character that reaches beyond a canonical offset. */
static size_t view_offset(run *r, size_t canonical) {
    gk_str s = gk_buf_str(&r->view.text);
    if (!r->set->fold) return canonical;
    for (size_t at = 0, bytes; at < s.len; at += bytes) {
        gk_char_at(s, at, &bytes);
        if (gk_view_source(&r->view, (uint32_t)at, (uint32_t)(at + bytes)).end > canonical) return at;
    }
    return s.len;
}

static void try_place(run *r, size_t at, size_t end) {
    gk_match match;
    gk_str s = gk_buf_str(&r->view.text);
    if (r->given || !gk_match_rule(r->matcher, r->test->rule, s, at, end, &match)) return;
    r->matched = true;
    r->wrong = NULL;
    for (size_t i = 0; i < r->test->gives_len && !r->wrong; i++) {
        const gk_str *pair = r->test->gives[i];
        gk_str told = gk_match_value(&match, s, gk_key_of(pair[0]));
        if (gk_str_eq(told, pair[1])) continue;
        r->wrong = pair;
        gk_buf_clear(&r->got);
        gk_buf_put(&r->got, told);
    }
    r->given = !r->wrong;
}

static bool number_char(gk_str s, size_t at) {
    char c = s.ptr[at];
    if (c >= '0' && c <= '9') return true;
    bool inside = at > 0 && at + 1 < s.len && s.ptr[at + 1] >= '0' && s.ptr[at + 1] <= '9';
    return (c == '.' || c == ',') && inside && s.ptr[at - 1] >= '0' && s.ptr[at - 1] <= '9';
}

/* Without bars each number of the subject is tried. */
static void try_numbers(run *r) {
    gk_str s = gk_buf_str(&r->view.text);
    for (size_t at = 0, end; at < s.len; at = end) {
        for (end = at; end < s.len && number_char(s, end);) end++;
        if (end > at) try_place(r, at, end);
        else end++;
    }
}

static void try_variant(run *r, const gk_variant *v, const char *how) {
    fold(r, v);
    r->how = how;
    r->matched = r->given = false;
    r->wrong = NULL;
    gk_mode mode = gk_scope_table[r->test->rule->scope].mode;
    size_t at = 0, end = r->view.text.len;
    if (v->bars == 1 && mode == GK_MODE_TRIGGER) end = view_offset(r, v->bar[0]);
    else if (v->bars) at = view_offset(r, v->bar[0]);
    if (v->bars == 2) end = view_offset(r, v->bar[1]);
    if (mode == GK_MODE_NUMBER && v->bars == 0) try_numbers(r);
    else try_place(r, at, end);
    if (r->test->positive && !r->given) fail(r, r->matched ? "tells something else" : "does not match");
    if (!r->test->positive && r->matched) fail(r, "matches");
}

/* What folds to the same text as the test as written gives the same and need not be tried. */
static void try_other(run *r, const char *how) {
    fold(r, &r->variant);
    if (gk_str_eq(gk_buf_str(&r->view.text), gk_buf_str(&r->first)) && r->variant.bars == 0) return;
    try_variant(r, &r->variant, how);
}

static void run_test(run *r) {
    gk_variant_plain(&r->plain, r->test->text);
    size_t before = r->failures;
    try_variant(r, &r->plain, "");
    if (!r->test->positive || r->failures > before) return;
    gk_buf_clear(&r->first);
    gk_buf_put(&r->first, gk_buf_str(&r->view.text));
    for (size_t at = 1; at < r->plain.text.len && r->failures == before; at++) {
        if (((unsigned char)r->plain.text.ptr[at] & 0xC0) == 0x80) continue;
        if (gk_variant_wrapped(&r->variant, &r->plain, at)) try_other(r, " (wrapped)");
    }
    if (gk_variant_spaced(&r->variant, &r->plain)) try_other(r, " (spaced)");
    if (gk_variant_full_width(&r->variant, &r->plain)) try_other(r, " (full width)");
}

size_t gk_set_self_test(const gk_set *set, gk_say *say, void *user) {
    run r = {.set = set, .say = say, .user = user, .matcher = gk_matcher_new(set), .how = ""};
    gk_view_init(&r.view, GK_STR(""));
    size_t count;
    const gk_rule_test *test = gk_set_tests(set, &count);
    for (size_t i = 0; i < count; i++) {
        r.test = &test[i];
        if (!r.test->whole) run_test(&r);
    }
    gk_view_free(&r.view);
    gk_variant_free(&r.plain);
    gk_variant_free(&r.variant);
    gk_buf_free(&r.first);
    gk_buf_free(&r.got);
    gk_matcher_free(r.matcher);
    return r.failures;
}
