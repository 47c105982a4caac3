/* What the transfers wait for: the sockets and the timer that libcurl names (curl_multi_socket_action). Private to the
 * fetcher.
 *
 * curl_multi_perform would look at every transfer each time one of them can go on, and poll at every socket; here only those
 * are gone on with that have something to read or to write, or whose time has come. A connection stays in the epoll set while
 * it is kept for the next transfer: what comes meanwhile (mostly its end) takes it out.
 */
#ifndef GK_CORPUS_CRAWL_FETCH_WAIT_H
#define GK_CORPUS_CRAWL_FETCH_WAIT_H

#include <curl/curl.h>

#include "base/mem.h"

/* One descriptor, as epoll has it and as libcurl wants it (EPOLLIN, EPOLLOUT). */
typedef struct gk_fetch_file {
    uint32_t set, wanted;
    bool lasts; /* a connection, whose end is told by gk_fetch_wait_closes */
} gk_fetch_file;

typedef struct gk_fetch_wait {
    CURLM *multi;
    int epoll;
    GK_VEC(gk_fetch_file) files; /* by descriptor */
    int64_t timer_ms;            /* monotonic: when libcurl is to be called anyway; INT64_MAX: never */
    int64_t names_ms;            /* Unix: when old names were dropped last */
    int watched;                 /* a file that ends a wait too; -1: none */
} gk_fetch_wait;

/* Sets the callbacks of the multi handle. `w` must stay where it is. False: the system gives no epoll set. */
bool gk_fetch_wait_open(gk_fetch_wait *w, CURLM *multi);
void gk_fetch_wait_close(gk_fetch_wait *w);
/* A socket was made for a connection (CURLOPT_OPENSOCKETFUNCTION), and is about to be closed (CURLOPT_CLOSESOCKETFUNCTION). */
void gk_fetch_wait_opened(gk_fetch_wait *w, int fd);
void gk_fetch_wait_closes(gk_fetch_wait *w, int fd);
/* Waits at most `ms` until something can go on, and lets it. False: the watched file can be read, or nothing came. */
bool gk_fetch_wait_once(gk_fetch_wait *w, int ms);

#endif
