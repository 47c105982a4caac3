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

/* The fields that say where a record stands lie one behind the other, in the record and in its line, and are those of the
 * line before in nearly every line. */
enum { PLACE_FIRST = GK_F_WHERE, PLACE_FIELDS = 3 };
_Static_assert(GK_F_TABLE == PLACE_FIRST + 1 && GK_F_SECTION == PLACE_FIRST + 2, "the fields of a place follow each other");

/* Where these were printed last. */
typedef struct place {
    gk_str text[PLACE_FIELDS];
    size_t at;
    uint32_t size;
    uint32_t opening; /* the document that it stands in */
} place;

/* The fields that the lines of one kind may have, in their order. */
typedef struct fields {
    uint8_t count, field[GK_FIELD_COUNT];
} fields;

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
    fields own[GK_KIND_COUNT], all[GK_KIND_COUNT]; /* those that lie in the record itself, and all of them */
    bool repeats[GK_FIELD_COUNT]; /* fields whose texts stand in many records of a document */
    bool open;
    uint32_t opening;  /* counts the documents */
    const gk_buf *out; /* where the lines of this one go */
    gk_str good;       /* a text that is well-formed */
    bool bad;          /* a text of this record is not well-formed */
    place place;
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
                                     GK_F_YEAR,   GK_F_COLUMN,  GK_F_WHERE,   GK_F_TABLE,   GK_F_SECTION, GK_F_RULE,
                                     GK_F_AGAINST};

static void add_field(fields *list, gk_field f) { list->field[list->count++] = (uint8_t)f; }

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
        size_t count = gk_fields_of(k, list);
        for (size_t i = 0; i < count; i++) {
            add_field(&e->all[k], list[i]);
            if (list[i] < GK_FIELDS_INLINE) add_field(&e->own[k], list[i]);
        }
    }
    for (size_t i = 0; i < sizeof repeating / sizeof *repeating; i++) e->repeats[repeating[i]] = true;
    return e;
}

/* Forgets what was printed. */
static void forget(gk_json_emitter *e) {
    if (++e->opening) return;
    memset(e->kept, 0, sizeof e->kept); /* the counter came round */
    memset(e->head, 0, sizeof e->head);
    e->place.opening = 0;
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

/* Most of what is copied is shorter than two steps; a call for each would take longer than the copying. */
static inline char *put_again(char *to, const char *from, size_t size) {
    for (size_t i = 0; i < size; i += STEP) memcpy(to + i, from + i, STEP);
    return to + size;
}

static inline kept *kept_of(gk_json_emitter *e, int f, gk_str s) {
    return &e->kept[((uintptr_t)s.ptr / 16 + (size_t)f) % KEPT_SLOTS];
}

/* Prints a text that is looked for in the lines to come. */
static char *put_kept(gk_json_emitter *e, char *to, const char *out, int f, gk_str s) {
    char *end = put_fresh(e, to, f, s);
    if (e->bad || end - to > KEPT_BYTES) return end;
    kept *k = kept_of(e, f, s);
    *k = (kept){.ptr = s.ptr, .at = (size_t)(to - out), .len = (uint32_t)s.len, .opening = e->opening};
    k->size = (uint16_t)(end - to);
    k->field = (uint8_t)f;
    return end;
}

/* A text that a line before this one holds is copied from there, with the name of its field. */
static inline char *put_repeated(gk_json_emitter *e, char *to, const char *out, int f, gk_str s) {
    const kept *k = kept_of(e, f, s);
    bool is = k->ptr == s.ptr && k->len == s.len && k->field == f && k->opening == e->opening;
    return is ? put_again(to, out + k->at, k->size) : put_kept(e, to, out, f, s);
}

static bool is_place(const place *p, const gk_str *text) {
    bool same = true;
    for (int i = 0; i < PLACE_FIELDS; i++) same &= p->text[i].ptr == text[i].ptr && p->text[i].len == text[i].len;
    return same;
}

static char *put_new_place(gk_json_emitter *e, char *to, const char *out, const gk_str *text) {
    const char *start = to;
    for (int i = 0; i < PLACE_FIELDS; i++)
        if (text[i].len) to = put_repeated(e, to, out, PLACE_FIRST + i, text[i]);
    if (e->bad) return to;
    e->place = (place){.at = (size_t)(start - out), .size = (uint32_t)(to - start), .opening = e->opening};
    memcpy(e->place.text, text, sizeof e->place.text);
    return to;
}

static inline char *put_where(gk_json_emitter *e, char *to, const char *out, const gk_str *text) {
    const place *p = &e->place;
    bool same = p->opening == e->opening && is_place(p, text);
    return same ? put_again(to, out + p->at, p->size) : put_new_place(e, to, out, text);
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

static const fields *fields_of(const gk_json_emitter *e, const gk_record *r) {
    return r->more ? &e->all[r->kind] : &e->own[r->kind];
}

/* Room in which put_record does not fail: what it asks for beyond a field is FIXED_BYTES and less, the head and what is
 * behind the fields take less than as much again. */
static size_t room_of(const gk_json_emitter *e, const gk_record *r) {
    const fields *list = fields_of(e, r);
    size_t room = 2 * FIXED_BYTES + room_for(r->id.len) + room_for(r->cell.len), bytes = 0;
    for (int f = 0; f < GK_FIELDS_INLINE; f++) bytes += r->field[f].len;
    for (unsigned i = 0; r->more && i < gk_more_of[r->kind].count; i++) bytes += r->more[i].len;
    return room + list->count * room_for(0) + bytes * GK_JSON_LONGEST_ESCAPE;
}

/* Writes the record; false where the room ends. */
static bool put_record(gk_json_emitter *e, line *l, gk_str digest, const gk_record *r) {
    const fields *list = fields_of(e, r);
    const uint8_t *field = list->field, *end = field + list->count;
    const size_t rest = FIXED_BYTES + room_for(r->cell.len); /* for what is behind the fields */
    const bool ample = has_room(l, room_of(e, r));
    e->bad = false;
    if (!ample && !has_room(l, rest + room_for(r->id.len))) return false;
    char *to = put_head(e, l->to, digest, r);
    for (; field < end; field++) {
        const int f = *field;
        if (f == PLACE_FIRST && ample && e->open) {
            to = put_where(e, to, l->out, r->field + PLACE_FIRST);
            field += PLACE_FIELDS - 1;
            continue;
        }
        gk_str s = gk_get(r, (gk_field)f);
        if (!s.len) continue;
        if (!ample && (size_t)(l->limit - to) < rest + room_for(s.len)) return false;
        to = e->open && e->repeats[f] ? put_repeated(e, to, l->out, f, s) : put_fresh(e, to, f, s);
    }
    l->to = put(put_place(e, to, r), GK_STR("}\n"));
    return true;
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
