/* The public view of a document: texts, records, digit groups and the map of its matching view. */
#include "run/convert.h"
#include "run/document.h"

struct gongkai_record {
    gk_record inner;
};

gongkai_text gongkai_document_text(const gongkai_document *document) { return gk_public_text(document->doc.text); }

size_t gongkai_document_notes(const gongkai_document *document) { return document->doc.notes.len; }

gongkai_note gongkai_document_note(const gongkai_document *document, size_t number) {
    const gk_note *n = &document->doc.notes.at[number];
    return (gongkai_note){gk_code_name(n->code), gk_public_text(n->message)};
}

size_t gongkai_document_records(const gongkai_document *document) { return document->result.records.len + 1; }

const gongkai_record *gongkai_document_record(const gongkai_document *document, size_t number) {
    const gk_result *r = &document->result;
    return (const gongkai_record *)(number ? &r->records.at[number - 1] : &r->document);
}

const char *gongkai_record_kind(const gongkai_record *record) { return gk_kind_name(record->inner.kind); }

gongkai_span gongkai_record_span(const gongkai_record *record) { return gk_public_span(record->inner.span); }

gongkai_text gongkai_record_field(const gongkai_record *record, const char *name) {
    const gk_record *r = &record->inner;
    if (strcmp(name, "id") == 0) return gk_public_text(r->id);
    if (strcmp(name, "cell") == 0) return gk_public_text(r->cell);
    for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
        if (strcmp(name, gk_field_table[f].name) == 0) return gk_public_text(gk_get(r, f));
    return (gongkai_text){0};
}

size_t gongkai_document_digits(const gongkai_document *document) { return document->result.digits.len; }

gongkai_digits gongkai_document_digit(const gongkai_document *document, size_t number) {
    static const char *const fates[] = {
        [GK_FATE_UNEXPLAINED] = "unexplained", [GK_FATE_CLAIMED] = "claimed", [GK_FATE_EXCLUDED] = "excluded"};
    const gk_digits *d = &document->result.digits.at[number];
    return (gongkai_digits){gk_public_span(d->span), fates[d->fate], gk_public_text(gk_digits_why(d)),
                            gk_public_text(gk_digits_rule(d))};
}

gongkai_text gongkai_document_view(const gongkai_document *document) {
    return gk_public_text(gk_buf_str(&document->result.view.text));
}

gongkai_span gongkai_view_source(const gongkai_document *document, gongkai_span view) {
    return gk_public_span(gk_view_source(&document->result.view, view.start, view.end));
}

/* The runs of the view without its closing sentinel. */
static size_t run_count(const gk_view *v) {
    size_t n = v->runs.len;
    return n && v->runs.at[n - 1].view >= v->text.len ? n - 1 : n;
}

static gongkai_run_of_map run_at(const gk_view *v, size_t i) {
    const gk_run *r = &v->runs.at[i];
    uint32_t end = i + 1 < v->runs.len ? r[1].view : (uint32_t)v->text.len;
    return (gongkai_run_of_map){{r->view, end}, {r->src, r->src_end}, r->linear};
}

size_t gongkai_view_runs(const gongkai_document *document) { return run_count(&document->result.view); }

gongkai_run_of_map gongkai_view_run(const gongkai_document *document, size_t number) {
    return run_at(&document->result.view, number);
}

gongkai_span gongkai_view_of(const gongkai_document *document, gongkai_span source) {
    const gk_view *v = &document->result.view;
    size_t low = 0, high = run_count(v), count = high;
    while (low < high) { /* the first run whose source ends behind the start */
        size_t middle = low + (high - low) / 2;
        if (run_at(v, middle).source.end <= source.start) low = middle + 1;
        else high = middle;
    }
    gongkai_span out = {0, 0};
    for (size_t i = low; i < count; i++) {
        gongkai_run_of_map r = run_at(v, i);
        if (r.source.start >= source.end) break;
        if (r.source.start == r.source.end) continue; /* a mark between blocks or cells */
        uint32_t head = r.linear && source.start > r.source.start ? source.start - r.source.start : 0;
        uint32_t tail = r.linear && source.end < r.source.end ? r.source.end - source.end : 0;
        if (out.end == 0) out.start = r.view.start + head;
        out.end = r.view.end - tail;
    }
    return out.end > out.start ? out : (gongkai_span){0, 0};
}
