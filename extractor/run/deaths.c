#include "run/deaths.h"

#include <limits.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/digest.h"
#include "base/limits.h"
#include "run/captured.h"

/* The size of a regular file that may be read; false for anything else. */
static bool size_of(int fd, uint64_t *bytes) {
    struct stat st;
    if (fd < 0 || fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || (uint64_t)st.st_size > GK_MAX_INPUT_BYTES) return false;
    *bytes = (uint64_t)st.st_size;
    return true;
}

/* The place in the file is left where it is: the worker that gets the descriptor reads from there. */
static void digest_of(int fd, char hex[65]) {
    enum { PIECE = 1 << 16 };
    char *piece = gk_alloc(PIECE);
    gk_sha256 hash;
    gk_sha256_init(&hash);
    off_t at = 0;
    for (ssize_t n; at <= GK_MAX_INPUT_BYTES && (n = pread(fd, piece, PIECE, at)) > 0; at += n)
        gk_sha256_add(&hash, (gk_str){piece, (size_t)n});
    gk_sha256_hex(&hash, hex);
    free(piece);
}

static gk_death *find(const gk_deaths *d, uint64_t bytes, const char *digest) {
    for (size_t i = 0; i < d->list.len; i++)
        if (d->list.at[i].bytes == bytes && strcmp(d->list.at[i].digest, digest) == 0) return &d->list.at[i];
    return NULL;
}

/* The size of what is read again, false where it cannot be. Of what is captured size and digest are known beforehand. */
static bool size_again(const gk_source *source, uint64_t *bytes) {
    if (source->captured) *bytes = source->captured->bytes;
    if (source->captured) return source->captured->digest[0] != '\0';
    return strcmp(source->path, "-") != 0 && !source->member && size_of(source->fd, bytes);
}

static void identify(const gk_source *source, char digest[65]) {
    if (source->captured) memcpy(digest, source->captured->digest, 65);
    else digest_of(source->fd, digest);
}

unsigned gk_deaths_note(gk_deaths *d, const gk_input *input, const gk_err *err) {
    gk_death new = {.count = 0};
    gk_source source = gk_captured_open(input);
    bool again = size_again(&source, &new.bytes);
    if (again) identify(&source, new.digest);
    gk_source_close(&source);
    if (!again) return UINT_MAX;
    gk_death *known = find(d, new.bytes, new.digest);
    if (!known) *(known = gk_vec_push(&d->list)) = new;
    known->err = *err;
    return ++known->count;
}

const gk_err *gk_deaths_refuse(const gk_deaths *d, const gk_source *source) {
    uint64_t bytes;
    char digest[65];
    bool maybe = false;
    if (!d->list.len || !size_again(source, &bytes)) return NULL;
    for (size_t i = 0; i < d->list.len; i++)
        maybe |= d->list.at[i].bytes == bytes && d->list.at[i].count >= GK_MAX_ATTEMPTS;
    if (!maybe) return NULL;
    identify(source, digest);
    const gk_death *known = find(d, bytes, digest);
    return known && known->count >= GK_MAX_ATTEMPTS ? &known->err : NULL;
}

void gk_deaths_free(gk_deaths *d) { gk_vec_free(&d->list); }
