/* A crawl: seeds go in, an archive and counts come out.
 *
 *     seeds -> frontier (store.h) -> robots, server group, fetch -> hops -> parser -> links -> frontier
 *                                                                      \-> capture -> archive
 *
 * From each entry page the lists of its site are found, paged through, and the notices and attachments of the topic
 * fetched (site.h says what these are). Followed is what lies on the registrable domain of the entry page, and attachments
 * of a followed notice wherever they lie; what leads elsewhere ends in moved-domain. Each request passes scope, robots.txt,
 * the address rules and its turn in the server group, and so does each hop of a redirect; every hop is archived. The links
 * of a page reach the frontier no later than the page is done, so that nothing is lost by a kill; what was under way is
 * asked again. Memory holds the requests under way and a line for each host.
 */
#ifndef GK_CORPUS_CRAWL_CRAWL_H
#define GK_CORPUS_CRAWL_CRAWL_H

#include <signal.h>

#include "corpus/crawl/parser.h"
#include "corpus/crawl/seeds.h"

typedef struct gk_crawl_progress {
    uint64_t documents;    /* notices and attachments fetched in this run */
    uint64_t requests;     /* answers of any kind, hops included, robots.txt excluded */
    uint64_t bytes;        /* of bodies as sent */
    uint64_t waiting;      /* requests known and not done */
    unsigned hosts, active; /* with something to do, with a request under way */
    uint64_t errors[GK_OUTCOME_COUNT]; /* requests that ended in each class, tries that are repeated included */
    double seconds;        /* since the run began */
    double left;           /* seconds, at the pace of the slowest host; negative: unknown */
} gk_crawl_progress;
/* Called about ten times a second. */
typedef void gk_crawl_on_progress(void *user, const gk_crawl_progress *progress);

typedef struct gk_crawl_options {
    const char *archive;        /* folder */
    const char *sites;          /* folder with profiles of the user; NULL: the built-in ones only */
    const char *user_agent;     /* NULL: "gongkai/VERSION", with the contact */
    const char *contact;        /* URL or address that the user agent names; NULL: none */
    uint64_t max_pages, max_bytes; /* of this run; 0: no maximum */
    unsigned depth;             /* hops from the entry page to a notice or a list; 0: GK_CRAWL_DEPTH */
    uint32_t delay_ms;          /* the least pause between two requests of a server group */
    unsigned concurrency;       /* requests under way in all groups; 0: GK_CRAWL_CONCURRENCY */
    unsigned seconds;           /* of one transfer; 0: GK_MAX_FETCH_SECONDS */
    unsigned patience;          /* seconds for which the run waits for the next try when nothing else is left */
    int since;                  /* year; 0: GK_CRAWL_SINCE */
    bool refresh;               /* ask again, conditionally, what was fetched before */
    const gk_networks *allowed; /* may be NULL */
    const gk_str *insecure_hosts;
    size_t insecure_host_count;
    const char *ca_file;        /* as in gk_fetch_options */
    const volatile sig_atomic_t *stop; /* NULL, or what a signal handler sets to end the run */
    gk_parser_confine *confine;        /* of the process that reads pages */
    gk_crawl_on_progress *on_progress; /* NULL: none */
    void *user;                        /* for both */
} gk_crawl_options;

enum { GK_CRAWL_DEPTH = 5, GK_CRAWL_CONCURRENCY = 64, GK_CRAWL_SINCE = 2019 };

typedef enum gk_crawl_end {
    GK_CRAWL_DONE,     /* nothing is left to be asked in this run */
    GK_CRAWL_LATER,    /* what is left has to wait longer than `patience` */
    GK_CRAWL_MAXIMUM,  /* max_pages or max_bytes */
    GK_CRAWL_STOPPED   /* by `stop` */
} gk_crawl_end;

typedef struct gk_crawl_result {
    gk_crawl_progress total;
    gk_crawl_end end;
    uint64_t seeds_new;
    uint64_t torn;     /* bytes that the last run had not finished writing, and that were cut off */
    int64_t next_due;  /* Unix seconds of the next try, 0: there is none */
} gk_crawl_result;

/* Crawls until nothing is left to do, a maximum is reached, or `stop` is set. GK_E_USAGE: a user agent that cannot be
 * sent; GK_E_OPEN: the archive or its lock cannot be had; GK_E_PATTERN: profiles are refused; GK_E_OUTPUT: the archive
 * cannot be written; GK_E_INTERNAL: no process or no transfer library. The archive is whole in each case, and the same call
 * goes on from there. Uses fork(). `result` says how far it got. */
gk_code gk_crawl_run(const gk_crawl_options *options, const gk_seeds *seeds, gk_crawl_result *result, gk_err *err);

/* What a crawl would do, without a request and without making an archive: one line for each seed (TSV, a first line that
 * names the columns: url, host, site, state) and, where there is an archive, what it knows of each. */
gk_code gk_crawl_plan(const gk_crawl_options *options, const gk_seeds *seeds, gk_buf *out, gk_err *err);

#endif
