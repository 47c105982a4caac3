/* The inside of site profiles, shared by site*.c.
 *
 *   site_set.c       files -> sets of profiles, the built-in ones and a user's
 *   site_load.c      a tree of YAML -> C structures, by the tables of site_schema.c
 *   site_template.c  addresses with holes: parsed once, filled for each page
 *   site_html.c      tags and texts of a page; site_scan.c links, meta tags and the dates beside links
 *   site_json.c      the same from JSON answers, site_find.c from scripts
 *   site_pager.c     the further pages of a list
 *   site_link.c      what a link is and whether it is of the topic; site_topic.c words, site_date.c dates and years
 *   site_name.c      names of attachments
 *   site_verdict.c   challenges, logins, pages that say there is none
 *   site.c           one page from bytes to gk_site_page
 *   site_print.c     a page as lines for the eye, site_test.c the tests that stand in profiles
 */
#ifndef GK_CORPUS_CRAWL_SITE_PRIVATE_H
#define GK_CORPUS_CRAWL_SITE_PRIVATE_H

#include "corpus/crawl/robots.h"
#include "corpus/crawl/site.h"
#include "corpus/crawl/site_html.h"
#include "pattern/regex.h"
#include "pattern/trie.h"
#include "pattern/yaml.h"

/* Limits of this file's room; the reasons stand beside them. */
enum {
    ST_MAX_LOOK = 4 << 20,       /* bytes of a page that expressions search: lists have 1 MiB at most */
    ST_MAX_JSON = 8 << 20,       /* bytes of a JSON answer: 100 entries have 200 KiB */
    ST_MAX_TEXT = 4096,          /* bytes of visible text that are kept for verdicts */
    ST_MAX_SHOWN = 16 << 12,     /* bytes of the page that these are made of: a reference has several for one blank */
    ST_MAX_ANCHOR = 600,         /* bytes of an anchor text: longer ones are no title */
    ST_MAX_OPEN = 64,            /* elements that are kept open to find the date of a link */
    ST_MAX_VARS = 40,            /* names that a template can use */
    ST_MAX_FOUND = 5000,         /* links that stand in scripts of one page */
    ST_MAX_PAGES = 5000,         /* pages of one list */
    ST_MAX_FILL = 128 << 10,     /* bytes of a filled template: the state of a form has 100 KiB */
    ST_AHEAD = 2,                /* pages that are told ahead, so that one that fails does not end the list */
    ST_MAX_PROFILES = 1000
};

#define ST_BUILTIN "builtin/" /* what the names of built-in files begin with */

/* ---- what files say */

typedef struct st_words {
    gk_str *at;
    size_t len;
} st_words;

typedef struct st_regexes {
    gk_regex **at;
    size_t len;
} st_regexes;

/* "{name}_{index}.{ext}": literal pieces and holes by turns. */
typedef enum st_filter { ST_RAW, ST_FORM, ST_QUERY } st_filter;
typedef struct st_piece {
    gk_str text; /* a literal, or the name of a hole */
    bool hole;
    st_filter filter;
} st_piece;
typedef struct st_template {
    st_piece *at;
    size_t len;
} st_template;

typedef struct st_needs {
    uint32_t *at; /* numbers of literals of the set: one of them must stand on the page */
    size_t len;
} st_needs;

typedef struct st_kind_rule {
    gk_str kind;
    gk_regex *url;
    int value; /* gk_link_kind */
} st_kind_rule;

typedef struct st_pager {
    gk_str id;
    st_needs needs;
    st_regexes find, maybe;      /* on the page: all of `find` must match; the groups of both fill the templates */
    gk_regex *url, *body;        /* on the visited address and the body of the request: must match */
    st_words defaults;           /* "name=index": values of groups that took no part */
    int base;                    /* what the site calls its first page */
    int size;                    /* records a page where no group says so */
    st_template get, post, form, type;
    st_words anchors;            /* whole texts of links to the next page */
    bool numbers;                /* links whose text is a page number */
    bool first;                  /* asks for the list itself, which is not on the page */
} st_pager;

/* Links that stand in scripts: each match of `find` is one. */
typedef struct st_finder {
    st_needs needs;
    st_regexes with; /* once on the page: their groups fill the template too */
    gk_regex *url;   /* the same on the visited address */
    gk_regex *find;  /* groups `title` and `date` are the text and date of the link */
    st_template get;
} st_finder;

typedef struct st_json {
    gk_str items, url, title, date, name, html, total, pages; /* paths: "data.list" */
} st_json;

typedef struct st_metas {
    st_words title, site_name, site_code, published, column;
} st_metas;

typedef struct st_test {
    uint32_t line;
    gk_str what, url, as, text, body, type, disposition, page, gives;
    int status, since;
} st_test;

typedef struct st_profile {
    gk_str id, what, file;
    uint32_t line;
    int priority;
    st_needs when_text;
    st_regexes when_url;
    gk_str when_json;
    bool always;
    st_kind_rule *kinds;
    size_t kind_count;
    st_pager *pagers;
    size_t pager_count;
    st_finder *finders;
    size_t finder_count;
    st_json json;
    st_metas metas;
    st_words names;       /* parameters of an address that hold the name of a file */
    st_words inner;       /* parameters of an address that hold the address of the file itself */
    st_needs list, article, saved; /* literals that tell the kind of the page; saved: it is a file in the form of a page */
    st_test *tests;
    size_t test_count;
} st_profile;

typedef struct st_verdict {
    gk_str id, outcome, why, file;
    uint32_t line;
    int value; /* gk_outcome */
    st_needs raw;          /* one of them stands on the page as received */
    st_regexes text;       /* one of them in the title or in the first visible text */
    st_regexes title;      /* one of them in the title */
    int most_text;         /* bytes of visible text at most, 0: any */
    int most_bytes;        /* bytes of the page at most, 0: any */
    st_words status;       /* "412": one of them */
    bool password;         /* the page asks for one */
    bool file_wanted;      /* the page came in place of a file */
    st_test *tests;
    size_t test_count;
} st_verdict;

typedef struct st_weighed {
    int weight;
    st_words words, paths;
} st_weighed;

typedef struct st_topic_test {
    uint32_t line;
    gk_str text, path;
    int year;
    bool follow, inside;
} st_topic_test;

typedef struct st_topic {
    gk_str id, what, file;
    uint32_t line;
    st_weighed *follow, *leave;
    size_t follow_count, leave_count;
    st_words inside;         /* what belongs to the topic on a page of the topic only */
    gk_trie words, paths, in; /* values: numbers into weight */
    int *weight;
    st_topic_test *tests;
    size_t test_count;
} st_topic;

struct gk_sites {
    gk_arena arena;
    st_profile *profile;   /* by priority */
    size_t profiles;
    st_verdict *verdict;
    size_t verdicts;
    st_topic *topic;
    size_t topics;
    gk_trie literals;      /* of all needs: value is the number of the literal */
    uint64_t heads[64];    /* a bit for each hash of the three bytes that a literal starts with (st_head_hash) */
    unsigned char seconds[4096]; /* 1 for the second and third byte of each literal (st_second_hash) */
    size_t literal_count;
    GK_VEC(gk_str) literal;
    GK_VEC(gk_regex *) regex; /* to be freed */
    int since;
    bool show_all;
};

/* ---- one page while it is read */

/* A date as year * 10000 + month * 100 + day; day 0: only the month is known; 0: no date. */
typedef int st_date;

typedef struct st_anchor {
    gk_str href, text, title; /* references resolved; href trimmed */
    st_date date;
    bool framed; /* a frame, not an anchor */
    bool next;   /* rel=next */
} st_anchor;

typedef GK_VEC(st_anchor) st_anchors;

typedef struct st_meta {
    gk_str name, content;
} st_meta;

typedef struct st_seen {
    uint64_t hash;
    uint32_t link; /* number + 1, 0: nothing here */
} st_seen;

typedef struct st_page {
    gk_sites *sites;
    const gk_site_visit *visit;
    gk_arena *arena;
    gk_site_page *out;
    gk_str body;          /* as received */
    gk_str text;          /* decoded; absent: no text */
    gk_str look;          /* the part of it that expressions search */
    gk_url base;          /* the visited URL, or what <base> says */
    gk_url url;           /* the visited URL */
    gk_str words;         /* path and query of it, decoded */
    const st_profile *profile, *generic; /* may be NULL */
    uint8_t *found;       /* literals: [number] is 1 where it stands on the page */
    st_anchors anchors;
    gk_str title;         /* of <title> */
    GK_VEC(gk_str) shown; /* the first pieces of visible text, as they stand in the page */
    gk_buf visible;       /* the first ST_MAX_TEXT bytes of it as they are seen, once a verdict asked for them */
    size_t visible_bytes; /* all of it, blanks left out */
    bool password;        /* a field for one is on the page */
    gk_str refresh, base_href; /* the addresses of a meta refresh and of <base> */
    GK_VEC(st_meta) metas;
    gk_str json_total, json_pages;
    bool json;            /* the answer is JSON and its items were read */
    bool article;         /* the page is a notice, no list */
    bool paged;           /* a pager or a literal says that it is a list */
    size_t dated;         /* anchors that have a title and a date */
    int context;          /* how much of the topic the page itself is */
    GK_VEC(gk_site_link) links;
    st_seen *seen;
    size_t seen_cap;
} st_page;

/* site_schema.c, site_load.c */
bool st_load_tree(gk_sites *s, const gk_tree *tree, gk_err *err);

/* site_template.c */
bool st_template_read(gk_sites *s, const gk_tree *t, uint32_t node, st_template *out, gk_err *err);
typedef struct st_var {
    gk_str name, value;
} st_var;
typedef struct st_vars {
    st_var at[ST_MAX_VARS];
    size_t len;
} st_vars;
void st_vars_set(st_vars *v, gk_str name, gk_str value);
gk_str st_vars_get(const st_vars *v, const char *name);
/* False where a hole has no value, or the text grows beyond ST_MAX_FILL. */
bool st_template_fill(const st_template *t, const st_vars *vars, gk_arena *arena, gk_str *out);
bool st_template_uses(const st_template *t, const char *name);

/* site_scan.c: fills anchors, metas, title, visible text. */
void st_scan(st_page *p, gk_str markup);

/* site_json.c: the items of a JSON answer become anchors; its markup is scanned. Whether the path was there. */
bool st_json_has(gk_str text, gk_str path);
bool st_json_read(st_page *p, const st_json *json);

/* site_date.c */
/* The first date of a text, "2024-02-05", "2024/2/5", "2024.02.05", "2024年2月5日", "2024-02". */
st_date st_date_in(gk_str text);
/* Where the last date starts that ends the text (brackets and blanks behind it), text.len: it does not end so. */
size_t st_date_tail(gk_str text);
gk_str st_date_text(st_date date, gk_arena *arena);
/* Seconds since 1970 in the time of China. */
st_date st_date_of_seconds(int64_t seconds);
/* The latest year that the text speaks of (2024年, 二〇二四年, 24年, 2024), 0: none. */
int st_year_in(gk_str text);

/* site_topic.c */
bool st_topic_build(gk_sites *s, st_topic *t);
/* The weight of the text, negative where words say that it is something else; 0: nothing known. */
int st_topic_text(const gk_sites *s, gk_str text);
int st_topic_path(const gk_sites *s, gk_str path);
/* Whether the text names what belongs to the topic on a page of the topic: agencies, parts of a budget. */
bool st_topic_inside(const gk_sites *s, gk_str text);

/* site_link.c */
/* The kind by the rules of the profile, then of the generic one; -1: no rule speaks. `address` is path and query. */
int st_kind_of(const st_page *p, gk_str address);
gk_str st_address(const gk_url *url);
void st_add_links(st_page *p);
/* Sets p->dated. */
void st_count_dated(st_page *p);
/* Adds a link of a known address, once. What is there already becomes a page of the list, or is replaced where it was not
 * followed. NULL: it is there as it is, or there are too many. */
gk_site_link *st_add_link(st_page *p, const gk_site_link *link);

/* site_name.c: of an attachment; the header of a response comes first where there is one. */
gk_str st_name_of_header(gk_str disposition, gk_arena *arena);
gk_str st_file_name(const st_page *p, const gk_url *url, gk_str text);
/* The value of a parameter of the query or path, escapes undone; absent where there is none. */
gk_str st_parameter(const gk_url *url, gk_str name, gk_arena *arena);
gk_str st_unescape(gk_str s, gk_arena *arena);

/* site_find.c: links in scripts become anchors. */
void st_find_anchors(st_page *p);
/* Sets the groups of an expression, where it matches or is NULL. */
bool st_collect(st_page *p, gk_regex *r, gk_str subject, st_vars *vars);

/* site_pager.c */
void st_add_pages(st_page *p);

/* site_verdict.c: sets outcome and why where the content tells. */
void st_judge(st_page *p);

/* site_media.c: the media type by the first bytes, a constant; *file: it is a file, not a page. */
const char *st_media_type(gk_str body, bool *file);

/* Looks for the literals of all needs in p->look, beside those that were found before. */
void st_find_literals(st_page *p);
/* The place in gk_sites.heads of three bytes. */
static inline uint32_t st_head_hash(const unsigned char *three) {
    return ((three[0] | (uint32_t)three[1] << 8 | (uint32_t)three[2] << 16) * 0x9E3779B1u) >> 20;
}
/* The place in gk_sites.seconds of three bytes: twelve bits of the second and the third, as the machine reads two bytes. */
static inline uint32_t st_second_hash(const unsigned char *three) {
    uint16_t two;
    memcpy(&two, three + 1, sizeof two);
    return two & 4095;
}
/* Whether one of the literals stands on the page. */
bool st_needs_met(const st_page *p, const st_needs *needs);

#endif
