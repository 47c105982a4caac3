/* A growing byte buffer with a named maximum.
 *
 * Writes past `max` are dropped and set `over`; nothing else fails, so a caller checks once at the end. The bytes are
 * always followed by a NUL that `len` does not count (once anything was written). Owned: free with gk_buf_free.
 */
#ifndef GK_BASE_BUF_H
#define GK_BASE_BUF_H

#include <stdio.h>

#include "base/mem.h"

typedef struct gk_buf {
    char *ptr;
    size_t len, cap;
    size_t max; /* 0: no maximum */
    bool over;
} gk_buf;

/* What gk_buf_room does where the room is not at hand. */
char *gk_buf_grow_(gk_buf *b, size_t bytes);

void gk_buf_put(gk_buf *b, gk_str s);
void gk_buf_putc(gk_buf *b, char c);
/* Decimal digits. */
void gk_buf_put_number(gk_buf *b, uint64_t n);
void gk_buf_printf(gk_buf *b, const char *format, ...) __attribute__((format(printf, 2, 3)));
/* Room for `bytes` more behind len (NULL when that passes max); the caller fills it and adds to len. */
static inline char *gk_buf_room(gk_buf *b, size_t bytes) {
    bool fits = b->cap - b->len > bytes && (!b->max || b->max - b->len >= bytes) && !b->over;
    return fits ? b->ptr + b->len : gk_buf_grow_(b, bytes);
}
static inline gk_str gk_buf_str(const gk_buf *b) { return (gk_str){b->ptr ? b->ptr : "", b->len}; }
static inline void gk_buf_clear(gk_buf *b) { b->len = 0, b->over = false; }
/* Appends what a stream still holds, in pieces of GK_BUF_PIECE bytes: the last one that `max` leaves no room for sets `over`.
 * False: it cannot be read, and errno says why. */
enum { GK_BUF_PIECE = 1 << 16 };
bool gk_buf_read(gk_buf *b, FILE *in);
void gk_buf_free(gk_buf *b);

#endif
