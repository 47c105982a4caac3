/* The archive: WARC files with an index, and the frontier of the crawl beside them, in one folder.
 *
 *     DIR/gongkai.sqlite          frontier and index (WAL, synchronous=FULL)
 *     DIR/warc/gongkai-000001.warc.gz ...   at most 1 GiB each; names are ours, never from the network
 *
 * Durability: what is put is appended to the WARC file, which is fsynced, and then one commit of the index (URL states,
 * offsets, lengths, digests, found links) makes it so; on opening, a WARC file is cut back to the last committed offset.
 * Nothing is ever half there: a kill at any moment loses at most what was not flushed, and what was lost is asked again.
 */
#ifndef GK_CORPUS_ARCHIVE_STORE_H
#define GK_CORPUS_ARCHIVE_STORE_H

#include "base/err.h"

typedef struct gk_store gk_store;

typedef enum gk_store_mode { GK_STORE_READ, GK_STORE_WRITE } gk_store_mode;

/* Opens an archive; made where it is opened for writing and is not there. One writer at a time (a lock; GK_E_OPEN names
 * the other process). `info` is the block of the warcinfo record of new files. Counts of torn bytes that were cut are told
 * by gk_store_torn. NULL: err is set. */
gk_store *gk_store_open(const char *dir, gk_store_mode mode, gk_str info, gk_err *err);
/* Flushes. */
gk_code gk_store_close(gk_store *s, gk_err *err);
uint64_t gk_store_torn(const gk_store *s);

/* ---- the frontier: each request that is known, by canonical URL and body */

typedef struct gk_entry {
    int64_t id;            /* 0: not stored yet */
    gk_str url, body, body_type, referer;
    gk_str host, site;     /* of the URL, for the server group */
    gk_str kind;           /* gk_link_kind_name */
    int64_t parent;        /* the page it was found on; 0: a seed */
    int64_t seed;          /* the entry page it belongs to, 0: it is one */
    uint32_t depth;        /* hops from the entry page */
    int32_t priority;      /* higher first */
    gk_str text, name, date; /* anchor text, file name, date in the list; absent: none */
    int32_t year;
    gk_str region, division_code, agency, label; /* of a seed; absent: none */
    /* state, written by gk_store_put and gk_store_postpone */
    gk_str outcome;        /* gk_outcome_name; absent: not tried */
    gk_str reason;
    int32_t status;
    uint32_t attempts;
    int64_t due;           /* Unix seconds before which it is not asked; INT64_MAX: done */
    gk_str etag, last_modified, digest; /* of the last good answer; absent: none */
    int64_t fetched;       /* Unix seconds of the last answer; 0: none */
} gk_entry;

/* Adds an entry that is not known yet (by url and body); true: it is new. Takes effect with the next flush. */
bool gk_store_add(gk_store *s, const gk_entry *entry);
/* The next entry of a host that is due at `now`, by priority, then depth, then order of arrival, and is not taken; false:
 * none. It is taken (in memory only) until it is put, postponed or released. Texts live in the arena. */
bool gk_store_take(gk_store *s, gk_str host, int64_t now, gk_arena *arena, gk_entry *out);
void gk_store_release(gk_store *s, int64_t id);
/* The hosts that have entries which are not done, with how many are due by `now` and when the next one is. Called for each
 * once; the callback may not call the store. */
typedef void gk_store_on_host(void *user, gk_str host, gk_str site, uint64_t waiting, int64_t next_due);
void gk_store_hosts(gk_store *s, gk_store_on_host *on_host, void *user);
/* Tries again later, or is done for good (due = INT64_MAX), without anything to archive. */
void gk_store_postpone(gk_store *s, const gk_entry *entry);
/* All entries of the frontier, in order of their ids, with what was found of them last; texts are borrowed during the call.
 * False from the callback ends the walk. In either mode; what is not flushed yet is seen by the writer. */
typedef bool gk_store_on_entry(void *user, const gk_entry *entry);
void gk_store_entries(gk_store *s, gk_store_on_entry *on_entry, void *user);
/* The same, where of an entry that is no seed only id, seed, url, kind, date, year, outcome, reason and due are told. */
void gk_store_found(gk_store *s, gk_store_on_entry *on_entry, void *user);
/* Makes every entry that was tried due at `now` again, with no attempts made: the beginning of another round. Validators,
 * digests and outcomes of the last round stay. */
void gk_store_renew(gk_store *s, int64_t now);

/* ---- captures */

typedef struct gk_capture {
    gk_str url;             /* that was asked: the last hop of `entry` or one on the way */
    gk_str request_bytes, header_bytes, payload; /* payload raw, as received */
    gk_str digest;          /* SHA-256 of the payload, 64 hex digits; absent: it is made */
    gk_str address, protocol, truncated; /* as in gk_warc_record; absent: none */
    int64_t started_ms;
    int status;
    gk_str outcome;
    gk_str media_type;      /* by content */
    gk_str metadata;        /* lines "name: value" of the metadata record (anchor text, list page ...); absent: none */
    gk_str published, title, name; /* for the index; absent: none */
    gk_str text, list_page; /* anchor text and page of the link, where there is no entry that knows them; absent */
    gk_str kind;            /* what the content turned out to be (gk_link_kind_name); absent: not known, that of its entry
                               holds. Lists, their pages and "robots" are no documents: `extract` passes over them */
    unsigned robots;
} gk_capture;

/* Archives the hops of one fetch (request, response or revisit, metadata) and the new state of its entry. A payload that is
 * stored already under any URL becomes a revisit (identical-payload-digest); a 304 a revisit (server-not-modified). Buffered:
 * takes effect with the next flush, which comes by itself after GK_STORE_FLUSH_BYTES. GK_E_OUTPUT: the disk is full or
 * failed; the store is then to be closed. */
gk_code gk_store_put(gk_store *s, const gk_entry *entry, const gk_capture *hops, size_t count, gk_err *err);
/* WARC fsynced, then the index committed. */
gk_code gk_store_flush(gk_store *s, gk_err *err);

/* Facts that outlive a run: robots files, group waits. The value is absent where there is none. */
void gk_store_note(gk_store *s, gk_str key, gk_str value, int64_t expires);
gk_str gk_store_noted(gk_store *s, gk_str key, int64_t now, gk_arena *arena);

#endif
