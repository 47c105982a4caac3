/* Characters: paragraphs out of pieces, and the text of a paragraph. */
#include <stdlib.h>

#include "base/limits.h"
#include "read/doc.h"
#include "text/charset.h"

/* Characters with a meaning of their own ([MS-DOC] 2.4.1). */
enum {
    CELL_END = 0x07,
    LINE_BREAK = 0x0B,
    PAGE_BREAK = 0x0C,
    PARAGRAPH_END = 0x0D,
    COLUMN_BREAK = 0x0E,
    FIELD_BEGIN = 0x13,
    FIELD_SPLIT = 0x14,
    FIELD_END = 0x15,
    HARD_HYPHEN = 0x1E
};

/* Windows-1252 where it differs from Latin-1. */
static const uint16_t windows_1252[32] = {
    0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

static uint32_t unit_at(const gk_word *w, const gk_word_piece *p, uint32_t cp) {
    uint32_t fc = gk_word_fc(p, cp);
    if (p->wide) return gk_u16(w->main, fc);
    uint32_t c = gk_u8(w->main, fc);
    return c >= 0x80 && c < 0xA0 ? windows_1252[c - 0x80] : c;
}

static void add_paragraph(gk_word *w, const gk_word_piece *p, uint32_t cp, uint32_t last, uint32_t mark) {
    gk_word_paragraph *out = gk_vec_push(&w->paragraphs);
    *out = (gk_word_paragraph){.cp = cp, .end = last + 1};
    gk_word_paragraph_at(w, gk_word_fc(p, last), out);
    if (mark == CELL_END && !out->depth) out->depth = 1;
}

gk_code gk_word_split(gk_word *w, uint32_t cp, uint32_t end) {
    uint32_t start = cp;
    while (cp < end) {
        const gk_word_piece *p = gk_word_piece_of(w, cp);
        if (!p) break;
        if (w->paragraphs.len > GK_MAX_LINES)
            return gk_err_set(w->err, GK_E_LIMIT, "the file has more than %u paragraphs (GK_MAX_LINES)", GK_MAX_LINES);
        for (; cp < p->end && cp < end && w->paragraphs.len <= GK_MAX_LINES; cp++) {
            uint32_t c = unit_at(w, p, cp);
            if (c != PARAGRAPH_END && c != CELL_END && c != PAGE_BREAK && cp + 1 < end) continue;
            add_paragraph(w, p, start, cp, c);
            start = cp + 1;
        }
    }
    return GK_OK;
}

/* Keeps count of fields: their instructions are not text, their results are. Beyond 64 levels all is text. */
static bool is_field_sign(gk_word *w, uint32_t c) {
    if (c == FIELD_BEGIN) {
        if (w->fields < 64) w->field_codes |= 1ull << w->fields;
        w->fields++;
    } else if (c == FIELD_SPLIT && w->fields) {
        if (w->fields <= 64) w->field_codes &= ~(1ull << (w->fields - 1));
    } else if (c == FIELD_END && w->fields) {
        w->fields--;
        if (w->fields < 64) w->field_codes &= ~(1ull << w->fields);
    } else return false;
    return true;
}

/* The text of one character, nothing for signs without one. */
static void put(gk_word *w, uint32_t c, uint32_t *lead, bool in_table, gk_buf *out) {
    char text[4];
    if (c >= 0xD800 && c < 0xDC00) {
        *lead = c;
        return;
    }
    if (c >= 0xDC00 && c < 0xE000) {
        if (!*lead) return;
        c = 0x10000 + ((*lead - 0xD800) << 10) + (c - 0xDC00);
    }
    *lead = 0;
    if (is_field_sign(w, c) || w->field_codes) return;
    if (c == LINE_BREAK || c == COLUMN_BREAK) c = '\n';
    else if (c == HARD_HYPHEN) c = '-';
    else if (c == '\t') c = in_table ? ' ' : '\t';
    else if (c < 0x20 || (c >= 0x7F && c < 0xA0) || c == 0xFFFE || c == 0xFFFF) return;
    gk_buf_put(out, (gk_str){text, gk_utf8_put(text, c)});
}

void gk_word_text(gk_word *w, const gk_word_paragraph *p) {
    gk_buf text = {0};
    uint32_t lead = 0, run_end = 0;
    bool shown = true;
    for (uint32_t cp = p->cp; cp < p->end;) {
        const gk_word_piece *piece = gk_word_piece_of(w, cp);
        if (!piece) break;
        run_end = 0;
        for (; cp < piece->end && cp < p->end; cp++) {
            uint32_t fc = gk_word_fc(piece, cp);
            if (fc >= run_end) shown = gk_word_shown(w, fc, &run_end);
            uint32_t c = unit_at(w, piece, cp);
            if (shown || (c >= FIELD_BEGIN && c <= FIELD_END)) put(w, c, &lead, p->depth > 0, &text);
        }
    }
    if (p->list && p->list < 0x7FFF && gk_out_trim(gk_buf_str(&text)).len) {
        gk_buf number = {0};
        gk_numbering_next(&w->numbering, p->list, p->list_level, &number);
        gk_flow_text(&w->flow, gk_buf_str(&number));
        gk_buf_free(&number);
    }
    gk_flow_text(&w->flow, gk_buf_str(&text));
    gk_buf_free(&text);
}
