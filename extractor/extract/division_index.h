/* The indexes behind division.h: rows by code and a hash of names. Private to division.c and division_index.c. */
#ifndef GK_EXTRACT_DIVISION_INDEX_H
#define GK_EXTRACT_DIVISION_INDEX_H

#include "base/mem.h"
#include "extract/division.h"

enum { GK_DIVISION_CODE = 6 };

typedef struct gk_division_row {
    const char *code;      /* 6 digits in the table */
    const char *successor; /* 6 digits in the table, or NULL */
    gk_str name;
    int16_t first, last; /* 0: open */
} gk_division_row;

typedef enum gk_name_form {
    GK_NAME_FULL,   /* as in the table */
    GK_NAME_SPOKEN, /* without the words for peoples, with the short form of the kind word */
    GK_NAME_STEM    /* without the kind word */
} gk_name_form;

typedef struct gk_division_node {
    const char *ptr;
    uint16_t len;
    uint8_t form;   /* gk_name_form */
    bool may_stand; /* a stem that may name the division behind its parent */
    uint32_t row;
    uint32_t next; /* in the bucket, 0: end; nodes are numbered from 1 */
} gk_division_node;

typedef enum gk_word_list {
    GK_LIST_SUFFIX,
    GK_LIST_PEOPLE,
    GK_LIST_TAIL,
    GK_LIST_STEM_TAIL,
    GK_LIST_BEFORE,
    GK_LIST_SHORT,
    GK_LIST_COUNT
} gk_word_list;

/* FNV-1a, byte by byte, so that the hashes of all prefixes of a text cost no more than that of the longest. */
#define GK_HASH_START UINT64_C(1469598103934665603)
#define GK_HASH_STEP(hash, byte) (((hash) ^ (unsigned char)(byte)) * UINT64_C(1099511628211))

/* 1 province, 2 prefecture, 3 county. */
uint32_t gk_division_level(const char *code);
const gk_division_row *gk_division_row_at(const gk_divisions *d, uint32_t row);
/* The rows of a code (6 bytes): the first one; *count is 0 where there is none. */
uint32_t gk_division_rows(gk_divisions *d, const char *code, size_t *count);
/* The first node with this name, 0 where there is none, and the next one of the same name. */
uint32_t gk_division_names(gk_divisions *d, gk_str name, uint64_t hash);
uint32_t gk_division_next(const gk_divisions *d, uint32_t node);
const gk_division_node *gk_division_node_at(const gk_divisions *d, uint32_t node);
/* Characters of the longest name. */
size_t gk_division_longest(gk_divisions *d);
/* Does text end (start) with a word of the list? For GK_LIST_SUFFIX also with a short form of a kind word. */
bool gk_division_ends_with(gk_divisions *d, gk_word_list list, gk_str text);
bool gk_division_starts_with(gk_divisions *d, gk_word_list list, gk_str text);

#endif
