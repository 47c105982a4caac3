/* Parts of a URL on their way into the canonical form. Private to corpus/crawl.
 *
 * Everything is written into a room of fixed size, so that a page with thousands of links asks for no memory but that of
 * the result.
 */
#ifndef GK_CORPUS_CRAWL_URL_PART_H
#define GK_CORPUS_CRAWL_URL_PART_H

#include "base/err.h"
#include "base/limits.h"

typedef struct gk_url_room {
    char at[GK_MAX_URL_BYTES];
    size_t len;
    bool over; /* more was written than fits */
} gk_url_room;

/* Empties a room; what stands in it is not touched. */
static inline void gk_url_clear(gk_url_room *room) { room->len = 0, room->over = false; }
void gk_url_put(gk_url_room *room, gk_str s);

/* Sets of characters that stand for themselves (RFC 3986, appendix A). */
enum {
    GK_URL_UNRESERVED = 1,
    GK_URL_IN_PATH = 2,  /* pchar and '/' */
    GK_URL_IN_QUERY = 4, /* pchar, '/' and '?': queries and fragments */
    GK_URL_IN_RULE = 8   /* as a query, without '*' and '$', which robots.txt means otherwise */
};

/* The byte for which the three characters at the start of s stand ("%7e"), or -1. */
int gk_url_escaped(gk_str s);
/* Writes the normal form of the byte or escape at the start of s (not empty) to `out` (1 or 3 bytes, *written): escapes of
 * unreserved characters are undone, others in upper case; a byte outside of `set` is escaped. Returns the bytes read. */
size_t gk_url_step(gk_str s, unsigned set, char out[3], size_t *written);
void gk_url_put_normal(gk_url_room *room, gk_str s, unsigned set);

/* Takes session parameters out ("/a;jsessionid=1F/b" is "/a/b"; "x=1&PHPSESSID=2" is "x=1"). Normal form in and out. */
void gk_url_path_sessions(gk_url_room *path);
void gk_url_put_query(gk_url_room *room, gk_str query);
/* Removes "." and ".." segments from `start` on (RFC 3986, section 5.2.4). */
void gk_url_dots(gk_url_room *path, size_t start);

typedef struct gk_url_host {
    char text[264]; /* ASCII, lower case, without the dot at its end; IPv6 in brackets */
    size_t len;
    bool numeric;
    uint16_t port; /* 0: none was written */
} gk_url_host;

/* Reads host and port of an authority. NULL: done; else what is wrong with it, a constant, and *fault is where. */
const char *gk_url_host_read(gk_str authority, gk_url_host *out, size_t *fault);
/* The registrable domain, a part of host (NUL terminated); host itself where there is none. */
gk_str gk_url_site(gk_str host, bool numeric);

#endif
