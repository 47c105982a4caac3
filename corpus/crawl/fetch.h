/* Fetching: requests go in, each comes back with exactly one outcome. libcurl is used here only (fetch*.c, url.c).
 *
 * One libcurl multi handle, easy handles reused, HTTP/1.1 and 2, content decoding off: the bytes of the body are those that
 * were sent (after transfer coding), and are decoded by gk_fetch_decode under limits of their own. Redirects are not followed
 * here: an answer with a Location is an answer, and whoever asked decides about the next hop. Who may be asked when is not
 * decided here either (group.h). No proxy, no cookies, no credentials; every address is judged before a connection is made.
 *
 * What an answer is, by the transfer and the status alone. A status that is no 2xx decides, however the body ended; with a
 * 2xx the transfer does.
 *   2xx, whole; 3xx with Location   ok                    name without an address        dns
 *   304 to a condition              not-modified          refused, no route, forbidden   connect
 *   304 without one, other 5xx      http-5xx              handshake or certificate       tls
 *   503 with Retry-After, 429       rate-limited          no connection in time          timeout-connect
 *   202, 412, 521                   challenge             no end in time, or too slow    timeout-read
 *   401, 407                        login                 reset, closed without answer   reset
 *   other 3xx, 4xx                  http-4xx              closed too early; 206          truncated
 *   no HTTP, NUL in headers, bad chunks or lengths  bad-encoding
 *   body beyond max_bytes, headers beyond GK_MAX_HEADER_BYTES  too-large
 */
#ifndef GK_CORPUS_CRAWL_FETCH_H
#define GK_CORPUS_CRAWL_FETCH_H

#include "corpus/crawl/address.h"
#include "corpus/crawl/outcome.h"
#include "corpus/crawl/url.h"

typedef struct gk_request {
    gk_str url;           /* canonical (gk_url.text); the fragment is not sent */
    gk_str body;          /* of a POST (application/x-www-form-urlencoded or JSON, by body_type); absent: GET */
    gk_str body_type;     /* absent: application/x-www-form-urlencoded */
    gk_str referer;       /* absent: none */
    gk_str etag;          /* If-None-Match; absent: none */
    gk_str last_modified; /* If-Modified-Since as it was received; absent: none */
    uint64_t max_bytes;   /* of the body; 0: GK_MAX_FETCH_BYTES */
    void *user;
} gk_request;

typedef struct gk_response {
    const gk_request *request;
    gk_outcome outcome;      /* of the transfer and the status alone; OK: 2xx with a whole body, or a redirect */
    char reason[200];        /* what happened, one sentence, UTF-8 */
    int status;              /* 0: no status line came */
    gk_str request_bytes;    /* the request line, headers and body as sent by HTTP/1.1 (what HTTP/2 sends packed) */
    gk_str header_bytes;     /* status line and headers of the final answer as received, up to the empty line; HTTP/2
                                has no status line and its headers are packed: they stand here as HTTP/1.1 writes them */
    gk_str body;             /* raw, as far as it came */
    bool truncated;          /* body is not whole: WARC-Truncated is `truncated_why` */
    const char *truncated_why; /* "length", "time", "disconnect", "unspecified"; NULL: whole */
    gk_str location;         /* of a redirect, as received; absent: none */
    gk_str content_type, content_encoding, etag, last_modified, disposition, robots_tag; /* absent: none */
    uint32_t retry_after;    /* seconds, both forms; 0: none */
    char address[64];        /* that was connected to, "": none */
    int64_t started_ms;      /* Unix time */
    uint32_t elapsed_ms, first_byte_ms;
    bool http2;
} gk_response;

typedef struct gk_fetch_options {
    const char *user_agent;
    unsigned concurrency;           /* transfers at once */
    const gk_networks *allowed;     /* may be NULL */
    const gk_str *insecure_hosts;   /* whose certificates are not checked */
    size_t insecure_host_count;
    const char *ca_file;            /* PEM file with the authorities that are believed; NULL: those of the system */
    unsigned connect_seconds, total_seconds, low_speed_bytes, low_speed_seconds; /* 0: the limits of the program */
    const char *resolve;            /* "HOST:PORT:ADDRESS,..." for tests ("*" for any host); NULL */
} gk_fetch_options;

typedef struct gk_fetcher gk_fetcher;

/* What the options point to must live as long as the fetcher. NULL: err is set (GK_E_USAGE, GK_E_INTERNAL,
 * GK_E_OPEN where the file of authorities cannot be read or holds no certificate). The program has
 * to ignore SIGPIPE. One thread. */
gk_fetcher *gk_fetcher_new(const gk_fetch_options *options, gk_err *err);
/* Aborts what is under way. NULL is allowed. */
void gk_fetcher_free(gk_fetcher *f);
/* Starts a request. It and its texts must live until its response was taken. False: `concurrency` transfers are under way. */
bool gk_fetcher_add(gk_fetcher *f, const gk_request *request);
size_t gk_fetcher_active(const gk_fetcher *f);
/* Moves the transfers on, waits at most `wait_ms`, and gives the next finished response, borrowed until the next call of
 * this function; NULL: none yet. A negative wait moves nothing: it gives what has finished by now. */
const gk_response *gk_fetcher_next(gk_fetcher *f, int wait_ms);
/* Gives the memory of the body of a response that is lent to the caller, for an empty buffer that is used for the next one:
 * r->body then lives as long as what `into` holds. */
void gk_response_take_body(const gk_response *r, gk_buf *into);
/* From now on that wait also ends when `fd` can be read (the answers of the process that reads pages); -1: none. */
void gk_fetcher_watch(gk_fetcher *f, int fd);

/* The body without its content codings (gzip and deflate, which are all that a request asks for) under
 * GK_MAX_DECODED_BYTES and GK_MAX_DECODED_RATIO, in `room`; borrowed from the response where there is none. False: outcome
 * BAD_ENCODING or TOO_LARGE in *why (may be NULL). */
bool gk_fetch_decode(const gk_response *r, gk_buf *room, gk_str *body, gk_outcome *why);

#endif
