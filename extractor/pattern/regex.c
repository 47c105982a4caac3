#include "pattern/regex.h"

#include <stdlib.h>

#include "base/limits.h"
#include "text/charset.h"

#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>

enum { JIT_AFTER = 12 }; /* Machine code costs about as much as that many searches save. */

struct gk_regex {
    pcre2_code *code;
    pcre2_match_data *match;
    pcre2_match_context *context;
    const unsigned char *name; /* PCRE2's table: two bytes of number, then the name with its NUL */
    uint32_t names, name_size;
    unsigned uses;
};

static gk_regex *refuse(gk_regex *r, gk_err *err, const char *why) {
    gk_regex_free(r);
    gk_err_set(err, GK_E_PATTERN, "%s", why);
    return NULL;
}

static gk_regex *refuse_code(gk_regex *r, gk_err *err, int error) {
    PCRE2_UCHAR why[200];
    pcre2_get_error_message(error, why, sizeof why);
    return refuse(r, err, (const char *)why);
}

static void set_limits(gk_regex *r) {
    r->context = pcre2_match_context_create(NULL);
    r->match = pcre2_match_data_create_from_pattern(r->code, NULL);
    if (!r->context || !r->match) gk_oom(0);
    pcre2_set_match_limit(r->context, GK_PCRE_MATCH_LIMIT);
    pcre2_set_depth_limit(r->context, GK_PCRE_DEPTH_LIMIT);
    pcre2_set_heap_limit(r->context, GK_PCRE_HEAP_KIB);
}

gk_regex *gk_regex_new(gk_str pattern, size_t *offset, gk_err *err) {
    const uint32_t options = PCRE2_UTF | PCRE2_DUPNAMES | PCRE2_NEVER_BACKSLASH_C;
    gk_regex *r = gk_alloc_zero(1, sizeof *r);
    int error = 0;
    PCRE2_SIZE at = 0;
    uint32_t groups = 0;
    *offset = 0;
    if (!gk_utf8_valid(pattern, NULL)) return refuse(r, err, "an expression must be UTF-8");
    r->code = pcre2_compile((PCRE2_SPTR)(pattern.ptr ? pattern.ptr : ""), pattern.len, options, &error, &at, NULL);
    if (!r->code) {
        *offset = at < pattern.len ? at : pattern.len;
        return refuse_code(r, err, error);
    }
    pcre2_pattern_info(r->code, PCRE2_INFO_CAPTURECOUNT, &groups);
    if (groups >= GK_MAX_REGEX_GROUPS) return refuse(r, err, "the expression has too many groups");
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMECOUNT, &r->names);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMEENTRYSIZE, &r->name_size);
    pcre2_pattern_info(r->code, PCRE2_INFO_NAMETABLE, &r->name);
    set_limits(r);
    return r;
}

void gk_regex_free(gk_regex *r) {
    if (!r) return;
    pcre2_match_data_free(r->match);
    pcre2_match_context_free(r->context);
    pcre2_code_free(r->code);
    free(r);
}

static gk_str part(gk_str subject, const PCRE2_SIZE *at, size_t group) {
    if (at[2 * group] == PCRE2_UNSET || at[2 * group] > at[2 * group + 1]) return GK_STR_NONE;
    return gk_str_slice(subject, at[2 * group], at[2 * group + 1]);
}

bool gk_regex_find(gk_regex *r, gk_str subject, size_t at, gk_str *groups) {
    if (++r->uses == JIT_AFTER) pcre2_jit_compile(r->code, PCRE2_JIT_COMPLETE); /* Where it cannot, the interpreter goes on. */
    if (!subject.ptr) subject = GK_STR("");
    int found = pcre2_match(r->code, (PCRE2_SPTR)subject.ptr, subject.len, at, PCRE2_NO_UTF_CHECK, r->match, r->context);
    if (found <= 0) return false;
    const PCRE2_SIZE *place = pcre2_get_ovector_pointer(r->match);
    for (size_t i = 0; groups && i < GK_MAX_REGEX_GROUPS; i++)
        groups[i] = i < (size_t)found ? part(subject, place, i) : GK_STR_NONE;
    return true;
}

size_t gk_regex_names(const gk_regex *r) { return r->names; }

gk_str gk_regex_name(const gk_regex *r, size_t i, size_t *number) {
    const unsigned char *entry = r->name + i * r->name_size;
    *number = (size_t)entry[0] << 8 | entry[1];
    return gk_str_of((const char *)entry + 2);
}
