#include "text/fold.h"

#include <stdlib.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

#include "text/charset.h"

/* The state of one load: where we are in the table, and where its first mistake goes. */
typedef struct loader {
    gk_fold *fold;
    gk_str table, file;
    gk_err *err;
} loader;

static bool refuse(loader *l, gk_str where, const char *message) {
    gk_err_set(l->err, GK_E_PATTERN, "%s", message);
    gk_err_place(l->err, l->file, l->table, (size_t)(where.ptr - l->table.ptr));
    return false;
}

/* Takes the part of *rest up to `stop` off it, and the stop with it. */
static gk_str take_until(gk_str *rest, char stop) {
    size_t len = 0;
    while (len < rest->len && rest->ptr[len] != stop) len++;
    gk_str part = {rest->ptr, len};
    *rest = gk_str_slice(*rest, len + (len < rest->len), rest->len);
    return part;
}

/* ---- actions ---- */

typedef struct action {
    gk_fold_kind kind;
    const UNormalizer2 *normalizer; /* kind GK_FOLD_TEXT: by ICU, or NULL: to `text` */
    gk_str text;
} action;

static bool read_action(loader *l, gk_str s, action *out) {
    static const struct {
        const char *name;
        gk_fold_kind kind;
        const UNormalizer2 *(*normalizer)(UErrorCode *);
    } actions[] = {
        {"blank", GK_FOLD_BLANK, NULL},
        {"drop", GK_FOLD_DROP, NULL},
        {"point", GK_FOLD_POINT, NULL},
        {"nfkc", GK_FOLD_TEXT, unorm2_getNFKCInstance},
        {"nfc", GK_FOLD_TEXT, unorm2_getNFCInstance},
    };
    *out = (action){.kind = GK_FOLD_TEXT};
    if (gk_str_starts(s, GK_STR("to "))) {
        out->text = gk_str_slice(s, 3, s.len);
        bool fits = out->text.len > 0 && out->text.len <= GK_FOLD_TEXT_BYTES;
        return fits ? true : refuse(l, out->text, "the replacement is empty or longer than 6 bytes");
    }
    for (size_t i = 0; i < sizeof actions / sizeof *actions; i++) {
        if (!gk_str_eqz(s, actions[i].name)) continue;
        UErrorCode status = U_ZERO_ERROR;
        out->kind = actions[i].kind;
        if (actions[i].normalizer) out->normalizer = actions[i].normalizer(&status);
        return U_SUCCESS(status) ? true : refuse(l, s, "ICU has no data for this normal form");
    }
    return refuse(l, s, "unknown action: not nfkc, nfc, to X, blank, drop or point");
}

/* What ICU makes of one code point, as an item; GK_FOLD_SELF where it stays, false where it does not fit. */
static bool normalized(const UNormalizer2 *normalizer, uint32_t c, gk_fold_item *item) {
    UChar in[2], out[32];
    UErrorCode status = U_ZERO_ERROR;
    int32_t in_len = 0, out_len;
    U16_APPEND_UNSAFE(in, in_len, c);
    *item = (gk_fold_item){.kind = GK_FOLD_SELF};
    out_len = unorm2_normalize(normalizer, in, in_len, out, 32, &status);
    if (U_FAILURE(status)) return false;
    if (out_len == in_len && memcmp(in, out, (size_t)in_len * sizeof *in) == 0) return true;
    int32_t bytes = 0;
    u_strToUTF8(item->text, sizeof item->text, &bytes, out, out_len, &status);
    item->kind = GK_FOLD_TEXT;
    item->len = (uint8_t)bytes;
    return U_SUCCESS(status);
}

/* ---- the two levels ---- */

static uint16_t add_item(gk_fold *f, gk_fold_item item) {
    *gk_vec_push(&f->items) = item;
    return (uint16_t)(f->items.len - 1);
}

static uint16_t add_page(gk_fold *f, uint16_t filling) {
    uint16_t *page = *gk_vec_push(&f->pages);
    for (int i = 0; i < GK_FOLD_PAGE; i++) page[i] = filling;
    return (uint16_t)(f->pages.len - 1);
}

static void mark_lead(gk_fold *f, uint32_t c) {
    char bytes[4];
    gk_utf8_put(bytes, c);
    f->skip[(unsigned char)bytes[0]] = 0;
}

static bool set_one(loader *l, gk_str where, uint32_t c, uint16_t item) {
    gk_fold *f = l->fold;
    uint16_t *page = &f->index[c / GK_FOLD_PAGE];
    if (*page == 0) *page = add_page(f, 0);
    uint16_t *slot = &f->pages.at[*page][c % GK_FOLD_PAGE];
    if (*slot) return refuse(l, where, "a code point of this range is listed before");
    *slot = item;
    mark_lead(f, c);
    return true;
}

/* A page that lies wholly in the range shares one page with all others of its kind: the private planes are 512 pages.
 */
static bool set_whole_page(loader *l, uint32_t first, uint32_t last, uint16_t item, uint16_t *shared) {
    uint16_t *page = &l->fold->index[first / GK_FOLD_PAGE];
    if (first % GK_FOLD_PAGE != 0 || last - first < GK_FOLD_PAGE - 1 || *page != 0) return false;
    if (*shared == 0) *shared = add_page(l->fold, item);
    *page = *shared;
    for (uint32_t c = first; c < first + GK_FOLD_PAGE; c += 64) mark_lead(l->fold, c);
    return true;
}

/* A replacement may be a third longer than the character, because the view is laid out for that. */
static bool not_too_long(loader *l, gk_str where, uint32_t c, const gk_fold_item *item) {
    char bytes[4];
    bool fits = item->len * 3u <= gk_utf8_put(bytes, c) * 4u;
    return fits ? true : refuse(l, where, "the replacement is too long for the character it replaces");
}

static bool set_range(loader *l, gk_str where, uint32_t first, uint32_t last, const action *a) {
    gk_fold_item item = {.kind = (uint8_t)a->kind, .len = (uint8_t)a->text.len};
    uint16_t id = 0, shared = 0;
    if (a->text.len) memcpy(item.text, a->text.ptr, a->text.len);
    if (!a->normalizer) id = add_item(l->fold, item);
    for (uint32_t c = first; c <= last; c++) {
        if (!a->normalizer && set_whole_page(l, c, last, id, &shared)) {
            c += GK_FOLD_PAGE - 1;
            continue;
        }
        if (a->normalizer) {
            if (!normalized(a->normalizer, c, &item))
                return refuse(l, where, "ICU maps a code point of this range to a longer text");
            if (item.kind == GK_FOLD_SELF) continue;
            id = add_item(l->fold, item);
        }
        if (!not_too_long(l, where, c, &item) || !set_one(l, where, c, id)) return false;
    }
    return l->fold->items.len < UINT16_MAX - 1024 ? true : refuse(l, where, "too many replacements in one table");
}

/* ---- lines ---- */

static bool read_hex(gk_str s, uint32_t *out) {
    *out = 0;
    if (s.len < 4 || s.len > 6) return false;
    for (size_t i = 0; i < s.len; i++) {
        const char *digits = "0123456789ABCDEF", *at = memchr(digits, s.ptr[i], 16);
        if (!at) return false;
        *out = *out << 4 | (uint32_t)(at - digits);
    }
    return *out < 0x110000 && !(*out >= 0xD800 && *out < 0xE000);
}

/* `FF01-FF04` or `3000`. */
static bool read_range(loader *l, gk_str s, uint32_t *first, uint32_t *last) {
    gk_str rest = s, head = take_until(&rest, '-');
    bool good = read_hex(head, first);
    *last = *first;
    if (good && head.len < s.len) good = read_hex(rest, last) && *last > *first;
    if (good && *first < 0xD800 && *last > 0xDFFF) good = false;
    return good ? true
                : refuse(l, s, "not a code point (4 to 6 upper-case hexadecimal digits) or an ascending range of them");
}

static bool is_class_name(gk_str s) {
    for (size_t i = 0; i < s.len; i++) {
        char c = s.ptr[i];
        if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-')) return false;
    }
    return s.len > 0;
}

static bool read_line(loader *l, gk_str line) {
    gk_str rest = line, class = take_until(&rest, '\t'), what = take_until(&rest, '\t');
    action a;
    if (!is_class_name(class)) return refuse(l, class, "a line starts with the name of a class, [a-z0-9-]+, and a tab");
    if (what.len == 0)
        return refuse(l, what, "no code points: a line is class, code points and action, set apart by tabs");
    if (!read_action(l, rest, &a)) return false;
    for (gk_str left = what; left.len > 0;) {
        uint32_t first, last;
        gk_str part = take_until(&left, ' ');
        if (!read_range(l, part, &first, &last) || !set_range(l, part, first, last, &a)) return false;
    }
    return true;
}

static gk_fold *empty_fold(void) {
    gk_fold *f = gk_alloc_zero(1, sizeof *f);
    for (int i = 0; i < 256; i++) f->skip[i] = i < 0xC0 ? 1 : i < 0xE0 ? 2 : i < 0xF0 ? 3 : 4;
    add_item(f, (gk_fold_item){.kind = GK_FOLD_SELF});
    add_page(f, 0);
    return f;
}

gk_fold *gk_fold_load(gk_str table, gk_str file, gk_err *err) {
    loader l = {.fold = empty_fold(), .table = table, .file = file, .err = err};
    size_t fault = 0;
    bool good = gk_utf8_valid(table, &fault);
    if (!good) refuse(&l, gk_str_slice(table, fault, fault), "the table is not UTF-8");
    for (gk_str rest = table; good && rest.len > 0;) {
        gk_str line = take_until(&rest, '\n');
        if (line.len > 0 && line.ptr[line.len - 1] == '\r') line.len--;
        if (line.len > 0 && line.ptr[0] != '#') good = read_line(&l, line);
    }
    if (good) return l.fold;
    gk_fold_free(l.fold);
    return NULL;
}

void gk_fold_free(gk_fold *f) {
    if (!f) return;
    gk_vec_free(&f->pages);
    gk_vec_free(&f->items);
    free(f);
}

gk_str gk_fold_of(const gk_fold *f, uint32_t code_point) {
    if (code_point >= 0x110000) return GK_STR_NONE;
    const gk_fold_item *item = gk_fold_item_of(f, code_point);
    switch ((gk_fold_kind)item->kind) {
    case GK_FOLD_TEXT:
        return (gk_str){item->text, item->len};
    case GK_FOLD_BLANK:
        return GK_STR(" ");
    case GK_FOLD_DROP:
    case GK_FOLD_POINT:
        return GK_STR("");
    case GK_FOLD_SELF:
        break;
    }
    return GK_STR_NONE;
}
