/* Hosts, and whose turn it is. The table is gone through from a place that moves on, so that no host is always first; a host
 * whose group is busy is passed over until a request ends (look_ms is INT64_MAX), one whose group rests until its time. */
#include <stdlib.h>

#include "corpus/crawl/crawl_inner.h"

enum { MOST_DENIED = 64, LONGEST_HELD_MS = 60000 };

static uint32_t *slot_of(const gk_crawl *c, gk_str name) {
    size_t mask = c->host_slots.cap - 1, i = gk_str_hash(name) & mask;
    while (c->host_slots.at[i] && !gk_str_eq(c->hosts.at[c->host_slots.at[i] - 1].name, name)) i = (i + 1) & mask;
    return &c->host_slots.at[i];
}

static void enlarge(gk_crawl *c) {
    if (c->host_slots.cap > 2 * (c->hosts.len + 1)) return;
    free(c->host_slots.at);
    c->host_slots.cap = c->host_slots.cap ? c->host_slots.cap * 2 : 256;
    c->host_slots.at = gk_alloc_zero(c->host_slots.cap, sizeof *c->host_slots.at);
    for (size_t i = 0; i < c->hosts.len; i++) *slot_of(c, c->hosts.at[i].name) = (uint32_t)i + 1;
}

gk_crawl_host *gk_crawl_host_of(gk_crawl *c, gk_str name, gk_str site) {
    enlarge(c);
    uint32_t *slot = slot_of(c, name);
    if (*slot) return &c->hosts.at[*slot - 1];
    gk_crawl_host h = {.name = gk_arena_dup(&c->names, name), .site = gk_arena_dup(&c->names, site), .due = INT64_MAX};
    h.group = gk_groups_of(c->groups, h.name, h.site);
    *gk_vec_push(&c->hosts) = h;
    *slot = (uint32_t)c->hosts.len;
    gk_crawl_host *new = &c->hosts.at[c->hosts.len - 1];
    gk_crawl_restore_hold(c, new);
    return new;
}

uint32_t gk_crawl_host_place(const gk_crawl *c, const gk_crawl_host *h) { return (uint32_t)(h - c->hosts.at); }

void gk_crawl_host_due(gk_crawl_host *h, int64_t due) {
    if (due < h->due) h->due = due;
}

void gk_crawl_look_again(gk_crawl *c) {
    for (size_t i = 0; i < c->hosts.len; i++)
        if (c->hosts.at[i].look_ms == INT64_MAX) c->hosts.at[i].look_ms = 0;
}

typedef struct counted {
    gk_str name, site;
    uint64_t waiting;
    int64_t due;
} counted;

typedef struct counts {
    GK_VEC(counted) list;
    gk_arena *arena;
} counts;

static void keep_count(void *user, gk_str name, gk_str site, uint64_t waiting, int64_t next_due) {
    counts *all = user;
    *gk_vec_push(&all->list) =
        (counted){gk_arena_dup(all->arena, name), gk_arena_dup(all->arena, site), waiting, next_due};
}

/* A host that is new to the table asks the store for its notes, which it may not do while the store counts. */
void gk_crawl_count_hosts(gk_crawl *c) {
    counts all = {.arena = &c->scratch};
    for (size_t i = 0; i < c->hosts.len; i++) c->hosts.at[i].waiting = 0, c->hosts.at[i].due = INT64_MAX;
    gk_store_hosts(c->store, keep_count, &all);
    for (size_t i = 0; i < all.list.len; i++) {
        gk_crawl_host *h = gk_crawl_host_of(c, all.list.at[i].name, all.list.at[i].site);
        h->waiting = all.list.at[i].waiting;
        h->due = all.list.at[i].due;
    }
    gk_vec_free(&all.list);
    gk_arena_reset(&c->scratch);
    c->counted_ms = c->now_ms;
}

static bool has_room(const gk_crawl *c) {
    const gk_crawl_options *o = c->options;
    size_t active = gk_fetcher_active(c->fetcher);
    if (active >= o->concurrency || c->busy >= c->job_cap) return false;
    if (o->max_pages && c->result->total.requests + active >= o->max_pages) return false;
    if (o->max_bytes && c->result->total.bytes >= o->max_bytes) return false;
    return gk_parser_bytes(c->parser) < GK_MAX_QUEUED_BYTES;
}

/* A job that waits for the host and can be asked: robots.txt comes first, what waits for it comes when it is there. */
static gk_job *pending_of(gk_crawl *c, uint32_t host) {
    gk_job *found = NULL;
    for (size_t i = 0; i < c->job_count; i++) {
        gk_job *j = c->jobs[i];
        if (j->state != GK_JOB_WAITS || j->host != host) continue;
        if (j->is_robots) return j;
        const gk_origin *o = &c->origins.at[j->origin];
        if (!found && (o->rules || !o->asked)) found = j;
    }
    return found;
}

static gk_job *next_of(gk_crawl *c, uint32_t host) {
    gk_crawl_host *h = &c->hosts.at[host];
    gk_job *job = h->pending ? pending_of(c, host) : NULL;
    if (job || h->due > c->now) return job;
    gk_job *new = gk_crawl_job_new(c);
    gk_entry entry;
    if (gk_store_take(c->store, h->name, c->now, &new->arena, &entry)) {
        new->entry = entry;
        gk_crawl_job_take(c, new);
        return new;
    }
    c->hosts.at[host].due = INT64_MAX;
    gk_crawl_job_end(c, new);
    return NULL;
}

/* Gives the host its turn. */
static bool start_host(gk_crawl *c, uint32_t host) {
    for (unsigned i = 0; i < MOST_DENIED && c->code == GK_OK; i++) {
        gk_job *job = next_of(c, host);
        if (!job) return false;
        if (job->state == GK_JOB_WAITS && job->host == host && gk_crawl_job_ask(c, job)) return true;
    }
    return false;
}

/* What waits in memory for a host that may not be asked for long goes back to the frontier. */
static void let_go(gk_crawl *c, uint32_t host, int64_t at_ms) {
    for (size_t i = 0; i < c->job_count; i++) {
        gk_job *j = c->jobs[i];
        if (j->state != GK_JOB_WAITS || j->host != host) continue;
        if (j->is_robots) c->origins.at[j->origin].asked = false;
        j->entry.due = c->now + (at_ms - c->now_ms) / 1000;
        if (!j->is_robots) gk_store_postpone(c->store, &j->entry);
        gk_crawl_job_end(c, j);
    }
}

static bool look_at(gk_crawl *c, uint32_t host) {
    gk_crawl_host *h = &c->hosts.at[host];
    if (h->look_ms > c->now_ms || h->given_up || (!h->pending && h->due > c->now)) return false;
    int64_t at_ms = 0;
    if (gk_groups_ready(c->groups, h->group, c->now_ms, &at_ms)) return start_host(c, host);
    h->look_ms = at_ms > c->now_ms ? at_ms : c->now_ms + 1;
    if (h->pending && h->look_ms != INT64_MAX && h->look_ms - c->now_ms > LONGEST_HELD_MS) let_go(c, host, h->look_ms);
    return false;
}

bool gk_crawl_start_some(gk_crawl *c) {
    bool started = false;
    size_t count = c->hosts.len, first = c->turn;
    for (size_t i = 0; i < count && has_room(c) && c->code == GK_OK; i++) {
        size_t host = (first + i) % count;
        if (!look_at(c, (uint32_t)host)) continue;
        started = true;
        c->turn = host + 1;
    }
    return started;
}

static int64_t start_of(const gk_crawl *c, const gk_crawl_host *h) {
    if (h->given_up) return INT64_MAX;
    int64_t due_ms = h->pending ? 0 : h->due;
    if (due_ms == INT64_MAX) return INT64_MAX;
    if (due_ms) due_ms = c->now_ms + (due_ms - c->now) * 1000;
    return due_ms > h->look_ms ? due_ms : h->look_ms;
}

/* Whether a host waits for nothing but its turn. */
static bool pauses(const gk_crawl *c, const gk_crawl_host *h, int64_t at_ms) {
    bool due = h->pending || h->due <= c->now;
    return due && h->held_ms <= c->now_ms && at_ms - c->now_ms <= GK_MAX_CRAWL_DELAY_MS;
}

int64_t gk_crawl_next_start(const gk_crawl *c, bool *pause) {
    int64_t first = INT64_MAX;
    if (pause) *pause = false;
    for (size_t i = 0; i < c->hosts.len; i++) {
        int64_t at_ms = start_of(c, &c->hosts.at[i]);
        if (pause && at_ms != INT64_MAX) *pause = *pause || pauses(c, &c->hosts.at[i], at_ms);
        if (at_ms < first) first = at_ms;
    }
    return first;
}
