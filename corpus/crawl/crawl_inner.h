/* The parts of a crawl under way. Private to corpus/crawl/crawl*.c.
 *
 * A job is one entry of the frontier on its way through its hops: it waits for its host's turn (and for robots.txt of the
 * host), is under way, is read, and is put. A host has a line in the table from the moment something of it is known.
 */
#ifndef GK_CORPUS_CRAWL_CRAWL_INNER_H
#define GK_CORPUS_CRAWL_CRAWL_INNER_H

#include "base/limits.h"
#include "corpus/archive/store.h"
#include "corpus/crawl/crawl.h"
#include "corpus/crawl/group.h"
#include "corpus/crawl/robots.h"

enum { GK_HOPS = GK_MAX_REDIRECTS + 1, GK_SEEN_SLOTS = 1 << 16, GK_SEED_SITES = 1 << 12 };

/* The registrable domain of an entry page. */
typedef struct gk_seed_site {
    int64_t id; /* of its entry */
    gk_str site;
} gk_seed_site;

/* robots.txt of one origin (scheme, host and port). */
typedef struct gk_origin {
    gk_str name;            /* "http://host:port" */
    const gk_robots *rules; /* NULL: not known yet */
    gk_outcome outcome;     /* of its fetch: OK, or why it cannot be had */
    int64_t expires;        /* Unix seconds */
    bool asked;             /* a request for it is under way or waits */
    gk_arena arena;         /* of the name */
    gk_arena rules_arena;
} gk_origin;

typedef struct gk_crawl_host {
    gk_str name, site;
    gk_group group;
    uint64_t waiting;    /* entries in the store that are not done */
    int64_t due;         /* Unix seconds when an entry of the store may be due; INT64_MAX: none is known */
    int64_t look_ms;     /* monotonic: when to look at it again */
    unsigned pending;    /* jobs that wait for this host in memory */
    unsigned active;     /* of its requests under way */
    unsigned failures;   /* answers in a row that were failures of the whole group */
    bool given_up;       /* for this run */
    int64_t held_ms;     /* monotonic: until then its group waits after a failure, which is more than its pause */
    uint64_t asked;      /* in this run */
    int64_t first_ms;    /* monotonic, of the first request of this run; 0: none */
} gk_crawl_host;

typedef enum gk_job_state {
    GK_JOB_FREE,
    GK_JOB_WAITS,  /* for the turn of its host, or for robots.txt */
    GK_JOB_ASKS,   /* its request is under way */
    GK_JOB_IS_READ /* by the parser */
} gk_job_state;

typedef struct gk_job {
    gk_job_state state;
    bool is_robots;        /* robots.txt of `origin`: not an entry of the frontier */
    gk_entry entry;
    gk_str seed_site;      /* the registrable domain that may be asked */
    gk_url url;            /* of this hop */
    uint32_t host, origin; /* of this hop: places in the tables */
    gk_request request;
    gk_capture hops[GK_HOPS];
    gk_buf payloads[GK_HOPS];
    size_t hop_count;
    unsigned redirects;
    gk_str content_type, disposition, etag, last_modified; /* of the last answer */
    uint32_t retry_after;
    unsigned robots; /* words of X-Robots-Tag */
    gk_arena arena;
} gk_job;

typedef struct gk_crawl {
    const gk_crawl_options *options;
    gk_crawl_result *result;
    gk_store *store;
    gk_sites *sites;
    gk_groups *groups;
    gk_fetcher *fetcher;
    gk_parser *parser;
    char user_agent[400], token[64];
    int64_t started_ms, now_ms; /* monotonic */
    int64_t now;                /* Unix seconds */
    int64_t flushed_ms, shown_ms, counted_ms;
    GK_VEC(gk_crawl_host) hosts;
    GK_VEC(gk_origin) origins;
    GK_VEC(uint32_t) host_slots, origin_slots; /* hash tables of places from 1, a power of two */
    gk_arena names;             /* of hosts */
    size_t turn;                /* the host that is looked at first */
    gk_job **jobs;
    size_t job_count, job_cap, busy;
    gk_seed_site *seed_sites;   /* the last ones, by id */
    uint64_t *seen;             /* hashes of links that the frontier has surely been told */
    gk_arena scratch;
    gk_err *err;
    gk_code code;               /* of what ends the run */
} gk_crawl;

/* crawl_host.c: the hosts and whose turn it is. */
gk_crawl_host *gk_crawl_host_of(gk_crawl *c, gk_str name, gk_str site);
uint32_t gk_crawl_host_place(const gk_crawl *c, const gk_crawl_host *h);
/* Something of the host is due at `due`. */
void gk_crawl_host_due(gk_crawl_host *h, int64_t due);
/* Hosts whose turn may have come are looked at again. */
void gk_crawl_look_again(gk_crawl *c);
/* Takes the counts of the store. */
void gk_crawl_count_hosts(gk_crawl *c);
/* Starts what may be started; false when nothing could be. */
bool gk_crawl_start_some(gk_crawl *c);
/* The next moment at which something may be started: monotonic milliseconds; INT64_MAX: never in this run. *pause (may be
 * NULL) says whether it is only the pause between two requests that is waited for. */
int64_t gk_crawl_next_start(const gk_crawl *c, bool *pause);

/* crawl_robots.c: robots.txt of origins. */
gk_origin *gk_crawl_origin(gk_crawl *c, const gk_url *url);
/* Whether its rules are known and fresh; else asks for them where nobody did, and they come to be known later. */
bool gk_crawl_origin_known(gk_crawl *c, gk_origin *o, const gk_url *url);
void gk_crawl_robots_answer(gk_crawl *c, gk_job *job, const gk_response *r);

/* crawl_job.c: a job from hop to hop. */
gk_job *gk_crawl_job_new(gk_crawl *c);
void gk_crawl_job_end(gk_crawl *c, gk_job *job);
/* Makes the job that of its entry, which was taken. */
void gk_crawl_job_take(gk_crawl *c, gk_job *job);
/* Sends the request of a job whose host has its turn. False: it did not need the turn. */
bool gk_crawl_job_ask(gk_crawl *c, gk_job *job);
/* Whether the known robots.txt of its origin lets it be asked; else it is finished. */
bool gk_crawl_job_allowed(gk_crawl *c, gk_job *job);
/* Points the job to another URL. */
void gk_crawl_job_goto(gk_crawl *c, gk_job *job, const gk_url *url);
void gk_crawl_job_answer(gk_crawl *c, gk_job *job, const gk_response *r);
/* Keeps an answer for the archive. */
void gk_crawl_job_keep(gk_job *job, const gk_response *r);
void gk_crawl_job_parsed(gk_crawl *c, gk_job *job, const gk_parsed *parsed);

/* crawl_links.c: what is followed from a page. */
void gk_crawl_add_seeds(gk_crawl *c, const gk_seeds *seeds);
void gk_crawl_add_links(gk_crawl *c, const gk_job *job, const gk_parsed *parsed);
/* Whether a page of a list shows what another page of the list showed. */
bool gk_crawl_page_repeats(gk_crawl *c, const gk_job *job, const gk_parsed *parsed);

/* crawl_finish.c: how a job ends. `page` may be NULL. */
void gk_crawl_finish(gk_crawl *c, gk_job *job, gk_outcome outcome, gk_str reason, const gk_site_page *page);
/* Before a request is sent, from what an earlier run noted about the group. */
void gk_crawl_restore_hold(gk_crawl *c, gk_crawl_host *h);

/* crawl_progress.c */
void gk_crawl_show(gk_crawl *c, bool now);

#endif
