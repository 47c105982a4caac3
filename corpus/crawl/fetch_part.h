/* One transfer of the fetcher, and what it is made of. Private to corpus/crawl. */
#ifndef GK_CORPUS_CRAWL_FETCH_PART_H
#define GK_CORPUS_CRAWL_FETCH_PART_H

#include <curl/curl.h>

#include "corpus/crawl/fetch.h"
#include "corpus/crawl/fetch_wait.h"

/* Lives as long as the fetcher, with its handle and buffers; used for one request after another. */
typedef struct gk_transfer {
    CURL *easy;
    CURLU *parts;              /* of the URL up to its path */
    const gk_fetch_options *options;
    gk_fetch_wait *wait;
    const gk_request *request; /* NULL: free */
    gk_buf url;                /* NUL terminated */
    gk_buf origin;             /* "http://host:port", as the handle has it; empty: it has none */
    gk_buf sent, head, body;
    gk_buf robots;             /* the values of all X-Robots-Tag headers */
    struct curl_slist *fixed, *headers; /* what every request says; the same and what this one says beside it, NULL: nothing */
    char error[CURL_ERROR_SIZE];
    const char *refused; /* why an address was not connected to; NULL: none was */
    char refused_address[64];
    uint64_t max_bytes;
    uint64_t head_bytes; /* of all header lines, those of interim answers and trailers too */
    bool head_done;      /* the empty line of the final answer has come */
    bool head_over, body_over;
    bool recoded;        /* a transfer coding beside chunked: nobody asked for it, and libcurl leaves it in the body */
    bool endless;        /* a Content-Length that no number holds: libcurl takes it for none */
    bool insecure;       /* how the handle is set now */
    bool looks_at_names; /* the same: whether it drops what was looked up long ago */
    gk_response response;
} gk_transfer;

/* False: libcurl would not give a handle. */
bool gk_transfer_open(gk_transfer *t, const gk_fetch_options *options, gk_fetch_wait *wait, struct curl_slist *resolve);
void gk_transfer_close(gk_transfer *t);
/* A hash of the part of a URL that comes before its path; not 0. */
uint64_t gk_transfer_origin(gk_str url);
/* Makes the handle ready for a request. */
void gk_transfer_begin(gk_transfer *t, const gk_request *request);
/* Takes what became of it into t->response. */
void gk_transfer_finish(gk_transfer *t, CURLcode code);
/* Gives large buffers back. */
void gk_transfer_reset(gk_transfer *t);

/* Takes one header line as it comes from libcurl; false: too many bytes of headers. */
bool gk_fetch_header(gk_transfer *t, gk_str line);
/* Fills the headers of the response from t->head. */
void gk_fetch_headers_read(gk_transfer *t);
/* Class and reason from the code of libcurl and the status. */
void gk_fetch_judge(gk_transfer *t, CURLcode code);

#endif
