/* What the transfers wait for: the sockets and the timer that libcurl names (curl_multi_socket_action). Private to the
 * fetcher.
 *
 * curl_multi_perform would look at every transfer each time one of them can go on; here only those are gone on with that
 * have something to read or to write, or whose time has come.
 */
#ifndef GK_CORPUS_CRAWL_FETCH_WAIT_H
#define GK_CORPUS_CRAWL_FETCH_WAIT_H

#include <curl/curl.h>
#include <poll.h>

#include "base/mem.h"

typedef struct gk_fetch_wait {
    CURLM *multi;
    GK_VEC(struct pollfd) files; /* of libcurl; the last one is `watched` where there is one, during a wait */
    GK_VEC(struct pollfd) ready;
    int64_t timer_ms;            /* monotonic: when libcurl is to be called anyway; INT64_MAX: never */
    int watched;                 /* a file that ends a wait too; -1: none */
} gk_fetch_wait;

/* Sets the callbacks of the multi handle. `w` must stay where it is. */
void gk_fetch_wait_open(gk_fetch_wait *w, CURLM *multi);
void gk_fetch_wait_close(gk_fetch_wait *w);
/* Waits at most `ms` until something can go on, and lets it. False: the watched file can be read, or nothing came. */
bool gk_fetch_wait_once(gk_fetch_wait *w, int ms);

#endif
