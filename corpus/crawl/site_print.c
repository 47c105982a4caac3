/* A page as lines for the eye; the tests of profiles compare these lines.
 *
 *     list ok: trs, page 1 of 50, 2 entries, newest 2024-02-05
 *     title 部门预算
 *     article http://... | 望汐县教育局2024年部门预算 | 2024-02-05 | year 2024
 *     page POST http://... | startrecord=1
 */
#include "corpus/crawl/site_private.h"

static void put_head(const gk_site_page *p, gk_buf *out) {
    gk_buf_printf(out, "%s %s:", gk_link_kind_name(p->kind), gk_outcome_name(p->outcome));
    gk_buf_printf(out, " %s", p->profile.len ? p->profile.ptr : "no profile");
    if (p->page) gk_buf_printf(out, ", page %u", p->page);
    if (p->page && p->pages) gk_buf_printf(out, " of %u", p->pages);
    if (p->entries) gk_buf_printf(out, ", %u entries", p->entries);
    if (p->newest.len) gk_buf_printf(out, ", newest %.*s", GK_STR_ARG(p->newest));
    gk_buf_putc(out, '\n');
}

static void put_field(gk_buf *out, const char *name, gk_str value) {
    if (value.len) gk_buf_printf(out, "%s %.*s\n", name, GK_STR_ARG(value));
}

static void put_part(gk_buf *out, const char *name, gk_str value) {
    if (value.len) gk_buf_printf(out, " | %s%.*s", name, GK_STR_ARG(value));
}

static void put_link(gk_buf *out, const gk_site_link *l) {
    gk_buf_printf(out, "%s %s%.*s", gk_link_kind_name(l->kind), l->body.ptr ? "POST " : "", GK_STR_ARG(l->url));
    put_part(out, "", l->body);
    put_part(out, "", l->text);
    put_part(out, "", l->date);
    if (l->year) gk_buf_printf(out, " | year %d", l->year);
    if (!gk_str_eq(l->name, l->text)) put_part(out, "name ", l->name);
    gk_buf_putc(out, '\n');
}

void gk_site_print(const gk_site_page *p, gk_buf *out) {
    put_head(p, out);
    put_field(out, "why", p->why);
    put_field(out, "title", p->title);
    put_field(out, "site", p->site_name);
    put_field(out, "code", p->site_code);
    put_field(out, "column", p->column);
    put_field(out, "published", p->published);
    put_field(out, "name", p->name);
    if (p->robots) gk_buf_printf(out, "robots%s%s%s\n", p->robots & GK_ROBOTS_NOINDEX ? " noindex" : "",
                                 p->robots & GK_ROBOTS_NOFOLLOW ? " nofollow" : "",
                                 p->robots & GK_ROBOTS_NOARCHIVE ? " noarchive" : "");
    for (size_t i = 0; i < p->link_count; i++) put_link(out, &p->links[i]);
}

gk_str gk_site_saved_url(gk_str body) {
    enum { LOOK = 2048 };
    gk_str head = gk_str_slice(body, 0, LOOK);
    size_t at = gk_str_find(head, GK_STR("<!--")), end;
    if (at == SIZE_MAX) return GK_STR_NONE;
    gk_str comment = gk_str_slice(head, at + 4, head.len);
    comment = gk_str_trim(gk_str_slice(comment, 0, gk_str_find(comment, GK_STR("-->"))));
    size_t number = gk_str_starts(comment, GK_STR("saved from url=(")) ? gk_str_find(comment, GK_STR(")")) : SIZE_MAX;
    if (number != SIZE_MAX) comment = gk_str_slice(comment, number + 1, comment.len);
    if (!gk_str_starts(comment, GK_STR("http://")) && !gk_str_starts(comment, GK_STR("https://"))) return GK_STR_NONE;
    for (end = 0; end < comment.len && (unsigned char)comment.ptr[end] > ' ';) end++;
    return gk_str_slice(comment, 0, end);
}
