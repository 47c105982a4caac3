/* The functions of libcurl that the fetcher calls, found in the library when the first of them is called (late.h). Without
 * the library each of them fails as it does without memory. */
#include <curl/curl.h>
#include <stdarg.h>

#include "corpus/crawl/late.h"

/* X(name without curl_). Those with a variable last argument are told their type below. */
#define FUNCTIONS(X)                                                                                                   \
    X(global_init) X(global_cleanup)                                                                                   \
    X(easy_init) X(easy_cleanup) X(easy_setopt) X(easy_getinfo)                                                        \
    X(multi_init) X(multi_cleanup) X(multi_setopt) X(multi_add_handle) X(multi_remove_handle) X(multi_info_read)       \
    X(multi_socket_action)                                                                                             \
    X(slist_append) X(slist_free_all)                                                                                  \
    X(url) X(url_cleanup) X(url_set)

static struct {
#define X(name) __typeof__(&(curl_##name)) name;
    FUNCTIONS(X)
#undef X
} curl;

static bool load(void) {
    static const gk_late_function functions[] = {
#define X(name) {"curl_" #name, &curl.name},
        FUNCTIONS(X)
#undef X
    };
    static gk_late late = {.library = "libcurl.so.4", .functions = functions, .count = sizeof functions / sizeof *functions};
    return gk_late_load(&late);
}

CURLcode curl_global_init(long flags) { return load() ? curl.global_init(flags) : CURLE_FAILED_INIT; }

void curl_global_cleanup(void) {
    if (load()) curl.global_cleanup();
}

CURL *curl_easy_init(void) { return load() ? curl.easy_init() : NULL; }

void curl_easy_cleanup(CURL *handle) {
    if (load()) curl.easy_cleanup(handle);
}

/* The one value behind an option, by the type that its number tells (curl.h, CURLOPTTYPE_LONG and so on); all pointers are
 * of one size. */
#define SET(set, handle, option, last)                                                                                 \
    ((option) < CURLOPTTYPE_OBJECTPOINT                                                                                \
         ? (set)(handle, option, va_arg(last, long))                                                                   \
     : (option) >= CURLOPTTYPE_OFF_T && (option) < CURLOPTTYPE_BLOB                                                    \
         ? (set)(handle, option, va_arg(last, curl_off_t))                                                             \
         : (set)(handle, option, va_arg(last, void *)))

CURLcode (curl_easy_setopt)(CURL *handle, CURLoption option, ...) {
    if (!load()) return CURLE_FAILED_INIT;
    va_list last;
    va_start(last, option);
    CURLcode code = SET(curl.easy_setopt, handle, option, last);
    va_end(last);
    return code;
}

CURLMcode (curl_multi_setopt)(CURLM *handle, CURLMoption option, ...) {
    if (!load()) return CURLM_INTERNAL_ERROR;
    va_list last;
    va_start(last, option);
    CURLMcode code = SET(curl.multi_setopt, handle, option, last);
    va_end(last);
    return code;
}

CURLcode (curl_easy_getinfo)(CURL *handle, CURLINFO info, ...) {
    if (!load()) return CURLE_FAILED_INIT;
    va_list last;
    va_start(last, info);
    CURLcode code = curl.easy_getinfo(handle, info, va_arg(last, void *));
    va_end(last);
    return code;
}

CURLM *curl_multi_init(void) { return load() ? curl.multi_init() : NULL; }
CURLMcode curl_multi_cleanup(CURLM *handle) { return load() ? curl.multi_cleanup(handle) : CURLM_INTERNAL_ERROR; }

CURLMcode curl_multi_add_handle(CURLM *handle, CURL *easy) {
    return load() ? curl.multi_add_handle(handle, easy) : CURLM_INTERNAL_ERROR;
}

CURLMcode curl_multi_remove_handle(CURLM *handle, CURL *easy) {
    return load() ? curl.multi_remove_handle(handle, easy) : CURLM_INTERNAL_ERROR;
}

CURLMsg *curl_multi_info_read(CURLM *handle, int *left) { return load() ? curl.multi_info_read(handle, left) : NULL; }

CURLMcode curl_multi_socket_action(CURLM *handle, curl_socket_t socket, int bits, int *running) {
    return load() ? curl.multi_socket_action(handle, socket, bits, running) : CURLM_INTERNAL_ERROR;
}

struct curl_slist *curl_slist_append(struct curl_slist *list, const char *text) {
    return load() ? curl.slist_append(list, text) : NULL;
}

void curl_slist_free_all(struct curl_slist *list) {
    if (load()) curl.slist_free_all(list);
}

CURLU *curl_url(void) { return load() ? curl.url() : NULL; }

void curl_url_cleanup(CURLU *url) {
    if (load()) curl.url_cleanup(url);
}

CURLUcode curl_url_set(CURLU *url, CURLUPart part, const char *text, unsigned flags) {
    return load() ? curl.url_set(url, part, text, flags) : CURLUE_OUT_OF_MEMORY;
}
