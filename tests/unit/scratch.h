/* A folder of its own for a test's files, and the little file work the tests share. */
#ifndef GK_TESTS_SCRATCH_H
#define GK_TESTS_SCRATCH_H

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"

static char scratch_folder[256];

static inline void scratch_open(void) {
    const char *base = getenv("TMPDIR");
    snprintf(scratch_folder, sizeof scratch_folder, "%s/gongkai-test.XXXXXX", base && *base ? base : "/tmp");
    if (!mkdtemp(scratch_folder)) perror("mkdtemp"), exit(EXIT_FAILURE);
}

/* The path of a file of the folder; good until the fourth next call. */
static inline const char *scratch_path(const char *name) {
    static char paths[4][600];
    static unsigned turn;
    char *path = paths[turn++ % 4];
    snprintf(path, sizeof paths[0], "%s/%s", scratch_folder, name);
    return path;
}

/* The bytes of a file, appended to a buffer the caller frees; absent (NULL) where it cannot be read. */
static inline gk_str scratch_read(const char *path, gk_buf *into) {
    FILE *f = fopen(path, "rb");
    if (!f) return GK_STR_NONE;
    size_t before = into->len;
    gk_buf_put(into, GK_STR(""));
    for (int c; (c = getc(f)) != EOF;) gk_buf_putc(into, (char)c);
    fclose(f);
    return (gk_str){into->ptr + before, into->len - before};
}

static inline void scratch_write(const char *path, gk_str bytes) {
    FILE *f = fopen(path, "wb");
    if (!f || fwrite(bytes.ptr, 1, bytes.len, f) != bytes.len) perror(path), exit(EXIT_FAILURE);
    fclose(f);
}

/* Removes the files of the folder; with `last` the folder as well. Returns how many files there were. */
static inline int scratch_clear(bool last) {
    int count = 0;
    DIR *d = opendir(scratch_folder);
    for (struct dirent *e; d && (e = readdir(d));) {
        if (strcmp(e->d_name, ".") == 0 || strcmp(e->d_name, "..") == 0) continue;
        count++;
        unlink(scratch_path(e->d_name));
    }
    if (d) closedir(d);
    if (last) rmdir(scratch_folder);
    return count;
}

#endif
