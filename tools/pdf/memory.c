/* SPDX-License-Identifier: AGPL-3.0-or-later */
#include "memory.h"

#include <stdlib.h>

enum { LARGE = 1 << 16 }; /* bytes: from here on a block that grows gets half as much again */

/* Stands before each block. */
typedef union head {
    size_t room; /* bytes of the block */
    max_align_t align;
} head;

static size_t used, limit;

static void *take(void *user, size_t size) {
    (void)user;
    if (size > limit - used) return NULL;
    head *h = malloc(sizeof *h + size);
    if (!h) return NULL;
    h->room = size;
    used += size;
    return h + 1;
}

static void give(void *user, void *block) {
    (void)user;
    if (!block) return;
    head *h = (head *)block - 1;
    used -= h->room;
    free(h);
}

/* Worked example: a block of 100 KiB that needs 101 gets 151; it grows in place up to that. */
static void *change(void *user, void *block, size_t size) {
    if (!block) return take(user, size);
    head *h = (head *)block - 1;
    size_t old = h->room, room = size;
    if (size <= old && size >= old / 2) return block;
    if (size > old && size >= LARGE && size / 2 <= limit - used) room = size + size / 2;
    if (room > old && room - old > limit - used) room = size;
    if (room > old && room - old > limit - used) return NULL;
    h = realloc(h, sizeof *h + room);
    if (!h) return NULL;
    h->room = room;
    used = used - old + room;
    return h + 1;
}

const fz_alloc_context *memory_open(size_t most) {
    static const fz_alloc_context functions = {NULL, take, change, give};
    limit = most;
    return &functions;
}
