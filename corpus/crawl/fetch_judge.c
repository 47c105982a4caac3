/* Which class an answer has: by the status where it is no 2xx, else by how the transfer ended. */
#include <stdio.h>

#include "corpus/crawl/fetch_part.h"
#include "text/charset.h"

/* ---- how the transfer ended ---- */

typedef struct ending {
    CURLcode code;
    gk_outcome outcome;
    const char *truncated; /* of a body that had begun */
    const char *reason;
} ending;

static const ending endings[] = {
    {CURLE_OK, GK_OUTCOME_OK, NULL, ""},
    {CURLE_COULDNT_RESOLVE_HOST, GK_OUTCOME_DNS, NULL, "the name has no address"},
    {CURLE_COULDNT_CONNECT, GK_OUTCOME_CONNECT, NULL, "no connection"},
    {CURLE_SSL_CONNECT_ERROR, GK_OUTCOME_TLS, NULL, "the handshake failed"},
    {CURLE_PEER_FAILED_VERIFICATION, GK_OUTCOME_TLS, NULL, "the certificate does not hold"},
    {CURLE_SSL_CERTPROBLEM, GK_OUTCOME_TLS, NULL, "the certificate does not hold"},
    {CURLE_SSL_CIPHER, GK_OUTCOME_TLS, NULL, "no cipher in common"},
    {CURLE_SSL_CACERT_BADFILE, GK_OUTCOME_TLS, NULL, "the certificates of authorities cannot be read"},
    {CURLE_SSL_ISSUER_ERROR, GK_OUTCOME_TLS, NULL, "the certificate does not hold"},
    {CURLE_SSL_INVALIDCERTSTATUS, GK_OUTCOME_TLS, NULL, "the certificate does not hold"},
    {CURLE_OPERATION_TIMEDOUT, GK_OUTCOME_TIMEOUT_READ, "time", "the answer took too long or came too slowly"},
    {CURLE_GOT_NOTHING, GK_OUTCOME_RESET, "disconnect", "closed without an answer"},
    {CURLE_RECV_ERROR, GK_OUTCOME_RESET, "disconnect", "the connection broke"},
    {CURLE_SEND_ERROR, GK_OUTCOME_RESET, "disconnect", "the connection broke"},
    {CURLE_HTTP2, GK_OUTCOME_RESET, "disconnect", "the connection broke"},
    {CURLE_HTTP2_STREAM, GK_OUTCOME_RESET, "disconnect", "the connection broke"},
    {CURLE_PARTIAL_FILE, GK_OUTCOME_TRUNCATED, "disconnect", "closed before the announced end"},
    {CURLE_WRITE_ERROR, GK_OUTCOME_TOO_LARGE, "length", "the body passes the limit"},
    {CURLE_OUT_OF_MEMORY, GK_OUTCOME_TOO_LARGE, "length", "a header line passes the limit"},
    {CURLE_WEIRD_SERVER_REPLY, GK_OUTCOME_BAD_ENCODING, "unspecified", "headers that cannot be read"},
    {CURLE_UNSUPPORTED_PROTOCOL, GK_OUTCOME_BAD_ENCODING, "unspecified", "the answer is no HTTP"},
};
static const ending unknown = {CURLE_FAILED_INIT, GK_OUTCOME_RESET, "unspecified", "the transfer failed"};
static const ending forbidden = {CURLE_COULDNT_CONNECT, GK_OUTCOME_CONNECT, NULL, "an address that is never connected to"};
static const ending unnamed = {CURLE_OPERATION_TIMEDOUT, GK_OUTCOME_DNS, NULL, "no name server answered in time"};
static const ending unconnected = {CURLE_OPERATION_TIMEDOUT, GK_OUTCOME_TIMEOUT_CONNECT, NULL, "no connection in time"};
static const ending chunks = {CURLE_RECV_ERROR, GK_OUTCOME_BAD_ENCODING, "unspecified", "chunks that cannot be read"};
static const ending half_head = {CURLE_OK, GK_OUTCOME_RESET, NULL, "closed inside the headers"};
static const ending recoded = {CURLE_OK, GK_OUTCOME_BAD_ENCODING, "unspecified", "a transfer coding that cannot be read"};
static const ending header_size = {CURLE_WRITE_ERROR, GK_OUTCOME_TOO_LARGE, "length", "the headers pass the limit"};

static bool is_over(gk_transfer *t, CURLINFO time) {
    curl_off_t us = 0;
    curl_easy_getinfo(t->easy, time, &us);
    return us > 0;
}

/* libcurl has one code for all that took too long, and one for all that broke while receiving. */
static const ending *find_ending(gk_transfer *t, CURLcode code) {
    if (code == CURLE_COULDNT_CONNECT && t->refused) return &forbidden;
    if (code == CURLE_OPERATION_TIMEDOUT && !is_over(t, CURLINFO_NAMELOOKUP_TIME_T)) return &unnamed;
    if (code == CURLE_OPERATION_TIMEDOUT && !is_over(t, CURLINFO_PRETRANSFER_TIME_T)) return &unconnected;
    if (code == CURLE_RECV_ERROR && strstr(t->error, "chunked-encoding")) return &chunks;
    if (t->head_over) return &header_size;
    if (code == CURLE_OK && !t->head_done) return &half_head; /* libcurl takes what came for all of it */
    if (code == CURLE_OK && t->recoded) return &recoded;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++)
        if (endings[i].code == code) return &endings[i];
    return &unknown;
}

/* ---- statuses ---- */

typedef struct verdict {
    int first, last; /* statuses */
    gk_outcome outcome;
    const char *reason;
} verdict;

/* The first that fits holds. 2xx other than these is decided by the transfer. */
static const verdict verdicts[] = {
    {202, 202, GK_OUTCOME_CHALLENGE, "accepted, but not answered"},
    {206, 206, GK_OUTCOME_TRUNCATED, "a part of what was not asked for in parts"},
    {300, 399, GK_OUTCOME_HTTP_4XX, "leads nowhere"},
    {401, 401, GK_OUTCOME_LOGIN, "asks for a name and password"},
    {407, 407, GK_OUTCOME_LOGIN, "asks for a name and password"},
    {412, 412, GK_OUTCOME_CHALLENGE, "asks for a browser"},
    {429, 429, GK_OUTCOME_RATE_LIMITED, "asks to wait"},
    {400, 499, GK_OUTCOME_HTTP_4XX, "refused"},
    {521, 521, GK_OUTCOME_CHALLENGE, "asks for a browser"},
    {500, 999, GK_OUTCOME_HTTP_5XX, "the server failed"},
};
static const verdict unmodified = {304, 304, GK_OUTCOME_NOT_MODIFIED, ""};
static const verdict baseless = {304, 304, GK_OUTCOME_HTTP_5XX, "not modified, without having been asked whether"};
static const verdict busy = {503, 503, GK_OUTCOME_RATE_LIMITED, "asks to wait"};
static const verdict redirect = {300, 399, GK_OUTCOME_OK, ""};

static bool is_redirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
}

static const verdict *find_verdict(const gk_response *r) {
    bool asked = r->request->etag.len || r->request->last_modified.len;
    if (r->status == 304) return asked ? &unmodified : &baseless;
    if (r->status == 503 && r->retry_after) return &busy;
    if (is_redirect(r->status) && r->location.len) return &redirect;
    for (size_t i = 0; i < sizeof verdicts / sizeof *verdicts; i++)
        if (r->status >= verdicts[i].first && r->status <= verdicts[i].last) return &verdicts[i];
    return NULL;
}

/* ---- both ---- */

/* Adds to the reason what libcurl said, where it is text. */
static void put_reason(gk_transfer *t, const char *what, gk_str detail) {
    gk_response *r = &t->response;
    bool more = detail.len && gk_utf8_valid(detail, NULL);
    snprintf(r->reason, sizeof r->reason, more ? "%s: %.*s" : "%s", what, GK_STR_ARG(detail));
    size_t fault = strlen(r->reason);
    if (!gk_utf8_valid(gk_str_of(r->reason), &fault)) r->reason[fault] = '\0'; /* cut inside a character */
}

void gk_fetch_judge(gk_transfer *t, CURLcode code) {
    gk_response *r = &t->response;
    const ending *e = find_ending(t, code);
    bool answered = t->head_done && r->status >= 200;
    const verdict *v = answered ? find_verdict(r) : NULL;
    if (answered) r->truncated_why = e->truncated;
    r->outcome = v ? v->outcome : e->outcome;
    if (r->status == 206 && !r->truncated_why) r->truncated_why = "unspecified";
    r->truncated = r->truncated_why != NULL;
    char room[128];
    if (v && v->reason[0]) {
        snprintf(room, sizeof room, "%d", r->status);
        put_reason(t, v->reason, gk_str_of(room));
    } else if (!v && e == &forbidden) {
        snprintf(room, sizeof room, "%s is %s", t->refused_address, t->refused);
        put_reason(t, e->reason, gk_str_of(room));
    } else if (!v && e->reason[0]) {
        put_reason(t, e->reason, gk_str_of(t->error));
    }
}
