/* A page and what was read of it, as bytes for the socket between the crawler and the process that reads pages.
 *
 * A message is its length behind these four bytes (32 bits, the machine's order: both ends are one program) and that many
 * bytes: numbers of 32 bits, texts as length and bytes (length UINT32_MAX: absent), in a fixed order. Whoever reads a
 * message trusts nothing in it: what does not fit makes the whole message invalid.
 */
#ifndef GK_CORPUS_CRAWL_WIRE_H
#define GK_CORPUS_CRAWL_WIRE_H

#include "corpus/crawl/site.h"

enum { GK_WIRE_HEAD = 4 };

/* Appends one message. `out` must have no maximum below that of the message. */
void gk_wire_put_visit(const gk_site_visit *visit, gk_str body, gk_buf *out);
/* Links of kind GK_LINK_OTHER are left out. */
void gk_wire_put_page(const gk_site_page *page, gk_buf *out);

/* The whole message at the start of `bytes` without its length, absent where it is not all there. */
gk_str gk_wire_message(gk_str bytes);
/* Texts are borrowed from the message; links live in the arena. False: the message is invalid. */
bool gk_wire_visit(gk_str message, gk_site_visit *visit, gk_str *body);
bool gk_wire_page(gk_str message, gk_arena *arena, gk_site_page *page);

#endif
