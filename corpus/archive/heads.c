#include "corpus/archive/heads.h"

#include <stdlib.h>

enum { FIRST_PLACES = 1024 };

static uint64_t head_of(const unsigned char *digest) {
    uint64_t head;
    memcpy(&head, digest, sizeof head);
    return head ? head : 1;
}

static uint64_t *place_of(uint64_t *at, size_t cap, uint64_t head) {
    size_t i = head & (cap - 1);
    while (at[i] && at[i] != head) i = (i + 1) & (cap - 1);
    return &at[i];
}

static void grow(gk_heads *h) {
    size_t cap = h->cap ? 2 * h->cap : FIRST_PLACES;
    uint64_t *wider = gk_alloc_zero(cap, sizeof *wider);
    for (size_t i = 0; i < h->cap; i++)
        if (h->at[i]) *place_of(wider, cap, h->at[i]) = h->at[i];
    free(h->at);
    h->at = wider;
    h->cap = cap;
}

void gk_heads_free(gk_heads *h) {
    free(h->at);
    *h = (gk_heads){0};
}

void gk_heads_add(gk_heads *h, const unsigned char *digest) {
    if (h->open) return;
    if (h->len == GK_MOST_HEADS) {
        gk_heads_free(h);
        h->open = true;
        return;
    }
    if (2 * (h->len + 1) > h->cap) grow(h);
    uint64_t head = head_of(digest), *place = place_of(h->at, h->cap, head);
    h->len += *place == 0;
    *place = head;
}

bool gk_heads_may_have(const gk_heads *h, const unsigned char *digest) {
    return h->open || (h->cap && *place_of(h->at, h->cap, head_of(digest)));
}

bool gk_heads_load(gk_heads *h, gk_sql *sql, gk_statement which) {
    sqlite3_stmt *q = gk_sql_ask(sql, which, "");
    while (!h->open && gk_sql_row(sql, q))
        if ((size_t)sqlite3_column_bytes(q, 0) >= sizeof *h->at) gk_heads_add(h, sqlite3_column_blob(q, 0));
    if (q) sqlite3_reset(q);
    return sql->failed.code == GK_OK;
}
