/* The style sheet: which styles are headings. */
#include <stdlib.h>

#include "read/doc.h"

enum { FIB_STYLES = 0xA2, HEADING_1 = 1, HEADING_9 = 9, TOC_1 = 19, TOC_9 = 27, NO_STYLE = 0xFFF, MOST_BASES = 12 };

/* A built-in style is known by its number, whatever its name in the user's language. */
static uint8_t level_of(uint32_t number) {
    if (number >= HEADING_1 && number <= HEADING_9) return (uint8_t)(number - HEADING_1);
    return number >= TOC_1 && number <= TOC_9 ? GK_DOC_TOC : GK_DOC_BODY;
}

void gk_word_styles(gk_word *w) {
    gk_str sheet = gk_word_table(w, FIB_STYLES);
    size_t count = gk_u16(sheet, 2), at = 2 + (size_t)gk_u16(sheet, 0);
    for (size_t i = 0; i < count && at + 2 <= sheet.len; i++) {
        size_t bytes = gk_u16(sheet, at);
        gk_word_style *s = gk_vec_push(&w->styles);
        *s = (gk_word_style){GK_DOC_BODY, NO_STYLE};
        if (bytes >= 4) {
            s->level = level_of(gk_u16(sheet, at + 2) & 0xFFF);
            s->base = (uint16_t)(gk_u16(sheet, at + 4) >> 4);
        }
        at += 2 + bytes;
    }
    for (size_t i = 0; i < w->styles.len; i++) {
        uint16_t base = w->styles.at[i].base;
        for (int k = 0; k < MOST_BASES && w->styles.at[i].level == GK_DOC_BODY && base < w->styles.len; k++) {
            w->styles.at[i].level = w->styles.at[base].level;
            base = w->styles.at[base].base;
        }
    }
}
