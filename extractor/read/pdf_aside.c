/* Running heads and feet, page numbers. */
#include <math.h>
#include <stdlib.h>

#include "read/pdf.h"
#include "read/plain.h"

/* How much of a page's height its head and foot may take, how many lines each, how far a running head may wander. */
static const float zone = 0.13f, wander = 8;
enum { MOST_LINES = 4, KEY_BYTES = 120 };

/* What is compared of a line: its text without blanks, each group of digits as '#'. */
typedef struct key {
    uint64_t hash;
    float y;        /* from the top, or from the bottom (negative) */
    uint32_t item;
    uint32_t page;
} key;

/* Bytes of the digit, also a full-width one, at byte i; 0: none. */
static size_t digit_at(gk_str s, size_t i) {
    if (i < s.len && gk_is_digit(s.ptr[i])) return 1;
    bool wide = i + 2 < s.len && memcmp(s.ptr + i, "\xEF\xBC", 2) == 0;
    return wide && (unsigned char)s.ptr[i + 2] >= 0x90 && (unsigned char)s.ptr[i + 2] <= 0x99 ? 3 : 0;
}

static uint64_t hash_of(gk_str s) {
    char text[KEY_BYTES];
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < sizeof text; i++) {
        if (s.ptr[i] == ' ' || (gk_is_digit(s.ptr[i]) && n && text[n - 1] == '#')) continue;
        text[n++] = gk_is_digit(s.ptr[i]) ? '#' : s.ptr[i];
    }
    return gk_str_hash((gk_str){text, n});
}

/* Whether a line is nothing but a page number: at most two groups of digits, with dashes, points, a slash or the words
 * that stand around page numbers. */
static bool is_page_number(gk_str s) {
    static const char *const marks[] = {
        "-", "\xE2\x80\x94", "\xE2\x80\x93", "\xE2\x80\x95", "\xE2\x94\x80", "\xEF\xBC\x8D", "/",
        ".", "\xC2\xB7", "~", "\xEF\xBD\x9E", "\xE2\x80\xA2", "|", "\xE2\x88\x92", " ", "第", "页",
        "P", "\xEF\xBC\x8F", "\xE5\x85\xB1", "\xE3\x80\x81", "\xEF\xBC\x8C", ",",
    };
    size_t groups = 0;
    for (size_t i = 0; i < s.len;) {
        size_t digits = 0;
        for (size_t n; (n = digit_at(s, i)) > 0; i += n) digits++;
        if (digits) {
            if (digits > 4 || ++groups > 2) return false;
            continue;
        }
        size_t k = 0, n = sizeof marks / sizeof *marks;
        while (k < n && !gk_str_starts(gk_str_slice(s, i, s.len), gk_str_of(marks[k]))) k++;
        if (k == n) return false;
        i += strlen(marks[k]);
    }
    return groups > 0;
}

/* A line right above a table, or above other lines that are, belongs to it, not to the page. */
static bool above_table(const pdf *p, const pd_sheet *s, uint32_t item) {
    const pd_item *i = &p->items.at[item];
    float size = p->lines.at[i->index].size, bottom = i->box.y1;
    for (uint32_t k = item + 1; k < s->first_item + s->item_count && k <= item + MOST_LINES; k++) {
        const pd_item *next = &p->items.at[k];
        if (next->kind == PD_TABLE) return next->box.y0 - bottom < 2.2f * size;
        if (next->box.y0 - bottom > 1.5f * size) return false;
        bottom = fmaxf(bottom, next->box.y1);
    }
    return false;
}

typedef GK_VEC(key) key_list;

static void look(pdf *p, const pd_sheet *s, uint32_t item, bool head, key_list *keys) {
    pd_item *i = &p->items.at[item];
    if (i->kind != PD_LINE) return;
    gk_str text = pd_text(p, &p->lines.at[i->index]);
    if (is_page_number(text) && !(head && above_table(p, s, item))) {
        i->aside = true;
        return;
    }
    if (above_table(p, s, item)) return;
    *gk_vec_push(keys) = (key){hash_of(text), head ? i->box.y0 : i->box.y0 - s->height, item, i->page};
}

/* The lines in the head and in the foot of each page. */
static void gather(pdf *p, key_list *keys) {
    for (size_t n = 0; n < p->sheets.len; n++) {
        const pd_sheet *s = &p->sheets.at[n];
        for (uint32_t k = 0; k < s->item_count && k < MOST_LINES; k++) {
            const pd_item *i = &p->items.at[s->first_item + k];
            if (i->kind != PD_LINE || i->box.y1 > zone * s->height) break;
            look(p, s, s->first_item + k, true, keys);
        }
        for (uint32_t k = 0; k < s->item_count && k < MOST_LINES; k++) {
            uint32_t item = s->first_item + s->item_count - 1 - k;
            if (p->items.at[item].kind != PD_LINE || p->items.at[item].box.y0 < (1 - zone) * s->height) break;
            look(p, s, item, false, keys);
        }
    }
}

static int by_hash(const void *a, const void *b) {
    const key *k = a, *l = b;
    if (k->hash != l->hash) return k->hash < l->hash ? -1 : 1;
    if (k->y != l->y) return k->y < l->y ? -1 : 1;
    return k->item < l->item ? -1 : k->item > l->item;
}

/* Lines that stand at the same height of three pages and are alike but for their figures. */
static void mark_repeated(pdf *p, key_list *keys) {
    if (keys->len) qsort(keys->at, keys->len, sizeof *keys->at, by_hash);
    for (size_t i = 0; i < keys->len;) {
        size_t end = i + 1;
        const key *k = keys->at;
        while (end < keys->len && k[end].hash == k[i].hash && k[end].y - k[end - 1].y < wander) end++;
        for (size_t n = i; end - i >= 3 && n < end; n++) p->items.at[k[n].item].aside = true;
        i = end;
    }
}

void pd_find_asides(pdf *p) {
    key_list keys = {0};
    gather(p, &keys);
    mark_repeated(p, &keys);
    gk_vec_free(&keys);
}
