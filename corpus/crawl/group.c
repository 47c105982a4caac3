/* Names (hosts, sites, addresses) lead to groups by one hash table; groups that turn out to be one are joined by a link from
 * the greater to the smaller number (union-find), so that numbers given out before stay good.
 *
 * Worked example: www.a.gov.cn (site a.gov.cn) is group 1, www.b.gov.cn group 2. Both are found at 192.0.2.7: 2 answers to 1.
 * czj.b.gov.cn (site b.gov.cn, known as group 2) is group 1 then, without having been looked up.
 */
#include "corpus/crawl/group.h"

#include <stdlib.h>

#include "base/limits.h"

typedef struct server {
    gk_group parent; /* itself: a root */
    uint32_t in_flight;
    uint32_t crawl_delay_ms;
    uint64_t mean_us; /* microseconds that it takes to answer; an exponential mean */
    int64_t next_ms;  /* not before; INT64_MIN: at any time */
} server;

typedef enum kind { HOST = 1, SITE, ADDRESS } kind;

typedef struct name {
    gk_str text; /* in the arena */
    uint64_t hash;
    kind kind;
    gk_group group; /* 0: an empty place */
} name;

struct gk_groups {
    GK_VEC(server) list; /* group n is list.at[n - 1] */
    name *names;        /* open addressing, a power of two of places, at most half of them taken */
    size_t places, taken;
    uint32_t delay_ms;
    gk_arena arena;
};

enum {
    FIRST_PLACES = 256,
    MEAN_SHARE = 4, /* the newest answer counts a quarter */
    REST_FACTOR = 2 /* a server rests twice as long as it worked */
};

/* ---- names ---- */

static uint64_t hash_of(kind k, gk_str text) { return gk_str_hash(text) * 31 + k; }

static name *place_of(name *names, size_t places, kind k, gk_str text, uint64_t hash) {
    size_t at = hash & (places - 1);
    while (names[at].group && !(names[at].hash == hash && names[at].kind == k && gk_str_eq(names[at].text, text)))
        at = (at + 1) & (places - 1);
    return &names[at];
}

static void grow(gk_groups *g) {
    size_t places = g->places ? g->places * 2 : FIRST_PLACES;
    name *names = gk_alloc_zero(places, sizeof *names);
    for (size_t i = 0; i < g->places; i++) {
        const name *old = &g->names[i];
        if (old->group) *place_of(names, places, old->kind, old->text, old->hash) = *old;
    }
    free(g->names);
    g->names = names;
    g->places = places;
}

static gk_group find_name(gk_groups *g, kind k, gk_str text) {
    return place_of(g->names, g->places, k, text, hash_of(k, text))->group;
}

static void set_name(gk_groups *g, kind k, gk_str text, gk_group group) {
    if (2 * (g->taken + 1) > g->places) grow(g);
    uint64_t hash = hash_of(k, text);
    name *at = place_of(g->names, g->places, k, text, hash);
    if (!at->group) {
        g->taken++;
        *at = (name){.text = gk_arena_dup(&g->arena, text), .hash = hash, .kind = k};
    }
    at->group = group;
}

/* ---- groups ---- */

gk_groups *gk_groups_new(uint32_t delay_ms) {
    gk_groups *g = gk_alloc_zero(1, sizeof *g);
    g->delay_ms = delay_ms < GK_MAX_CRAWL_DELAY_MS ? delay_ms : GK_MAX_CRAWL_DELAY_MS;
    grow(g);
    return g;
}

void gk_groups_free(gk_groups *g) {
    if (!g) return;
    gk_vec_free(&g->list);
    free(g->names);
    gk_arena_free(&g->arena);
    free(g);
}

static gk_group root_of(gk_groups *g, gk_group n) {
    server *list = g->list.at;
    while (list[n - 1].parent != n) {
        list[n - 1].parent = list[list[n - 1].parent - 1].parent; /* halves the way for the next one */
        n = list[n - 1].parent;
    }
    return n;
}

static server *at(gk_groups *g, gk_group n) { return &g->list.at[root_of(g, n) - 1]; }

static uint32_t larger(uint32_t a, uint32_t b) { return a > b ? a : b; }

static void join(gk_groups *g, gk_group a, gk_group b) {
    a = root_of(g, a), b = root_of(g, b);
    if (a == b) return;
    server *to = &g->list.at[(a < b ? a : b) - 1], *from = &g->list.at[(a < b ? b : a) - 1];
    to->in_flight += from->in_flight;
    to->crawl_delay_ms = larger(to->crawl_delay_ms, from->crawl_delay_ms);
    if (from->mean_us > to->mean_us) to->mean_us = from->mean_us;
    if (from->next_ms > to->next_ms) to->next_ms = from->next_ms;
    from->parent = a < b ? a : b;
}

gk_group gk_groups_of(gk_groups *g, gk_str host, gk_str site) {
    gk_group known = find_name(g, HOST, host);
    if (known) return root_of(g, known);
    known = site.len ? find_name(g, SITE, site) : 0;
    if (!known) {
        known = (gk_group)g->list.len + 1;
        *gk_vec_push(&g->list) = (server){.parent = known, .next_ms = INT64_MIN};
        if (site.len) set_name(g, SITE, site, known);
    }
    set_name(g, HOST, host, known);
    return root_of(g, known);
}

void gk_groups_address(gk_groups *g, gk_group group, gk_str address) {
    if (!address.len) return;
    gk_group known = find_name(g, ADDRESS, address);
    if (known)
        join(g, known, group);
    else
        set_name(g, ADDRESS, address, group);
}

/* ---- times ---- */

void gk_groups_crawl_delay(gk_groups *g, gk_group group, uint32_t ms) {
    uint32_t *delay = &at(g, group)->crawl_delay_ms;
    *delay = larger(*delay, ms < GK_MAX_CRAWL_DELAY_MS ? ms : GK_MAX_CRAWL_DELAY_MS);
}

bool gk_groups_ready(gk_groups *g, gk_group group, int64_t now_ms, int64_t *at_ms) {
    const server *s = at(g, group);
    bool ready = !s->in_flight && now_ms >= s->next_ms;
    if (!ready && at_ms) *at_ms = s->in_flight ? INT64_MAX : s->next_ms;
    return ready;
}

void gk_groups_begin(gk_groups *g, gk_group group, int64_t now_ms) {
    (void)now_ms;
    at(g, group)->in_flight++;
}

/* The pause that the server gets now. */
static uint32_t pause_of(const gk_groups *g, const server *s) {
    if (!g->delay_ms) return s->crawl_delay_ms;
    uint64_t rest = s->mean_us * REST_FACTOR / 1000;
    if (rest > GK_MAX_CRAWL_DELAY_MS) rest = GK_MAX_CRAWL_DELAY_MS;
    return larger(larger(g->delay_ms, s->crawl_delay_ms), (uint32_t)rest);
}

void gk_groups_end(gk_groups *g, gk_group group, int64_t now_ms, uint32_t elapsed_ms) {
    server *s = at(g, group);
    if (s->in_flight) s->in_flight--;
    uint64_t us = (uint64_t)elapsed_ms * 1000;
    s->mean_us = s->mean_us ? s->mean_us - s->mean_us / MEAN_SHARE + us / MEAN_SHARE : us;
    gk_groups_hold(g, group, now_ms + pause_of(g, s));
}

void gk_groups_hold(gk_groups *g, gk_group group, int64_t at_ms) {
    server *s = at(g, group);
    if (at_ms > s->next_ms) s->next_ms = at_ms;
}
