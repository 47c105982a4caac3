#include "extract/selftest.h"

#include "text/charset.h"

typedef struct gk_tester {
    const gk_set *set;
    gk_extractor *x;
    gk_doc doc;
    gk_result result;
    gk_say *say;
    void *user;
    gk_after *after;
    void *after_user;
    size_t failures;
} gk_tester;

/* How a text is disturbed before it is read. */
typedef enum gk_variant { AS_WRITTEN, WRAPPED, SPACED, FULL_WIDTH, VARIANTS } gk_variant;
static const char *const variant_names[VARIANTS] = {"as written", "wrapped", "spaced", "in full width"};

static bool is_han(uint32_t c) {
    return c >= 0x4E00 && c <= 0x9FFF;
}

/* The text with a blank between Han characters (SPACED) or with wide digits and marks (FULL_WIDTH). */
static void disturb(gk_str text, gk_variant v, gk_buf *out) {
    uint32_t before = 0;
    for (size_t p = 0, bytes; p < text.len; p += bytes) {
        uint32_t c = gk_utf8_at(gk_str_slice(text, p, text.len), &bytes);
        char wide[4];
        bool widen = v == FULL_WIDTH && ((c >= '0' && c <= '9') || c == '%' || c == '(' || c == ')');
        if (v == SPACED && is_han(before) && is_han(c)) gk_buf_putc(out, ' ');
        if (widen) gk_buf_put(out, (gk_str){wide, gk_utf8_put(wide, c + 0xFEE0)});
        else gk_buf_put(out, gk_str_slice(text, p, p + bytes));
        before = c;
    }
}

/* Adds a line as the segments of the newest block or cell: one, or two where it is to be wrapped between two Han
 * characters near its middle. */
static void add_segs(gk_doc *doc, uint32_t start, uint32_t end, bool wrapped) {
    uint32_t cut = 0;
    for (uint32_t p = start; wrapped && p < end;) {
        size_t a, b;
        uint32_t c = gk_utf8_at(gk_str_slice(doc->text, p, end), &a), next = p + (uint32_t)a;
        if (next >= end) break;
        if (is_han(c) && is_han(gk_utf8_at(gk_str_slice(doc->text, next, end), &b)) &&
            next >= start + (end - start) / 2) {
            cut = next;
            break;
        }
        p = next;
    }
    if (cut) gk_doc_add_seg(doc, (gk_span){start, cut}), start = cut;
    if (start < end) gk_doc_add_seg(doc, (gk_span){start, end});
}

static void add_row(gk_doc *doc, uint32_t row, uint32_t start, uint32_t end, bool wrapped) {
    for (uint32_t col = 0;; col++) {
        uint32_t stop = start;
        while (stop < end && doc->text.ptr[stop] != '\t') stop++;
        gk_cell *cell = gk_doc_add_cell(doc, row, col, 1, 1);
        cell->span = (gk_span){start, stop};
        add_segs(doc, start, stop, wrapped);
        if (stop == end) return;
        start = stop + 1;
    }
}

static void build(gk_doc *doc, gk_str text, bool wrapped) {
    gk_doc_reset(doc);
    doc->text = text;
    gk_err err = {0};
    bool table = false;
    uint32_t row = 0, first = 0;
    for (uint32_t start = 0, end; start <= text.len; start = end + 1) {
        for (end = start; end < text.len && text.ptr[end] != '\n';) end++;
        bool tabs = memchr(text.ptr + start, '\t', end - start) != NULL;
        if (tabs && !table) gk_doc_add_table(doc, false), row = 0, first = start;
        if (!tabs && table) gk_doc_end_table(doc, (gk_span){first, start}, &err);
        table = tabs;
        if (tabs) add_row(doc, row++, start, end, wrapped);
        else if (end > start) {
            gk_doc_add_block(doc, GK_BLOCK_TEXT, (gk_span){start, end});
            add_segs(doc, start, end, wrapped);
        }
    }
    if (table) gk_doc_end_table(doc, (gk_span){first, (uint32_t)text.len}, &err);
}

static gk_str field_of(const gk_record *r, gk_str key) {
    if (gk_str_eqz(key, "kind")) return gk_str_of(gk_kind_name(r->kind));
    for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
        if (gk_str_eqz(key, gk_field_table[f].name)) return gk_get(r, f);
    return GK_STR_NONE;
}

/* Printed texts are compared as the view folds them, so that one expectation serves every variant. */
static bool same(const gk_tester *t, gk_str got, gk_str want) {
    if (gk_str_eq(got, want)) return true;
    gk_view a, b;
    gk_view_init(&a, got);
    gk_view_init(&b, want);
    gk_span s = {0, (uint32_t)got.len}, w = {0, (uint32_t)want.len};
    gk_view_append(&a, gk_set_fold(t->set), &s, 1);
    gk_view_append(&b, gk_set_fold(t->set), &w, 1);
    bool eq = gk_str_eq(gk_buf_str(&a.text), gk_buf_str(&b.text));
    gk_view_free(&a);
    gk_view_free(&b);
    return eq;
}

static bool is_check(const gk_rule *r) {
    return r->scope == GK_SCOPE_CHECK || r->scope == GK_SCOPE_SENTENCE || r->scope == GK_SCOPE_TABLE;
}

static bool record_fits(const gk_tester *t, const gk_rule_test *test, const gk_record *r) {
    bool own = test->rule->scope == GK_SCOPE_LEAD || is_check(test->rule);
    if (own && !gk_str_eq(r->field[GK_F_RULE], test->rule->id)) return false;
    for (size_t i = 0; i < test->gives_len; i++)
        if (!same(t, field_of(r, test->gives[i][0]), test->gives[i][1])) return false;
    return true;
}

static bool digits_fit(const gk_tester *t, const gk_rule_test *test, const gk_digits *d) {
    if (d->fate != GK_FATE_EXCLUDED || !gk_str_eq(gk_digits_rule(d), test->rule->id)) return false;
    for (size_t i = 0; i < test->gives_len; i++) {
        gk_str key = test->gives[i][0], want = test->gives[i][1];
        gk_str got = gk_str_eqz(key, "class") ? gk_digits_why(d) : gk_str_slice(t->doc.text, d->span.start, d->span.end);
        if (!same(t, got, want)) return false;
    }
    return true;
}

static bool spoken(const gk_tester *t, const gk_rule_test *test) {
    for (size_t i = 0; i < t->result.records.len; i++) {
        const gk_record *r = &t->result.records.at[i];
        if (test->positive ? record_fits(t, test, r) : gk_str_eq(r->field[GK_F_RULE], test->rule->id)) return true;
    }
    for (size_t i = 0; i < t->result.digits.len; i++) {
        const gk_digits *d = &t->result.digits.at[i];
        bool excluded = d->fate == GK_FATE_EXCLUDED && gk_str_eq(gk_digits_rule(d), test->rule->id);
        if (test->positive ? digits_fit(t, test, d) : excluded) return true;
    }
    return false;
}

static void fail(gk_tester *t, const gk_rule_test *test, gk_variant v) {
    t->failures++;
    gk_buf b = {0};
    gk_buf_printf(&b, "%.*s:%u: rule %.*s, text \"%.*s\" %s: ", GK_STR_ARG(test->rule->file), test->line,
                  GK_STR_ARG(test->rule->id), GK_STR_ARG(test->text), variant_names[v]);
    gk_buf_printf(&b, test->positive ? "no record says what the test gives" : "the rule spoke, and must not");
    if (t->say) t->say(t->user, gk_buf_str(&b));
    gk_buf_free(&b);
}

static void run(gk_tester *t, const gk_rule_test *test, gk_variant v) {
    gk_buf text = {0};
    gk_err err = {0};
    disturb(test->text, v, &text);
    build(&t->doc, gk_buf_str(&text), v == WRAPPED);
    bool good = gk_extract(t->x, &t->doc, &t->result, &err) == GK_OK;
    if (good && t->after) t->after(t->after_user, &t->doc, &t->result);
    if (!good || spoken(t, test) != test->positive) fail(t, test, v);
    gk_buf_free(&text);
}

size_t gk_extract_self_test(const gk_set *set, gk_say *say, void *user, gk_after *after, void *after_user) {
    gk_tester t = {.set = set, .x = gk_extractor_new(set), .say = say, .user = user};
    t.after = after, t.after_user = after_user;
    gk_doc_init(&t.doc);
    gk_result_init(&t.result);
    size_t count;
    const gk_rule_test *tests = gk_set_tests(set, &count);
    for (size_t i = 0; i < count; i++) {
        if (!tests[i].whole || (!after && is_check(tests[i].rule))) continue;
        for (gk_variant v = AS_WRITTEN; v < (tests[i].positive ? VARIANTS : WRAPPED); v++) run(&t, &tests[i], v);
    }
    gk_doc_free(&t.doc);
    gk_result_free(&t.result);
    gk_extractor_free(t.x);
    return t.failures;
}
