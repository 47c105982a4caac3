/* Lists that come as JSON: items with address, title and date, or markup in a member. cJSON is used in this file only.
 *
 * A path names members from outside inwards: "data.html" in {"data":{"html":"<ul>...</ul>"}}. */
#include <cjson/cJSON.h>
#include <stdio.h>

#include "base/limits.h"
#include "corpus/crawl/site_private.h"
#include "text/charset.h"

/* The member of a path, NULL where it is missing. */
static const cJSON *member(const cJSON *node, gk_str path) {
    while (node && path.len) {
        char name[64];
        const char *dot = memchr(path.ptr, '.', path.len);
        gk_str first = gk_str_slice(path, 0, dot ? (size_t)(dot - path.ptr) : path.len);
        if (first.len >= sizeof name) return NULL;
        memcpy(name, first.ptr, first.len);
        name[first.len] = '\0';
        node = cJSON_GetObjectItemCaseSensitive(node, name);
        path = gk_str_slice(path, first.len + 1, path.len);
    }
    return node;
}

/* Valid UTF-8 again: cJSON takes surrogates that stand alone as they are, and a text ends at its first NUL. */
static gk_str text_of(const cJSON *node, gk_arena *arena) {
    if (cJSON_IsNumber(node)) return gk_arena_printf(arena, "%.0f", node->valuedouble);
    if (!cJSON_IsString(node)) return GK_STR_NONE;
    gk_str s = gk_str_of(node->valuestring);
    return gk_utf8_valid(s, NULL) ? s : GK_STR_NONE;
}

static gk_str text_at(const cJSON *node, gk_str path, gk_arena *arena) {
    return path.len ? text_of(member(node, path), arena) : GK_STR_NONE;
}

/* Seconds or milliseconds since 1970, or a text. */
static st_date date_of(const cJSON *node) {
    if (!cJSON_IsNumber(node)) return cJSON_IsString(node) ? st_date_in(gk_str_of(node->valuestring)) : 0;
    double seconds = node->valuedouble > 1e11 ? node->valuedouble / 1000 : node->valuedouble;
    return seconds > 0 && seconds < 1e11 ? st_date_of_seconds((int64_t)seconds) : 0;
}

static gk_str plain_text(gk_str markup, gk_arena *arena) {
    gk_buf out = {.max = ST_MAX_ANCHOR};
    st_reader r = {.page = markup};
    st_token t;
    while (st_next(&r, &t) != ST_END)
        if (t.kind == ST_TEXT) st_put_text(&out, t.text);
    gk_str kept = gk_arena_dup(arena, gk_str_trim(gk_buf_str(&out)));
    gk_buf_free(&out);
    return kept;
}

static void add_item(st_page *p, const st_json *how, const cJSON *item) {
    gk_str url = text_at(item, how->url, p->arena);
    if (!url.len || p->anchors.len >= GK_MAX_PAGE_LINKS) return;
    gk_str title = text_at(item, how->title, p->arena);
    *gk_vec_push(&p->anchors) = (st_anchor){.href = gk_arena_dup(p->arena, gk_str_trim(url)),
                                            .text = plain_text(title, p->arena),
                                            .date = how->date.len ? date_of(member(item, how->date)) : 0};
}

static gk_str kept_text(const cJSON *root, gk_str path, gk_arena *arena) {
    return gk_arena_dup(arena, text_at(root, path, arena));
}

static cJSON *parse(gk_str text) {
    if (text.len > ST_MAX_JSON) return NULL;
    if (gk_str_starts(text, GK_STR("\xEF\xBB\xBF"))) text = gk_str_slice(text, 3, text.len);
    return cJSON_ParseWithLength(text.ptr, text.len);
}

bool st_json_has(gk_str text, gk_str path) {
    cJSON *root = parse(text);
    bool has = root && member(root, path) != NULL;
    cJSON_Delete(root);
    return has;
}

bool st_json_read(st_page *p, const st_json *how) {
    cJSON *root = parse(p->text);
    const cJSON *items = root && how->items.len ? member(root, how->items) : NULL, *item = NULL;
    const cJSON *html = root && how->html.len ? member(root, how->html) : NULL;
    cJSON_ArrayForEach(item, items) add_item(p, how, item);
    gk_str markup = text_of(html, p->arena);
    if (markup.len) { /* Pagers look at the markup, not at its JSON. */
        p->look = gk_str_slice(gk_arena_dup(p->arena, markup), 0, ST_MAX_LOOK);
        st_find_literals(p);
        st_scan(p, p->look);
    }
    if (root) p->json_total = kept_text(root, how->total, p->arena), p->json_pages = kept_text(root, how->pages, p->arena);
    cJSON_Delete(root);
    return items || html;
}
