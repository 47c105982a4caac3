/* One transfer: how its handle is set, what it asks, and what comes back. */
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/crawl/fetch_part.h"

enum {
    BUFFER_BYTES = 32 << 10,
    KEPT_BYTES = 256 << 10 /* of a body's memory for the next one: pages fit, and hundreds of slots stay small */
};

/* ---- callbacks ---- */

static size_t on_header(char *at, size_t size, size_t count, void *user) {
    gk_transfer *t = user;
    return gk_fetch_header(t, (gk_str){at, size * count}) ? size * count : 0;
}

static bool announces_more(gk_transfer *t) {
    curl_off_t announced = -1;
    curl_easy_getinfo(t->easy, CURLINFO_CONTENT_LENGTH_DOWNLOAD_T, &announced);
    return t->endless || (announced > 0 && (uint64_t)announced > t->max_bytes);
}

/* Keeps what fits: the head of a body that is too long is still worth having. One that is announced as too long ends with
 * its first piece (CURLOPT_MAXFILESIZE would end it inside its headers). */
static size_t on_body(char *at, size_t size, size_t count, void *user) {
    gk_transfer *t = user;
    size_t bytes = size * count, room = (size_t)(t->max_bytes - t->body.len);
    t->body_over = bytes > room || (t->body.len == 0 && announces_more(t));
    gk_buf_put(&t->body, (gk_str){at, bytes > room ? room : bytes});
    return t->body_over ? 0 : bytes;
}

static curl_socket_t on_socket(void *user, curlsocktype purpose, struct curl_sockaddr *address) {
    gk_transfer *t = user;
    (void)purpose;
    const char *why = gk_address_refused(&address->addr, t->options->allowed);
    if (!why) return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
    t->refused = why;
    gk_address_text(&address->addr, t->refused_address);
    return CURL_SOCKET_BAD;
}

/* ---- the handle ---- */

static long limit_of(unsigned option, unsigned otherwise) { return (long)(option ? option : otherwise); }

static void set_limits(CURL *h, const gk_fetch_options *o) {
    curl_easy_setopt(h, CURLOPT_CONNECTTIMEOUT, limit_of(o->connect_seconds, GK_MAX_CONNECT_SECONDS));
    curl_easy_setopt(h, CURLOPT_TIMEOUT, limit_of(o->total_seconds, GK_MAX_FETCH_SECONDS));
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_LIMIT, limit_of(o->low_speed_bytes, GK_LOW_SPEED_BYTES));
    curl_easy_setopt(h, CURLOPT_LOW_SPEED_TIME, limit_of(o->low_speed_seconds, GK_LOW_SPEED_SECONDS));
    curl_easy_setopt(h, CURLOPT_BUFFERSIZE, (long)BUFFER_BYTES);
}

static void set_callbacks(gk_transfer *t) {
    CURL *h = t->easy;
    curl_easy_setopt(h, CURLOPT_PRIVATE, t);
    curl_easy_setopt(h, CURLOPT_ERRORBUFFER, t->error);
    curl_easy_setopt(h, CURLOPT_HEADERFUNCTION, on_header);
    curl_easy_setopt(h, CURLOPT_HEADERDATA, t);
    curl_easy_setopt(h, CURLOPT_WRITEFUNCTION, on_body);
    curl_easy_setopt(h, CURLOPT_WRITEDATA, t);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETFUNCTION, on_socket);
    curl_easy_setopt(h, CURLOPT_OPENSOCKETDATA, t);
}

bool gk_transfer_open(gk_transfer *t, const gk_fetch_options *options, struct curl_slist *resolve) {
    t->options = options;
    t->easy = curl_easy_init();
    t->parts = curl_url();
    if (!t->easy || !t->parts) return false;
    CURL *h = t->easy;
    set_limits(h, options);
    set_callbacks(t);
    curl_easy_setopt(h, CURLOPT_USERAGENT, options->user_agent);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    /* A name server that does not answer must hold up nobody: the thread that waits for it is left to itself. */
    curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(h, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(h, CURLOPT_RESOLVE, resolve);
    return true;
}

void gk_transfer_close(gk_transfer *t) {
    if (t->easy) curl_easy_cleanup(t->easy);
    curl_url_cleanup(t->parts);
    curl_slist_free_all(t->headers);
    gk_buf_free(&t->url);
    gk_buf_free(&t->sent);
    gk_buf_free(&t->head);
    gk_buf_free(&t->body);
    gk_buf_free(&t->robots);
}

void gk_transfer_reset(gk_transfer *t) {
    t->request = NULL;
    if (t->body.cap > KEPT_BYTES) gk_buf_free(&t->body);
}

/* ---- the request ---- */

/* What a request says beside host and user agent. The same lines go to libcurl and into the bytes that are archived; the
 * tests compare these with what a server gets. */
static void add_header(gk_transfer *t, const char *name, gk_str value) {
    size_t start = t->sent.len;
    gk_buf_put(&t->sent, gk_str_of(name));
    gk_buf_put(&t->sent, GK_STR(": "));
    gk_buf_put(&t->sent, value);
    t->headers = curl_slist_append(t->headers, t->sent.ptr + start);
    gk_buf_put(&t->sent, GK_STR("\r\n"));
}

static void add_length(gk_transfer *t) {
    gk_buf_printf(&t->sent, "Content-Length: %zu\r\n", t->request->body.len);
}

static void put_request_line(gk_transfer *t) {
    gk_str url = gk_buf_str(&t->url);
    size_t host = gk_str_find(url, GK_STR("://")) + 3;
    gk_str rest = gk_str_slice(url, host, url.len);
    size_t slash = gk_str_find(rest, GK_STR("/"));
    gk_str path = gk_str_slice(rest, slash, rest.len);
    const gk_str parts[] = {t->request->body.ptr ? GK_STR("POST ") : GK_STR("GET "), path, GK_STR(" HTTP/1.1\r\nHost: "),
                            gk_str_slice(rest, 0, slash), GK_STR("\r\nUser-Agent: "), gk_str_of(t->options->user_agent),
                            GK_STR("\r\n")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) gk_buf_put(&t->sent, parts[i]);
}

static void set_method(gk_transfer *t) {
    const gk_request *r = t->request;
    if (!r->body.ptr) {
        curl_easy_setopt(t->easy, CURLOPT_HTTPGET, 1L);
        return;
    }
    curl_easy_setopt(t->easy, CURLOPT_POST, 1L);
    curl_easy_setopt(t->easy, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)r->body.len);
    curl_easy_setopt(t->easy, CURLOPT_POSTFIELDS, r->body.ptr);
}

static void set_headers(gk_transfer *t) {
    const gk_request *r = t->request;
    curl_slist_free_all(t->headers);
    t->headers = NULL;
    gk_buf_clear(&t->sent);
    put_request_line(t);
    add_header(t, "Accept", GK_STR("*/*"));
    add_header(t, "Accept-Encoding", GK_STR("gzip, deflate"));
    if (r->referer.len) add_header(t, "Referer", r->referer);
    if (r->etag.len) add_header(t, "If-None-Match", r->etag);
    if (r->last_modified.len) add_header(t, "If-Modified-Since", r->last_modified);
    if (r->body.ptr) {
        add_header(t, "Content-Type", r->body_type.len ? r->body_type : GK_STR("application/x-www-form-urlencoded"));
        t->headers = curl_slist_append(t->headers, "Expect:"); /* one that is not sent */
        add_length(t);
    }
    gk_buf_put(&t->sent, GK_STR("\r\n"));
    gk_buf_put(&t->sent, r->body);
    curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers);
}

static bool is_insecure(const gk_transfer *t) {
    gk_str url = gk_buf_str(&t->url);
    size_t start = gk_str_find(url, GK_STR("://")) + 3;
    for (size_t i = 0; i < t->options->insecure_host_count; i++) {
        gk_str host = t->options->insecure_hosts[i], rest = gk_str_slice(url, start, url.len);
        if (gk_str_starts(rest, host) && rest.len > host.len && strchr("/:", rest.ptr[host.len])) return true;
    }
    return false;
}

static void set_security(gk_transfer *t) {
    bool insecure = is_insecure(t);
    if (insecure == t->insecure) return;
    t->insecure = insecure;
    curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, insecure ? 0L : 1L);
    curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, insecure ? 0L : 2L);
}

/* From a URL alone libcurl would take its parts and then put it together again, which costs as much as all its headers. */
static void set_url(gk_transfer *t) {
    bool good = curl_url_set(t->parts, CURLUPART_URL, t->url.ptr, CURLU_PATH_AS_IS) == CURLUE_OK;
    curl_easy_setopt(t->easy, CURLOPT_URL, t->url.ptr);
    curl_easy_setopt(t->easy, CURLOPT_CURLU, good ? t->parts : NULL);
}

static int64_t unix_ms(void) {
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

void gk_transfer_begin(gk_transfer *t, const gk_request *request) {
    t->request = request;
    t->max_bytes = request->max_bytes ? request->max_bytes : GK_MAX_FETCH_BYTES;
    t->refused = NULL;
    t->head_bytes = 0;
    t->head_done = t->head_over = t->body_over = t->recoded = t->endless = false;
    t->error[0] = '\0';
    gk_buf_clear(&t->url);
    gk_buf_clear(&t->head);
    gk_buf_clear(&t->body);
    gk_buf_clear(&t->robots);
    gk_buf_put(&t->url, gk_str_slice(request->url, 0, gk_str_find(request->url, GK_STR("#"))));
    set_url(t);
    set_method(t);
    set_headers(t);
    set_security(t);
    t->response = (gk_response){.request = request, .started_ms = unix_ms()};
}

/* ---- the response ---- */

static curl_off_t info_off(gk_transfer *t, CURLINFO what) {
    curl_off_t value = 0;
    curl_easy_getinfo(t->easy, what, &value);
    return value;
}

static void take_times(gk_transfer *t) {
    gk_response *r = &t->response;
    r->elapsed_ms = (uint32_t)(info_off(t, CURLINFO_TOTAL_TIME_T) / 1000);
    r->first_byte_ms = (uint32_t)(info_off(t, CURLINFO_STARTTRANSFER_TIME_T) / 1000);
    curl_off_t wait = info_off(t, CURLINFO_RETRY_AFTER);
    r->retry_after = wait <= 0 ? 0 : wait < UINT32_MAX ? (uint32_t)wait : UINT32_MAX;
}

static void take_address(gk_transfer *t) {
    char *address = NULL;
    curl_easy_getinfo(t->easy, CURLINFO_PRIMARY_IP, &address);
    gk_str text = gk_str_of(address);
    if (text.len < sizeof t->response.address) memcpy(t->response.address, text.ptr, text.len);
}

void gk_transfer_finish(gk_transfer *t, CURLcode code) {
    gk_response *r = &t->response;
    long status = 0, version = 0;
    curl_easy_getinfo(t->easy, CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(t->easy, CURLINFO_HTTP_VERSION, &version);
    r->status = (int)status;
    r->http2 = version == CURL_HTTP_VERSION_2_0;
    r->request_bytes = gk_buf_str(&t->sent);
    r->header_bytes = gk_buf_str(&t->head);
    r->body = gk_buf_str(&t->body);
    take_times(t);
    take_address(t);
    gk_fetch_headers_read(t);
    gk_fetch_judge(t, code);
}
