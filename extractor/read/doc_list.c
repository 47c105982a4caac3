/* Lists ([MS-DOC] 2.9.128 LSTF, 2.9.150 LVL, 2.9.131 LFO): as gk_numbering knows them. */
#include <stdlib.h>

#include "read/doc.h"
#include "text/charset.h"

enum { FIB_LISTS = 0x2E2, FIB_USES = 0x2EA, LIST_BYTES = 28, LEVEL_BYTES = 28, USE_BYTES = 16, MOST_LISTS = 4096 };

/* MSONFC ([MS-OSHARED] 2.2.1.3) to the names of Office Open XML. */
static const char *format_name(uint32_t nfc) {
    static const struct {
        uint8_t nfc;
        const char *name;
    } names[] = {{0, "decimal"},           {1, "upperRoman"},          {2, "lowerRoman"},
                 {3, "upperLetter"},       {4, "lowerLetter"},         {10, "ideographDigital"},
                 {11, "japaneseCounting"}, {14, "decimalFullWidth"},   {18, "decimalEnclosedCircle"},
                 {19, "decimalFullWidth2"}, {22, "decimalZero"},       {33, "taiwaneseCounting"},
                 {35, "taiwaneseCountingThousand"}, {37, "chineseCounting"}, {38, "chineseLegalSimplified"},
                 {39, "chineseCountingThousand"}};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (names[i].nfc == nfc) return gk_number_format(gk_str_of(names[i].name));
    return NULL;
}

/* A template: characters below 9 stand for the number of that level. */
static gk_str template_of(gk_word *w, gk_str s, size_t at, size_t count) {
    gk_buf out = {0};
    char text[4];
    for (size_t i = 0; i < count && at + 2 * i < s.len; i++) {
        uint32_t unit = gk_u16(s, at + 2 * i);
        if (unit < GK_NUMBER_LEVELS) gk_buf_printf(&out, "%%%u", (unsigned)unit + 1);
        else if (unit >= 0xD800 && unit < 0xE000) continue;
        else gk_buf_put(&out, (gk_str){text, gk_utf8_put(text, unit)});
    }
    gk_str result = gk_arena_dup(&w->arena, gk_buf_str(&out));
    gk_buf_free(&out);
    return result;
}

/* Reads a level and returns where the next one starts. */
static size_t read_level(gk_word *w, gk_str s, size_t at, gk_number_level *out) {
    size_t text = at + LEVEL_BYTES + gk_u8(s, at + 24) + gk_u8(s, at + 25), count = gk_u16(s, text);
    out->start = gk_u32(s, at);
    if (out->start > 1u << 30) out->start = 1;
    out->format = format_name(gk_u8(s, at + 4));
    out->plain = gk_u8(s, at + 5) & 4;
    out->text = template_of(w, s, text + 2, count);
    return text + 2 + 2 * count;
}

/* The levels of all lists stand behind the table of lists, outside of its length. */
static void read_lists(gk_word *w) {
    gk_str head = gk_word_table(w, FIB_LISTS);
    size_t count = gk_u16(head, 0), end = gk_u32(w->main, FIB_LISTS) + head.len;
    for (size_t i = 0; i < count && i < MOST_LISTS && 2 + LIST_BYTES * (i + 1) <= head.len; i++) {
        gk_number_list *list = gk_vec_push(&w->numbering.lists);
        *list = (gk_number_list){.id = (int)gk_u32(head, 2 + LIST_BYTES * i)};
        bool simple = gk_u8(head, 2 + LIST_BYTES * i + 26) & 1;
        for (int k = 0; k < (simple ? 1 : GK_NUMBER_LEVELS); k++) {
            if (end + LEVEL_BYTES > w->table.len) break;
            end = read_level(w, w->table, end, &list->level[k]);
        }
    }
}

void gk_word_lists(gk_word *w) {
    read_lists(w);
    gk_str uses = gk_word_table(w, FIB_USES);
    size_t count = gk_u32(uses, 0);
    for (size_t i = 0; i < count && i < MOST_LISTS && 4 + USE_BYTES * (i + 1) <= uses.len; i++) {
        int id = (int)gk_u32(uses, 4 + USE_BYTES * i);
        gk_number_use *use = gk_vec_push(&w->numbering.uses);
        *use = (gk_number_use){.id = (int)i + 1, .list = SIZE_MAX};
        for (int k = 0; k < GK_NUMBER_LEVELS; k++) use->restart[k] = -1;
        for (size_t k = 0; k < w->numbering.lists.len; k++)
            if (w->numbering.lists.at[k].id == id) use->list = k;
    }
}
