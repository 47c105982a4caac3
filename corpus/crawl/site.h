/* Site profiles: what the pages of a content system look like, as data (corpus/sites). A page goes in, links come out.
 *
 * A profile names the tell-tales of a dialect (a script call, a tag, a path), how its lists are paged (numbered files, a
 * data proxy, JSON, counting down), where the entries of a list stand, and what is an article or an attachment. The topic
 * (patterns data: 预算, 决算 ...) says which links are worth following. Both are loaded like pattern sets: strict, each
 * mistake with file, line, column and caret; each profile has its tests beside it.
 */
#ifndef GK_CORPUS_CRAWL_SITE_H
#define GK_CORPUS_CRAWL_SITE_H

#include "corpus/crawl/fetch.h"

typedef enum gk_link_kind {
    GK_LINK_ENTRY,      /* from the seeds */
    GK_LINK_LIST,       /* another list: a column, a year */
    GK_LINK_PAGE,       /* another page of the same list */
    GK_LINK_ARTICLE,    /* a notice */
    GK_LINK_ATTACHMENT, /* a file */
    GK_LINK_OTHER       /* nothing of the topic: not followed */
} gk_link_kind;
/* "entry", "list", "page", "article", "attachment", "other" */
const char *gk_link_kind_name(gk_link_kind kind);

typedef struct gk_site_link {
    gk_link_kind kind;
    gk_str url;       /* canonical */
    gk_str body, body_type; /* of a POST; absent: GET */
    gk_str referer;   /* absent: none is needed */
    gk_str text;      /* the anchor text, or the title that a script gives it; UTF-8, blanks collapsed */
    gk_str date;      /* "2024-02-05" beside it in the list; absent: none */
    gk_str name;      /* of an attachment: RFC 5987 name, anchor text, showname, tail of the URL, in that order */
    int16_t year;     /* that the text speaks of, 0: none */
    int16_t score;    /* how much of the topic it is: 0 none */
} gk_site_link;

typedef struct gk_site_page {
    gk_str profile;        /* id of the profile that read it; absent: none did */
    gk_link_kind kind;     /* LIST, ARTICLE, ATTACHMENT (a file) or OTHER */
    gk_outcome outcome;    /* OK, or CHALLENGE, SOFT_404, LOGIN, EMPTY_LIST, BAD_ENCODING as the content tells */
    gk_str why;            /* of another outcome: what told so */
    gk_str title, site_name, site_code, published, column; /* meta tags of the national guideline; absent: none */
    unsigned robots;       /* GK_ROBOTS_* words of robots meta tags */
    const gk_site_link *links; /* in document order, each URL and body once; OTHER only after gk_sites_show_all */
    size_t link_count;
    uint32_t pages;        /* of the list as it says, 0: unknown */
    uint32_t page;         /* which of them this is, from 1; 0: unknown */
    uint32_t entries;      /* records of the list on this page, of the topic or not */
    gk_str newest;         /* date of the newest of them, "2024-02-05"; absent: none has a date */
    uint64_t entries_hash; /* of the set of their URLs: two pages of a list that have the same contradict each other */
    gk_str media_type;     /* by content */
    gk_str name;           /* of a file: by its header, the text that led to it, its address */
} gk_site_page;

typedef struct gk_sites gk_sites;

/* Profiles and topic: the built-in ones, and those of `dir` before them (may be NULL). NULL: err is set (GK_E_PATTERN). */
gk_sites *gk_sites_load(const char *dir, gk_err *err);
void gk_sites_free(gk_sites *s);
/* Only links of this year and later are followed; those without a year always. */
void gk_sites_since(gk_sites *s, int year);
/* Whether links of kind OTHER are told too. */
void gk_sites_show_all(gk_sites *s, bool all);

/* What is known of the page that is read. */
typedef struct gk_site_visit {
    gk_str url;            /* canonical */
    gk_str request_body;   /* of a POST; absent */
    gk_link_kind kind;     /* as what the link to it was known */
    gk_str content_type, disposition; /* headers; absent */
    int status;
    gk_str text;           /* the anchor text that led here; absent */
    gk_str codings;        /* Content-Encoding that the body still has, for the process that reads pages (parser.h); absent */
} gk_site_visit;
/* Reads a page (a body without codings). Everything in *out lives in the arena. Hostile input ends in outcome BAD_ENCODING or
 * TOO_LARGE, never in a crash. One thread. */
void gk_sites_read(gk_sites *s, const gk_site_visit *visit, gk_str body, gk_arena *arena, gk_site_page *out);

/* ---- looking at profiles */

/* A page as lines: "list ok: trs, page 1 of 50, 2 entries, newest 2024-02-05", then title, meta tags and links. */
void gk_site_print(const gk_site_page *page, gk_buf *out);
/* The kind of a name, OTHER where there is none. */
gk_link_kind gk_link_kind_named(gk_str name);
/* The address that a browser wrote into the page that it saved ("<!-- saved from url=(0028)http://... -->"), or that stands
 * alone in a comment at its beginning; absent where there is none. Borrowed. */
gk_str gk_site_saved_url(gk_str body);

typedef struct gk_site_profile {
    gk_str id, what, file; /* "trs", one sentence, the path or "builtin/NAME.yaml" */
    uint32_t line;
    int priority;
    size_t tests;
} gk_site_profile;
size_t gk_sites_profiles(const gk_sites *s);
gk_site_profile gk_sites_profile_at(const gk_sites *s, size_t number);

typedef void gk_site_say(void *user, gk_str line);
/* Runs the tests that stand in the profiles and in the topic; each failure goes to `say` (may be NULL) as one line with its
 * place. Returns how many failed; *tests (may be NULL) how many were run. */
size_t gk_sites_test(gk_sites *s, gk_site_say *say, void *user, size_t *tests);

#endif
