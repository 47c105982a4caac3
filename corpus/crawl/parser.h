/* The process that reads pages: one long-lived confined child that gets pages and gives links.
 *
 * HTML is written by strangers, and a parser may have defects. So pages are read in a child that was confined before it
 * saw the first one (the caller says how); it is asked by socket, pages are queued ahead so that it never waits for the
 * crawler, and answers come in the order of the questions. When it dies the first page of the queue did it: that page is
 * read once more by a fresh child, and when that dies too it ends in parse-crash; when its time is over, in parse-timeout at
 * once. The pages behind it are read by the next child.
 */
#ifndef GK_CORPUS_CRAWL_PARSER_H
#define GK_CORPUS_CRAWL_PARSER_H

#include "corpus/crawl/site.h"

typedef struct gk_parser gk_parser;

/* Called in the child before it reads the first page: takes away what the child does not need and returns the number under
 * which it finds its socket from now on. */
typedef int gk_parser_confine(void *user, int fd);

typedef struct gk_parser_options {
    gk_sites *sites;            /* used by the child only, which has it from the moment of the fork */
    unsigned seconds;           /* wall time of one page; 0: GK_MAX_PARSE_SECONDS */
    gk_parser_confine *confine; /* NULL: none, for tests */
    void *user;
} gk_parser_options;

/* Starts the child; NULL: err is set (GK_E_INTERNAL). */
gk_parser *gk_parser_new(const gk_parser_options *options, gk_err *err);
/* Ends the child and forgets what is queued. NULL is allowed. */
void gk_parser_free(gk_parser *p);

/* Queues a page, whose body is coded as visit->codings say; it is copied, and goes to the child with the next gk_parser_next.
 * `user` comes back with the answer. */
void gk_parser_add(gk_parser *p, const gk_site_visit *visit, gk_str body, void *user);
/* Pages whose answers were not given yet, and the bytes of theirs that are held. */
size_t gk_parser_waiting(const gk_parser *p);
size_t gk_parser_bytes(const gk_parser *p);
/* Whether a page is partly with the child only: its socket is full, and gk_parser_next is to be called again soon. */
bool gk_parser_sending(const gk_parser *p);
/* The file that can be read when an answer is there. It changes when the child is replaced. */
int gk_parser_fd(const gk_parser *p);

typedef struct gk_parsed {
    void *user;
    gk_site_page page; /* without links of kind OTHER; outcome also PARSE_CRASH or PARSE_TIMEOUT */
} gk_parsed;
/* Moves bytes, watches the time, and gives the next answer; false: none yet. It never waits. Texts are borrowed until the
 * next call. */
bool gk_parser_next(gk_parser *p, gk_parsed *out);

#endif
