#include "run/captured.h"

#include <sys/stat.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/archive/scan.h"
#include "corpus/archive/warc.h"

enum { DATE_ONLY = 10, TO_MINUTES = 16, TO_SECONDS = 19 };

typedef struct adding {
    gk_inputs *in;
    gk_store *store;  /* NULL: a WARC file */
    const char *file; /* it */
    int64_t last_id;  /* whose path is `file` */
} adding;

static void add_refused(gk_inputs *in, const char *path, const gk_err *err) {
    *gk_vec_push(&in->list) = (gk_input){.path = path, .code = err->code};
    in->list.at[in->list.len - 1].why = gk_arena_dup(&in->arena, gk_str_of(err->message)).ptr;
}

/* "2024-02-05 03:04" and the like in the form of records. */
static gk_str published_of(gk_str text, gk_arena *arena) {
    int64_t ms;
    text = gk_str_trim(text);
    if (!gk_scan_date(text, &ms)) return GK_STR_NONE;
    size_t len = text.len >= TO_SECONDS ? TO_SECONDS : text.len >= TO_MINUTES ? TO_MINUTES : DATE_ONLY;
    if (len == TO_SECONDS && text.ptr[TO_MINUTES] != ':') len = TO_MINUTES;
    gk_str kept = gk_arena_dup(arena, gk_str_slice(text, 0, len));
    if (len > DATE_ONLY) ((char *)(uintptr_t)kept.ptr)[DATE_ONLY] = 'T';
    return kept;
}

static bool add(void *user, const gk_stored *c) {
    adding *a = user;
    gk_arena *arena = &a->in->arena;
    char date[GK_WARC_DATE_TEXT];
    gk_captured *kept = gk_arena_zero(arena, sizeof *kept);
    if (a->store && a->last_id != c->payload.file) {
        a->file = gk_arena_dup(arena, gk_index_path(a->store, c->payload.file)).ptr;
        a->last_id = c->payload.file;
    }
    kept->file = a->file;
    kept->offset = c->payload.offset;
    kept->bytes = c->bytes;
    memcpy(kept->digest, c->digest, sizeof kept->digest);
    kept->fetched = gk_arena_dup(arena, gk_warc_date(c->started_ms, date));
    kept->published = published_of(c->published, arena);
    kept->anchor = gk_arena_dup(arena, c->text);
    kept->list_page = gk_arena_dup(arena, c->list_page);
    *gk_vec_push(&a->in->list) = (gk_input){.path = gk_arena_dup(arena, c->url).ptr, .bytes = c->bytes, .captured = kept};
    a->in->bytes += c->bytes;
    return true;
}

bool gk_captured_add_archive(gk_inputs *in, const char *dir) {
    gk_err err = {0};
    struct stat st;
    if (stat(gk_arena_printf(&in->arena, "%s/gongkai.sqlite", dir).ptr, &st) != 0 || !S_ISREG(st.st_mode)) return false;
    if (stat(gk_arena_printf(&in->arena, "%s/warc", dir).ptr, &st) != 0 || !S_ISDIR(st.st_mode)) return false;
    gk_stored_query query = {.sort = GK_STORED_DOCUMENTS, .since_ms = in->since_ms};
    adding a = {.in = in, .store = gk_store_open(dir, GK_STORE_READ, GK_STR_NONE, &err)};
    if (a.store) gk_index_each(a.store, &query, add, &a, &err);
    gk_store_close(a.store, NULL);
    if (err.code == GK_E_OUTPUT) err.code = GK_E_OPEN; /* nothing is written here */
    if (err.code != GK_OK) add_refused(in, dir, &err);
    return true;
}

bool gk_captured_add_warc(gk_inputs *in, const char *path) {
    gk_err err = {0};
    gk_scan_damage damage = {0};
    struct stat st;
    if (stat(path, &st) != 0 || !S_ISREG(st.st_mode) || !gk_scan_is_warc(path)) return false;
    adding a = {.in = in, .file = path};
    gk_code code = gk_scan_documents(path, in->since_ms, add, &a, &damage, &err);
    if (code == GK_OK && damage.count)
        gk_err_set(&err, GK_E_FORMAT, "damaged records passed over: %llu; the first, at byte %llu: %s",
                   (unsigned long long)damage.count, (unsigned long long)damage.first.offset, damage.first.message);
    if (err.code != GK_OK) add_refused(in, path, &err);
    return true;
}

gk_source gk_captured_open(const gk_input *input) {
    gk_source s = gk_source_open(input->captured ? input->captured->file : input->path);
    if (!input->captured) return s;
    s.path = input->path;
    s.captured = input->captured;
    return s;
}

static gk_code too_large(const gk_source *source, gk_err *err) {
    gk_err_set(err, GK_E_LIMIT, "the document has more than %u bytes (GK_MAX_INPUT_BYTES)", GK_MAX_INPUT_BYTES);
    gk_err_file(err, gk_str_of(source->path));
    return GK_E_LIMIT;
}

gk_code gk_captured_load(const gk_source *source, gk_buf *out, gk_err *err) {
    const gk_captured *c = source->captured;
    gk_warc_record r;
    gk_buf room = {0};
    gk_str body = GK_STR_NONE;
    gk_buf_clear(out);
    if (source->fd < 0) return gk_source_refuse(source, err);
    gk_warc_reader *reader = gk_warc_of(dup(source->fd), c->file, c->offset);
    gk_code code = gk_warc_next(reader, &r, NULL, NULL, err);
    if (code == GK_OK && !r.id.len) code = gk_err_set(err, GK_E_FORMAT, "the WARC file ends before the record");
    if (code == GK_OK) code = gk_http_decode(r.head, r.payload, &room, &body, err);
    if (code == GK_OK && body.len > GK_MAX_INPUT_BYTES) code = too_large(source, err);
    out->max = 0;
    if (code == GK_OK) gk_buf_put(out, body);
    gk_buf_free(&room);
    gk_warc_close(reader);
    return code;
}
