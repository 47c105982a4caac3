/* Captures: what was received becomes records of the WARC file and a row of the index. */
#include "base/limits.h"
#include "corpus/archive/inside.h"

/* The capture that holds a payload. */
typedef struct original {
    int64_t id; /* 0: none */
    unsigned char record[GK_WARC_ID_BYTES];
    gk_str url, media_type;
    int64_t started_ms, bytes;
} original;

/* One capture on its way. */
typedef struct put {
    gk_store *s;
    const gk_capture *c;
    int64_t entry;
    gk_arena arena;
    unsigned char digest[GK_SHA_BYTES], record[GK_WARC_ID_BYTES];
    char hex[GK_SHA_TEXT], id[GK_WARC_ID_TEXT], date[GK_WARC_DATE_TEXT];
    original original;
    gk_warc_type type;
    gk_warc_profile profile;
    uint64_t offset, length; /* of its member, 0: nothing was stored */
} put;

static gk_str blob(const unsigned char *at, size_t len) { return (gk_str){(const char *)at, len}; }

static void read_original(put *p, sqlite3_stmt *q) {
    original *o = &p->original;
    if (!gk_sql_row(&p->s->sql, q)) return;
    o->id = sqlite3_column_int64(q, 0);
    gk_str record = gk_sql_text(q, 1, &p->arena), digest = gk_sql_text(q, 4, &p->arena);
    if (record.len == sizeof o->record) memcpy(o->record, record.ptr, sizeof o->record);
    if (digest.len == sizeof p->digest) memcpy(p->digest, digest.ptr, sizeof p->digest);
    o->url = gk_sql_text(q, 2, &p->arena);
    o->started_ms = sqlite3_column_int64(q, 3);
    o->bytes = sqlite3_column_int64(q, 5);
    o->media_type = gk_sql_text(q, 6, &p->arena);
    sqlite3_reset(q);
}

/* What is asked here may be about a capture whose row waits. */
static void ask_original(put *p, gk_statement which, const char *kinds, gk_str value) {
    if (gk_store_write_rows(p->s)) read_original(p, gk_sql_ask(&p->s->sql, which, kinds, value));
}

/* Decides what becomes of the payload. One that is cut off is nobody's copy, an empty one is not worth a reference, and one
 * that came without HTTP headers is an imported resource. */
static void judge(put *p) {
    if (!gk_sha_read(p->c->digest, p->digest)) gk_sha_of(&p->c->payload, 1, p->digest);
    p->type = GK_WARC_RESPONSE;
    if (!p->c->header_bytes.len) {
        p->type = GK_WARC_RESOURCE;
    } else if (p->c->status == 304) {
        ask_original(p, GK_SQL_LAST, "t", p->c->url);
        if (p->original.id) p->profile = GK_WARC_NOT_MODIFIED;
    } else if (p->c->payload.len && !p->c->truncated.len && gk_heads_may_have(&p->s->digests, p->digest)) {
        ask_original(p, GK_SQL_STORED, "b", blob(p->digest, sizeof p->digest));
        if (p->original.id) p->profile = GK_WARC_SAME_PAYLOAD;
    }
    if (p->profile != GK_WARC_NO_PROFILE) p->type = GK_WARC_REVISIT;
    gk_sha_text(p->digest, p->hex);
}

static void write_answer(put *p) {
    const gk_capture *c = p->c;
    char refers[GK_WARC_ID_TEXT], date[GK_WARC_DATE_TEXT];
    gk_warc_new_id(p->s->files.writer, p->record);
    gk_warc_record r = {.type = p->type, .profile = p->profile, .id = gk_warc_id_text(p->record, p->id)};
    r.date = gk_warc_date(c->started_ms, p->date);
    r.target = c->url;
    r.head = c->header_bytes;
    if (p->type != GK_WARC_REVISIT) r.payload = c->payload;
    if (p->type == GK_WARC_RESOURCE) r.content_type = c->media_type;
    r.payload_digest = gk_str_of(p->hex);
    r.payload_type = c->media_type;
    r.address = c->address;
    r.protocol = c->protocol;
    r.truncated = c->truncated;
    if (p->original.id) {
        r.refers_to = gk_warc_id_text(p->original.record, refers);
        r.refers_to_target = p->original.url;
        r.refers_to_date = gk_warc_date(p->original.started_ms, date);
    }
    gk_files_append(&p->s->files, &r, &p->offset, &p->length);
}

/* A record that stands beside the answer: the request, or what is known about it. */
static void write_beside(put *p, gk_warc_type type, gk_str block) {
    if (!block.len) return;
    uint64_t offset, length;
    gk_warc_record r = {.type = type, .date = gk_str_of(p->date), .target = p->c->url, .head = block};
    r.concurrent_to = gk_str_of(p->id);
    if (type == GK_WARC_REQUEST) r.address = p->c->address, r.protocol = p->c->protocol;
    gk_files_append(&p->s->files, &r, &offset, &length);
}

static const char *type_name(const put *p) {
    static const char *const names[] = {"response", "revisit", "not-modified"};
    if (p->type == GK_WARC_RESOURCE) return "resource";
    return names[p->profile == GK_WARC_NO_PROFILE ? 0 : p->profile == GK_WARC_SAME_PAYLOAD ? 1 : 2];
}

static void index_it(put *p) {
    const gk_capture *c = p->c;
    gk_row r = {.entry = p->entry, .started_ms = c->started_ms, .status = c->status, .original = p->original.id};
    r.offset = (int64_t)p->offset;
    r.length = (int64_t)p->length;
    r.bytes = p->profile == GK_WARC_NOT_MODIFIED ? p->original.bytes : (int64_t)c->payload.len;
    r.robots = c->robots;
    r.url = c->url;
    r.outcome = c->outcome;
    r.media_type = c->media_type.len ? c->media_type : p->original.media_type;
    r.truncated = c->truncated;
    r.address = c->address;
    r.published = c->published;
    r.title = c->title;
    r.name = c->name;
    r.kind = c->kind;
    r.text = c->text;
    r.list_page = c->list_page;
    if (p->length) {
        r.type = gk_str_of(type_name(p));
        r.file = p->s->files.id;
        memcpy(r.record, p->record, sizeof r.record);
        memcpy(r.digest, p->digest, sizeof r.digest);
        gk_heads_add(&p->s->digests, p->digest);
    }
    gk_rows_add(&p->s->rows, &r);
}

/* A file that is full is made to count before the next one is begun. */
static bool make_room(gk_store *s, const gk_capture *c, gk_err *err) {
    if (!gk_files_full(&s->files, c->header_bytes.len + c->request_bytes.len + c->payload.len + c->metadata.len)) return true;
    if (gk_store_flush(s, err) != GK_OK || !gk_store_begin(s)) return false;
    return gk_files_begin(&s->files, c->started_ms, &s->failed) == GK_OK;
}

static bool put_capture(gk_store *s, int64_t entry, const gk_capture *c, gk_err *err) {
    put p = {.s = s, .c = c, .entry = entry};
    if (c->header_bytes.len || c->payload.len) {
        if (!make_room(s, c, err)) return false;
        judge(&p);
        write_answer(&p);
        write_beside(&p, GK_WARC_REQUEST, c->request_bytes);
        write_beside(&p, GK_WARC_METADATA, c->metadata);
    }
    index_it(&p);
    gk_arena_free(&p.arena);
    return s->sql.failed.code == GK_OK;
}

gk_code gk_store_put(gk_store *s, const gk_entry *entry, const gk_capture *hops, size_t count, gk_err *err) {
    bool ok = gk_store_begin(s);
    for (size_t i = 0; ok && i < count; i++) ok = put_capture(s, entry->id, &hops[i], err);
    if (ok && gk_rows_full(&s->rows)) ok = gk_store_write_rows(s);
    if (ok && gk_store_begin(s)) ok = gk_store_settle(s, entry);
    if (ok && gk_files_waiting(&s->files) < GK_STORE_FLUSH_BYTES) return GK_OK;
    return gk_store_flush(s, err); /* which tells the error where there is one */
}
