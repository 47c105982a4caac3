/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "out.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <unistd.h>

static char buffer[1 << 16];
static size_t used;

static void write_all(const char *bytes, size_t length) {
    for (size_t at = 0; at < length;) {
        ssize_t n = write(STDOUT_FILENO, bytes + at, length - at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) _exit(3);
        at += (size_t)n;
    }
}

void out_flush(void) {
    write_all(buffer, used);
    used = 0;
}

void out_bytes(const void *bytes, size_t length) {
    out_flush();
    write_all(bytes, length);
}

void out_char(char c) {
    if (used == sizeof buffer) out_flush();
    buffer[used++] = c;
}

void out_text(const char *text) {
    while (*text) out_char(*text++);
}

void out_clean(const char *text, int blanks) {
    for (int n = 0; *text && n < 200; text++, n++) {
        unsigned char c = (unsigned char)*text;
        out_char(c > 0x7E || c < (blanks ? 0x20 : 0x21) ? '_' : (char)c);
    }
}

void out_int(long value) {
    char digits[24];
    int n = 0;
    unsigned long left = value < 0 ? 0ul - (unsigned long)value : (unsigned long)value;
    do digits[n++] = (char)('0' + left % 10);
    while (left /= 10);
    if (value < 0) out_char('-');
    while (n) out_char(digits[--n]);
}

void out_hex(unsigned value) {
    char digits[8];
    int n = 0;
    do digits[n++] = "0123456789ABCDEF"[value & 15];
    while (value >>= 4);
    while (n) out_char(digits[--n]);
}

void out_length(float points) {
    const float most = 10000000;
    float v = points * 100;
    if (!(v > -most)) v = -most;
    if (v > most) v = most;
    out_char(' ');
    out_int(lrintf(v));
}
