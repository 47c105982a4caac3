/* Which keys a mapping of a site file may have, and where their values go. Private to site_schema.c and site_load.c. */
#ifndef GK_CORPUS_CRAWL_SITE_SCHEMA_H
#define GK_CORPUS_CRAWL_SITE_SCHEMA_H

#include "corpus/crawl/site_private.h"

typedef enum st_field_kind {
    ST_F_TEXT,     /* gk_str */
    ST_F_NUMBER,   /* int */
    ST_F_FLAG,     /* bool: "yes" */
    ST_F_WORDS,    /* st_words: a list of texts */
    ST_F_REGEX,    /* gk_regex * */
    ST_F_REGEXES,  /* st_regexes: a list */
    ST_F_NEEDS,    /* st_needs: a list of literals */
    ST_F_TEMPLATE, /* st_template */
    ST_F_MAP,      /* a mapping whose values go into the same structure */
    ST_F_LIST      /* a list of mappings: pointer and count */
} st_field_kind;

typedef struct st_schema st_schema;
typedef struct st_field {
    const char *name; /* NULL ends the list */
    st_field_kind kind;
    size_t offset, count;  /* of the value; of the count of a list */
    const st_schema *items; /* of a mapping or of the items of a list */
    bool needed;
} st_field;

struct st_schema {
    const char *what; /* "a profile" */
    size_t size;      /* bytes of the structure */
    size_t line;      /* offset of its line, SIZE_MAX: it has none */
    const st_field *fields;
};

/* The root of a file: gk_sites itself receives the lists. */
typedef struct st_file {
    st_profile *profile;
    st_verdict *verdict;
    st_topic *topic;
    size_t profiles, verdicts, topics;
} st_file;
extern const st_schema st_schema_file;

#endif
