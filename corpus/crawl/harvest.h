/* What the crawls so far have brought from each entry page: one outcome class each, with its evidence.
 *
 * The class of an entry page is that of its last answer. Where that is ok, what was found behind it decides further: nothing
 * of the topic and nothing left to ask is empty-list; pages of its list that repeat each other and outnumber the good ones
 * are pager-inconsistent. An entry page that was not asked yet because its server group has to wait has the class the
 * group waits for; one that no run came to has none.
 */
#ifndef GK_CORPUS_CRAWL_HARVEST_H
#define GK_CORPUS_CRAWL_HARVEST_H

#include "corpus/archive/store.h"
#include "corpus/crawl/site.h"

/* Notices or files of one year. */
typedef struct gk_found {
    int year; /* 0: unknown */
    gk_link_kind kind;
    uint64_t count;
} gk_found;

/* What is known and could not be had. */
typedef struct gk_missing {
    gk_outcome outcome;
    uint64_t count;
    gk_str url, reason; /* of the first one; the reason may be absent */
} gk_missing;

typedef struct gk_harvest {
    int64_t id;
    gk_str url, region, division_code, agency, label; /* absent: none */
    gk_outcome outcome;
    gk_str reason; /* absent: none */
    int status;
    int64_t fetched; /* Unix seconds of the last answer; 0: none */
    int64_t due;     /* Unix seconds of the next try; INT64_MAX: none */
    gk_str digest;   /* 64 hex digits of the payload; absent: none */
    GK_VEC(gk_found) found;     /* by year, the latest first, notices before files */
    GK_VEC(gk_missing) missing; /* by class, in the order of outcome.h */
    uint64_t lists;   /* lists and pages of lists that were read */
    uint64_t repeats; /* pages of lists that repeat others */
    uint64_t waiting; /* requests that are known and not done */
} gk_harvest;

typedef struct gk_harvests {
    GK_VEC(gk_harvest) list; /* in the order in which the entry pages were given */
    gk_arena arena;          /* of all texts */
} gk_harvests;

/* One walk over the frontier. */
void gk_harvest_read(gk_store *store, int64_t now, gk_harvests *out);
void gk_harvests_free(gk_harvests *h);

/* Notices and files together. */
uint64_t gk_harvest_documents(const gk_harvest *h);
bool gk_harvest_is_good(const gk_harvest *h);

#endif
