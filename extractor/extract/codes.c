#include "extract/codes.h"

#include <stdlib.h>

#include "base/limits.h"
#include "base/mem.h"
#include "extract/tsv.h"

enum { TABLES = 2, FORM_FIELDS = 8, NAME_MAX_BYTES = GK_MAX_SUBJECT_BYTES };

typedef struct form {
    gk_code_kind kind;
    gk_str leads;
    uint32_t lengths; /* bit n: codes may have n digits */
} form;

struct gk_codes {
    gk_str table[TABLES];
    bool indexed;
    GK_VEC(gk_str) lines[TABLES]; /* sorted by code, lines of one code in the order of the table */
    GK_VEC(form) forms;
    GK_VEC(gk_str) strips;
    GK_VEC(gk_str) tails;
};

static const struct {
    const char *name;
    gk_code_kind kind;
} KINDS[] = {{"revenue", GK_KIND_REVENUE}, {"function", GK_KIND_FUNCTION}, {"economic", GK_KIND_ECONOMIC}};

gk_codes *gk_codes_new(gk_str function_table, gk_str economic_table) {
    gk_codes *codes = gk_alloc_zero(1, sizeof *codes);
    codes->table[0] = function_table;
    codes->table[1] = economic_table;
    return codes;
}

void gk_codes_free(gk_codes *codes) {
    if (!codes) return;
    for (size_t t = 0; t < TABLES; t++) gk_vec_free(&codes->lines[t]);
    gk_vec_free(&codes->forms);
    gk_vec_free(&codes->strips);
    gk_vec_free(&codes->tails);
    free(codes);
}

/* Building the index. */

static gk_str code_of(gk_str line) {
    const char *tab = line.len ? memchr(line.ptr, '\t', line.len) : NULL;
    return gk_str_slice(line, 0, tab ? (size_t)(tab - line.ptr) : line.len);
}

static int by_code(const void *a, const void *b) {
    const gk_str *x = a, *y = b;
    int c = gk_str_cmp(code_of(*x), code_of(*y));
    return c ? c : (x->ptr > y->ptr) - (x->ptr < y->ptr);
}

static void add_form(gk_codes *codes, const gk_str *field) {
    form f = {.leads = field[1]};
    for (size_t k = 0; k < sizeof KINDS / sizeof *KINDS; k++)
        if (gk_str_eqz(field[0], KINDS[k].name)) f.kind = KINDS[k].kind;
    for (size_t i = 2; i < FORM_FIELDS; i++)
        if (field[i].len == 1 && field[i].ptr[0] >= '1' && field[i].ptr[0] <= '9')
            f.lengths |= 1u << (field[i].ptr[0] - '0');
    if (f.kind != GK_KIND_NONE) *gk_vec_push(&codes->forms) = f;
}

static void add_directive(gk_codes *codes, gk_str line) {
    gk_str field[FORM_FIELDS];
    if (gk_tsv_directive(line, "form", field, FORM_FIELDS)) add_form(codes, field);
    else if (gk_tsv_directive(line, "strip", field, FORM_FIELDS)) *gk_vec_push(&codes->strips) = field[0];
    else if (gk_tsv_directive(line, "tail", field, FORM_FIELDS)) *gk_vec_push(&codes->tails) = field[0];
}

static void index_table(gk_codes *codes, size_t t) {
    gk_str line;
    bool sorted = true;
    for (size_t at = 0; gk_tsv_line(codes->table[t], &at, &line);) {
        if (line.len && line.ptr[0] == '#') {
            add_directive(codes, line);
        } else if (line.len) {
            *gk_vec_push(&codes->lines[t]) = line;
            size_t n = codes->lines[t].len;
            if (n > 1 && by_code(&codes->lines[t].at[n - 2], &codes->lines[t].at[n - 1]) > 0) sorted = false;
        }
    }
    if (!sorted) qsort(codes->lines[t].at, codes->lines[t].len, sizeof(gk_str), by_code);
}

static void need_index(gk_codes *codes) {
    if (codes->indexed) return;
    codes->indexed = true;
    for (size_t t = 0; t < TABLES; t++) index_table(codes, t);
}

/* The lines of one code: from the returned one on, *count of them. NULL where there is none. */
static const gk_str *lines_of(gk_codes *codes, gk_str code, size_t *count) {
    need_index(codes);
    for (size_t t = 0; t < TABLES && code.len; t++) {
        size_t low = 0, high = codes->lines[t].len;
        const gk_str *lines = codes->lines[t].at;
        while (low < high) {
            size_t mid = low + (high - low) / 2;
            if (gk_str_cmp(code_of(lines[mid]), code) < 0) low = mid + 1;
            else high = mid;
        }
        for (*count = 0; low + *count < codes->lines[t].len && gk_str_eq(code_of(lines[low + *count]), code);) ++*count;
        if (*count) return lines + low;
    }
    *count = 0;
    return NULL;
}

/* Lookups. */

gk_code_kind gk_codes_kind(gk_codes *codes, gk_str code) {
    need_index(codes);
    if (!code.len || code.len > 9) return GK_KIND_NONE;
    for (size_t i = 0; i < code.len; i++)
        if (code.ptr[i] < '0' || code.ptr[i] > '9') return GK_KIND_NONE;
    for (size_t i = 0; i < codes->forms.len; i++) {
        const form *f = &codes->forms.at[i];
        bool leads = f->leads.len && memchr(f->leads.ptr, code.ptr[0], f->leads.len);
        if (leads && (f->lengths >> code.len & 1)) return f->kind;
    }
    return GK_KIND_NONE;
}

gk_str gk_codes_name(gk_codes *codes, gk_str code) {
    gk_str field[2] = {GK_STR_NONE, GK_STR_NONE};
    size_t count;
    const gk_str *line = lines_of(codes, code, &count);
    if (line) gk_tsv_split(*line, field, 2);
    return field[1];
}

static int number(gk_str digits, int otherwise) {
    int n = 0;
    for (size_t i = 0; i < digits.len && i < 6; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return otherwise;
        n = n * 10 + (digits.ptr[i] - '0');
    }
    return digits.len ? n : otherwise;
}

gk_str gk_codes_name_in(gk_codes *codes, gk_str code, int year) {
    gk_str field[4];
    size_t count;
    const gk_str *line = lines_of(codes, code, &count);
    for (size_t i = 0; i < count; i++) {
        gk_tsv_split(line[i], field, 4);
        if (number(field[2], 0) <= year && year <= number(field[3], 9999)) return field[1];
    }
    return gk_codes_name(codes, code);
}

/* Comparing names. */

/* Length in bytes of the blank, opening or closing bracket at s, 0 for anything else. */
static size_t blank_at(gk_str s) {
    if (s.len && (s.ptr[0] == ' ' || (s.ptr[0] >= '\t' && s.ptr[0] <= '\r'))) return 1;
    if (gk_str_starts(s, GK_STR("\xC2\xA0"))) return 2;
    return gk_str_starts(s, GK_STR("\xE3\x80\x80")) ? 3 : 0;
}

static size_t open_at(gk_str s) {
    if (gk_str_starts(s, GK_STR("("))) return 1;
    return gk_str_starts(s, GK_STR("\xEF\xBC\x88")) ? 3 : 0;
}

static size_t close_at(gk_str s) {
    if (gk_str_starts(s, GK_STR(")"))) return 1;
    return gk_str_starts(s, GK_STR("\xEF\xBC\x89")) ? 3 : 0;
}

static bool is_strip(const gk_codes *codes, gk_str word) {
    for (size_t i = 0; i < codes->strips.len; i++)
        if (gk_str_eq(codes->strips.at[i], word)) return true;
    return false;
}

/* s begins behind an opening bracket: the length of what stands before the closing one, SIZE_MAX where none closes. */
static size_t inside(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if (close_at(gk_str_slice(s, i, s.len))) return i;
    return SIZE_MAX;
}

/* Writes the name without blanks and brackets into out (NAME_MAX_BYTES); without all that stands in brackets if `bare`,
 * else without the strip words in brackets. */
static gk_str squeeze(const gk_codes *codes, gk_str name, bool bare, char *out) {
    size_t len = 0;
    name = gk_str_slice(name, 0, (size_t)NAME_MAX_BYTES * 2);
    for (size_t at = 0; at < name.len && len < NAME_MAX_BYTES;) {
        gk_str rest = gk_str_slice(name, at, name.len);
        size_t opened = open_at(rest), skip = blank_at(rest) + opened + close_at(rest);
        if (opened) {
            gk_str behind = gk_str_slice(rest, opened, rest.len);
            size_t within = inside(behind);
            if (within != SIZE_MAX && (bare || is_strip(codes, gk_str_slice(behind, 0, within)))) skip += within;
        }
        if (!skip) out[len++] = name.ptr[at];
        at += skip ? skip : 1;
    }
    gk_str squeezed = {out, len};
    for (size_t i = 0; i < codes->tails.len; i++)
        if (squeezed.len > codes->tails.at[i].len && gk_str_ends(squeezed, codes->tails.at[i]))
            squeezed.len -= codes->tails.at[i].len;
    return squeezed;
}

gk_code_fit gk_codes_agrees(gk_codes *codes, gk_str code, gk_str printed) {
    char a[NAME_MAX_BYTES], b[NAME_MAX_BYTES];
    gk_str field[2];
    size_t count;
    const gk_str *line = lines_of(codes, code, &count);
    if (!count || !squeeze(codes, printed, false, a).len) return GK_FIT_UNKNOWN;
    for (int bare = 0; bare < 2; bare++) {
        gk_str got = squeeze(codes, printed, bare, a);
        for (size_t i = 0; i < count; i++) {
            gk_tsv_split(line[i], field, 2);
            if (gk_str_eq(got, squeeze(codes, field[1], bare, b))) return GK_FIT_AGREES;
        }
    }
    return GK_FIT_DIFFERS;
}
