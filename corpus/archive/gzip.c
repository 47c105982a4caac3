#include "corpus/archive/gzip.h"

#include <libdeflate.h>
#include <stdlib.h>

/* Level 1 takes a third of the time of level 6 and leaves a fifth more bytes on pages of text. */
enum { QUICK = 1, SAMPLES = 4, SAMPLE_BYTES = 1024, EVEN_SQUARES = 85000 };

struct gk_squeezer {
    struct libdeflate_compressor *quick, *stored;
};

gk_squeezer *gk_squeezer_new(void) {
    gk_squeezer *z = gk_alloc_zero(1, sizeof *z);
    z->quick = libdeflate_alloc_compressor(QUICK);
    z->stored = libdeflate_alloc_compressor(0);
    if (!z->quick || !z->stored) gk_oom(sizeof *z);
    return z;
}

void gk_squeezer_free(gk_squeezer *z) {
    if (!z) return;
    libdeflate_free_compressor(z->quick);
    libdeflate_free_compressor(z->stored);
    free(z);
}

void gk_squeeze(gk_squeezer *z, gk_str bytes, bool squeeze, gk_buf *out) {
    struct libdeflate_compressor *c = squeeze ? z->quick : z->stored;
    size_t bound = libdeflate_gzip_compress_bound(c, bytes.len);
    char *room = gk_buf_room(out, bound);
    if (room) out->len += libdeflate_gzip_compress(c, bytes.ptr, bytes.len, room, bound);
    else out->over = true;
}

/* Of n random bytes the counts c of the 256 values have a sum of squares near n * n / 256 + n: 69,632 for 4,096 bytes. Text
 * has at least twice that (GBK about 100,000, UTF-8 and HTML more). */
bool gk_squeezed(gk_str bytes) {
    uint32_t counts[256] = {0};
    uint64_t squares = 0;
    if (gk_str_starts(bytes, GK_STR("\x1F\x8B\x08"))) return true; /* gzip, as most servers send pages */
    if (bytes.len < SAMPLES * SAMPLE_BYTES) return false;
    for (size_t i = 0; i < SAMPLES; i++) {
        const char *at = bytes.ptr + (bytes.len - SAMPLE_BYTES) / SAMPLES * (i + 1);
        for (size_t k = 0; k < SAMPLE_BYTES; k++) counts[(unsigned char)at[k]]++;
    }
    for (size_t i = 0; i < 256; i++) squares += (uint64_t)counts[i] * counts[i];
    return squares < EVEN_SQUARES;
}
