/* Pages that are not what was asked for: challenges, logins, pages that say there is none. */
#include "corpus/crawl/site_private.h"

static bool any(const st_regexes *list, gk_str text) {
    for (size_t i = 0; i < list->len; i++)
        if (gk_regex_find(list->at[i], text, 0, NULL)) return true;
    return false;
}

/* Words like "202". */
static bool has_status(const st_words *list, int status) {
    for (size_t i = 0; i < list->len; i++) {
        unsigned number = 0;
        for (size_t k = 0; k < list->at[i].len; k++) number = number * 10 + (unsigned)(list->at[i].ptr[k] - '0');
        if (number == (unsigned)status) return true;
    }
    return false;
}

/* Hardly any page shows so little that its text is asked for. */
static gk_str visible_text(st_page *p) {
    if (p->visible.ptr) return gk_buf_str(&p->visible);
    gk_buf_room(&p->visible, ST_MAX_TEXT);
    for (size_t i = 0; i < p->shown.len && p->visible.len < ST_MAX_TEXT; i++) {
        st_put_text(&p->visible, gk_str_slice(p->shown.at[i], 0, 2 * ST_MAX_TEXT));
        gk_buf_putc(&p->visible, ' ');
    }
    return gk_buf_str(&p->visible);
}

/* Cheap conditions first. */
static bool holds(st_page *p, const st_verdict *v) {
    if (v->status.len && !has_status(&v->status, p->visit->status)) return false;
    if (v->password && !p->password) return false;
    if (v->file_wanted && p->visit->kind != GK_LINK_ATTACHMENT) return false;
    if (v->most_text && p->visible_bytes > (size_t)v->most_text) return false;
    if (v->most_bytes && p->text.len > (size_t)v->most_bytes) return false;
    if (v->raw.len && !st_needs_met(p, &v->raw)) return false;
    if (v->title.len && !any(&v->title, p->title)) return false;
    return !v->text.len || any(&v->text, p->title) || any(&v->text, visible_text(p));
}

void st_judge(st_page *p) {
    for (size_t i = 0; i < p->sites->verdicts; i++) {
        const st_verdict *v = &p->sites->verdict[i];
        if (!holds(p, v)) continue;
        p->out->outcome = (gk_outcome)v->value;
        p->out->why = gk_arena_printf(p->arena, "%.*s (%.*s)", GK_STR_ARG(v->why), GK_STR_ARG(v->id));
        return;
    }
}
