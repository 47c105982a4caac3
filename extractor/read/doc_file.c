#include <stdlib.h>

#include "base/limits.h"
#include "read/doc.h"

enum { FIB_FLAGS = 10, FIB_LENGTHS = 76, FIB_PAPX = 0x102, FIB_CHPX = 0xFA, FIB_CLX = 0x1A2, OLDEST = 0xC1 };

gk_str gk_word_table(const gk_word *w, size_t at) {
    uint64_t from = gk_u32(w->main, at), len = gk_u32(w->main, at + 4);
    return from + len <= w->table.len ? gk_str_slice(w->table, (size_t)from, (size_t)(from + len)) : GK_STR_NONE;
}

static gk_code damaged(gk_word *w, const char *what) {
    return gk_err_set(w->err, GK_E_FORMAT, "the Word file is damaged: %s", what);
}

/* The piece table behind the modifiers of fast saving. */
static gk_str piece_table(gk_str clx) {
    size_t at = 0;
    while (gk_u8(clx, at) == 1 && at < clx.len) at += 3 + gk_u16(clx, at + 1);
    if (gk_u8(clx, at) != 2) return GK_STR_NONE;
    return gk_str_slice(clx, at + 5, at + 5 + (size_t)gk_u32(clx, at + 1));
}

static gk_code read_pieces(gk_word *w) {
    gk_str plc = piece_table(gk_word_table(w, FIB_CLX));
    if (plc.len < 16) return damaged(w, "it has no piece table");
    size_t count = (plc.len - 4) / 12;
    for (size_t i = 0; i < count; i++) {
        uint32_t fc = gk_u32(plc, 4 * (count + 1) + 8 * i + 2);
        gk_word_piece p = {.cp = gk_u32(plc, 4 * i), .end = gk_u32(plc, 4 * i + 4)};
        p.wide = !(fc & 0x40000000u);
        p.fc = p.wide ? fc & 0x3FFFFFFFu : (fc & 0x3FFFFFFFu) / 2;
        uint64_t stop = p.fc + (uint64_t)(p.end - p.cp) * (p.wide ? 2 : 1);
        if (p.end < p.cp || p.end > w->main.len || stop > w->main.len) return damaged(w, "a piece of its text is cut off");
        if (i && p.cp != w->pieces.at[i - 1].end) return damaged(w, "the pieces of its text do not meet");
        *gk_vec_push(&w->pieces) = p;
    }
    return GK_OK;
}

gk_code gk_word_open(gk_word *w) {
    uint32_t flags = gk_u16(w->main, FIB_FLAGS);
    if (gk_u16(w->main, 0) != 0xA5EC || w->main.len < 0x382) return damaged(w, "its head is cut off");
    if (flags & 0x0100) return gk_err_set(w->err, GK_E_ENCRYPTED, "the Word file is encrypted: a password is needed");
    if (gk_u16(w->main, 2) < OLDEST)
        return gk_err_set(w->err, GK_E_CONVERTER, "this is a file of Word 95 or older: convert it with LibreOffice "
                                                  "(Debian: libreoffice-writer-nogui)");
    for (size_t i = 0; i < sizeof w->lengths / sizeof *w->lengths; i++)
        w->lengths[i] = gk_u32(w->main, FIB_LENGTHS + 4 * i);
    w->paragraph_plc = gk_word_table(w, FIB_PAPX);
    w->character_plc = gk_word_table(w, FIB_CHPX);
    gk_word_styles(w);
    gk_word_lists(w);
    return read_pieces(w);
}

const gk_word_piece *gk_word_piece_of(gk_word *w, uint32_t cp) {
    if (w->piece < w->pieces.len && cp >= w->pieces.at[w->piece].cp && cp < w->pieces.at[w->piece].end)
        return &w->pieces.at[w->piece];
    size_t low = 0, high = w->pieces.len;
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (w->pieces.at[middle].end <= cp) low = middle + 1;
        else high = middle;
    }
    if (low == w->pieces.len || w->pieces.at[low].cp > cp) return NULL;
    w->piece = low;
    return &w->pieces.at[low];
}
