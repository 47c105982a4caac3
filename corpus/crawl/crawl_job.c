/* One job from hop to hop: scope, robots.txt, request, answer, redirect or page. */
#include <stdlib.h>

#include "corpus/archive/http.h"
#include "corpus/crawl/crawl_inner.h"

gk_job *gk_crawl_job_new(gk_crawl *c) {
    gk_job *job = NULL;
    for (size_t i = 0; !job && i < c->job_count; i++)
        if (c->jobs[i]->state == GK_JOB_FREE) job = c->jobs[i];
    if (!job) {
        c->jobs = gk_realloc(c->jobs, (c->job_count + 1) * sizeof(gk_job *));
        job = c->jobs[c->job_count++] = gk_alloc_zero(1, sizeof *job);
    }
    job->state = GK_JOB_WAITS;
    job->host = UINT32_MAX;
    c->busy++;
    return job;
}

void gk_crawl_job_end(gk_crawl *c, gk_job *job) {
    gk_buf payloads[GK_HOPS];
    gk_arena arena = job->arena;
    if (job->state == GK_JOB_WAITS && job->host != UINT32_MAX) c->hosts.at[job->host].pending--;
    for (size_t i = 0; i < GK_HOPS; i++) {
        gk_buf_clear(&job->payloads[i]);
        if (job->payloads[i].cap > GK_MAX_KEPT_BYTES / 16) gk_buf_free(&job->payloads[i]);
    }
    memcpy(payloads, job->payloads, sizeof payloads);
    if (arena.total > GK_MAX_KEPT_BYTES / 16) gk_arena_free(&arena);
    else gk_arena_reset(&arena);
    *job = (gk_job){.arena = arena};
    memcpy(job->payloads, payloads, sizeof payloads);
    c->busy--;
}

void gk_crawl_job_goto(gk_crawl *c, gk_job *job, const gk_url *url) {
    if (job->state == GK_JOB_WAITS && job->host != UINT32_MAX) c->hosts.at[job->host].pending--;
    job->state = GK_JOB_WAITS;
    job->url = *url;
    gk_crawl_host *h = gk_crawl_host_of(c, url->host, url->site);
    h->pending++;
    job->host = gk_crawl_host_place(c, h);
    if (!job->is_robots) job->origin = (uint32_t)(gk_crawl_origin(c, url) - c->origins.at);
}

/* The registrable domain of the entry page: that of the entry itself where it is one, else as noted when that was taken.
 * The last ones are remembered by their place; the store has them all. */
static gk_str seed_site(gk_crawl *c, gk_job *job) {
    const gk_entry *e = &job->entry;
    int64_t id = e->seed ? e->seed : e->id;
    gk_seed_site *kept = &c->seed_sites[(uint64_t)id % GK_SEED_SITES];
    if (kept->id == id) return kept->site;
    gk_str key = gk_arena_printf(&job->arena, "site %lld", (long long)id), site = e->site;
    if (e->seed == 0) gk_store_note(c->store, key, e->site, INT64_MAX);
    else site = gk_store_noted(c->store, key, c->now, &job->arena);
    if (!site.ptr) return e->site;
    *kept = (gk_seed_site){id, gk_crawl_host_of(c, e->host, e->site)->site};
    if (!gk_str_eq(kept->site, site)) kept->site = gk_arena_dup(&c->names, site);
    return kept->site;
}

void gk_crawl_job_take(gk_crawl *c, gk_job *job) {
    gk_url url;
    gk_err why;
    job->seed_site = seed_site(c, job);
    bool known = job->entry.site.len && gk_url_split(job->entry.url, job->entry.site, &url);
    if (known || gk_url_read(job->entry.url, NULL, &job->arena, &url, &why) == GK_OK) gk_crawl_job_goto(c, job, &url);
    else gk_crawl_finish(c, job, GK_OUTCOME_BAD_ENCODING, gk_str_of(why.message), NULL);
}

/* ---- asking */

bool gk_crawl_job_allowed(gk_crawl *c, gk_job *job) {
    const gk_origin *o = &c->origins.at[job->origin];
    gk_str rule = GK_STR_NONE;
    if (o->outcome != GK_OUTCOME_OK) {
        gk_crawl_finish(c, job, o->outcome, GK_STR("robots.txt cannot be had"), NULL);
        return false;
    }
    gk_str target = gk_url_target(&job->url);
    size_t path = (size_t)(job->url.path.ptr - job->url.text.ptr);
    if (gk_robots_allows(o->rules, gk_str_slice(target, path, target.len), &rule)) return true;
    gk_str why = gk_arena_printf(&job->arena, "robots.txt: Disallow: %.*s", GK_STR_ARG(gk_str_slice(rule, 0, 200)));
    gk_crawl_finish(c, job, GK_OUTCOME_ROBOTS_DENY, why, NULL);
    return false;
}

static void fill_request(gk_job *job) {
    const gk_entry *e = &job->entry;
    job->request = (gk_request){.url = job->url.text, .user = job};
    if (job->is_robots) {
        job->request.max_bytes = GK_MAX_ROBOTS_BYTES;
        return;
    }
    job->request.body = e->body;
    job->request.body_type = e->body_type;
    job->request.referer = e->referer;
    if (!e->digest.len) return; /* validators of what is not stored are of no use */
    job->request.etag = e->etag;
    job->request.last_modified = e->last_modified;
}

bool gk_crawl_job_ask(gk_crawl *c, gk_job *job) {
    if (!job->is_robots) {
        if (!gk_crawl_origin_known(c, &c->origins.at[job->origin], &job->url)) return false;
        if (!gk_crawl_job_allowed(c, job)) return false;
    }
    gk_crawl_host *h = &c->hosts.at[job->host];
    fill_request(job);
    if (!gk_fetcher_add(c->fetcher, &job->request)) return false;
    h->pending--;
    h->active++;
    h->asked++;
    if (!h->first_ms) h->first_ms = c->now_ms;
    job->state = GK_JOB_ASKS;
    gk_groups_begin(c->groups, h->group, c->now_ms);
    return true;
}

/* ---- answers */

void gk_crawl_job_keep(gk_job *job, const gk_response *r) {
    gk_buf *payload = &job->payloads[job->hop_count];
    gk_capture *hop = &job->hops[job->hop_count++];
    gk_buf_clear(payload);
    gk_response_take_body(r, payload);
    *hop = (gk_capture){.url = job->url.text, .payload = r->body, .status = r->status};
    hop->request_bytes = gk_arena_dup(&job->arena, r->request_bytes);
    hop->header_bytes = gk_arena_dup(&job->arena, r->header_bytes);
    if (r->address[0]) hop->address = gk_arena_dup(&job->arena, gk_str_of(r->address));
    if (r->truncated) hop->truncated = gk_str_of(r->truncated_why ? r->truncated_why : "unspecified");
    if (r->http2) hop->protocol = GK_STR("h2");
    hop->started_ms = r->started_ms;
    hop->outcome = gk_str_of(gk_outcome_name(r->outcome));
}

static void keep_answer(gk_crawl *c, gk_job *job, const gk_response *r) {
    job->content_type = gk_arena_dup(&job->arena, r->content_type);
    job->disposition = gk_arena_dup(&job->arena, r->disposition);
    job->etag = gk_arena_dup(&job->arena, r->etag);
    job->last_modified = gk_arena_dup(&job->arena, r->last_modified);
    job->retry_after = r->retry_after;
    job->robots = r->robots_tag.len ? gk_robots_words(r->robots_tag, gk_str_of(c->token)) : 0;
    c->result->total.requests++;
    c->result->total.bytes += r->body.len;
}

/* Whether a URL lies within what the entry page may lead to. */
static bool in_scope(const gk_job *job, const gk_url *url) {
    return gk_str_eq(url->site, job->seed_site) || gk_str_eqz(job->entry.kind, gk_link_kind_name(GK_LINK_ATTACHMENT));
}

static void redirect(gk_crawl *c, gk_job *job, const gk_response *r) {
    gk_url next;
    gk_err why;
    if (gk_url_read(r->location, &job->url, &job->arena, &next, &why) != GK_OK) {
        gk_crawl_finish(c, job, GK_OUTCOME_BAD_ENCODING, gk_arena_dup(&job->arena, gk_str_of(why.message)), NULL);
        return;
    }
    if (!in_scope(job, &next)) {
        gk_crawl_finish(c, job, GK_OUTCOME_MOVED_DOMAIN, gk_arena_printf(&job->arena, "to %.*s", GK_STR_ARG(next.text)), NULL);
        return;
    }
    if (job->redirects == GK_MAX_REDIRECTS) {
        gk_crawl_finish(c, job, GK_OUTCOME_HTTP_4XX, GK_STR("more than 5 redirects (GK_MAX_REDIRECTS)"), NULL);
        return;
    }
    job->redirects++;
    if (r->status <= 303) job->entry.body = GK_STR_NONE; /* a POST goes on as a GET: RFC 9110, section 15.4 */
    gk_crawl_job_goto(c, job, &next);
}

static gk_link_kind kind_of(gk_str name) {
    for (gk_link_kind k = GK_LINK_ENTRY; k < GK_LINK_OTHER; k++)
        if (gk_str_eqz(name, gk_link_kind_name(k))) return k;
    return GK_LINK_OTHER;
}

/* The process that reads pages undoes content codings itself, where it can. */
static void read_page(gk_crawl *c, gk_job *job, const gk_response *r) {
    gk_buf room = {0};
    gk_str body = r->body;
    gk_outcome why = GK_OUTCOME_BAD_ENCODING;
    bool confined = gk_http_is_confined(r->content_encoding);
    if (confined || gk_fetch_decode(r, &room, &body, &why)) {
        gk_site_visit visit = {.url = job->url.text, .request_body = job->entry.body, .kind = kind_of(job->entry.kind)};
        visit.content_type = job->content_type;
        visit.disposition = job->disposition;
        visit.status = r->status;
        visit.text = job->entry.text;
        visit.codings = confined ? r->content_encoding : GK_STR_NONE;
        job->state = GK_JOB_IS_READ;
        gk_parser_add(c->parser, &visit, body, job);
    } else {
        gk_crawl_finish(c, job, why, GK_STR("the content coding cannot be undone"), NULL);
    }
    gk_buf_free(&room);
}

void gk_crawl_job_answer(gk_crawl *c, gk_job *job, const gk_response *r) {
    gk_crawl_host *h = &c->hosts.at[job->host];
    h->active--;
    gk_groups_end(c->groups, h->group, c->now_ms, r->elapsed_ms);
    if (r->address[0]) gk_groups_address(c->groups, h->group, gk_str_of(r->address));
    if (job->is_robots) {
        gk_crawl_robots_answer(c, job, r);
        return;
    }
    gk_crawl_job_keep(job, r);
    keep_answer(c, job, r);
    if (r->outcome != GK_OUTCOME_OK) gk_crawl_finish(c, job, r->outcome, gk_arena_dup(&job->arena, gk_str_of(r->reason)), NULL);
    else if (r->status >= 300 && r->status < 400 && r->location.len) redirect(c, job, r);
    else read_page(c, job, r);
}

/* ---- what was read */

/* Whether a date ("2018-12-31") lies before a year. */
static bool is_before(gk_str date, int year) {
    char digits[5] = "";
    memcpy(digits, date.ptr ? date.ptr : "", date.len < 4 ? date.len : 4);
    return date.len >= 4 && atoi(digits) < year;
}

static gk_outcome outcome_of(gk_crawl *c, gk_job *job, const gk_parsed *p, gk_str *why) {
    const gk_site_page *page = &p->page;
    *why = page->why;
    if (page->outcome != GK_OUTCOME_OK) return page->outcome;
    if ((page->robots | job->robots) & GK_ROBOTS_NOARCHIVE) {
        *why = GK_STR("robots: noarchive");
        return GK_OUTCOME_ROBOTS_DENY;
    }
    if (gk_crawl_page_repeats(c, job, p)) {
        *why = GK_STR("it shows what another page of the list shows");
        return GK_OUTCOME_PAGER_INCONSISTENT;
    }
    if (job->entry.seed == 0 && page->kind == GK_LINK_LIST && is_before(page->newest, c->options->since)) {
        *why = gk_arena_printf(&job->arena, "the newest entry is of %.*s", GK_STR_ARG(page->newest));
        return GK_OUTCOME_STALE_COLUMN;
    }
    return GK_OUTCOME_OK;
}

void gk_crawl_job_parsed(gk_crawl *c, gk_job *job, const gk_parsed *p) {
    gk_str why;
    gk_outcome outcome = outcome_of(c, job, p, &why);
    bool follow = outcome == GK_OUTCOME_OK || outcome == GK_OUTCOME_STALE_COLUMN;
    if (follow && !((p->page.robots | job->robots) & GK_ROBOTS_NOFOLLOW)) gk_crawl_add_links(c, job, p);
    gk_crawl_finish(c, job, outcome, why, &p->page);
}
