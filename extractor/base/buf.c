#include "base/buf.h"

#include <stdarg.h>
#include <stdlib.h>

char *gk_buf_grow_(gk_buf *b, size_t bytes) {
    if (b->over || bytes > SIZE_MAX / 4 || (b->max && bytes > b->max - b->len)) {
        b->over = true;
        return NULL;
    }
    if (b->cap - b->len <= bytes) {
        size_t cap = b->cap ? b->cap * 2 : 256;
        while (cap - b->len <= bytes) cap *= 2;
        b->ptr = gk_realloc(b->ptr, cap);
        b->cap = cap;
    }
    return b->ptr + b->len;
}

void gk_buf_put(gk_buf *b, gk_str s) {
    char *at = gk_buf_room(b, s.len);
    if (!at) return;
    if (s.len) memcpy(at, s.ptr, s.len);
    b->len += s.len;
    b->ptr[b->len] = '\0';
}

void gk_buf_putc(gk_buf *b, char c) {
    char *at = gk_buf_room(b, 1);
    if (!at) return;
    at[0] = c;
    at[1] = '\0';
    b->len++;
}

void gk_buf_put_number(gk_buf *b, uint64_t n) {
    char digits[20], *first = digits + sizeof digits;
    do *--first = (char)('0' + n % 10);
    while (n /= 10);
    gk_buf_put(b, (gk_str){first, (size_t)(digits + sizeof digits - first)});
}

void gk_buf_printf(gk_buf *b, const char *format, ...) {
    va_list args, again;
    va_start(args, format);
    va_copy(again, args);
    int n = vsnprintf(NULL, 0, format, args);
    va_end(args);
    char *at = n < 0 ? NULL : gk_buf_room(b, (size_t)n);
    if (at) {
        vsnprintf(at, (size_t)n + 1, format, again);
        b->len += (size_t)n;
    }
    va_end(again);
}

bool gk_buf_read(gk_buf *b, FILE *in) {
    for (size_t n = 1; n > 0;) {
        char *room = gk_buf_room(b, GK_BUF_PIECE);
        n = room ? fread(room, 1, GK_BUF_PIECE, in) : 0;
        b->len += n;
        if (room) room[n] = '\0';
    }
    return !ferror(in);
}

void gk_buf_free(gk_buf *b) {
    free(b->ptr);
    *b = (gk_buf){.max = b->max};
}
