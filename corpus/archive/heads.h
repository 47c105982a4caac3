/* The first eight bytes of digests that the index holds, so that what is surely new is not looked for there. Most payloads of a
 * crawl are new, and so are most links that it has not met lately.
 *
 * It holds all of them, or it is open: an index with more than GK_MOST_HEADS of them is asked for each.
 */
#ifndef GK_CORPUS_ARCHIVE_HEADS_H
#define GK_CORPUS_ARCHIVE_HEADS_H

#include "corpus/archive/sql.h"

enum { GK_MOST_HEADS = 1 << 18 }; /* 4 MiB of memory, and a twentieth of a second to load */

typedef struct gk_heads {
    uint64_t *at; /* a hash table, a power of two of places; 0: an empty one */
    size_t cap, len;
    bool open;
} gk_heads;

/* Takes the first column of each row of a statement; false after an error, which stays in `sql`. */
bool gk_heads_load(gk_heads *h, gk_sql *sql, gk_statement which);
void gk_heads_free(gk_heads *h);
/* `digest` has at least eight bytes, which are as good as drawn by chance. */
void gk_heads_add(gk_heads *h, const unsigned char *digest);
/* False: no such digest was added. */
bool gk_heads_may_have(const gk_heads *h, const unsigned char *digest);

#endif
