/* What is followed from a page, and the seeds. */
#include "corpus/crawl/crawl_inner.h"

/* Which kind of link comes first in the queue of its host: what is wanted before what leads to it, so that a crawl that is
 * cut short has documents rather than lists. A topic's score (at most 99) decides among equals. */
static const int32_t priorities[] = {[GK_LINK_ENTRY] = 1000,
                                     [GK_LINK_ATTACHMENT] = 400,
                                     [GK_LINK_ARTICLE] = 300,
                                     [GK_LINK_PAGE] = 200,
                                     [GK_LINK_LIST] = 100,
                                     [GK_LINK_OTHER] = 0};
enum { MOST_SCORE = 99 };

void gk_crawl_add_seeds(gk_crawl *c, const gk_seeds *seeds) {
    for (size_t i = 0; i < seeds->list.len; i++) {
        const gk_seed *s = &seeds->list.at[i];
        gk_entry e = {.url = s->url.text, .host = s->url.host, .site = s->url.site, .region = s->region};
        e.kind = gk_str_of(gk_link_kind_name(GK_LINK_ENTRY));
        e.priority = priorities[GK_LINK_ENTRY];
        e.division_code = s->division_code;
        e.agency = s->agency;
        e.label = s->label;
        c->result->seeds_new += gk_store_add(c->store, &e);
    }
}

/* Whether a hash was met before, as far as the table remembers; it is remembered from now on. What is forgotten is asked of
 * the store again. */
static bool seen(gk_crawl *c, uint64_t hash) {
    uint64_t *slot = &c->seen[hash % GK_SEEN_SLOTS];
    bool met = *slot == hash;
    *slot = hash;
    return met;
}

static uint64_t mix(uint64_t a, uint64_t b) { return (a ^ (b + 0x9E3779B97F4A7C15u)) * 0xD6E8FEB86659FD93u; }

static int64_t seed_of(const gk_job *job) { return job->entry.seed ? job->entry.seed : job->entry.id; }

bool gk_crawl_page_repeats(gk_crawl *c, const gk_job *job, const gk_parsed *p) {
    if (p->page.kind != GK_LINK_LIST || p->page.entries == 0) return false;
    bool met = seen(c, mix(mix((uint64_t)seed_of(job), 1), p->page.entries_hash));
    return met && gk_str_eqz(job->entry.kind, gk_link_kind_name(GK_LINK_PAGE));
}

/* The depth of what a link leads to: a page of the same list is no further away, and an attachment belongs to its notice. */
static bool depth_of(const gk_crawl *c, const gk_job *job, gk_link_kind kind, uint32_t *depth) {
    *depth = job->entry.depth + (kind != GK_LINK_PAGE);
    return kind == GK_LINK_ATTACHMENT || *depth <= c->options->depth;
}

static bool on_notice(const gk_job *job, const gk_parsed *p) {
    return p->page.kind == GK_LINK_ARTICLE || gk_str_eqz(job->entry.kind, gk_link_kind_name(GK_LINK_ARTICLE));
}

static void add_link(gk_crawl *c, const gk_job *job, const gk_parsed *p, const gk_site_link *link) {
    gk_url url;
    gk_err why;
    uint32_t depth;
    if (!depth_of(c, job, link->kind, &depth)) return;
    if (gk_url_read(link->url, NULL, &c->scratch, &url, &why) != GK_OK) return;
    int32_t score = link->score > MOST_SCORE ? MOST_SCORE : link->score;
    gk_entry e = {.url = url.text, .body = link->body, .body_type = link->body_type, .referer = link->referer};
    e.host = url.host;
    e.site = url.site;
    e.kind = gk_str_of(gk_link_kind_name(link->kind));
    e.parent = job->entry.id;
    e.seed = seed_of(job);
    e.depth = depth;
    e.priority = priorities[link->kind] + score;
    e.text = link->text;
    e.name = link->name;
    e.date = link->date;
    e.year = link->year;
    bool inside = gk_str_eq(url.site, job->seed_site) || (link->kind == GK_LINK_ATTACHMENT && on_notice(job, p));
    if (!inside) {
        e.outcome = gk_str_of(gk_outcome_name(GK_OUTCOME_MOVED_DOMAIN));
        e.reason = GK_STR("outside of the registrable domain of the entry page");
        e.due = INT64_MAX;
    }
    if (!gk_store_add(c->store, &e) || !inside) return;
    gk_crawl_host *h = gk_crawl_host_of(c, url.host, url.site);
    h->waiting++;
    gk_crawl_host_due(h, 0);
}

void gk_crawl_add_links(gk_crawl *c, const gk_job *job, const gk_parsed *p) {
    for (size_t i = 0; i < p->page.link_count; i++) {
        const gk_site_link *link = &p->page.links[i];
        uint64_t hash = mix(mix(gk_str_hash(link->url), gk_str_hash(link->body)), (uint64_t)link->kind);
        if (seen(c, mix(hash, (uint64_t)seed_of(job)))) continue;
        add_link(c, job, p, link);
        gk_arena_reset(&c->scratch);
    }
}
