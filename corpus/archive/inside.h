/* The parts of an open archive. Private to this room. */
#ifndef GK_CORPUS_ARCHIVE_INSIDE_H
#define GK_CORPUS_ARCHIVE_INSIDE_H

#include "corpus/archive/files.h"
#include "corpus/archive/fresh.h"
#include "corpus/archive/heads.h"
#include "corpus/archive/rows.h"

/* An entry that was given out: it is ready (due = 0) in the index. */
typedef struct gk_taken {
    int64_t id, host;
} gk_taken;

struct gk_store {
    gk_str dir, info; /* owned, in the arena */
    gk_arena arena;
    gk_sql sql;
    gk_files files;
    gk_hosts hosts;
    gk_fresh fresh;
    gk_rows rows;
    gk_heads digests, keys; /* of captures, and of entries that stand in the index */
    GK_VEC(gk_taken) taken; /* as many as there are transfers */
    int lock;              /* -1: opened for reading */
    bool begun;            /* a transaction is open */
    gk_err failed;         /* the first error: everything after it fails with it */
};

/* Opens a transaction where there is none; false after an error. */
bool gk_store_begin(gk_store *s);
/* Writes the entries that wait in memory into the index (in the open transaction). */
bool gk_store_write_fresh(gk_store *s);
/* The same with the rows of captures. */
bool gk_store_write_rows(gk_store *s);
/* Writes the state of an entry and lets it go. */
bool gk_store_settle(gk_store *s, const gk_entry *entry);

#endif
