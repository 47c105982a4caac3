#include "emit/parse.h"

#include <cjson/cJSON.h>
#include <stdio.h>
#include <stdlib.h>

#include "emit/scan.h"
#include "text/charset.h"

/* One line being read. `at` is the value that is looked at; errors point to it. */
typedef struct reading {
    gk_lines *lines;
    gk_arena *arena;
    gk_line *out;
    gk_err *err;
    gk_str at;
    int place; /* of the last member, see place_of */
} reading;

typedef struct member {
    const cJSON *node;
    gk_str text; /* the bytes of the value */
} member;

typedef gk_code member_reader(reading *r, const member *m);

static gk_code refuse(reading *r, const char *name, const char *what) {
    gk_err_set(r->err, GK_E_FORMAT, "%s%s%s", name ? name : "", name ? ": " : "", what);
    gk_err_place(r->err, r->lines->name, r->lines->text, (size_t)(r->at.ptr - r->lines->text.ptr));
    return GK_E_FORMAT;
}

static gk_code refuse_member(reading *r, const member *m, const char *what) { return refuse(r, m->node->string, what); }

/* Checks and copies a string value that is not empty. */
static gk_code read_text(reading *r, const member *m, gk_str *to) {
    if (!cJSON_IsString(m->node)) return refuse_member(r, m, "a string is expected");
    if (gk_scan_nul(m->text) != SIZE_MAX) return refuse_member(r, m, "U+0000 is not allowed");
    if (!m->node->valuestring[0]) return refuse_member(r, m, "the string is empty");
    *to = gk_arena_dup(r->arena, gk_str_of(m->node->valuestring));
    return GK_OK;
}

static gk_code copy_text(reading *r, const member *m, gk_str *to) {
    *to = gk_arena_dup(r->arena, m->text);
    return GK_OK;
}

static gk_code read_integer(reading *r, const member *m, gk_str *to) {
    if (!gk_scan_is_number(m->text, true)) return refuse_member(r, m, "a whole number is expected");
    return copy_text(r, m, to);
}

static gk_code read_number(reading *r, const member *m, gk_str *to) {
    if (!gk_scan_is_number(m->text, false)) return refuse_member(r, m, "a number without exponent is expected");
    return copy_text(r, m, to);
}

static gk_code read_bool(reading *r, const member *m, gk_str *to) {
    if (!cJSON_IsBool(m->node)) return refuse_member(r, m, "true or false is expected");
    return copy_text(r, m, to);
}

static gk_code read_json(reading *r, const member *m, gk_str *to) {
    if (!cJSON_IsObject(m->node) && !cJSON_IsArray(m->node))
        return refuse_member(r, m, "an object or array is expected");
    return copy_text(r, m, to);
}

static gk_code read_list(reading *r, const member *m, gk_str *to) {
    if (!cJSON_IsArray(m->node) || !m->node->child) return refuse_member(r, m, "an array of strings is expected");
    gk_buf joined = {0};
    gk_code code = GK_OK;
    size_t at = 1;
    for (const cJSON *item = m->node->child; item && code == GK_OK; item = item->next) {
        gk_str text = gk_scan_value(m->text, &at, false);
        if (!cJSON_IsString(item)) code = refuse_member(r, m, "an array of strings is expected");
        else if (gk_scan_nul(text) != SIZE_MAX) code = refuse_member(r, m, "U+0000 is not allowed");
        else if (strchr(item->valuestring, '\x1f')) code = refuse_member(r, m, "U+001F is not allowed in a list");
        else gk_buf_put(&joined, gk_str_of(item->valuestring));
        if (item->next) gk_buf_putc(&joined, '\x1f');
    }
    if (code == GK_OK && !joined.len) code = refuse_member(r, m, "the list holds nothing");
    if (code == GK_OK) *to = gk_arena_dup(r->arena, gk_buf_str(&joined));
    gk_buf_free(&joined);
    return code;
}

static gk_code (*const field_readers[])(reading *, const member *, gk_str *) = {
    [GK_TYPE_TEXT] = read_text, [GK_TYPE_INTEGER] = read_integer, [GK_TYPE_NUMBER] = read_number,
    [GK_TYPE_BOOL] = read_bool, [GK_TYPE_LIST] = read_list,       [GK_TYPE_JSON] = read_json,
};

static gk_code member_kind(reading *r, const member *m) {
    (void)m;
    (void)r;
    return GK_OK; /* read before all others: it says which fields may stand in the line */
}

static gk_code member_doc(reading *r, const member *m) {
    gk_str doc = GK_STR_NONE, prefix = GK_STR("sha256:");
    gk_code code = read_text(r, m, &doc);
    if (code != GK_OK) return code;
    gk_str hex = gk_str_slice(doc, prefix.len, doc.len);
    bool good = gk_str_starts(doc, prefix) && hex.len == 64 && strspn(hex.ptr, "0123456789abcdef") == 64;
    if (!good) return refuse_member(r, m, "\"sha256:\" and 64 hex digits are expected");
    r->out->digest = hex;
    return GK_OK;
}

static gk_code member_id(reading *r, const member *m) { return read_text(r, m, &r->out->record.id); }
static gk_code member_cell(reading *r, const member *m) { return read_text(r, m, &r->out->record.cell); }

/* A whole number that fits 32 bits, the way offsets and pages are kept. */
static bool read_u32(gk_str text, uint32_t *to) {
    if (!gk_scan_is_number(text, true) || text.ptr[0] == '-' || text.len > 10) return false;
    uint64_t n = 0;
    for (size_t i = 0; i < text.len; i++) n = n * 10 + (uint64_t)(text.ptr[i] - '0');
    *to = (uint32_t)n;
    return n <= UINT32_MAX;
}

static gk_code member_span(reading *r, const member *m) {
    const cJSON *start = cJSON_IsObject(m->node) ? m->node->child : NULL;
    const cJSON *end = start ? start->next : NULL;
    gk_span *to = &r->out->record.span;
    size_t at = 1;
    bool good = end && !end->next && strcmp(start->string, "start") == 0 && strcmp(end->string, "end") == 0 &&
                read_u32(gk_scan_value(m->text, &at, true), &to->start) &&
                read_u32(gk_scan_value(m->text, &at, true), &to->end) && to->start <= to->end;
    return good ? GK_OK : refuse_member(r, m, "{\"start\": offset, \"end\": offset} is expected");
}

static gk_code member_page(reading *r, const member *m) {
    bool good = read_u32(m->text, &r->out->record.page) && r->out->record.page > 0;
    return good ? GK_OK : refuse_member(r, m, "a page number is expected");
}

static gk_code member_box(reading *r, const member *m) {
    size_t at = 1;
    int count = 0;
    float *box = gk_arena_zero(r->arena, 4 * sizeof *box);
    r->out->record.box = box;
    const cJSON *item = cJSON_IsArray(m->node) ? m->node->child : NULL;
    for (; item && count < 4; item = item->next, count++) {
        if (!gk_scan_is_number(gk_scan_value(m->text, &at, false), false)) break;
        box[count] = (float)item->valuedouble;
    }
    return count == 4 && !item ? GK_OK : refuse_member(r, m, "four coordinates are expected");
}

/* The members that are no fields; their bits in `seen` stand behind those of the fields. */
static const struct {
    const char *name;
    member_reader *read;
} member_table[] = {{"kind", member_kind}, {"doc", member_doc},   {"id", member_id},    {"span", member_span},
                    {"page", member_page}, {"box", member_box}, {"cell", member_cell}};

enum { MEMBERS = sizeof member_table / sizeof *member_table };

enum { PLACES = GK_FIELD_COUNT + MEMBERS };

static const char *name_at(int place) {
    return place < GK_FIELD_COUNT ? gk_field_table[place].name : member_table[place - GK_FIELD_COUNT].name;
}

/* The place of a name in the fields and then member_table, -1: unknown. Members come in order mostly, so the search
 * starts where the last one ended. */
static int place_of(const char *name, int from) {
    for (int i = 0; i < PLACES; i++) {
        int place = (from + i) % PLACES;
        if (strcmp(name, name_at(place)) == 0) return place;
    }
    return -1;
}

static gk_code read_member(reading *r, const member *m, bool *seen) {
    int place = place_of(m->node->string, r->place);
    r->at = m->text;
    r->place = place;
    if (place < 0) return refuse_member(r, m, "no such field");
    if (seen[place]) return refuse_member(r, m, "the field is there already");
    seen[place] = true;
    if (place >= GK_FIELD_COUNT) return member_table[place - GK_FIELD_COUNT].read(r, m);
    if (!gk_field_in_kind((gk_field)place, r->out->record.kind))
        return refuse_member(r, m, "a record of this kind has no such field");
    gk_str text = GK_STR_NONE;
    gk_code code = field_readers[gk_field_table[place].type](r, m, &text);
    gk_put(&r->out->record, (gk_field)place, text, r->arena);
    return code;
}

static gk_code read_members(reading *r, const cJSON *root) {
    bool seen[PLACES] = {0};
    r->place = GK_FIELD_COUNT;
    gk_str line = r->out->text;
    const char *open = memchr(line.ptr, '{', line.len);
    size_t at = (size_t)(open - line.ptr) + 1;
    gk_code code = GK_OK;
    for (const cJSON *node = root->child; node && code == GK_OK; node = node->next) {
        member m = {node, gk_scan_value(line, &at, true)};
        code = read_member(r, &m, seen);
    }
    return code;
}

static gk_code read_object(reading *r, const cJSON *root) {
    if (!cJSON_IsObject(root)) return refuse(r, NULL, "a JSON object is expected");
    const cJSON *kind = cJSON_GetObjectItemCaseSensitive(root, "kind");
    r->out->record.kind = cJSON_IsString(kind) ? gk_kind_of(gk_str_of(kind->valuestring)) : GK_KIND_COUNT;
    if (r->out->record.kind == GK_KIND_COUNT) return refuse(r, "kind", "the name of a kind of record is expected");
    return read_members(r, root);
}

/* What cJSON lets pass and JSON does not: control characters inside strings, ill-formed UTF-8. NULL: there is none. */
static const char *foul_byte(gk_str line) {
    size_t fault;
    if (!gk_utf8_valid(line, &fault)) return line.ptr + fault;
    for (size_t i = 0; i < line.len; i++)
        if ((unsigned char)line.ptr[i] < ' ') return line.ptr + i;
    return NULL;
}

static gk_code read_line(reading *r) {
    gk_str line = r->out->text;
    const char *stop = foul_byte(line);
    cJSON *root = stop ? NULL : cJSON_ParseWithLengthOpts(line.ptr, line.len, &stop, false);
    gk_code code;
    if (root && gk_str_trim((gk_str){stop, (size_t)(line.ptr + line.len - stop)}).len == 0) {
        code = read_object(r, root);
    } else {
        r->at.ptr = stop ? stop : line.ptr;
        code = refuse(r, NULL, "the line is not JSON");
    }
    cJSON_Delete(root);
    return code;
}

gk_code gk_lines_next(gk_lines *lines, gk_arena *arena, gk_line *out, gk_err *err) {
    *out = (gk_line){0};
    if (lines->at >= lines->text.len) return GK_OK;
    const char *start = lines->text.ptr + lines->at;
    const char *lf = memchr(start, '\n', lines->text.len - lines->at);
    out->text = (gk_str){start, lf ? (size_t)(lf - start) : lines->text.len - lines->at};
    lines->at += out->text.len + (lf != NULL);
    reading r = {lines, arena, out, err, out->text, 0};
    return read_line(&r);
}
