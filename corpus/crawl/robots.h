/* robots.txt by RFC 9309, and Crawl-delay.
 *
 * Groups of one product token merge; without a group for our token those of "*" hold; the longest matching rule decides by
 * its octets, allow wins ties, "*" and "$" as in section 2.2.3, escapes compared in normal form. Of a longer file than
 * GK_MAX_ROBOTS_BYTES (500 KiB) that much is read. Bytes that are no UTF-8 are compared as bytes; a BOM is passed over,
 * UTF-16 is decoded first. Never fails: what is no rule is passed over and counted.
 */
#ifndef GK_CORPUS_CRAWL_ROBOTS_H
#define GK_CORPUS_CRAWL_ROBOTS_H

#include "base/err.h"

typedef struct gk_robots gk_robots;

/* `token` is the product token of our user agent ("gongkai"), compared without case. Texts live in the arena. */
gk_robots *gk_robots_read(gk_str bytes, gk_str token, gk_arena *arena);
/* What holds where the file could not be had: 4xx allows all, 5xx and an unreachable server deny all (section 2.3.1). */
gk_robots *gk_robots_all(bool allowed, gk_arena *arena);
/* `target` is path and query as sent. *rule (may be NULL) gets the pattern that decided, in normal form and without the '$'
 * that ends it, absent where none did.
 * /robots.txt itself is always allowed. Linear in the pattern for each '*' it has. */
bool gk_robots_allows(const gk_robots *r, gk_str target, gk_str *rule);
/* Seconds between two requests that the group asks for, in milliseconds, at most 300,000; 0: it says nothing. */
uint32_t gk_robots_delay_ms(const gk_robots *r);
/* Sitemap lines, in their order. */
size_t gk_robots_sitemaps(const gk_robots *r, const gk_str **urls);

/* Lines that are neither blank, nor a comment, nor understood, and values that mean nothing. */
size_t gk_robots_passed_over(const gk_robots *r);

/* The words of robots meta tags and X-Robots-Tag headers that concern us: noindex, nofollow, noarchive, none. `values` is the
 * value of one header or of one tag's content; a value that names another agent ("googlebot: none") does not count. */
enum { GK_ROBOTS_NOINDEX = 1, GK_ROBOTS_NOFOLLOW = 2, GK_ROBOTS_NOARCHIVE = 4 };
unsigned gk_robots_words(gk_str value, gk_str token);

#endif
