/* The index of an archive as its readers see it: what was captured, and the bytes of it. */
#ifndef GK_CORPUS_ARCHIVE_INDEX_H
#define GK_CORPUS_ARCHIVE_INDEX_H

#include "corpus/archive/sha.h"
#include "corpus/archive/store.h"

/* Where a record stands. */
typedef struct gk_place {
    int64_t file;            /* its number, 0: nothing was stored */
    uint64_t offset, length; /* of the gzip member */
} gk_place;

/* One capture. Absent texts and zeros are what is not known. */
typedef struct gk_stored {
    int64_t id, entry;
    gk_str url;
    int64_t started_ms;
    int status;
    gk_str outcome, media_type;
    gk_str type;          /* "response", "revisit" (the same payload is stored elsewhere), "not-modified", "resource" */
    gk_str kind;          /* what it is (gk_link_kind_name) */
    gk_place record;      /* of its own record */
    gk_place payload;     /* of the record that holds the payload: the same, or the one it refers to */
    int64_t first_ms;     /* when that one was captured */
    char digest[GK_SHA_TEXT]; /* of the payload, 64 hex digits; "": none */
    uint64_t bytes;       /* of the payload as it was received */
    gk_str truncated, address, published, title, name;
    gk_str text, list_page;               /* anchor text, and the page it was found on */
    gk_str region, division_code, agency; /* of the entry page it belongs to */
} gk_stored;

typedef enum gk_stored_sort {
    GK_STORED_ALL,      /* in the order of their capture */
    GK_STORED_URL,      /* of one URL */
    GK_STORED_DIGEST,   /* with one payload */
    GK_STORED_DOCUMENTS /* the last whole and good capture of each URL that is no list, by URL */
} gk_stored_sort;

typedef struct gk_stored_query {
    gk_stored_sort sort;
    gk_str value;     /* URL, or digest in hex */
    int64_t since_ms; /* documents: only those whose payload was captured first at this time or later */
} gk_stored_query;

/* Gives each capture, good during the call; false ends it. */
typedef bool gk_on_stored(void *user, const gk_stored *c);
/* Only what was flushed is seen where another process writes. The error is that of the index (GK_E_OUTPUT). */
gk_code gk_index_each(gk_store *s, const gk_stored_query *query, gk_on_stored *on_stored, void *user, gk_err *err);

/* The HTTP headers and the payload of a capture, as received. GK_E_FORMAT where the file does not hold what the index says. */
gk_code gk_index_read(gk_store *s, const gk_stored *c, gk_buf *head, gk_buf *payload, gk_err *err);
/* The payload with a digest (hex), as received; GK_E_OPEN where there is none. */
gk_code gk_index_payload(gk_store *s, gk_str digest, gk_buf *payload);
/* The path of a WARC file, in the arena of the store. */
gk_str gk_index_path(gk_store *s, int64_t file);
/* Appends the capture as one line of JSON. */
void gk_index_json(const gk_stored *c, gk_buf *out);

#endif
