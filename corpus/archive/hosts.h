/* The hosts of the frontier in memory: how many entries of each are open, and when one may be asked. */
#ifndef GK_CORPUS_ARCHIVE_HOSTS_H
#define GK_CORPUS_ARCHIVE_HOSTS_H

#include "corpus/archive/sql.h"

typedef struct gk_host {
    int64_t id;
    gk_str name, site;
    uint64_t ready, waiting; /* entries with due = 0, and with a later one */
    int64_t next_due;        /* the least of the later ones, or before it; INT64_MAX: none */
    uint64_t fresh;          /* of the ready ones: those that are not in the index yet (fresh.h) */
    GK_VEC(uint32_t) queue;  /* of these */
    bool best_known;         /* the first of those in the index is: */
    int32_t best_priority;   /* INT32_MIN: there is none */
    uint32_t best_depth;
    int64_t best_id;
} gk_host;

typedef struct gk_hosts {
    gk_arena arena;
    GK_VEC(gk_host) list; /* by id, which is 1 + the place */
    uint32_t *table;      /* id by hash of the name, 0: free; a power of two, at most half used */
    size_t cap;
} gk_hosts;

/* Reads hosts and counts from the index; false after an error of `sql`. */
bool gk_hosts_load(gk_hosts *h, gk_sql *sql);
void gk_hosts_free(gk_hosts *h);
/* NULL: not known. */
gk_host *gk_hosts_find(const gk_hosts *h, gk_str name);
gk_host *gk_hosts_at(const gk_hosts *h, int64_t id);
/* Makes it where it is not known; NULL after an error. Moves the list. */
gk_host *gk_hosts_add(gk_hosts *h, gk_sql *sql, gk_str name, gk_str site);
/* Counts an entry in (by = 1) or out (by = -1) by its due time. */
void gk_host_count(gk_host *h, int64_t due, int by);

#endif
