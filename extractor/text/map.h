/* The runs of a view. Private to extractor/text; the type is in text/view.h.
 *
 * Between gk_map_open and gk_map_close runs are added for text that is about to be appended; outside, the last run is
 * the sentinel, which stands at the end of the view and of the source read so far.
 */
#ifndef GK_TEXT_MAP_H
#define GK_TEXT_MAP_H

#include "text/view.h"

/* Takes the sentinel off. */
static inline void gk_map_open(gk_view *v) {
    if (v->runs.len) v->runs.len--;
}

/* Puts the sentinel on. */
static inline void gk_map_close(gk_view *v) {
    uint32_t end = v->runs.len ? v->runs.at[v->runs.len - 1].src_end : 0;
    *gk_vec_push(&v->runs) = (gk_run){.view = (uint32_t)v->text.len, .src = end, .src_end = end & 0x7FFFFFFFu};
}

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
