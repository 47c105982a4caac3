/* Properties by their place in the stream. */
#include "read/doc.h"

enum { PAGE = 512, PAPX_ENTRY = 13 };

/* Codes of modifiers ([MS-DOC] 2.6). */
enum {
    SPRM_DELETED = 0x0800,
    SPRM_HIDDEN = 0x083C,
    SPRM_LEVEL = 0x260A,
    SPRM_IN_TABLE = 0x2416,
    SPRM_ROW_END = 0x2417,
    SPRM_INNER_CELL = 0x244B,
    SPRM_INNER_ROW_END = 0x244C,
    SPRM_OUTLINE = 0x2640,
    SPRM_LIST = 0x460B,
    SPRM_HUGE = 0x6646,
    SPRM_HUGE_OLD = 0x6645,
    SPRM_DEPTH = 0x6649,
    SPRM_TABS = 0xC615,
    SPRM_TABLE = 0xD608
};

/* Bytes of an operand by the three highest bits of its code; 6 means that it begins with its length. */
static size_t operand_bytes(uint32_t code, gk_str rest) {
    static const uint8_t sizes[] = {1, 1, 2, 4, 2, 2, 0, 3};
    if (code >> 13 != 6) return sizes[code >> 13];
    if (code == SPRM_TABLE) return gk_u16(rest, 0) + (size_t)1;
    if (code == SPRM_TABS && gk_u8(rest, 0) == 255) {
        size_t deleted = gk_u8(rest, 1), added = gk_u8(rest, 2 + 4 * deleted);
        return 3 + 4 * deleted + 3 * added;
    }
    return gk_u8(rest, 0) + (size_t)1;
}

bool gk_word_sprm(gk_str list, size_t *at, uint32_t *code, gk_str *operand) {
    if (*at + 2 >= list.len) return false;
    *code = gk_u16(list, *at);
    gk_str rest = gk_str_slice(list, *at + 2, list.len);
    size_t bytes = operand_bytes(*code, rest);
    if (bytes > rest.len) return false;
    *operand = gk_str_slice(rest, 0, bytes);
    *at += 2 + bytes;
    return true;
}

/* The page of properties for an offset: a sorted table of offsets and, behind it, of page numbers. */
static gk_str page_of(const gk_word *w, gk_str plc, uint32_t fc) {
    if (plc.len < 12) return GK_STR_NONE;
    size_t count = (plc.len - 4) / 8, low = 0, high = count;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (gk_u32(plc, 4 * middle) <= fc) low = middle;
        else high = middle;
    }
    size_t at = (size_t)(gk_u32(plc, 4 * (count + 1) + 4 * low) & 0x3FFFFF) * PAGE;
    gk_str page = gk_str_slice(w->main, at, at + PAGE);
    return page.len == PAGE ? page : GK_STR_NONE;
}

/* The run of the page that holds the offset; SIZE_MAX: none. */
static size_t run_of(gk_str page, uint32_t fc, size_t entry) {
    size_t count = gk_u8(page, PAGE - 1), low = 0, high = count;
    if (!page.ptr || !count || 4 * (count + 1) + entry * count > PAGE - 1) return SIZE_MAX;
    while (high - low > 1) {
        size_t middle = (low + high) / 2;
        if (gk_u32(page, 4 * middle) <= fc) low = middle;
        else high = middle;
    }
    return fc >= gk_u32(page, 4 * low) && fc < gk_u32(page, 4 * low + 4) ? low : SIZE_MAX;
}

/* The modifiers of the paragraph at an offset and its style. */
static gk_str paragraph_list(const gk_word *w, uint32_t fc, uint32_t *style) {
    gk_str page = page_of(w, w->paragraph_plc, fc);
    size_t run = run_of(page, fc, PAPX_ENTRY);
    *style = 0;
    if (run == SIZE_MAX) return GK_STR("");
    size_t at = 2 * (size_t)gk_u8(page, 4 * (gk_u8(page, PAGE - 1) + (size_t)1) + PAPX_ENTRY * run);
    if (!at) return GK_STR("");
    size_t bytes = gk_u8(page, at) ? 2 * (size_t)gk_u8(page, at) - 1 : 2 * (size_t)gk_u8(page, at + 1);
    size_t start = gk_u8(page, at) ? at + 1 : at + 2;
    *style = gk_u16(page, start);
    return gk_str_slice(page, start + 2, start + bytes);
}

/* Modifiers that do not fit their page stand in the stream Data. */
static gk_str huge_list(const gk_word *w, gk_str operand) {
    size_t at = gk_u32(operand, 0);
    return at + 2 <= w->data.len ? gk_str_slice(w->data, at + 2, at + 2 + gk_u16(w->data, at)) : GK_STR("");
}

static void apply(gk_word *w, gk_str list, gk_word_paragraph *out, bool inside) {
    uint32_t code;
    gk_str operand;
    bool in_table = out->depth > 0;
    for (size_t at = 0; gk_word_sprm(list, &at, &code, &operand);) {
        uint32_t value = gk_u8(operand, 0);
        switch (code) {
        case SPRM_IN_TABLE: in_table = value != 0; break;
        case SPRM_ROW_END:
        case SPRM_INNER_ROW_END: out->row_end = value != 0; break;
        case SPRM_INNER_CELL: out->inner_cell = value != 0; break;
        case SPRM_DEPTH: out->depth = gk_u32(operand, 0) < 16 ? (uint8_t)gk_u32(operand, 0) : 16; break;
        case SPRM_LEVEL: out->list_level = (uint8_t)value; break;
        case SPRM_LIST: out->list = (uint16_t)gk_u16(operand, 0); break;
        case SPRM_OUTLINE: out->level = value < GK_DOC_BODY ? (uint8_t)value : GK_DOC_BODY; break;
        case SPRM_HUGE:
        case SPRM_HUGE_OLD:
            if (!inside) apply(w, huge_list(w, operand), out, true);
            break;
        default: break;
        }
    }
    if (in_table && !out->depth) out->depth = 1;
    if (out->row_end && !out->row) out->row = gk_word_row_of(w, list);
}

void gk_word_paragraph_at(gk_word *w, uint32_t fc, gk_word_paragraph *out) {
    uint32_t style;
    gk_str list = paragraph_list(w, fc, &style);
    out->level = style < w->styles.len ? w->styles.at[style].level : GK_DOC_BODY;
    apply(w, list, out, false);
    if (style < w->styles.len && w->styles.at[style].level == GK_DOC_TOC) out->level = GK_DOC_TOC;
}

bool gk_word_shown(const gk_word *w, uint32_t fc, uint32_t *end) {
    gk_str page = page_of(w, w->character_plc, fc);
    size_t run = run_of(page, fc, 1), count = gk_u8(page, PAGE - 1);
    *end = UINT32_MAX;
    if (run == SIZE_MAX) return true;
    *end = gk_u32(page, 4 * run + 4);
    size_t at = 2 * (size_t)gk_u8(page, 4 * (count + 1) + run);
    if (!at) return true;
    gk_str list = gk_str_slice(page, at + 1, at + 1 + gk_u8(page, at)), operand;
    uint32_t code;
    bool shown = true;
    for (size_t i = 0; gk_word_sprm(list, &i, &code, &operand);)
        if ((code == SPRM_DELETED || code == SPRM_HIDDEN) && (gk_u8(operand, 0) & 1)) shown = false;
    return shown;
}
