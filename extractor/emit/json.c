#include "emit/json.h"

#include <stdlib.h>

#include "emit/clean.h"
#include "emit/write.h"
#include "text/charset.h"

enum {
    PREFIX_BYTES = 32, /* ,"name": of the longest field, and room to copy it by a fixed size */
    HEAD_BYTES = 128,  /* kind and doc with their names, and how the id begins */
    FIXED_BYTES = 512  /* these, span, page and box with their names, the braces and the line end */
};

enum { STEP = 32, KEPT_BYTES = UINT16_MAX, KEPT_SLOTS = 256 };
_Static_assert((int)STEP <= (int)GK_JSON_SPARE, "a step may go past the end");

/* Where a field was printed, name and all, in a line of the same output. */
typedef struct kept {
    const char *ptr; /* its text */
    size_t at;       /* in the output */
    uint32_t len;    /* of the text */
    uint32_t opening; /* the document that it stands in; of another one: nothing is known here */
    uint16_t size;   /* of what was printed */
    uint8_t field;
} kept;

/* How the lines of one kind begin. */
typedef struct head {
    uint32_t opening; /* of which document */
    uint32_t size;
    char text[HEAD_BYTES];
} head;

/* Writes a text of one type, and sets *wide where it has to be looked at whether the text is well-formed: where it holds
 * anything but ASCII. */
typedef char *put_value(char *to, gk_str s, bool *wide);

struct gk_json_emitter {
    put_value *put[GK_FIELD_COUNT];
    char prefix[GK_FIELD_COUNT][PREFIX_BYTES];
    uint8_t prefix_len[GK_FIELD_COUNT];
    uint8_t field_of[GK_KIND_COUNT][GK_FIELD_COUNT]; /* the fields that a kind may carry, in their order */
    uint8_t fields[GK_KIND_COUNT];
    bool repeats[GK_FIELD_COUNT]; /* fields whose texts stand in many records of a document */
    bool open;
    uint32_t opening;  /* counts the documents */
    const gk_buf *out; /* where the lines of this one go */
    gk_str good;       /* a text that is well-formed */
    bool bad;          /* a text of this record is not well-formed */
    kept kept[KEPT_SLOTS];
    head head[GK_KIND_COUNT];
    gk_arena scratch; /* repaired copies of the texts of one record */
};

/* Where a line is written: up to `limit` there is room. */
typedef struct line {
    char *to;
    const char *limit;
    const char *out; /* the start of the output */
} line;

/* Room for a text with every byte escaped; a mark between the items of a list becomes three bytes, no more than that. */
static size_t room_for(size_t text) { return text * GK_JSON_LONGEST_ESCAPE + PREFIX_BYTES + GK_JSON_SPARE; }

static bool has_room(const line *l, size_t bytes) { return (size_t)(l->limit - l->to) >= bytes; }

static char *put(char *to, gk_str s) {
    memcpy(to, s.ptr, s.len);
    return to + s.len;
}

static char *put_list(char *to, gk_str joined, bool *wide) {
    *to++ = '[';
    for (size_t at = 0; at <= joined.len;) {
        const char *mark = at < joined.len ? memchr(joined.ptr + at, '\x1f', joined.len - at) : NULL;
        size_t end = mark ? (size_t)(mark - joined.ptr) : joined.len;
        if (at) *to++ = ',';
        to = gk_write_text_wide(to, gk_str_slice(joined, at, end), wide);
        at = end + 1;
    }
    *to++ = ']';
    return to;
}

static char *put_raw(char *to, gk_str s, bool *wide) {
    *wide = true;
    return gk_write_raw(to, s);
}

static put_value *const put_of_type[] = {
    [GK_TYPE_TEXT] = gk_write_text_wide, [GK_TYPE_INTEGER] = put_raw,  [GK_TYPE_NUMBER] = put_raw,
    [GK_TYPE_BOOL] = put_raw,            [GK_TYPE_LIST] = put_list,    [GK_TYPE_JSON] = put_raw,
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
        e->put[f] = put_of_type[gk_field_table[f].type];
    }
    for (gk_kind k = GK_KIND_DOCUMENT; k < GK_KIND_COUNT; k++) {
        gk_field list[GK_FIELD_COUNT];
        e->fields[k] = (uint8_t)gk_fields_of(k, list);
        for (size_t i = 0; i < e->fields[k]; i++) e->field_of[k][i] = (uint8_t)list[i];
    }
    for (size_t i = 0; i < sizeof repeating / sizeof *repeating; i++) e->repeats[repeating[i]] = true;
    return e;
}

/* Forgets what was printed. */
static void forget(gk_json_emitter *e) {
    if (++e->opening) return;
    memset(e->kept, 0, sizeof e->kept); /* the counter came round */
    memset(e->head, 0, sizeof e->head);
    e->opening = 1;
}

void gk_json_open(gk_json_emitter *e, gk_str good) {
    forget(e);
    e->out = NULL;
    e->good = good;
    e->open = true;
}

void gk_json_close(gk_json_emitter *e) {
    e->good = GK_STR_NONE;
    e->open = false;
}

void gk_json_emitter_free(gk_json_emitter *e) {
    if (!e) return;
    gk_arena_free(&e->scratch);
    free(e);
}

/* Whether a text is well-formed. What lies in a text that is needs no look at its inside. */
static bool is_good(const gk_json_emitter *e, gk_str s) {
    uintptr_t from = (uintptr_t)s.ptr - (uintptr_t)e->good.ptr;
    if (from >= e->good.len || s.len > e->good.len - from) return gk_utf8_valid(s, NULL);
    bool starts = ((unsigned char)s.ptr[0] & 0xC0) != 0x80;
    return starts && (from + s.len == e->good.len || ((unsigned char)s.ptr[s.len] & 0xC0) != 0x80);
}

static char *put_fresh(gk_json_emitter *e, char *to, int f, gk_str s) {
    memcpy(to, e->prefix[f], PREFIX_BYTES);
    bool wide = false;
    char *end = e->put[f](to + e->prefix_len[f], s, &wide);
    if (wide && !is_good(e, s)) e->bad = true;
    return end;
}

/* A text that a line before this one holds is copied from there, with the name of its field. */
static char *put_repeated(gk_json_emitter *e, const line *l, int f, gk_str s) {
    kept *k = &e->kept[((uintptr_t)s.ptr / 16 + (size_t)f) % KEPT_SLOTS];
    if (k->ptr == s.ptr && k->len == s.len && k->field == f && k->opening == e->opening) {
        /* Most are shorter than two steps; a call for each would take longer than the copying. */
        const char *from = l->out + k->at;
        for (size_t i = 0; i < k->size; i += STEP) memcpy(l->to + i, from + i, STEP);
        return l->to + k->size;
    }
    char *end = put_fresh(e, l->to, f, s);
    if (e->bad || end - l->to > KEPT_BYTES) return end;
    *k = (kept){.ptr = s.ptr, .at = (size_t)(l->to - l->out), .len = (uint32_t)s.len, .opening = e->opening};
    k->size = (uint16_t)(end - l->to);
    k->field = (uint8_t)f;
    return end;
}

static head new_head(const gk_json_emitter *e, gk_str digest, gk_kind kind) {
    head h = {.opening = e->opening};
    char *to = put(h.text, GK_STR("{\"kind\":\""));
    to = put(to, gk_str_of(gk_kind_name(kind)));
    *to++ = '"';
    if (digest.len) {
        to = put(to, GK_STR(",\"doc\":\"sha256:"));
        to = put(to, digest);
        *to++ = '"';
    }
    h.size = (uint32_t)(to - h.text);
    return h;
}

/* The head of a kind is the same in all lines of a document. */
static char *put_head(gk_json_emitter *e, char *to, gk_str digest, const gk_record *r) {
    head *h = &e->head[r->kind];
    if (!e->open || h->opening != e->opening) *h = new_head(e, digest, r->kind);
    memcpy(to, h->text, HEAD_BYTES);
    to += h->size;
    bool wide = false;
    if (r->id.len) to = gk_write_text_wide(put(to, GK_STR(",\"id\":")), r->id, &wide);
    if (wide && !is_good(e, r->id)) e->bad = true;
    bool failed = r->kind == GK_KIND_DOCUMENT && gk_get(r, GK_F_ERROR).len;
    if (failed) return to;
    to = gk_put_number(put(to, GK_STR(",\"span\":{\"start\":")), r->span.start);
    to = gk_put_number(put(to, GK_STR(",\"end\":")), r->span.end);
    *to++ = '}';
    return to;
}

/* A box that would print as four zeros is none. */
static bool has_box(const float *box) {
    for (int i = 0; box && i < 4; i++)
        if (box[i] >= 0.005f || box[i] <= -0.005f) return true;
    return false;
}

static char *put_place(gk_json_emitter *e, char *to, const gk_record *r) {
    if (r->page) to = gk_put_number(put(to, GK_STR(",\"page\":")), r->page);
    if (has_box(r->box)) {
        to = put(to, GK_STR(",\"box\":"));
        for (int i = 0; i < 4; i++) {
            *to++ = i ? ',' : '[';
            to = gk_write_coordinate(to, r->box[i]);
        }
        *to++ = ']';
    }
    if (!r->cell.len) return to;
    if (!gk_utf8_valid(r->cell, NULL)) e->bad = true;
    return gk_write_text(put(to, GK_STR(",\"cell\":")), r->cell);
}

/* Writes the record; false where the room ends. */
static bool put_record(gk_json_emitter *e, line *l, gk_str digest, const gk_record *r) {
    const uint8_t *field = e->field_of[r->kind], *end = field + e->fields[r->kind];
    const size_t rest = FIXED_BYTES + room_for(r->cell.len); /* for what is behind the fields */
    e->bad = false;
    if (!has_room(l, rest + room_for(r->id.len))) return false;
    l->to = put_head(e, l->to, digest, r);
    for (; field < end; field++) {
        gk_str s = gk_get(r, (gk_field)*field);
        if (!s.len) continue;
        if (!has_room(l, rest + room_for(s.len))) return false;
        l->to = e->open && e->repeats[*field] ? put_repeated(e, l, *field, s) : put_fresh(e, l->to, *field, s);
    }
    l->to = put(put_place(e, l->to, r), GK_STR("}\n"));
    return true;
}

/* Room in which put_record does not fail: what it asks for beyond a field is FIXED_BYTES and less, the head and what is
 * behind the fields take less than as much again. */
static size_t room_of(const gk_json_emitter *e, const gk_record *r) {
    size_t room = 2 * FIXED_BYTES + room_for(r->id.len) + room_for(r->cell.len);
    for (int i = 0; i < e->fields[r->kind]; i++) {
        size_t len = gk_get(r, (gk_field)e->field_of[r->kind][i]).len;
        if (len) room += room_for(len);
    }
    return room;
}

/* Begins a line in the room that is there; the buffer wants a byte behind it for its NUL. */
static line line_at(const gk_buf *out) {
    size_t most = out->max && out->max < out->cap ? out->max : out->cap - 1;
    char *to = out->ptr + out->len;
    return (line){.to = to, .limit = out->over || most < out->len ? to : out->ptr + most, .out = out->ptr};
}

/* Most lines fit into the room that is there. Where one does not, what was kept of its beginning is forgotten. */
static bool put_line(gk_json_emitter *e, gk_str digest, const gk_record *r, gk_buf *out, line *l) {
    if (out->ptr) {
        *l = line_at(out);
        if (put_record(e, l, digest, r)) return true;
        forget(e);
    }
    if (!gk_buf_room(out, room_of(e, r))) return false;
    *l = line_at(out);
    return put_record(e, l, digest, r);
}

/* The record with well-formed texts. A repaired text has three bytes for each bad one, no more than an escape has. */
static gk_record repaired(gk_json_emitter *e, const gk_record *r) {
    gk_arena_reset(&e->scratch);
    gk_record copy = gk_record_copy(r, &e->scratch);
    copy.id = gk_clean_text(r->id, &e->scratch);
    copy.cell = gk_clean_text(r->cell, &e->scratch);
    for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
        gk_put(&copy, f, gk_clean_text(gk_get(r, f), &e->scratch), &e->scratch);
    return copy;
}

bool gk_json_record(gk_json_emitter *e, gk_str digest, const gk_record *record, gk_buf *out) {
    line l;
    if (e->out != out) forget(e);
    e->out = out;
    if (!put_line(e, digest, record, out, &l)) return false;
    if (e->bad) {
        forget(e); /* what was printed of this line does not stay */
        gk_record good = repaired(e, record);
        if (!put_line(e, digest, &good, out, &l)) return false;
    }
    *l.to = '\0';
    out->len = (size_t)(l.to - out->ptr);
    return true;
}
