/* Numbers and strings of a C file, gathered first and written then as a few long arrays. Equal pieces stand there once.
 *
 *     gk_pool numbers = {.size = sizeof(uint32_t)};
 *     size_t at = gk_pool_add(&numbers, codes, 3);        0; the same three again: 0
 *     gk_pool_write(&numbers, out, "uint32_t", "number"); static const uint32_t number[] = { ... };
 */
#ifndef GK_EMBED_POOL_H
#define GK_EMBED_POOL_H

#include <stdio.h>

#include "base/buf.h"
#include "base/slots.h"

typedef struct gk_pool_piece {
    size_t at, count;
} gk_pool_piece;

typedef struct gk_pool {
    size_t size;  /* bytes of an element: 1, 2, 4, 8 or those of a struct */
    gk_buf bytes; /* the elements */
    GK_VEC(gk_pool_piece) pieces;
    gk_slots slots;
} gk_pool;

/* The number of the first of `count` elements, which are copied. */
size_t gk_pool_add(gk_pool *p, const void *data, size_t count);
/* The elements as unsigned numbers. */
void gk_pool_write(const gk_pool *p, FILE *out, const char *type, const char *name);
void gk_pool_free(gk_pool *p);

#endif
