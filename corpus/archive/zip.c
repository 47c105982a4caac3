#include "corpus/archive/zip.h"

#include <errno.h>
#include <fcntl.h>
#include <libdeflate.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/digest.h"

enum { PIECE = 1 << 18, VERSION = 45, DATE_1980 = 0x21, UTF8 = 1 << 11, CRC_AT = 14 };

typedef struct entry {
    gk_str name;
    uint64_t offset, size;
    uint32_t crc;
} entry;

struct gk_zip {
    gk_arena arena;
    gk_str path, part; /* the file, and what it is called until it is whole */
    int fd;
    uint64_t at;
    GK_VEC(entry) list;
    gk_err failed;
};

static void keep_fault(gk_zip *z, const char *what, gk_str path) {
    if (z->failed.code != GK_OK) return;
    gk_err_set(&z->failed, GK_E_OUTPUT, "%s: %s", what, strerror(errno));
    gk_err_file(&z->failed, path);
}

gk_zip *gk_zip_new(const char *path, gk_err *err) {
    gk_zip *z = gk_alloc_zero(1, sizeof *z);
    z->path = gk_arena_dup(&z->arena, gk_str_of(path));
    z->part = gk_arena_printf(&z->arena, "%s.part", path);
    z->fd = open(z->part.ptr, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (z->fd >= 0) return z;
    keep_fault(z, "cannot make the file", z->path);
    gk_zip_finish(z, err);
    return NULL;
}

static void put(gk_zip *z, gk_str bytes) {
    while (bytes.len && z->failed.code == GK_OK) {
        ssize_t n = pwrite(z->fd, bytes.ptr, bytes.len, (off_t)z->at);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) keep_fault(z, "cannot write", z->path);
        if (n <= 0) return;
        z->at += (uint64_t)n;
        bytes = gk_str_slice(bytes, (size_t)n, bytes.len);
    }
}

/* Little-endian numbers: `sizes` has one digit a value, its bytes. */
static void pack(gk_buf *out, const char *sizes, const uint64_t *values) {
    for (size_t i = 0; sizes[i]; i++)
        for (int k = 0; k < sizes[i] - '0'; k++) gk_buf_putc(out, (char)(values[i] >> (8 * k)));
}

static uint64_t low(uint64_t n) { return n < UINT32_MAX ? n : UINT32_MAX; }

/* The local header. Sizes always stand in the ZIP64 extra field as well; the CRC is written again when it is known. */
static void put_header(gk_zip *z, const entry *e) {
    gk_buf b = {0};
    uint64_t size = low(e->size);
    pack(&b, "42222244422", (uint64_t[]){0x04034b50, VERSION, UTF8, 0, 0, DATE_1980, e->crc, size, size, e->name.len, 20});
    gk_buf_put(&b, e->name);
    pack(&b, "2288", (uint64_t[]){1, 16, e->size, e->size});
    put(z, gk_buf_str(&b));
    gk_buf_free(&b);
}

static entry *begin(gk_zip *z, gk_str name, uint64_t size, uint32_t crc) {
    entry *e = gk_vec_push(&z->list);
    *e = (entry){.name = gk_arena_dup(&z->arena, name), .offset = z->at, .size = size, .crc = crc};
    put_header(z, e);
    return e;
}

void gk_zip_add(gk_zip *z, gk_str name, gk_str bytes) {
    begin(z, name, bytes.len, libdeflate_crc32(libdeflate_crc32(0, NULL, 0), bytes.ptr, bytes.len));
    put(z, bytes);
}

static void put_crc(gk_zip *z, entry *e, uint32_t crc) {
    unsigned char bytes[4];
    for (int i = 0; i < 4; i++) bytes[i] = (unsigned char)(crc >> (8 * i));
    e->crc = crc;
    if (z->failed.code != GK_OK) return;
    if (pwrite(z->fd, bytes, sizeof bytes, (off_t)(e->offset + CRC_AT)) != sizeof bytes) keep_fault(z, "cannot write", z->path);
}

void gk_zip_add_file(gk_zip *z, gk_str name, const char *path, uint64_t length, char digest[65]) {
    entry *e = begin(z, name, length, 0);
    gk_sha256 hash;
    uint32_t crc = libdeflate_crc32(0, NULL, 0);
    uint64_t done = 0;
    char *piece = gk_alloc(PIECE);
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    gk_sha256_init(&hash);
    while (fd >= 0 && done < length && z->failed.code == GK_OK) {
        ssize_t n = pread(fd, piece, length - done < PIECE ? (size_t)(length - done) : PIECE, (off_t)done);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) break;
        gk_sha256_add(&hash, (gk_str){piece, (size_t)n});
        crc = libdeflate_crc32(crc, piece, (size_t)n);
        put(z, (gk_str){piece, (size_t)n});
        done += (uint64_t)n;
    }
    if (done < length) keep_fault(z, "cannot read the file to its end", gk_str_of(path));
    if (fd >= 0) close(fd);
    free(piece);
    gk_sha256_hex(&hash, digest);
    put_crc(z, e, crc);
}

static void put_directory(gk_zip *z) {
    gk_buf b = {0};
    for (size_t i = 0; i < z->list.len; i++) {
        const entry *e = &z->list.at[i];
        uint64_t size = low(e->size), offset = low(e->offset);
        pack(&b, "4222222444", (uint64_t[]){0x02014b50, 3 << 8 | VERSION, VERSION, UTF8, 0, 0, DATE_1980, e->crc, size, size});
        pack(&b, "2222244", (uint64_t[]){e->name.len, 28, 0, 0, 0, 0100644u << 16, offset});
        gk_buf_put(&b, e->name);
        pack(&b, "22888", (uint64_t[]){1, 24, e->size, e->size, e->offset});
    }
    uint64_t at = z->at, size = b.len, count = z->list.len, short_count = count < 0xFFFF ? count : 0xFFFF;
    pack(&b, "4822448888", (uint64_t[]){0x06064b50, 44, VERSION, VERSION, 0, 0, count, count, size, at});
    pack(&b, "4484", (uint64_t[]){0x07064b50, 0, at + size, 1});
    pack(&b, "42222442", (uint64_t[]){0x06054b50, 0, 0, short_count, short_count, low(size), low(at), 0});
    put(z, gk_buf_str(&b));
    gk_buf_free(&b);
}

gk_code gk_zip_finish(gk_zip *z, gk_err *err) {
    if (z->failed.code == GK_OK) put_directory(z);
    if (z->failed.code == GK_OK && fsync(z->fd) != 0) keep_fault(z, "cannot fsync", z->path);
    if (z->fd >= 0) close(z->fd);
    if (z->failed.code == GK_OK && rename(z->part.ptr, z->path.ptr) != 0) keep_fault(z, "cannot rename", z->path);
    gk_code code = z->failed.code;
    if (code != GK_OK && z->fd >= 0) unlink(z->part.ptr);
    if (code != GK_OK && err) *err = z->failed;
    gk_vec_free(&z->list);
    gk_arena_free(&z->arena);
    free(z);
    return code;
}
