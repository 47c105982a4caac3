/* robots.txt from hostile servers: reading ends, asking ends, and the answers do not contradict each other. */
#include <stdlib.h>

#include "base/limits.h"
#include "corpus/crawl/robots.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) abort();
}

/* The first line is the target, the rest the file. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gk_arena arena = {0};
    gk_str input = {(const char *)data, size}, rule;
    size_t line = gk_str_find(input, GK_STR("\n"));
    gk_str target = gk_str_slice(input, 0, line), file = gk_str_slice(input, line == SIZE_MAX ? 0 : line + 1, size);
    gk_robots *r = gk_robots_read(file, GK_STR("gongkai"), &arena);
    bool allowed = gk_robots_allows(r, target, &rule);
    expect(allowed || rule.ptr); /* nothing is denied without a rule */
    expect(gk_robots_allows(r, target, NULL) == allowed);
    expect(gk_robots_allows(r, GK_STR("/robots.txt"), NULL));
    expect(gk_robots_delay_ms(r) <= GK_MAX_CRAWL_DELAY_MS);
    const gk_str *maps;
    for (size_t n = gk_robots_sitemaps(r, &maps), i = 0; i < n; i++) expect(maps[i].len > 0);
    expect(gk_robots_words(target, GK_STR("gongkai")) <= (GK_ROBOTS_NOINDEX | GK_ROBOTS_NOFOLLOW | GK_ROBOTS_NOARCHIVE));
    gk_arena_free(&arena);
    return 0;
}
