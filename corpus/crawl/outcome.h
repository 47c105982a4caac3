/* How the fetch of a URL, or the harvest of an entry page, ended: one class each, with the rule for trying again. */
#ifndef GK_CORPUS_CRAWL_OUTCOME_H
#define GK_CORPUS_CRAWL_OUTCOME_H

#include "base/err.h"

/* X(symbol, name, attempts, first wait in seconds, whom the wait is for: url or group, what it means)
 * attempts: how often in all a URL is asked before the class is final in a run. Waits double. */
#define GK_OUTCOMES(X)                                                                                                 \
    X(OK, "ok", 1, 0, url, "fetched and kept")                                                                          \
    X(NOT_MODIFIED, "not-modified", 1, 0, url, "304: what is stored still holds")                                       \
    X(DNS, "dns", 3, 60, group, "the name has no address")                                                              \
    X(CONNECT, "connect", 3, 60, group, "no connection, or an address that is never connected to")                      \
    X(TLS, "tls", 2, 300, group, "no secure connection")                                                                \
    X(TIMEOUT_CONNECT, "timeout-connect", 3, 120, group, "no connection in time")                                       \
    X(TIMEOUT_READ, "timeout-read", 3, 60, url, "the answer took too long or came too slowly")                          \
    X(RESET, "reset", 3, 30, url, "the connection broke before the answer was whole")                                   \
    X(TRUNCATED, "truncated", 3, 30, url, "the answer is shorter than announced")                                       \
    X(TOO_LARGE, "too-large", 1, 0, url, "the answer passes a limit")                                                   \
    X(BAD_ENCODING, "bad-encoding", 1, 0, url, "headers or content coding that cannot be read")                         \
    X(HTTP_4XX, "http-4xx", 1, 0, url, "refused by the server for good")                                                \
    X(HTTP_5XX, "http-5xx", 3, 60, url, "the server failed")                                                            \
    X(RATE_LIMITED, "rate-limited", 4, 300, group, "429 or 503 with Retry-After")                                       \
    X(ROBOTS_DENY, "robots-deny", 1, 0, url, "robots.txt says no")                                                      \
    X(ROBOTS_UNREACHABLE, "robots-unreachable", 3, 300, group, "robots.txt cannot be had, which denies all")             \
    X(CHALLENGE, "challenge", 5, 3600, group, "the site asks for a browser; never worked around")                       \
    X(SOFT_404, "soft-404", 1, 0, url, "a page that says there is none, or HTML in place of a file")                    \
    X(LOGIN, "login", 1, 0, url, "asks for a name and password, or for a CAPTCHA")                                      \
    X(MOVED_DOMAIN, "moved-domain", 1, 0, url, "leads to another registrable domain")                                   \
    X(EMPTY_LIST, "empty-list", 1, 0, url, "a list without entries")                                                    \
    X(STALE_COLUMN, "stale-column", 1, 0, url, "a list whose newest entry is older than asked for")                     \
    X(PAGER_INCONSISTENT, "pager-inconsistent", 1, 0, url, "pages of a list that contradict each other")                \
    X(PARSE_CRASH, "parse-crash", 1, 0, url, "the process that reads the page died")                                    \
    X(PARSE_TIMEOUT, "parse-timeout", 1, 0, url, "the process that reads the page passed its time")

typedef enum gk_outcome {
    GK_OUTCOME_NONE, /* not tried yet */
#define X(symbol, name, attempts, wait, whom, meaning) GK_OUTCOME_##symbol,
    GK_OUTCOMES(X)
#undef X
        GK_OUTCOME_COUNT
} gk_outcome;

/* "timeout-read", a constant; "" for NONE. */
const char *gk_outcome_name(gk_outcome o);
/* NONE where there is no class of the name. */
gk_outcome gk_outcome_named(gk_str name);
/* "the answer took too long or came too slowly" */
const char *gk_outcome_meaning(gk_outcome o);

/* When to ask again after `attempts` tries that ended so, in seconds from now; `retry_after` is what the server asked for in
 * seconds, 0: nothing; the larger of the two holds, at most a week. 0: not again. Challenges wait 1 h, 6 h, 24 h, a week. */
uint32_t gk_outcome_wait(gk_outcome o, unsigned attempts, uint32_t retry_after);
/* Whether the wait is for the whole server group. */
bool gk_outcome_for_group(gk_outcome o);

#endif
