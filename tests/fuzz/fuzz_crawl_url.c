/* References from hostile pages: what is taken has a form that is its own form, and parts that make it up. */
#include <stdlib.h>

#include "base/limits.h"
#include "corpus/crawl/url.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void expect(bool holds) {
    if (!holds) abort();
}

static void check_form(const gk_url *u, gk_arena *arena) {
    gk_url again;
    expect(u->text.len <= GK_MAX_URL_BYTES);
    for (size_t i = 0; i < u->text.len; i++) expect(u->text.ptr[i] > ' ' && u->text.ptr[i] < 0x7F);
    expect(gk_url_read(u->text, NULL, arena, &again, NULL) == GK_OK);
    expect(gk_str_eq(again.text, u->text) && again.port == u->port && gk_str_eq(again.site, u->site));
    expect(gk_str_starts(u->path, GK_STR("/")) && u->host.len && u->port && gk_str_ends(u->host, u->site));
    expect(gk_str_find(u->path, GK_STR("/../")) == SIZE_MAX && gk_str_find(u->path, GK_STR("/./")) == SIZE_MAX);
    gk_url_words(u, arena);
}

/* The base is the part before the first line end, the reference what follows. */
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    gk_arena arena = {0};
    gk_str input = {(const char *)data, size};
    size_t line = gk_str_find(input, GK_STR("\n"));
    gk_url base, u;
    gk_err err = {0};
    bool based = gk_url_read(gk_str_slice(input, 0, line), NULL, &arena, &base, &err) == GK_OK;
    if (based) check_form(&base, &arena);
    gk_str reference = gk_str_slice(input, line == SIZE_MAX ? 0 : line + 1, size);
    if (gk_url_read(reference, based ? &base : NULL, &arena, &u, &err) == GK_OK)
        check_form(&u, &arena);
    else
        expect(err.code == GK_E_FORMAT && err.message[0] && err.offset <= reference.len);
    gk_arena_free(&arena);
    return 0;
}
