/* Entries of the frontier that were added since the last flush. Private to this room.
 *
 * They wait in memory. An entry that is done by the next flush is written once, with its end, and is never looked for in the
 * index; what is not done is written as it stands, and is an entry of the index from then on. Nothing is lost by that: what
 * was not flushed never counted.
 *
 * Example: a list is read, 20 notices are added with the ids 101 to 120 and queued at their host; 15 of them are taken and
 * done when a flush comes. 20 rows are written, 5 of them ready, and the next ones are taken from the index.
 */
#ifndef GK_CORPUS_ARCHIVE_FRESH_H
#define GK_CORPUS_ARCHIVE_FRESH_H

#include "corpus/archive/hosts.h"
#include "corpus/archive/store.h"

enum { GK_KEY_BYTES = 16 };

typedef struct gk_fresh_entry {
    gk_entry entry; /* host and site are absent: they are those of `host` */
    int64_t host;
    bool taken;
    unsigned char key[GK_KEY_BYTES];
} gk_fresh_entry;

typedef struct gk_fresh {
    int64_t first;                /* id of the first one, or of the next one; ids follow each other; 0: not known yet */
    GK_VEC(gk_fresh_entry) list;
    uint32_t *table;              /* places from 1 by key, a power of two, at most half used */
    size_t cap;
    gk_arena arena;               /* of the texts */
} gk_fresh;

/* Whether an entry is ready, waits (Unix seconds) or is done (INT64_MAX). */
static inline int64_t gk_due_of(const gk_entry *e) { return e->due > 0 ? e->due : 0; }
/* Whether one entry of a host is asked before another. */
bool gk_entry_before(const gk_entry *a, const gk_entry *b);

void gk_fresh_free(gk_fresh *f);
/* NULL: it is none of them. Valid until the next one is added. */
gk_fresh_entry *gk_fresh_at(const gk_fresh *f, int64_t id);
bool gk_fresh_has(const gk_fresh *f, gk_str key);
/* Whether there are so many that they are to be written before another one is added. */
bool gk_fresh_full(const gk_fresh *f);
/* Adds a copy under the next id, and queues it where it is ready. `first` must be known. */
void gk_fresh_add(gk_fresh *f, gk_host *host, gk_str key, const gk_entry *e);
/* Takes the state of an entry (outcome to fetched), and queues it again where it is ready. */
void gk_fresh_settle(gk_fresh *f, gk_host *host, gk_fresh_entry *to, const gk_entry *e);
/* A taken one is given back. */
void gk_fresh_release(gk_fresh *f, gk_host *host, gk_fresh_entry *e);
/* The first ready entry of the host that is not taken, NULL: none. */
gk_fresh_entry *gk_fresh_best(gk_fresh *f, gk_host *host);
/* Forgets them all, which were written. */
void gk_fresh_clear(gk_fresh *f, gk_hosts *hosts);

#endif
