#include "run/describe.h"

#include "emit/clean.h"
#include "run/captured.h"

static gk_str integer(gk_arena *a, uint64_t n) { return gk_arena_printf(a, "%llu", (unsigned long long)n); }

/* The parts of a JSON string, without quotes. */
static void put_escaped(gk_buf *out, gk_str s) {
    for (size_t i = 0; i < s.len; i++) {
        unsigned char c = (unsigned char)s.ptr[i];
        if (c == '"' || c == '\\') gk_buf_putc(out, '\\');
        if (c < 0x20) gk_buf_printf(out, "\\u%04x", c);
        else gk_buf_putc(out, (char)c);
    }
}

static void put_member(gk_buf *out, const char *name, gk_str text, gk_arena *a) {
    gk_buf_printf(out, "%s\"%s\":\"", out->len > 1 ? "," : "", name);
    put_escaped(out, gk_clean_text(text, a));
    gk_buf_putc(out, '"');
}

static void put_count(gk_buf *out, const char *name, uint64_t n) {
    gk_buf_printf(out, "%s\"%s\":%llu", out->len > 1 ? "," : "", name, (unsigned long long)n);
}

/* Moves what was written into the arena and frees the buffer. */
static gk_str keep(gk_buf *b, gk_arena *a) {
    gk_str s = gk_arena_dup(a, gk_buf_str(b));
    gk_buf_free(b);
    return s;
}

static gk_str counts(const gk_result *r, gk_arena *a) {
    gk_buf out = {0};
    gk_buf_putc(&out, '{');
    for (gk_kind kind = GK_KIND_AMOUNT; kind < GK_KIND_COUNT; kind++)
        put_count(&out, gk_kind_name(kind), r->tally.records[kind]);
    gk_buf_putc(&out, '}');
    return keep(&out, a);
}

/* The classes in the order of their names. */
static void put_classes(gk_buf *out, const gk_tally *t) {
    size_t order[GK_MOST_CLASSES];
    for (size_t i = 0; i < t->class_count; i++) {
        size_t k = i;
        for (; k > 0 && gk_str_cmp(t->classes[i].name, t->classes[order[k - 1]].name) < 0; k--) order[k] = order[k - 1];
        order[k] = i;
    }
    gk_buf_put(out, GK_STR(",\"by_class\":{"));
    for (size_t i = 0; i < t->class_count; i++) {
        gk_buf_put(out, i ? GK_STR(",\"") : GK_STR("\""));
        put_escaped(out, t->classes[order[i]].name);
        gk_buf_printf(out, "\":%llu", (unsigned long long)t->classes[order[i]].count);
    }
    gk_buf_put(out, GK_STR("}"));
}

static gk_str digits(const gk_result *r, gk_arena *a) {
    size_t claimed = r->tally.fates[GK_FATE_CLAIMED], excluded = r->tally.fates[GK_FATE_EXCLUDED];
    gk_buf out = {0};
    gk_buf_putc(&out, '{');
    put_count(&out, "groups", r->digits.len);
    put_count(&out, "claimed", claimed);
    put_count(&out, "excluded", excluded);
    put_count(&out, "unexplained", r->digits.len - claimed - excluded);
    if (excluded) put_classes(&out, &r->tally);
    gk_buf_putc(&out, '}');
    return keep(&out, a);
}

static gk_str error(const gk_err *err, gk_arena *a) {
    gk_buf out = {0};
    gk_buf_putc(&out, '{');
    put_member(&out, "class", gk_str_of(gk_code_name(err->code)), a);
    put_member(&out, "message", gk_str_of(err->message), a);
    if (err->file[0]) put_member(&out, "file", gk_str_of(err->file), a);
    if (err->line) put_count(&out, "line", err->line);
    if (err->column) put_count(&out, "column", err->column);
    if (err->line || err->offset) put_count(&out, "offset", err->offset);
    gk_buf_putc(&out, '}');
    return keep(&out, a);
}

/* [{"class":"format","message":"..."}] */
static gk_str notes(const gk_doc *doc, gk_arena *a) {
    gk_buf out = {0};
    for (size_t i = 0; i < doc->notes.len; i++) {
        gk_buf one = {0};
        gk_buf_putc(&one, '{');
        put_member(&one, "class", gk_str_of(gk_code_name(doc->notes.at[i].code)), a);
        put_member(&one, "message", doc->notes.at[i].message, a);
        gk_buf_putc(&one, '}');
        gk_buf_putc(&out, i ? ',' : '[');
        gk_buf_put(&out, gk_buf_str(&one));
        gk_buf_free(&one);
    }
    gk_buf_putc(&out, ']');
    return keep(&out, a);
}

/* What the page itself says of its publication is more exact than what the list said. */
static void describe_capture(const gk_captured *c, gk_record *r, gk_arena *a) {
    gk_put(r, GK_F_FETCHED, c->fetched, a);
    gk_put(r, GK_F_ANCHOR, c->anchor, a);
    gk_put(r, GK_F_LIST_PAGE, c->list_page, a);
    if (!gk_get(r, GK_F_PUBLISHED).len) gk_put(r, GK_F_PUBLISHED, c->published, a);
}

void gk_describe(gongkai_document *d) {
    gk_record *r = &d->result.document;
    gk_arena *a = &d->result.arena;
    r->kind = GK_KIND_DOCUMENT;
    if (!r->id.len && d->doc.digest[0]) r->id = GK_STR("document");
    gk_put(r, GK_F_SOURCE, d->doc.source, a);
    if (d->captured) describe_capture(d->captured, r, a);
    gk_put(r, GK_F_SET, gk_set_digest(d->session->set), a);
    gk_put(r, GK_F_MEDIA_TYPE, gk_str_of(d->doc.media_type), a);
    if (d->doc.digest[0]) gk_put(r, GK_F_BYTES, integer(a, d->bytes.len), a);
    if (d->doc.pages) gk_put(r, GK_F_PAGES, integer(a, d->doc.pages), a);
    if (d->doc.notes.len) gk_put(r, GK_F_NOTES, notes(&d->doc, a), a);
    if (d->err.code != GK_OK) {
        gk_put(r, GK_F_ERROR, error(&d->err, a), a);
        return;
    }
    r->span = (gk_span){0, (uint32_t)d->doc.text.len};
    gk_put(r, GK_F_CHARSET, gk_str_of(d->doc.charset), a);
    if (d->doc.damaged) gk_put(r, GK_F_DAMAGED, integer(a, d->doc.damaged), a);
    gk_put(r, GK_F_COUNTS, counts(&d->result, a), a);
    gk_put(r, GK_F_DIGITS, digits(&d->result, a), a);
}
