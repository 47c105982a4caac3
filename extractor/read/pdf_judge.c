/* Whether what was read is text at all: pages that are pictures, text layers with a wrong map of glyphs. */
#include "read/pdf.h"

/* A page of a running text has a sentence or more; fewer characters are a stamp or a page number. */
enum { FEW_CHARS = 12, ENOUGH_CHARS = 200 }; /* of a page; of a document, or of a full page */

/* Characters that every Chinese text has plenty of, in order of code: figures aside, one in eight to five is one of
 * these. */
static const uint16_t frequent[] = {
    0x4E00, 0x4E0A, 0x4E0B, 0x4E0D, 0x4E1A, 0x4E2A, 0x4E2D, 0x4E3A, 0x4E8B, 0x4E8E, 0x4EBA, 0x4EE5,
    0x4F1A, 0x4F5C, 0x4FDD, 0x5165, 0x516C, 0x5171, 0x5176, 0x5206, 0x5229, 0x52A0, 0x52A1, 0x52A8,
    0x533A, 0x5355, 0x53CA, 0x53D1, 0x5408, 0x548C, 0x5668, 0x56FD, 0x5728, 0x5730, 0x57FA, 0x5927,
    0x59D4, 0x5BB6, 0x5BF9, 0x5C55, 0x5DE5, 0x5E02, 0x5E73, 0x5E74, 0x5EA6, 0x5EFA, 0x603B, 0x6210,
    0x6236, 0x6237, 0x63D0, 0x6536, 0x653F, 0x65B9, 0x65E5, 0x6708, 0x6709, 0x672A, 0x672C, 0x673A,
    0x6761, 0x6C11, 0x6CD5, 0x6D3B, 0x7406, 0x7528, 0x7684, 0x7BA1, 0x7C7B, 0x7EA7, 0x7ECF, 0x7F16,
    0x80FD, 0x884C, 0x89C4, 0x8BA1, 0x8D22, 0x8D39, 0x8D44, 0x8FD0, 0x8FDB, 0x90E8, 0x91CF, 0x91D1,
    0x9662, 0x9879,
};

static bool is_frequent(uint32_t c) {
    size_t lo = 0, hi = sizeof frequent / sizeof *frequent;
    while (lo < hi) {
        size_t mid = lo + (hi - lo) / 2;
        if (frequent[mid] < c) lo = mid + 1;
        else hi = mid;
    }
    return lo < sizeof frequent / sizeof *frequent && frequent[lo] == c;
}

void pd_count_char(pdf *p, uint32_t c) {
    bool private_use = c == 0xFFFD || (c >= 0xE000 && c <= 0xF8FF) || c >= 0xF0000;
    bool rare = private_use || (c >= 0x80 && c < 0x2000 && c != 0xB7 && c != 0xD7 && c != 0xB1 && c != 0xA0) ||
                (c >= 0x3400 && c < 0x4E00) || (c >= 0xA000 && c < 0xF900) || c > 0xFFFF;
    p->total += c > ' ';
    p->strange += rare;
    p->common += is_frequent(c);
    p->han += c >= 0x4E00 && c < 0xA000;
}

bool pd_is_picture(const pd_sheet *s, bool *figures) {
    bool covered = s->covered > 0.3 * (double)s->width * s->height;
    *figures = s->chars >= FEW_CHARS && s->chars < ENOUGH_CHARS && 2 * s->han < s->chars && covered;
    return covered && (s->chars < FEW_CHARS || *figures);
}

/* Marks the pages that are pictures. *figures: those where only the figures are text; *readable: the characters of the
 * other pages, but for pages that hold next to nothing. */
static size_t mark_pictures(pdf *p, size_t *figures, size_t *readable) {
    size_t pictures = 0;
    *figures = *readable = 0;
    for (size_t i = 0; i < p->sheets.len; i++) {
        pd_sheet *s = &p->sheets.at[i];
        s->picture = pd_is_picture(s, &s->wordless);
        *figures += s->wordless;
        pictures += s->picture;
        if (!s->picture && s->chars >= FEW_CHARS) *readable += s->chars;
    }
    return pictures;
}

/* Pages that are text are read, however many pictures stand between them; a cover and a page number are no text. */
gk_code pd_judge(pdf *p) {
    size_t figures, readable, pictures = mark_pictures(p, &figures, &readable), pages = p->sheets.len;
    if (pictures && readable < ENOUGH_CHARS && figures)
        return gk_err_set(p->err, GK_E_SCANNED, "the words of %zu of %zu pages are pictures; only their figures are text",
                          pictures, pages);
    if (pictures && readable < ENOUGH_CHARS)
        return gk_err_set(p->err, GK_E_SCANNED, "%zu of %zu pages are pictures without text", pictures, pages);
    if (p->total < ENOUGH_CHARS) return GK_OK;
    if (5 * p->strange > p->total)
        return gk_err_set(p->err, GK_E_GLYPHS,
                          "the text layer has a wrong map of glyphs: %llu of %llu characters are none of a text",
                          (unsigned long long)p->strange, (unsigned long long)p->total);
    if (p->han > ENOUGH_CHARS && 40 * p->common < p->han)
        return gk_err_set(p->err, GK_E_GLYPHS,
                          "the text layer has a wrong map of glyphs: of %llu Han characters only %llu are common ones",
                          (unsigned long long)p->han, (unsigned long long)p->common);
    return GK_OK;
}
