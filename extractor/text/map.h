/* The runs of a view. Private to extractor/text; the type is in text/view.h.
 *
 * Between gk_map_open and gk_map_close runs are added for text that is about to be appended; outside, the last run is
 * the sentinel, which stands at the end of the view and of the source read so far.
 */
#ifndef GK_TEXT_MAP_H
#define GK_TEXT_MAP_H

#include "text/view.h"

/* Takes the sentinel off, puts it on. */
void gk_map_open(gk_view *v);
void gk_map_close(gk_view *v);
/* Takes the byte just appended for a separator. */
void gk_map_mark(gk_view *v);
/* Where the source range of the last run ends, 0 without runs. */
uint32_t gk_map_end(const gk_view *v);

/* Adds a run for the text that will be appended at the end of the view; adjacent linear runs become one. */
static inline void gk_map_add(gk_view *v, uint32_t src, uint32_t src_end, bool linear) {
    gk_run *last = v->runs.len ? &v->runs.at[v->runs.len - 1] : NULL;
    if (linear && last && last->linear && last->src_end == src) {
        last->src_end = src_end & 0x7FFFFFFFu;
        return;
    }
    *gk_vec_push(&v->runs) = (gk_run){
        .view = (uint32_t)v->text.len, .src = src, .src_end = src_end & 0x7FFFFFFFu, .linear = linear};
}

#endif
