#include "check/program.h"

enum { ONE = 1000000 };

/* ---- reading */

typedef struct reader {
    gk_program *out;
    size_t at;
    int depth;
} reader;

static char peek(reader *r) {
    gk_str text = r->out->text;
    while (r->at < text.len && text.ptr[r->at] == ' ') r->at++;
    return r->at < text.len ? text.ptr[r->at] : '\0';
}

static bool is_name(char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.' || c == '?' || c == ':'; }
static bool put(reader *r, gk_step_kind kind, size_t len, size_t number) {
    gk_program *p = r->out;
    if (p->count == GK_MAX_FORMULA_STEPS || len > UINT16_MAX || number > UINT32_MAX) return false;
    p->step[p->count++] = (gk_step){(uint16_t)kind, (uint16_t)len, (uint32_t)number};
    return true;
}

static bool read_sum(reader *r);

static bool read_number(reader *r) {
    gk_str text = r->out->text;
    size_t end = r->at + GK_MAX_FORMULA_DIGITS < text.len ? r->at + GK_MAX_FORMULA_DIGITS : text.len;
    uint32_t v = 0;
    for (; r->at < end && gk_is_digit(text.ptr[r->at]); r->at++) v = v * 10 + (uint32_t)(text.ptr[r->at] - '0');
    return put(r, GK_STEP_NUMBER, 0, v);
}

static bool read_atom(reader *r) {
    char c = peek(r);
    if (c == '(' && r->depth < GK_MAX_FORMULA_BRACKETS) {
        r->at++, r->depth++;
        if (!read_sum(r) || peek(r) != ')') return false;
        r->at++, r->depth--;
        return true;
    }
    if (gk_is_digit(c)) return read_number(r);
    gk_str text = r->out->text;
    size_t start = r->at, end = start;
    while (end < text.len && is_name(text.ptr[end])) end++;
    r->at = end;
    return end > start && put(r, GK_STEP_NAME, end - start, start);
}

static bool read_product(reader *r) {
    bool good = read_atom(r);
    for (char c; good && ((c = peek(r)) == '*' || c == '/');) {
        r->at++;
        good = read_atom(r) && put(r, c == '*' ? GK_STEP_TIMES : GK_STEP_OVER, 0, 0);
    }
    return good;
}

static bool read_sum(reader *r) {
    bool good = read_product(r);
    for (char c; good && ((c = peek(r)) == '+' || c == '-');) {
        r->at++;
        good = read_product(r) && put(r, c == '+' ? GK_STEP_ADD : GK_STEP_LESS, 0, 0);
    }
    return good;
}

void gk_program_read(gk_program *p, gk_str text) {
    reader r = {.out = p};
    p->text = text;
    p->count = 0;
    if (!read_sum(&r) || peek(&r) != '\0') p->count = 0;
}

/* ---- running */

gk_calc gk_program_run(const gk_program *p, gk_program_value *value, void *user, gk_interval *out, gk_interval *divisor) {
    gk_interval stack[GK_PROGRAM_DEPTH], *top = stack;
    gk_calc code = p->count ? GK_CALC_OK : GK_CALC_TERM;
    for (const gk_step *s = p->step; code == GK_CALC_OK && s < p->step + p->count; s++) {
        if (s->kind == GK_STEP_NAME) {
            if (!value(user, p, s, top++)) code = GK_CALC_TERM;
            continue;
        }
        if (s->kind == GK_STEP_NUMBER) {
            *top++ = gk_interval_at((gk_fixed)((int64_t)s->number * ONE));
            continue;
        }
        gk_interval b = *--top, *a = top - 1;
        if (s->kind == GK_STEP_ADD) code = gk_interval_add(a, b);
        else if (s->kind == GK_STEP_LESS) code = gk_interval_add(a, (gk_interval){-b.hi, -b.lo});
        else if (s->kind == GK_STEP_TIMES) code = gk_interval_times(a, b);
        else code = gk_interval_over(a, *divisor = b);
    }
    if (code == GK_CALC_OK) *out = stack[0];
    return code;
}
