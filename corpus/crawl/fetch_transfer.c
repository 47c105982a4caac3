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
    if (!why) {
        int fd = socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
        gk_fetch_wait_opened(t->wait, fd);
        return fd;
    }
    t->refused = why;
    gk_address_text(&address->addr, t->refused_address);
    return CURL_SOCKET_BAD;
}

static int on_close(void *user, curl_socket_t fd) {
    gk_fetch_wait_closes(user, fd);
    return close(fd);
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
    curl_easy_setopt(h, CURLOPT_CLOSESOCKETFUNCTION, on_close);
    curl_easy_setopt(h, CURLOPT_CLOSESOCKETDATA, t->wait);
}

/* What every request says beside "Accept: " and anything, which libcurl says by itself. It would say the rest from options of
 * its own in more steps. */
static struct curl_slist *fixed_headers(const gk_fetch_options *options) {
    gk_buf agent = {0};
    gk_buf_printf(&agent, "User-Agent: %s", options->user_agent);
    const char *const lines[] = {agent.ptr, "Accept-Encoding: gzip, deflate"};
    struct curl_slist *list = NULL;
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) list = curl_slist_append(list, lines[i]);
    gk_buf_free(&agent);
    return list;
}

bool gk_transfer_open(gk_transfer *t, const gk_fetch_options *options, gk_fetch_wait *wait, struct curl_slist *resolve) {
    t->options = options;
    t->wait = wait;
    t->looks_at_names = true; /* as libcurl has it */
    t->easy = curl_easy_init();
    t->parts = curl_url();
    t->fixed = fixed_headers(options);
    if (!t->easy || !t->parts || !t->fixed) return false;
    CURL *h = t->easy;
    set_limits(h, options);
    set_callbacks(t);
    curl_easy_setopt(h, CURLOPT_HTTPHEADER, t->fixed);
    curl_easy_setopt(h, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(h, CURLOPT_PROXY, "");
    curl_easy_setopt(h, CURLOPT_NOSIGNAL, 1L);
    /* A name server that does not answer must hold up nobody: the thread that waits for it is left to itself. */
    curl_easy_setopt(h, CURLOPT_QUICK_EXIT, 1L);
    curl_easy_setopt(h, CURLOPT_PATH_AS_IS, 1L);
    curl_easy_setopt(h, CURLOPT_HTTP_CONTENT_DECODING, 0L);
    curl_easy_setopt(h, CURLOPT_RESOLVE, resolve);
    if (options->ca_file) {
        curl_easy_setopt(h, CURLOPT_CAINFO, options->ca_file);
        curl_easy_setopt(h, CURLOPT_CAPATH, NULL);
    }
    return true;
}

void gk_transfer_close(gk_transfer *t) {
    if (t->easy) curl_easy_cleanup(t->easy);
    curl_url_cleanup(t->parts);
    curl_slist_free_all(t->headers);
    curl_slist_free_all(t->fixed);
    gk_buf_free(&t->url);
    gk_buf_free(&t->origin);
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

/* What a request says beside what all say. The same lines go to libcurl and into the bytes that are archived; the tests
 * compare these with what a server gets. */
static void add_header(gk_transfer *t, const char *name, gk_str value) {
    size_t start = t->sent.len;
    for (const struct curl_slist *l = t->headers ? NULL : t->fixed; l; l = l->next)
        t->headers = curl_slist_append(t->headers, l->data);
    gk_buf_put(&t->sent, gk_str_of(name));
    gk_buf_put(&t->sent, GK_STR(": "));
    gk_buf_put(&t->sent, value);
    t->headers = curl_slist_append(t->headers, t->sent.ptr + start);
    gk_buf_put(&t->sent, GK_STR("\r\n"));
}

static void add_length(gk_transfer *t) {
    gk_buf_printf(&t->sent, "Content-Length: %zu\r\n", t->request->body.len);
}

/* Where the host of the URL starts, and its path. */
static void find_parts(gk_str url, size_t *host, size_t *path) {
    *host = gk_str_find(url, GK_STR("://")) + 3;
    size_t slash = gk_str_find(gk_str_slice(url, *host, url.len), GK_STR("/"));
    *path = slash == SIZE_MAX ? url.len : *host + slash;
}

uint64_t gk_transfer_origin(gk_str url) {
    size_t host, path;
    find_parts(url, &host, &path);
    uint64_t hash = gk_str_hash(gk_str_slice(url, 0, path));
    return hash ? hash : 1;
}

static void put_start(gk_transfer *t, size_t host, size_t path) {
    gk_str url = gk_buf_str(&t->url);
    const gk_str parts[] = {t->request->body.ptr ? GK_STR("POST ") : GK_STR("GET "), gk_str_slice(url, path, url.len),
                            GK_STR(" HTTP/1.1\r\nHost: "), gk_str_slice(url, host, path),
                            GK_STR("\r\nAccept: */*\r\n")};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) gk_buf_put(&t->sent, parts[i]);
    for (const struct curl_slist *l = t->fixed; l; l = l->next) {
        gk_buf_put(&t->sent, gk_str_of(l->data));
        gk_buf_put(&t->sent, GK_STR("\r\n"));
    }
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

static void set_headers(gk_transfer *t, size_t host, size_t path) {
    const gk_request *r = t->request;
    struct curl_slist *before = t->headers;
    t->headers = NULL;
    gk_buf_clear(&t->sent);
    put_start(t, host, path);
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
    if (before || t->headers) curl_easy_setopt(t->easy, CURLOPT_HTTPHEADER, t->headers ? t->headers : t->fixed);
    curl_slist_free_all(before);
}

static bool is_insecure(const gk_transfer *t, size_t host) {
    for (size_t i = 0; i < t->options->insecure_host_count; i++) {
        gk_str name = t->options->insecure_hosts[i], rest = gk_str_slice(gk_buf_str(&t->url), host, t->url.len);
        if (gk_str_starts(rest, name) && rest.len > name.len && strchr("/:", rest.ptr[name.len])) return true;
    }
    return false;
}

static void set_security(gk_transfer *t, size_t host) {
    bool insecure = is_insecure(t, host);
    if (insecure == t->insecure) return;
    t->insecure = insecure;
    curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYPEER, insecure ? 0L : 1L);
    curl_easy_setopt(t->easy, CURLOPT_SSL_VERIFYHOST, insecure ? 0L : 2L);
}

/* From a URL alone libcurl would take its parts and then put it together again, which costs as much as all its headers; a
 * path that it is given as the target of the request it takes as it is. What it cannot read it tells when it is asked. */
static void set_url(gk_transfer *t, size_t path) {
    gk_str url = gk_buf_str(&t->url), origin = gk_str_slice(url, 0, path);
    curl_easy_setopt(t->easy, CURLOPT_REQUEST_TARGET, path < url.len ? url.ptr + path : "/");
    if (gk_str_eq(gk_buf_str(&t->origin), origin)) return;
    gk_buf_clear(&t->origin);
    gk_buf_put(&t->origin, origin);
    bool good = curl_url_set(t->parts, CURLUPART_URL, t->origin.ptr, 0) == CURLUE_OK;
    curl_easy_setopt(t->easy, CURLOPT_URL, t->origin.ptr);
    curl_easy_setopt(t->easy, CURLOPT_CURLU, good ? t->parts : NULL);
}

/* At the end of a transfer libcurl goes through all names that it knows the addresses of, and drops those that are old. One
 * transfer a second is enough for that; the others take the names as they stand. */
static void set_names(gk_transfer *t, int64_t now_ms) {
    enum { KEPT_SECONDS = 60, OFTEN_MS = 1000 };
    bool look = now_ms < t->wait->names_ms || now_ms - t->wait->names_ms >= OFTEN_MS;
    if (look) t->wait->names_ms = now_ms;
    if (look == t->looks_at_names) return;
    t->looks_at_names = look;
    curl_easy_setopt(t->easy, CURLOPT_DNS_CACHE_TIMEOUT, look ? (long)KEPT_SECONDS : -1L);
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
    size_t host, path;
    find_parts(gk_buf_str(&t->url), &host, &path);
    set_url(t, path);
    set_method(t);
    set_headers(t, host, path);
    set_security(t, host);
    t->response = (gk_response){.request = request, .started_ms = unix_ms()};
    set_names(t, t->response.started_ms);
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
