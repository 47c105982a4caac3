#include "emit/json.h"

#include <stdlib.h>

#include "emit/clean.h"
#include "emit/write.h"
#include "text/charset.h"

enum {
    PREFIX_BYTES = 32, /* ,"name": of the longest field, and room to copy it by a fixed size */
    FIXED_BYTES = 512  /* kind, doc, span, page and box with their names, the braces and the line end */
};

enum { STEP = 32, KEPT_BYTES = 6 * STEP, KEPT_SLOTS = 256 };
_Static_assert((int)STEP <= (int)GK_JSON_SPARE, "a step may go past the end");

/* A field as it was printed, name and all. */
typedef struct kept {
    const char *ptr; /* its text */
    size_t len;
    uint32_t opening; /* the document that it stands in; of another one: nothing is kept here */
    uint8_t field, size;
    char line[KEPT_BYTES];
} kept;

struct gk_json_emitter {
    char prefix[GK_FIELD_COUNT][PREFIX_BYTES];
    uint8_t prefix_len[GK_FIELD_COUNT];
    uint8_t field_of[GK_KIND_COUNT][GK_FIELD_COUNT]; /* the fields that a kind may carry, in their order */
    uint8_t fields[GK_KIND_COUNT];
    bool repeats[GK_FIELD_COUNT]; /* fields whose texts stand in many records of a document */
    bool open;
    uint32_t opening;             /* counts the documents */
    bool bad;                     /* a text of this record is not well-formed */
    kept kept[KEPT_SLOTS];
    gk_arena scratch; /* repaired copies of the texts of one record */
};

static const gk_field repeating[] = {GK_F_UNIT,   GK_F_SUBJECT, GK_F_MEASURE, GK_F_PROJECT, GK_F_LEVEL1,  GK_F_LEVEL2,
                                     GK_F_YEAR,   GK_F_COLUMN,  GK_F_WHERE,   GK_F_TABLE,   GK_F_SECTION, GK_F_RULE};

gk_json_emitter *gk_json_emitter_new(void) {
    gk_json_emitter *e = gk_alloc_zero(1, sizeof *e);
    for (int f = 0; f < GK_FIELD_COUNT; f++) {
        gk_str name = gk_str_of(gk_field_table[f].name);
        if (name.len + 4 > PREFIX_BYTES) abort();
        char *at = e->prefix[f];
        memcpy(at, ",\"", 2);
        memcpy(at + 2, name.ptr, name.len);
        memcpy(at + 2 + name.len, "\":", 2);
        e->prefix_len[f] = (uint8_t)(name.len + 4);
        for (int k = 0; k < GK_KIND_COUNT; k++)
            if (gk_field_in_kind((gk_field)f, (gk_kind)k)) e->field_of[k][e->fields[k]++] = (uint8_t)f;
    }
    for (size_t i = 0; i < sizeof repeating / sizeof *repeating; i++) e->repeats[repeating[i]] = true;
    return e;
}

void gk_json_open(gk_json_emitter *e) {
    if (++e->opening == 0) memset(e->kept, 0, sizeof e->kept), e->opening = 1; /* the counter came round */
    e->open = true;
}

void gk_json_close(gk_json_emitter *e) { e->open = false; }

void gk_json_emitter_free(gk_json_emitter *e) {
    if (!e) return;
    gk_arena_free(&e->scratch);
    free(e);
}

static char *put(char *to, gk_str s) {
    memcpy(to, s.ptr, s.len);
    return to + s.len;
}

static char *put_list(char *to, gk_str joined) {
    *to++ = '[';
    for (size_t at = 0; at <= joined.len;) {
        const char *mark = at < joined.len ? memchr(joined.ptr + at, '\x1f', joined.len - at) : NULL;
        size_t end = mark ? (size_t)(mark - joined.ptr) : joined.len;
        if (at) *to++ = ',';
        to = gk_write_text(to, gk_str_slice(joined, at, end));
        at = end + 1;
    }
    *to++ = ']';
    return to;
}

static char *(*const put_value[])(char *to, gk_str s) = {
    [GK_TYPE_TEXT] = gk_write_text, [GK_TYPE_INTEGER] = gk_write_raw, [GK_TYPE_NUMBER] = gk_write_raw,
    [GK_TYPE_BOOL] = gk_write_raw,  [GK_TYPE_LIST] = put_list,        [GK_TYPE_JSON] = gk_write_raw,
};

static char *put_fresh(gk_json_emitter *e, char *to, int f, gk_str s) {
    memcpy(to, e->prefix[f], PREFIX_BYTES);
    char *value = to + e->prefix_len[f], *end = put_value[gk_field_table[f].type](value, s);
    if (!gk_utf8_valid(s, NULL)) e->bad = true;
    return end;
}

static char *put_field(gk_json_emitter *e, char *to, int f, gk_str s) {
    if (!e->open || !e->repeats[f]) return put_fresh(e, to, f, s);
    kept *k = &e->kept[((uintptr_t)s.ptr / 16 + (size_t)f) % KEPT_SLOTS];
    if (k->ptr == s.ptr && k->len == s.len && k->field == f && k->opening == e->opening) {
        /* Most are shorter than two steps; a call for each would take longer than the copying. */
        for (size_t i = 0; i < k->size; i += STEP) memcpy(to + i, k->line + i, STEP);
        return to + k->size;
    }
    char *end = put_fresh(e, to, f, s);
    if (e->bad || end - to > KEPT_BYTES) return end;
    k->ptr = s.ptr;
    k->len = s.len;
    k->opening = e->opening;
    k->field = (uint8_t)f;
    k->size = (uint8_t)(end - to);
    memcpy(k->line, to, k->size);
    return end;
}

static char *put_head(char *to, gk_str digest, const gk_record *r) {
    to = put(to, GK_STR("{\"kind\":\""));
    to = put(to, gk_str_of(gk_kind_name(r->kind)));
    *to++ = '"';
    if (digest.len) {
        to = put(to, GK_STR(",\"doc\":\"sha256:"));
        to = put(to, digest);
        *to++ = '"';
    }
    if (r->id.len) to = gk_write_text(put(to, GK_STR(",\"id\":")), r->id);
    bool failed = r->kind == GK_KIND_DOCUMENT && r->field[GK_F_ERROR].len;
    if (failed) return to;
    to = gk_write_number(put(to, GK_STR(",\"span\":{\"start\":")), r->span.start);
    to = gk_write_number(put(to, GK_STR(",\"end\":")), r->span.end);
    *to++ = '}';
    return to;
}

/* A box that would print as four zeros is none. */
static bool has_box(const float box[4]) {
    for (int i = 0; i < 4; i++)
        if (box[i] >= 0.005f || box[i] <= -0.005f) return true;
    return false;
}

static char *put_place(char *to, const gk_record *r) {
    if (r->page) to = gk_write_number(put(to, GK_STR(",\"page\":")), r->page);
    if (has_box(r->box)) {
        to = put(to, GK_STR(",\"box\":"));
        for (int i = 0; i < 4; i++) {
            *to++ = i ? ',' : '[';
            to = gk_write_coordinate(to, r->box[i]);
        }
        *to++ = ']';
    }
    if (r->cell.len) to = gk_write_text(put(to, GK_STR(",\"cell\":")), r->cell);
    return to;
}

/* The fields that a record has, and room for its line: each text with every byte escaped; an item of a list adds three
 * bytes for the mark it had. */
typedef struct present {
    uint8_t field[GK_FIELD_COUNT];
    int count;
    size_t room;
} present;

static present fields_of(const gk_json_emitter *e, gk_str digest, const gk_record *r) {
    present p;
    size_t texts = r->id.len + r->cell.len;
    p.count = 0;
    for (int i = 0; i < e->fields[r->kind]; i++) {
        uint8_t f = e->field_of[r->kind][i];
        p.field[p.count] = f;
        p.count += r->field[f].len > 0;
        texts += r->field[f].len;
    }
    texts += (size_t)p.count * PREFIX_BYTES;
    p.room = texts * GK_JSON_LONGEST_ESCAPE + digest.len + FIXED_BYTES + GK_JSON_SPARE;
    return p;
}

static char *put_record(gk_json_emitter *e, char *to, gk_str digest, const gk_record *r, const present *p) {
    e->bad = !gk_utf8_valid(r->id, NULL) || !gk_utf8_valid(r->cell, NULL);
    to = put_head(to, digest, r);
    for (int i = 0; i < p->count; i++) to = put_field(e, to, p->field[i], r->field[p->field[i]]);
    return put(put_place(to, r), GK_STR("}\n"));
}

/* The record with well-formed texts. A repaired text has three bytes for each bad one, no more than an escape has. */
static gk_record repaired(gk_json_emitter *e, const gk_record *r) {
    gk_record copy = *r;
    gk_arena_reset(&e->scratch);
    copy.id = gk_clean_text(r->id, &e->scratch);
    copy.cell = gk_clean_text(r->cell, &e->scratch);
    for (int f = 0; f < GK_FIELD_COUNT; f++) copy.field[f] = gk_clean_text(r->field[f], &e->scratch);
    return copy;
}

bool gk_json_record(gk_json_emitter *e, gk_str digest, const gk_record *record, gk_buf *out) {
    present p = fields_of(e, digest, record);
    char *at = gk_buf_room(out, p.room), *end;
    if (!at) return false;
    end = put_record(e, at, digest, record, &p);
    if (e->bad) {
        gk_record good = repaired(e, record);
        end = put_record(e, at, digest, &good, &p);
    }
    *end = '\0';
    out->len += (size_t)(end - at);
    return true;
}
