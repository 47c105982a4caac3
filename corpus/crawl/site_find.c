/* Links that stand in scripts: arrays of objects, trees of columns. Each match of an expression fills a template.
 *
 *     find: '"id":(?<col>\d+),"name":"(?<title>[^"]+)"'   get: '/gkmlpt/api/all/{col}?page=1'
 * on {"id":7,"name":"\u9884\u7b97"} is the link /gkmlpt/api/all/7?page=1 with the text 预算. */
#include <stdlib.h>

#include "base/limits.h"
#include "corpus/crawl/site_private.h"
#include "text/charset.h"

/* Four hex digits at `at`, SIZE_MAX: none. */
static size_t hex4(gk_str s, size_t at) {
    size_t n = 0;
    if (at + 4 > s.len) return SIZE_MAX;
    for (size_t i = at; i < at + 4; i++) {
        char c = (char)(s.ptr[i] | 0x20);
        if (s.ptr[i] >= '0' && s.ptr[i] <= '9') n = n * 16 + (size_t)(s.ptr[i] - '0');
        else if (c >= 'a' && c <= 'f') n = n * 16 + (size_t)(c - 'a') + 10;
        else return SIZE_MAX;
    }
    return n;
}

/* A text of a script without its escapes: \uXXXX (of the basic plane), and a backslash before any other character. */
static gk_str unquote(gk_str s, gk_arena *arena) {
    gk_buf out = {0};
    if (!s.len || !memchr(s.ptr, '\\', s.len)) return s;
    for (size_t i = 0; i < s.len; i++) {
        char room[4];
        size_t code = s.ptr[i] == '\\' && i + 1 < s.len && s.ptr[i + 1] == 'u' ? hex4(s, i + 2) : SIZE_MAX;
        if (code != SIZE_MAX && code >= ' ' && (code < 0xD800 || code > 0xDFFF)) {
            gk_buf_put(&out, (gk_str){room, gk_utf8_put(room, (uint32_t)code)});
            i += 5;
        } else if (s.ptr[i] != '\\') {
            gk_buf_putc(&out, s.ptr[i]);
        }
    }
    gk_str kept = gk_arena_dup(arena, gk_buf_str(&out));
    gk_buf_free(&out);
    return kept;
}

static void set_groups(const gk_regex *r, const gk_str *group, st_vars *vars, gk_arena *arena) {
    for (size_t i = 0, number; i < gk_regex_names(r); i++) {
        gk_str name = gk_regex_name(r, i, &number);
        if (group[number].ptr) st_vars_set(vars, name, unquote(st_value(group[number], false, arena), arena));
    }
}

static gk_str plain(gk_str text, gk_arena *arena) {
    gk_buf out = {.max = ST_MAX_ANCHOR};
    st_put_text(&out, text);
    gk_str kept = gk_arena_dup(arena, gk_str_trim(gk_buf_str(&out)));
    gk_buf_free(&out);
    return kept;
}

static void add_found(st_page *p, const st_finder *f, const st_vars *vars) {
    gk_str href;
    if (p->anchors.len >= GK_MAX_PAGE_LINKS || !st_template_fill(&f->get, vars, p->arena, &href)) return;
    *gk_vec_push(&p->anchors) = (st_anchor){.href = href,
                                            .text = plain(st_vars_get(vars, "title"), p->arena),
                                            .date = st_date_in(st_vars_get(vars, "date"))};
}

static void apply(st_page *p, const st_finder *f) {
    st_vars once = {.len = 0};
    gk_str group[GK_MAX_REGEX_GROUPS];
    if (!st_needs_met(p, &f->needs) || !st_collect(p, f->url, st_address(&p->url), &once)) return;
    for (size_t i = 0; i < f->with.len; i++)
        if (!st_collect(p, f->with.at[i], p->look, &once)) return;
    for (size_t at = 0, count = 0; count < ST_MAX_FOUND && gk_regex_find(f->find, p->look, at, group); count++) {
        st_vars vars = once;
        set_groups(f->find, group, &vars, p->arena);
        add_found(p, f, &vars);
        size_t end = (size_t)(group[0].ptr - p->look.ptr) + group[0].len;
        if (end <= at && ++end > p->look.len) return;
        while (end < p->look.len && ((unsigned char)p->look.ptr[end] & 0xC0) == 0x80) end++;
        at = end;
    }
}

void st_find_anchors(st_page *p) {
    for (size_t i = 0; p->profile && i < p->profile->finder_count; i++) apply(p, &p->profile->finders[i]);
}
