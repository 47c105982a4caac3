/* Meta tags of a page -> fields of its document record.
 *
 * Names: the national guideline for government sites (General Office of the State Council, 2017, no. 47). Real pages
 * write them in other cases, twice, empty, or with a placeholder of a template in them; the first value that is
 * well-formed counts.
 *
 * Worked example: PubDate "2025-2-8 9:05" and SiteIDCode "1101000001" give published "2025-02-08T09:05" and site_code
 * "1101000001". */
#include <stdio.h>

#include "extract/engine.h"

enum { MOST_VALUE = 600 }; /* bytes of a value: longer ones are no name */

static char small(char c) { return c >= 'A' && c <= 'Z' ? (char)(c + 32) : c; }
static bool same_name(gk_str a, const char *b) {
    if (a.len != strlen(b)) return false;
    for (size_t i = 0; i < a.len; i++)
        if (small(a.ptr[i]) != small(b[i])) return false;
    return true;
}

/* ---- forms */

/* A text that is no placeholder ({{title}}, ${title}, <%=title%>). */
static bool is_text(gk_str s) {
    return s.len > 0 && s.len <= MOST_VALUE && gk_str_find(s, GK_STR("{{")) == SIZE_MAX &&
           gk_str_find(s, GK_STR("${")) == SIZE_MAX && gk_str_find(s, GK_STR("<%")) == SIZE_MAX;
}

/* Ten digits, or bm and eight. */
static bool is_site_code(gk_str s) {
    if (s.len != 10) return false;
    size_t from = small(s.ptr[0]) == 'b' && small(s.ptr[1]) == 'm' ? 2 : 0;
    for (size_t i = from; i < s.len; i++)
        if (!gk_is_digit(s.ptr[i])) return false;
    return true;
}

enum { YEAR, MONTH, DAY, HOUR, MINUTE, SECOND, PARTS };

/* The numbers of a date in order; returns how many. */
static size_t numbers_of(gk_str s, int part[PARTS]) {
    size_t n = 0;
    for (size_t i = 0; i < s.len && n < PARTS;) {
        if (!gk_is_digit(s.ptr[i])) {
            i++;
            continue;
        }
        int v = 0;
        for (; i < s.len && gk_is_digit(s.ptr[i]); i++) v = v < 100000 ? v * 10 + (s.ptr[i] - '0') : v;
        part[n++] = v;
    }
    return n;
}

static bool fits(const int part[PARTS], size_t n) {
    static const int least[PARTS] = {1990, 1, 1, 0, 0, 0}, most[PARTS] = {2100, 12, 31, 23, 59, 59};
    for (size_t i = 0; i < n; i++)
        if (part[i] < least[i] || part[i] > most[i]) return false;
    return n >= 3;
}

/* The date as ISO 8601, with as much of the time as is printed; absent where s is no date. */
static gk_str iso_date(gk_str s, gk_arena *arena) {
    int p[PARTS];
    size_t n = s.len <= MOST_VALUE ? numbers_of(s, p) : 0;
    if (!fits(p, n)) return GK_STR_NONE;
    if (n <= MINUTE) return gk_arena_printf(arena, "%04d-%02d-%02d", p[YEAR], p[MONTH], p[DAY]);
    if (n == SECOND)
        return gk_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d", p[YEAR], p[MONTH], p[DAY], p[HOUR], p[MINUTE]);
    return gk_arena_printf(arena, "%04d-%02d-%02dT%02d:%02d:%02d", p[YEAR], p[MONTH], p[DAY], p[HOUR], p[MINUTE],
                           p[SECOND]);
}

static gk_str text_form(gk_str s, gk_arena *arena) {
    (void)arena;
    return is_text(s) ? s : GK_STR_NONE;
}

static gk_str code_form(gk_str s, gk_arena *arena) {
    if (!is_site_code(s)) return GK_STR_NONE;
    gk_str copy = gk_arena_dup(arena, s);
    return gk_is_digit(s.ptr[0]) ? s : gk_arena_printf(arena, "bm%.*s", 8, copy.ptr + 2);
}

/* ---- fields */

typedef gk_str meta_form(gk_str value, gk_arena *arena);

/* By preference; a field that has a value is kept. */
static const struct {
    const char *name;
    gk_field field;
    meta_form *form;
} metas[] = {
    {"PubDate", GK_F_PUBLISHED, iso_date},     {"SiteName", GK_F_SITE, text_form},
    {"SiteIDCode", GK_F_SITE_CODE, code_form}, {"ColumnName", GK_F_CHANNEL, text_form},
    {"ContentSource", GK_F_ORIGIN, text_form}, {"ArticleTitle", GK_F_TITLE, text_form},
};

/* Bytes of the mark or blank that ends s, of those that stand between a title and the name of a site: - _ | — */
static size_t joint_before(gk_str s) {
    static const char *const joints[] = {" ", "-", "_", "|", "\xE2\x80\x94", "\xEF\xBC\x8D"};
    for (size_t i = 0; i < sizeof joints / sizeof *joints; i++)
        if (gk_str_ends(s, gk_str_of(joints[i]))) return strlen(joints[i]);
    return 0;
}

/* The title of the window without the name of the site behind it. */
static gk_str strip_site(gk_str title, gk_str site) {
    size_t at = site.len ? gk_str_rfind(title, site) : SIZE_MAX;
    if (at == SIZE_MAX || at == 0) return title;
    gk_str head = gk_str_slice(title, 0, at);
    for (size_t n; (n = joint_before(head)) > 0;) head.len -= n;
    return head.len && head.len < at ? head : title;
}

/* What the page itself prints as its title, else the title of its window. */
static gk_str window_title(gk_extractor *x) {
    const gk_doc *doc = x->doc;
    for (size_t i = 0; i < doc->metas.len; i++) {
        if (!same_name(doc->metas.at[i].name, "title") || !is_text(doc->metas.at[i].content)) continue;
        const gk_block *first = doc->blocks.len ? &doc->blocks.at[0] : NULL;
        if (first && first->kind == GK_BLOCK_HEADING && first->level) return gk_printed(x, x->block_at.at[0]);
        return strip_site(doc->metas.at[i].content, gk_get(&x->out->document, GK_F_SITE));
    }
    return GK_STR_NONE;
}

/* The office that a page comes from, the first where several are named; absent: a newspaper, a portal or a person. */
static gk_str office_of(const gk_extractor *x, gk_str origin) {
    size_t blank = gk_str_find(origin, GK_STR(" "));
    gk_str first = gk_str_slice(origin, 0, blank == SIZE_MAX ? origin.len : blank);
    return gk_map_suffix(x->maps.office_ends, first, NULL) ? first : GK_STR_NONE;
}

void gk_meta_read(gk_extractor *x) {
    gk_record *d = &x->out->document;
    const gk_doc *doc = x->doc;
    for (size_t k = 0; k < sizeof metas / sizeof *metas; k++)
        for (size_t i = 0; i < doc->metas.len && !gk_get(d, metas[k].field).len; i++)
            if (same_name(doc->metas.at[i].name, metas[k].name))
                gk_put(d, metas[k].field, metas[k].form(doc->metas.at[i].content, &x->out->arena), &x->out->arena);
    if (!gk_get(d, GK_F_TITLE).len) gk_put(d, GK_F_TITLE, window_title(x), &x->out->arena);
    if (!gk_get(d, GK_F_AGENCY).len) gk_put(d, GK_F_AGENCY, office_of(x, gk_get(d, GK_F_ORIGIN)), &x->out->arena);
}

gk_str gk_meta_division(const gk_doc *doc) {
    for (size_t i = 0; i < doc->metas.len; i++) {
        gk_str code = doc->metas.at[i].content;
        if (same_name(doc->metas.at[i].name, "SiteIDCode") && is_site_code(code) && gk_is_digit(code.ptr[0]))
            return gk_str_slice(code, 0, 6);
    }
    return GK_STR_NONE;
}
