/* What the checks find in a small document (extract_text.h). */
#ifndef GK_TESTS_CHECK_TEXT_H
#define GK_TESTS_CHECK_TEXT_H

#include "check/engine.h"
#include "extract_text.h"

static gk_checker *checker;

/* How many findings of a rule have a status, with those that hold; the newest of them in *last, which stays as it is where
 * there are none. */
static size_t findings(const char *text, const char *rule, const char *status, const gk_record **last) {
    size_t n = 0;
    text_read(text);
    if (!checker) checker = gk_checker_new(text_set);
    gk_check(checker, &text_doc, &text_result, true);
    for (size_t i = 0; i < text_result.records.len; i++) {
        const gk_record *r = &text_result.records.at[i];
        if (r->kind != GK_KIND_FINDING || !gk_str_eqz(r->field[GK_F_RULE], rule)) continue;
        if (!gk_str_eqz(gk_get(r, GK_F_STATUS), status)) continue;
        n++;
        *last = r;
    }
    return n;
}

static void check_text_close(void) {
    (void)text_fact, (void)text_fate;
    gk_checker_free(checker);
    text_close();
}

#endif
