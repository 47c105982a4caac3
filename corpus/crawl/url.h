/* URLs in one canonical form: what two spellings of one address share.
 *
 * A reference found on a page (entities decoded by whoever read the page) is resolved against the page's URL (RFC 3986,
 * section 5.2) and brought into the form under which the frontier knows it:
 *   scheme and host in lower case, IDN hosts as punycode (libidn2, UTS #46), the port left out where it is the scheme's own,
 *   dot segments removed, escapes in upper case and undone where they stand for unreserved characters, bytes that may not
 *   stand in a URL (GBK names in paths) escaped as they are, session parameters (jsessionid, PHPSESSID ...) taken out.
 * The fragment is kept where it carries identity ("#/overView?code=320102000", "#!..."), and left out otherwise. An empty
 * query is none.
 *
 * libcurl's URL API is not what resolves: of 7.88.1, "#s" on "http://a/b/c?q" is "http://a/b/#s", hosts keep their case, and
 * 0x7f.1 is 127.0.0.1. The tests prove that it takes every canonical form for the same host, port and path.
 *
 * Worked example: "../a%7eb/./\xD4\xA4.html;jsessionid=1F#top" on "http://WWW.Example.GOV.cn:80/x/y/" is
 * "http://www.example.gov.cn/x/a~b/%D4%A4.html".
 */
#ifndef GK_CORPUS_CRAWL_URL_H
#define GK_CORPUS_CRAWL_URL_H

#include "base/err.h"

typedef struct gk_url {
    gk_str text;     /* canonical, ASCII, with its fragment */
    gk_str scheme;   /* "http" or "https" */
    gk_str host;     /* ASCII, lower case; an IPv6 address in brackets */
    gk_str path;     /* with its '/', without the query */
    gk_str query;    /* without '?', absent: none */
    gk_str fragment; /* without '#', absent: none */
    gk_str site;     /* the registrable domain by the public suffix list (libpsl); the host itself where there is none */
    uint16_t port;
} gk_url;

/* Reads a reference. `base` may be NULL where it must be absolute. Texts live in the arena. GK_E_FORMAT, with what is wrong
 * and the offset in `reference`: another scheme than http and https, userinfo, a backslash before the query, an empty or
 * ill-formed host, a numeric host that is not written as a plain dotted or IPv6 address (2130706433, 0x7f.1, 127.1), control
 * characters inside, more than GK_MAX_URL_BYTES. Blanks and line ends around it are taken off. Thread safe. */
gk_code gk_url_read(gk_str reference, const gk_url *base, gk_arena *arena, gk_url *out, gk_err *err);

/* Takes apart a text that gk_url_read made, which costs a tenth of reading it again; the parts are borrowed from it. `site` is
 * its registrable domain where that is known; the host stands for it where it is absent or belongs to another host. False: the
 * text is not of that form. */
bool gk_url_split(gk_str canonical, gk_str site, gk_url *out);

/* What is asked of the server: the text without the fragment. */
gk_str gk_url_target(const gk_url *url);
/* The decoded text of the path and query for patterns and names: escapes undone, UTF-8 or GB18030 by gk_decode. */
gk_str gk_url_words(const gk_url *url, gk_arena *arena);

#endif
