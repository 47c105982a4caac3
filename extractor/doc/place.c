/* Places of canonical spans on the pages of the format. */
#include "doc/doc.h"

/* The first run that ends behind `at`. A run ends at the latest where the next begins. */
static size_t run_at(const gk_doc *doc, uint32_t at) {
    size_t lo = 0, hi = doc->boxes.len;
    while (hi - lo > 1) {
        size_t mid = lo + (hi - lo) / 2;
        if (doc->boxes.at[mid].start <= at) lo = mid;
        else hi = mid;
    }
    return lo;
}

static bool starts_char(const gk_doc *doc, uint32_t at) { return ((unsigned char)doc->text.ptr[at] & 0xC0) != 0x80; }

/* The characters of the run that the span covers: [*from, *to). */
static bool covered(const gk_doc *doc, const gk_box_run *run, gk_span span, uint32_t *from, uint32_t *to) {
    uint32_t k = 0, at = run->start;
    *from = *to = 0;
    bool any = false;
    for (; at < doc->text.len && at < span.end && k < run->count; at++) {
        if (!starts_char(doc, at)) continue;
        if (at >= span.start) {
            if (!any) *from = k;
            any = true;
            *to = k + 1;
        }
        k++;
    }
    return any;
}

static void cover(float box[4], const gk_box_run *run, uint32_t k, bool first) {
    float at[4] = {run->x0 + (float)k * run->dx, run->y0 + (float)k * run->dy, run->x1 + (float)k * run->dx,
                   run->y1 + (float)k * run->dy};
    for (int i = 0; i < 4; i++)
        if (first || (i < 2 ? at[i] < box[i] : at[i] > box[i])) box[i] = at[i];
}

bool gk_doc_place(const gk_doc *doc, gk_span span, uint32_t *page, float box[4]) {
    bool found = false;
    if (span.end > doc->text.len) span.end = (uint32_t)doc->text.len;
    for (size_t i = run_at(doc, span.start); i < doc->boxes.len && doc->boxes.at[i].start < span.end; i++) {
        const gk_box_run *run = &doc->boxes.at[i];
        uint32_t from, to;
        if ((found && run->page != *page) || !covered(doc, run, span, &from, &to)) continue;
        cover(box, run, from, !found);
        cover(box, run, to - 1, false);
        *page = run->page;
        found = true;
    }
    return found;
}

unsigned gk_doc_sure(const gk_doc *doc, gk_span span) {
    unsigned least = 0;
    if (span.end > doc->text.len) span.end = (uint32_t)doc->text.len;
    for (size_t i = run_at(doc, span.start); i < doc->boxes.len && doc->boxes.at[i].start < span.end; i++) {
        const gk_box_run *run = &doc->boxes.at[i];
        uint32_t from, to;
        if (run->sure && (!least || run->sure < least) && covered(doc, run, span, &from, &to)) least = run->sure;
    }
    return least;
}
