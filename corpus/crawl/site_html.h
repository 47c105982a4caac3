/* HTML as a stream of tags and texts, for links and tell-tales. Private to corpus/crawl.
 *
 * No tree is built and nothing is repaired: what a page looks like is not asked here, only what it links to. One pass from
 * left to right by the rules of the HTML Living Standard, section 13.2.5, as far as they concern tags, attributes, comments
 * and the contents of scripts; each byte is looked at a bounded number of times, whatever the page holds. Scripts of
 * a type that holds markup (text/xml, text/html, templates) and CDATA sections are read as markup: content systems keep
 * lists there.
 *
 * Worked example: `<li style=<br/><a href='/a.html' title=x>A&amp;B</a>` is OPEN li, OPEN a, TEXT "A&amp;B", CLOSE a.
 */
#ifndef GK_CORPUS_CRAWL_SITE_HTML_H
#define GK_CORPUS_CRAWL_SITE_HTML_H

#include "base/err.h"

typedef enum st_kind {
    ST_END,
    ST_TEXT,  /* text: characters, references not resolved */
    ST_OPEN,  /* name, attrs */
    ST_CLOSE, /* name */
    ST_SCRIPT /* text: the content of a script or style; comes behind its ST_OPEN */
} st_kind;

typedef struct st_attribute {
    gk_str name, value; /* as written */
} st_attribute;

enum { ST_NAME_BYTES = 8, ST_FIRST_ATTRS = 8 };

typedef struct st_token {
    st_kind kind;
    gk_str name;               /* as written: compare without case */
    char small[ST_NAME_BYTES]; /* of a tag: its name in small letters, zeros behind it; all zeros: it is longer */
    gk_str attrs;              /* all between the name and '>' */
    gk_str text;
    size_t attr_count;         /* of the tag, of which `first` holds the first ones */
    st_attribute first[ST_FIRST_ATTRS];
} st_token;

typedef struct st_reader {
    gk_str page; /* valid UTF-8 */
    size_t at;
    bool script; /* the content of a script comes next */
    gk_str script_end;
} st_reader;

st_kind st_next(st_reader *r, st_token *out);

/* The value of an attribute as written, absent where the tag has none. Linear in the tag. */
gk_str st_attr(const st_token *tag, const char *name);
/* Whether a tag has a name, which is given in small letters with zeros behind it. */
static inline bool st_named(const st_token *tag, const char small[ST_NAME_BYTES]) {
    return memcmp(tag->small, small, ST_NAME_BYTES) == 0;
}
/* Whether two names are the same but for the case of ASCII letters. `small` is in small letters. */
bool st_same_rest(gk_str name, const char *small);
static inline bool st_same(gk_str name, const char *small) { /* most names differ in their first letter */
    if (name.len && small[0] >= 'a' && small[0] <= 'z' && (name.ptr[0] | 0x20) != small[0]) return false;
    return st_same_rest(name, small);
}
/* The same for a part of a text: where `small` stands in s, SIZE_MAX where it does not. */
size_t st_find(gk_str s, const char *small);

/* Appends a text with its character references resolved and runs of white space as one blank; none at the start of `out`
 * and none behind another one. References that are not known stay as they are. */
void st_put_text(gk_buf *out, gk_str text);
/* An attribute value or text with references resolved, blanks trimmed; line ends and tabs inside taken out where `url`. */
gk_str st_value(gk_str raw, bool url, gk_arena *arena);

#endif
