/* A settled heap does not move its end for what documents need. sbrk is in no standard. */
#define _DEFAULT_SOURCE

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "base/heap.h"
#include "check.h"

enum { BLOCK = 64 * 1024, BLOCKS = 100 };

/* Blocks of 6 MB together: each holds what was written to it. */
static bool fill(char **blocks) {
    bool good = true;
    for (int i = 0; i < BLOCKS; i++) {
        blocks[i] = malloc(BLOCK);
        if (!blocks[i]) return false;
        memset(blocks[i], i, BLOCK);
    }
    for (int i = 0; i < BLOCKS; i++) good = good && blocks[i][0] == i && blocks[i][BLOCK - 1] == i;
    return good;
}

static void check_settled_heap_stays(void) {
    char *blocks[BLOCKS] = {0};
    gk_heap_settle();
    const char *end = sbrk(0);
    CHECK(fill(blocks));
    CHECK((const char *)sbrk(0) == end);
    for (int i = 0; i < BLOCKS; i++) free(blocks[i]);
    CHECK((const char *)sbrk(0) == end);
}

static void check_large_blocks_come_alone(void) {
    const char *end = sbrk(0);
    char *large = malloc(40u << 20);
    CHECK(large != NULL);
    if (large) large[0] = large[(40u << 20) - 1] = 'x';
    CHECK((const char *)sbrk(0) == end);
    free(large);
}

int main(void) {
    check_settled_heap_stays();
    check_large_blocks_come_alone();
    return CHECK_DONE();
}
