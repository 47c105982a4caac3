/* The further pages of a list.
 *
 * A pager of a profile finds its numbers on the page, in the visited address or in the request, and fills a template. With
 *     find: createPageHTML\((?<pages>\d+), (?<at>\d+), "(?<name>\w+)", "(?<ext>\w+)"   base: 0   get: '{name}_{index}.{ext}'
 * and createPageHTML(50, 0, "index", "html") this is page 0 - 0 + 1 = 1 of 50, and pages 2 and 3 are told: index_1.html and
 * index_2.html.
 *
 * Groups that tell where the list is: at (the page as the site counts, its first one is `base`), left (counting down), from
 * (number of the first record), pages, total (records), size (records a page). Names in templates: the groups, and page
 * (from 1), index (from 0), left (counting down to 1), start and end (numbers of records), size, pages. A template without
 * any of the numbers is the address of the next page as it stands.
 */
#include <stdio.h>

#include "corpus/crawl/site_private.h"

typedef struct paging {
    const st_pager *pager;
    st_vars vars;
    long page, pages, size, total; /* page from 1; pages 0: unknown */
} paging;

bool st_needs_met(const st_page *p, const st_needs *needs) {
    for (size_t i = 0; p->found && i < needs->len; i++)
        if (p->found[needs->at[i]]) return true;
    return false;
}

bool st_collect(st_page *p, gk_regex *r, gk_str subject, st_vars *vars) {
    gk_str group[GK_MAX_REGEX_GROUPS];
    if (!r) return true;
    if (!gk_regex_find(r, subject, 0, group)) return false;
    for (size_t i = 0, number; i < gk_regex_names(r); i++) {
        gk_str name = gk_regex_name(r, i, &number);
        if (group[number].ptr) st_vars_set(vars, name, st_value(group[number], false, p->arena));
    }
    return true;
}

static bool collect_all(st_page *p, const st_regexes *list, bool needed, st_vars *vars) {
    for (size_t i = 0; i < list->len; i++)
        if (!st_collect(p, list->at[i], p->look, vars) && needed) return false;
    return true;
}

static void set_defaults(const st_pager *g, st_vars *vars) {
    for (size_t i = 0; i < g->defaults.len; i++) {
        gk_str pair = g->defaults.at[i];
        size_t equal = gk_str_find(pair, GK_STR("="));
        if (equal != SIZE_MAX) st_vars_set(vars, gk_str_slice(pair, 0, equal), gk_str_slice(pair, equal + 1, pair.len));
    }
}

/* A whole number of at most nine digits, -1: none. */
static long number_of(gk_str s) {
    long n = 0;
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] < '0' || s.ptr[i] > '9' || i >= 9) return -1;
        n = n * 10 + (s.ptr[i] - '0');
    }
    return s.len ? n : -1;
}

static long positive(const st_vars *vars, const char *name, long otherwise) {
    long n = number_of(st_vars_get(vars, name));
    return n > 0 ? n : otherwise;
}

/* Page, pages and size from what was found. */
static void count_pages(const st_page *p, paging *g) {
    long at = number_of(st_vars_get(&g->vars, "at"));
    gk_str total = st_vars_get(&g->vars, "total");
    g->size = positive(&g->vars, "size", g->pager->size);
    g->total = number_of(total.len ? total : p->json_total);
    g->pages = positive(&g->vars, "pages", number_of(p->json_pages));
    if (g->pages <= 0 && g->total >= 0 && g->size > 0) g->pages = (g->total + g->size - 1) / g->size;
    if (g->pages < 0) g->pages = 0;
    long from = number_of(st_vars_get(&g->vars, "from"));
    if (g->pages > ST_MAX_PAGES) g->pages = ST_MAX_PAGES;
    long left = number_of(st_vars_get(&g->vars, "left"));
    g->page = at >= g->pager->base ? at - g->pager->base + 1 : 1;
    if (left > 0 && g->pages >= left) g->page = g->pages - left + 1;
    if (from > 0 && g->size > 0) g->page = (from - 1) / g->size + 1;
}

static void set_number(st_page *p, st_vars *vars, const char *name, long n) {
    st_vars_set(vars, gk_str_of(name), gk_arena_printf(p->arena, "%ld", n));
}

static void set_numbers(st_page *p, paging *g, long page) {
    long end = page * g->size;
    set_number(p, &g->vars, "page", page);
    set_number(p, &g->vars, "index", page - 1);
    if (g->pages) set_number(p, &g->vars, "left", g->pages - page + 1);
    if (g->pages) set_number(p, &g->vars, "pages", g->pages);
    if (!g->size) return;
    set_number(p, &g->vars, "size", g->size);
    set_number(p, &g->vars, "start", (page - 1) * g->size + 1);
    set_number(p, &g->vars, "end", g->total > 0 && g->total < end ? g->total : end);
}

/* Whether the address depends on the number of the page. */
static bool is_numbered(const st_pager *g) {
    static const char *const numbers[] = {"page", "index", "left", "start", "end"};
    const st_template *const templates[] = {&g->get, &g->post, &g->form};
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        for (size_t k = 0; k < sizeof templates / sizeof *templates; k++)
            if (st_template_uses(templates[k], numbers[i])) return true;
    return false;
}

static bool add_page(st_page *p, const paging *g) {
    const st_template *address = g->pager->get.len ? &g->pager->get : &g->pager->post;
    gk_site_link link = {.kind = GK_LINK_PAGE, .score = 1};
    gk_str reference;
    gk_url url;
    if (!st_template_fill(address, &g->vars, p->arena, &reference)) return false;
    if (gk_url_read(reference, &p->base, p->arena, &url, NULL) != GK_OK) return false;
    if (g->pager->form.len && !st_template_fill(&g->pager->form, &g->vars, p->arena, &link.body)) return false;
    if (g->pager->type.len && !st_template_fill(&g->pager->type, &g->vars, p->arena, &link.body_type)) return false;
    link.url = url.text;
    link.referer = p->url.text;
    if (!link.body.ptr && gk_str_eq(url.text, p->url.text)) return false;
    return st_add_link(p, &link) != NULL;
}

static void add_numbered(st_page *p, paging *g, bool itself) {
    long last = g->pages ? g->pages : g->page + !itself; /* one further where nobody says how many there are */
    for (long page = g->page + !itself; page <= last && page <= g->page + ST_AHEAD; page++) {
        set_numbers(p, g, page);
        add_page(p, g);
    }
}

/* Whether all entries are older than asked for: lists begin with the newest, so that further pages hold nothing. */
static bool is_past(const st_page *p) {
    long newest = number_of(gk_str_slice(p->out->newest, 0, 4));
    return newest > 0 && newest < p->sites->since;
}

static bool goes_on(const st_page *p, const paging *g) {
    if (is_past(p)) return false;
    return g->pages ? g->page < g->pages : p->out->entries > 0;
}

static bool apply(st_page *p, const st_pager *pager) {
    paging g = {.pager = pager};
    if (pager->needs.len && !st_needs_met(p, &pager->needs)) return false;
    if (!pager->get.len && !pager->post.len) return false;
    set_defaults(pager, &g.vars);
    if (!st_collect(p, pager->url, st_address(&p->url), &g.vars)) return false;
    if (!st_collect(p, pager->body, p->visit->request_body, &g.vars)) return false;
    if (!collect_all(p, &pager->find, true, &g.vars)) return false;
    collect_all(p, &pager->maybe, false, &g.vars);
    count_pages(p, &g);
    p->paged = true;
    p->out->pages = (uint32_t)g.pages;
    p->out->page = (uint32_t)g.page;
    bool numbered = is_numbered(pager), itself = pager->first && (!numbered || !p->out->entries);
    if (!itself && !goes_on(p, &g)) return true;
    if (numbered) add_numbered(p, &g, itself);
    else add_page(p, &g);
    return true;
}

/* --- links to pages --- */

static bool is_one_of(gk_str text, const st_words *words) {
    for (size_t i = 0; i < words->len; i++)
        if (gk_str_eq(text, words->at[i])) return true;
    return false;
}

static gk_str stem_of(gk_str path) {
    size_t slash = gk_str_rfind(path, GK_STR("/")), dot = gk_str_rfind(path, GK_STR("."));
    return gk_str_slice(path, 0, dot != SIZE_MAX && slash != SIZE_MAX && dot > slash ? dot : path.len);
}

static gk_str folder_of(gk_str path) {
    size_t slash = gk_str_rfind(path, GK_STR("/"));
    return gk_str_slice(path, 0, slash == SIZE_MAX ? 0 : slash + 1);
}

/* Pages of one list stand in one folder, or below a folder that is called as the list is. */
static bool is_beside(const st_page *p, const gk_url *url) {
    gk_str here = folder_of(p->url.path), there = folder_of(url->path), stem = stem_of(p->url.path);
    if (!gk_str_eq(p->url.host, url->host)) return false;
    return gk_str_eq(here, there) || (gk_str_starts(there, stem) && there.len == stem.len + 1);
}

static bool add_page_anchor(st_page *p, const st_anchor *a, bool beside) {
    gk_url url;
    if (gk_url_read(a->href, &p->base, p->arena, &url, NULL) != GK_OK) return false;
    if (gk_str_eq(gk_url_target(&url), gk_url_target(&p->url)) || (beside && !is_beside(p, &url))) return false;
    const gk_site_link link = {.kind = GK_LINK_PAGE, .url = url.text, .referer = p->url.text, .score = 1};
    return st_add_link(p, &link) != NULL;
}

static bool apply_anchors(st_page *p, const st_pager *pager) {
    enum { MOST_NUMBERS = 30, MOST_NUMBER = 4 };
    size_t numbers = 0;
    if (p->article || !p->out->entries || is_past(p)) return false;
    for (size_t i = 0; i < p->anchors.len; i++) {
        const st_anchor *a = &p->anchors.at[i];
        if ((a->next || is_one_of(a->text, &pager->anchors)) && add_page_anchor(p, a, false)) return p->paged = true;
    }
    for (size_t i = 0; pager->numbers && i < p->anchors.len && numbers < MOST_NUMBERS; i++) {
        const st_anchor *a = &p->anchors.at[i];
        if (a->text.len <= MOST_NUMBER && number_of(a->text) > 1) numbers += add_page_anchor(p, a, true);
    }
    return numbers ? p->paged = true : false;
}

static bool apply_all(st_page *p, const st_profile *profile) {
    for (size_t i = 0; profile && i < profile->pager_count; i++)
        if (apply(p, &profile->pagers[i]) || apply_anchors(p, &profile->pagers[i])) return true;
    return false;
}

void st_add_pages(st_page *p) {
    if (!apply_all(p, p->profile) && p->generic != p->profile) apply_all(p, p->generic);
}
