#include "corpus/crawl/wire.h"

#include <stdlib.h>

#include "base/limits.h"

static void put_number(gk_buf *out, uint32_t n) { gk_buf_put(out, (gk_str){(const char *)&n, sizeof n}); }

static void put_text(gk_buf *out, gk_str s) {
    put_number(out, s.ptr ? (uint32_t)s.len : UINT32_MAX);
    gk_buf_put(out, s);
}

/* The length of the message is known when it is written. */
static size_t begin(gk_buf *out) {
    put_number(out, 0);
    return out->len;
}

static void end(gk_buf *out, size_t start) {
    uint32_t length = (uint32_t)(out->len - start);
    if (!out->over) memcpy(out->ptr + start - GK_WIRE_HEAD, &length, sizeof length);
}

void gk_wire_put_visit(const gk_site_visit *visit, gk_str body, gk_buf *out) {
    size_t start = begin(out);
    put_text(out, visit->url);
    put_text(out, visit->request_body);
    put_number(out, visit->kind);
    put_text(out, visit->content_type);
    put_text(out, visit->disposition);
    put_number(out, (uint32_t)visit->status);
    put_text(out, visit->text);
    put_text(out, visit->codings);
    put_text(out, body);
    end(out, start);
}

static void put_link(const gk_site_link *link, gk_buf *out) {
    put_number(out, link->kind);
    put_text(out, link->url);
    put_text(out, link->body);
    put_text(out, link->body_type);
    put_text(out, link->referer);
    put_text(out, link->text);
    put_text(out, link->date);
    put_text(out, link->name);
    put_number(out, (uint32_t)(int32_t)link->year);
    put_number(out, (uint32_t)(int32_t)link->score);
}

static void put_links(const gk_site_page *page, gk_buf *out) {
    uint32_t count = 0;
    for (size_t i = 0; i < page->link_count; i++) count += page->links[i].kind != GK_LINK_OTHER;
    put_number(out, count);
    for (size_t i = 0; i < page->link_count; i++)
        if (page->links[i].kind != GK_LINK_OTHER) put_link(&page->links[i], out);
}

/* The texts of a page, in their order on the wire. */
enum { PAGE_TEXTS = 10 };
static void texts_of(gk_site_page *page, gk_str *out[PAGE_TEXTS]) {
    gk_str *const texts[PAGE_TEXTS] = {&page->profile,   &page->why,       &page->title,  &page->site_name,
                                       &page->site_code, &page->published, &page->column, &page->media_type,
                                       &page->newest,    &page->name};
    memcpy(out, texts, sizeof texts);
}

void gk_wire_put_page(const gk_site_page *page, gk_buf *out) {
    gk_site_page copy = *page;
    gk_str *texts[PAGE_TEXTS];
    size_t start = begin(out);
    texts_of(&copy, texts);
    for (size_t i = 0; i < PAGE_TEXTS; i++) put_text(out, *texts[i]);
    put_number(out, page->kind);
    put_number(out, page->outcome);
    put_number(out, page->robots);
    put_number(out, page->pages);
    put_number(out, page->entries);
    put_number(out, page->page);
    put_number(out, (uint32_t)page->entries_hash);
    put_number(out, (uint32_t)(page->entries_hash >> 32));
    put_links(page, out);
    end(out, start);
}

gk_str gk_wire_message(gk_str bytes) {
    uint32_t length;
    if (bytes.len < GK_WIRE_HEAD) return GK_STR_NONE;
    memcpy(&length, bytes.ptr, sizeof length);
    if (length > bytes.len - GK_WIRE_HEAD) return GK_STR_NONE;
    return gk_str_slice(bytes, GK_WIRE_HEAD, GK_WIRE_HEAD + (size_t)length);
}

/* What is left of a message; `bad` once something did not fit. */
typedef struct rest {
    gk_str bytes;
    bool bad;
} rest;

static uint32_t number(rest *r) {
    uint32_t n = 0;
    r->bad = r->bad || r->bytes.len < sizeof n;
    if (r->bad) return 0;
    memcpy(&n, r->bytes.ptr, sizeof n);
    r->bytes = gk_str_slice(r->bytes, sizeof n, r->bytes.len);
    return n;
}

static uint32_t number_below(rest *r, uint32_t end_of_range) {
    uint32_t n = number(r);
    r->bad = r->bad || n >= end_of_range;
    return r->bad ? 0 : n;
}

static gk_str text(rest *r) {
    uint32_t length = number(r);
    if (r->bad || length == UINT32_MAX) return GK_STR_NONE;
    r->bad = length > r->bytes.len;
    if (r->bad) return GK_STR_NONE;
    gk_str s = {r->bytes.ptr, length};
    r->bytes = gk_str_slice(r->bytes, length, r->bytes.len);
    return s;
}

static bool done(const rest *r) { return !r->bad && r->bytes.len == 0; }

bool gk_wire_visit(gk_str message, gk_site_visit *visit, gk_str *body) {
    rest r = {.bytes = message};
    visit->url = text(&r);
    visit->request_body = text(&r);
    visit->kind = (gk_link_kind)number_below(&r, GK_LINK_OTHER + 1);
    visit->content_type = text(&r);
    visit->disposition = text(&r);
    visit->status = (int)number(&r);
    visit->text = text(&r);
    visit->codings = text(&r);
    *body = text(&r);
    return done(&r);
}

static void read_link(rest *r, gk_site_link *link) {
    link->kind = (gk_link_kind)number_below(r, GK_LINK_OTHER);
    link->url = text(r);
    link->body = text(r);
    link->body_type = text(r);
    link->referer = text(r);
    link->text = text(r);
    link->date = text(r);
    link->name = text(r);
    link->year = (int16_t)(int32_t)number(r);
    link->score = (int16_t)(int32_t)number(r);
}

bool gk_wire_page(gk_str message, gk_arena *arena, gk_site_page *page) {
    rest r = {.bytes = message};
    gk_str *texts[PAGE_TEXTS];
    *page = (gk_site_page){0};
    texts_of(page, texts);
    for (size_t i = 0; i < PAGE_TEXTS; i++) *texts[i] = text(&r);
    page->kind = (gk_link_kind)number_below(&r, GK_LINK_OTHER + 1);
    page->outcome = (gk_outcome)number_below(&r, GK_OUTCOME_COUNT);
    page->robots = number(&r);
    page->pages = number(&r);
    page->entries = number(&r);
    page->page = number(&r);
    page->entries_hash = number(&r);
    page->entries_hash |= (uint64_t)number(&r) << 32;
    page->link_count = number_below(&r, GK_MAX_PAGE_LINKS + 1);
    if (r.bad) return false;
    gk_site_link *links = gk_arena_alloc(arena, (page->link_count + 1) * sizeof *links);
    for (size_t i = 0; i < page->link_count; i++) read_link(&r, &links[i]);
    page->links = links;
    return done(&r);
}
