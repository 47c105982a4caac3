/* What a link of a page is, and whether it is worth following.
 *
 * A link is followed where its own text is of the topic, and the entries of a list (what has a date beside it, or an
 * address of the form that articles have) where the list is. Where the addresses of some entries are akin to that of the
 * page, only those are its entries: the others are news beside the list. What leads deeper below the list, to a year or to
 * an agency of it is a list of the same. Words that say that it is something else (an exam, an explanation) end that.
 */
#include <stdlib.h>

#include "base/limits.h"
#include "corpus/crawl/site_private.h"

static int by_rules(const st_profile *profile, gk_str address) {
    for (size_t i = 0; profile && i < profile->kind_count; i++)
        if (gk_regex_find(profile->kinds[i].url, address, 0, NULL)) return profile->kinds[i].value;
    return -1;
}

int st_kind_of(const st_page *p, gk_str address) {
    int kind = by_rules(p->profile, address);
    return kind >= 0 || p->profile == p->generic ? kind : by_rules(p->generic, address);
}

gk_str st_address(const gk_url *url) {
    size_t at = (size_t)(url->path.ptr - url->text.ptr);
    return url->path.ptr && at <= url->text.len ? gk_str_slice(url->text, at, url->text.len) : url->path;
}

/* --- each link once --- */

static void grow_seen(st_page *p) {
    size_t cap = p->seen_cap ? 2 * p->seen_cap : 64;
    st_seen *seen = gk_alloc_zero(cap, sizeof *seen);
    for (size_t i = 0; i < p->seen_cap; i++) {
        if (!p->seen[i].link) continue;
        size_t at = p->seen[i].hash & (cap - 1);
        while (seen[at].link) at = (at + 1) & (cap - 1);
        seen[at] = p->seen[i];
    }
    free(p->seen);
    p->seen = seen;
    p->seen_cap = cap;
}

gk_site_link *st_add_link(st_page *p, const gk_site_link *link) {
    if (p->links.len >= GK_MAX_PAGE_LINKS) return NULL;
    if (2 * (p->links.len + 1) > p->seen_cap) grow_seen(p);
    uint64_t hash = gk_str_hash(link->url) ^ (link->body.ptr ? gk_str_hash(link->body) * 31 : 0);
    size_t at = hash & (p->seen_cap - 1);
    for (; p->seen[at].link; at = (at + 1) & (p->seen_cap - 1)) {
        gk_site_link *old = &p->links.at[p->seen[at].link - 1];
        if (p->seen[at].hash != hash || !gk_str_eq(old->url, link->url) || !gk_str_eq(old->body, link->body)) continue;
        bool better = link->kind == GK_LINK_PAGE || (old->kind == GK_LINK_OTHER && link->kind != GK_LINK_OTHER) ||
                      (!old->text.len && link->text.len && old->kind != GK_LINK_PAGE);
        if (better) *old = *link;
        return better ? old : NULL;
    }
    p->seen[at] = (st_seen){hash, (uint32_t)p->links.len + 1};
    gk_site_link *added = gk_vec_push(&p->links);
    *added = *link;
    return added;
}

/* --- kind --- */

enum {
    TITLE_BYTES = 15, LONG_TITLE_BYTES = 24, /* five and eight Han characters */
    DATED_LIST = 3                           /* titles with dates that make a list of dated entries */
};

static gk_str last_segment(gk_str path) {
    size_t slash = gk_str_rfind(path, GK_STR("/"));
    return slash == SIZE_MAX ? path : gk_str_slice(path, slash + 1, path.len);
}

static gk_str folder_of(gk_str path) {
    size_t slash = gk_str_rfind(path, GK_STR("/"));
    return gk_str_slice(path, 0, slash == SIZE_MAX ? 0 : slash + 1);
}

/* By the look of the address alone: folders and index files are lists. */
static gk_link_kind guess_kind(const gk_url *url, gk_str text) {
    gk_str tail = last_segment(url->path);
    if (!tail.len || !memchr(tail.ptr, '.', tail.len)) return GK_LINK_LIST;
    if (gk_str_starts(tail, GK_STR("index")) || gk_str_starts(tail, GK_STR("list"))) return GK_LINK_LIST;
    return text.len >= LONG_TITLE_BYTES ? GK_LINK_ARTICLE : GK_LINK_LIST;
}

static bool is_below(const st_page *p, const gk_url *url) {
    gk_str folder = folder_of(p->url.path), inside = folder_of(url->path);
    return gk_str_eq(p->url.host, url->host) && inside.len > folder.len && folder.len > 1 && gk_str_starts(inside, folder);
}

/* The next run of at least three digits from *at on, absent: none. */
static gk_str next_number(gk_str s, size_t *at) {
    enum { LEAST = 3 };
    for (size_t i = *at, start; i < s.len; i++) {
        for (start = i; i < s.len && s.ptr[i] >= '0' && s.ptr[i] <= '9';) i++;
        if (i - start < LEAST) continue;
        *at = i;
        return gk_str_slice(s, start, i);
    }
    return GK_STR_NONE;
}

/* The number of a column stands in the addresses of its articles: /col/col1229/ and /art/2024/2/5/art_1229_7.html. */
static bool shares_number(const st_page *p, const gk_url *url) {
    enum { MOST = 300 }; /* bytes of an address that are looked at */
    gk_str here = gk_str_slice(st_address(&p->url), 0, MOST), there = gk_str_slice(st_address(url), 0, MOST), number, other;
    for (size_t at = 0; (number = next_number(here, &at)).len;)
        for (size_t from = 0; (other = next_number(there, &from)).len;)
            if (gk_str_eq(number, other)) return gk_str_eq(p->url.host, url->host);
    return false;
}

typedef struct candidate {
    const st_anchor *anchor;
    gk_url url;
    gk_link_kind kind;
    bool entry;  /* dated, or of the form of articles */
    bool akin;   /* its address is akin to that of the page */
    bool listed; /* stands in the list of the page: its entries have dates, or none of them has, and they are akin */
    int words;   /* of the topic in its text */
} candidate;

static void sort_out(const st_page *p, candidate *c) {
    int kind = st_kind_of(p, st_address(&c->url));
    bool dated = c->anchor->date != 0, titled = c->anchor->text.len >= TITLE_BYTES;
    if (kind >= 0) c->kind = (gk_link_kind)kind;
    else if (c->anchor->framed) c->kind = GK_LINK_LIST;
    else c->kind = dated && titled ? GK_LINK_ARTICLE : guess_kind(&c->url, c->anchor->text);
    c->entry = (c->kind == GK_LINK_ARTICLE || c->kind == GK_LINK_ATTACHMENT) && ((dated && titled) || kind >= 0);
    c->words = st_topic_text(p->sites, c->anchor->text);
    c->akin = is_below(p, &c->url) || shares_number(p, &c->url);
    c->listed = c->entry && (dated || (titled && p->dated < DATED_LIST));
}

/* --- worth --- */

/* A list that a page of the topic leads to: a frame, a folder below, a year, an agency. */
static bool belongs(const st_page *p, const candidate *c, int year) {
    enum { MOST_YEAR = 30 }; /* bytes: "2023年度部门公开", not the name of a site with its year */
    if (p->article || !p->context) return false;
    if (c->anchor->framed || is_below(p, &c->url)) return true;
    if (year && c->anchor->text.len <= MOST_YEAR) return true;
    bool root = c->url.path.len <= 1 && !c->url.query.len && !c->url.fragment.len;
    return !root && gk_str_eq(p->url.host, c->url.host) && st_topic_inside(p->sites, c->anchor->text);
}

static int worth_of_list(const st_page *p, const candidate *c, int year) {
    int path = st_topic_path(p->sites, st_address(&c->url)), half = p->context / 2;
    return half > path && belongs(p, c, year) ? half : path;
}

static int worth(const st_page *p, const candidate *c, int year) {
    enum { ATTACHED = 10 };
    int half = p->context / 2;
    if (c->words != 0) return c->words;
    if (c->kind == GK_LINK_LIST) return worth_of_list(p, c, year);
    if (c->kind == GK_LINK_ATTACHMENT && p->article) return half > ATTACHED ? half : ATTACHED;
    if (p->article) return 0;
    return c->listed || c->kind == GK_LINK_ATTACHMENT ? half : 0;
}

static bool too_old(const gk_sites *s, int year, st_date date) {
    if (!year) year = date / 10000;
    return s->since && year && year < s->since;
}

/* --- entries --- */

static void count_entry(st_page *p, const candidate *c, st_date *newest) {
    p->out->entries++;
    p->out->entries_hash += gk_str_hash(c->url.text);
    if (c->anchor->date > *newest) *newest = c->anchor->date;
}

static bool other_scheme(gk_str href) {
    static const char *const schemes[] = {"mailto:", "tel:", "data:", "about:", "javascript:", "ftp:"};
    for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++)
        if (st_same(gk_str_slice(href, 0, strlen(schemes[i])), schemes[i])) return true;
    return false;
}

/* A page that shows a file names the file's own address in a parameter: viewer.html?file=/a/b.pdf. */
static void look_inside(st_page *p, gk_url *url) {
    const st_profile *const profiles[] = {p->profile, p->generic};
    for (size_t k = 0; k < 2 && url->query.len; k++)
        for (size_t i = 0; profiles[k] && i < profiles[k]->inner.len; i++) {
            gk_url file;
            gk_str inside = st_parameter(url, profiles[k]->inner.at[i], p->arena);
            if (!inside.len || gk_url_read(inside, url, p->arena, &file, NULL) != GK_OK) continue;
            if (st_kind_of(p, file.path) != GK_LINK_ATTACHMENT) continue;
            *url = file;
            return;
        }
}

static bool resolve(st_page *p, gk_str href, gk_url *url) {
    if (!href.len || other_scheme(href) || gk_url_read(href, &p->base, p->arena, url, NULL) != GK_OK) return false;
    look_inside(p, url);
    return !gk_str_eq(url->text, p->url.text);
}

/* A number, an arrow: no title. */
static bool is_no_title(gk_str text) {
    for (size_t i = 0; i < text.len; i++)
        if ((unsigned char)text.ptr[i] >= 0x80 || ((text.ptr[i] | 0x20) >= 'a' && (text.ptr[i] | 0x20) <= 'z')) return false;
    return text.len > 0 && st_year_in(text) == 0;
}

static void add_candidate(st_page *p, const candidate *c, st_date *newest) {
    const st_anchor *a = c->anchor;
    bool file = c->kind == GK_LINK_ATTACHMENT;
    int year = st_year_in(a->text), score = worth(p, c, year);
    gk_site_link link = {.kind = c->kind, .url = c->url.text, .text = a->text, .year = (int16_t)year};
    link.date = st_date_text(a->date, p->arena);
    if (file) link.name = st_file_name(p, &c->url, a->text), link.referer = p->url.text;
    bool wanted = score > 0 && (file || !is_no_title(a->text)) && !too_old(p->sites, year, a->date);
    if (!wanted) link.kind = GK_LINK_OTHER, score = 0;
    link.score = (int16_t)(score < INT16_MAX ? score : INT16_MAX);
    size_t before = p->links.len;
    if (st_add_link(p, &link) && c->entry && p->links.len > before) count_entry(p, c, newest);
}

/* A page that sends the browser elsewhere leads to what it was asked for. */
static void add_refresh(st_page *p) {
    gk_url url;
    if (!p->refresh.len || !resolve(p, p->refresh, &url)) return;
    gk_link_kind kind = p->visit->kind == GK_LINK_ENTRY ? GK_LINK_LIST : p->visit->kind;
    st_add_link(p, &(gk_site_link){.kind = kind, .url = url.text, .text = p->visit->text, .score = 1});
}

void st_count_dated(st_page *p) {
    for (size_t i = 0; i < p->anchors.len; i++)
        p->dated += p->anchors.at[i].date && p->anchors.at[i].text.len >= TITLE_BYTES;
}

void st_add_links(st_page *p) {
    enum { FEW_AKIN = 2 };
    st_date newest = 0;
    size_t akin = 0, count = 0;
    candidate *list = gk_alloc((p->anchors.len + 1) * sizeof *list);
    add_refresh(p);
    for (size_t i = 0; i < p->anchors.len; i++) {
        candidate *c = &list[count];
        *c = (candidate){.anchor = &p->anchors.at[i]};
        if (!resolve(p, c->anchor->href, &c->url)) continue;
        sort_out(p, c);
        akin += c->entry && c->akin;
        count++;
    }
    for (size_t i = 0; i < count; i++) {
        list[i].listed = list[i].listed && (list[i].akin || akin < FEW_AKIN);
        add_candidate(p, &list[i], &newest);
    }
    free(list);
    p->out->newest = st_date_text(newest, p->arena);
}
