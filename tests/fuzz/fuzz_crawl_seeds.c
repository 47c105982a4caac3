/* Lists of entry pages, and what comes out of the process that reads pages: both may be anything. */
#include <stdlib.h>

#include "corpus/crawl/seeds.h"
#include "corpus/crawl/wire.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) abort();
}

static void read_seeds(gk_str input) {
    gk_seeds seeds = {0};
    gk_err err = {0};
    if (gk_seeds_read(input, GK_STR("seeds.tsv"), &seeds, &err) == GK_OK) {
        for (size_t i = 0; i < seeds.list.len; i++) expect(seeds.list.at[i].url.text.len > 0 && seeds.list.at[i].line > 1);
    } else {
        expect(err.message[0] != '\0' && err.file[0] != '\0');
    }
    gk_seeds_free(&seeds);
}

/* Whatever is accepted is the same when it is written and read again. */
static void read_wire(gk_str input) {
    gk_arena arena = {0};
    gk_site_page page, again;
    gk_buf bytes = {0};
    if (gk_wire_page(input, &arena, &page)) {
        gk_wire_put_page(&page, &bytes);
        expect(gk_wire_page(gk_wire_message(gk_buf_str(&bytes)), &arena, &again));
        expect(again.link_count == page.link_count && again.outcome == page.outcome && gk_str_eq(again.title, page.title));
    }
    gk_site_visit visit;
    gk_str body;
    gk_wire_visit(input, &visit, &body);
    gk_buf_free(&bytes);
    gk_arena_free(&arena);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gk_str input = {(const char *)data, size};
    read_seeds(input);
    read_wire(input);
    return 0;
}
