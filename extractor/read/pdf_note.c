/* What is said of a document whose pages are not all as they should be. */
#include "read/pdf.h"

/* ---- lists of pages */

typedef bool which(const pd_sheet *s);

static bool is_picture(const pd_sheet *s) { return s->picture; }
static bool has_failed(const pd_sheet *s) { return s->failed; }

/* Writes the numbers of pages as a list of ranges and returns how many pages there are.
 *
 *     pages 3, 7, 8, 9, 20     "3, 7-9, 20"
 *
 * What passes MOST_RANGES is said as a number of pages. */
static size_t list_pages(const pdf *p, which *is, gk_buf *out) {
    enum { MOST_RANGES = 12 };
    size_t count = 0, ranges = 0, left = 0, pages = p->sheets.len;
    for (size_t i = 0, end; i < pages; i = end) {
        for (end = i; end < pages && is(&p->sheets.at[end]);) end++;
        size_t n = end - i;
        count += n;
        end += n == 0;
        if (n && ranges++ >= MOST_RANGES) left += n;
        else if (n) gk_buf_printf(out, "%s%zu", out->len ? ", " : "", i + 1);
        if (n > 1 && ranges <= MOST_RANGES) gk_buf_printf(out, "%s%zu", n > 2 ? "-" : ", ", i + n);
    }
    if (left) gk_buf_printf(out, " and %zu more", left);
    return count;
}

static void note_pages(pdf *p, which *is, gk_code code, const char *what, const char *then) {
    gk_buf list = {0};
    size_t count = list_pages(p, is, &list);
    if (count)
        gk_doc_note(p->doc, code, "%s on %zu of %zu pages (%s)%s", what, count, p->sheets.len, list.ptr, then);
    gk_buf_free(&list);
}

/* ---- figures without their words */

/* The figures of a page whose words are pictures would be figures of nothing. */
static void drop_wordless(pdf *p) {
    uint32_t kept = 0;
    for (size_t i = 0; i < p->sheets.len; i++) {
        pd_sheet *s = &p->sheets.at[i];
        uint32_t count = s->wordless ? 0 : s->item_count;
        if (count && kept != s->first_item)
            memmove(p->items.at + kept, p->items.at + s->first_item, count * sizeof *p->items.at);
        s->first_item = kept;
        s->item_count = count;
        kept += count;
    }
    p->items.len = kept;
}

void pd_note(pdf *p) {
    drop_wordless(p);
    if (p->repaired)
        gk_doc_note(p->doc, GK_E_FORMAT, "the file is damaged: its cross references were rebuilt, and parts may be missing");
    if (!p->ended)
        gk_doc_note(p->doc, GK_E_FORMAT, "the pages end early: %zu of %u were read", p->sheets.len, (unsigned)p->announced);
    note_pages(p, has_failed, GK_E_FORMAT, "damage", ": text may be missing");
    note_pages(p, is_picture, GK_E_SCANNED, "pictures instead of text", p->doc->ocr ? "" : ": --ocr recognises them");
}
