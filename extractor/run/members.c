#include "run/members.h"

#include "base/limits.h"
#include "read/archive.h"
#include "run/captured.h"
#include "run/load.h"

/* ---- one member by its name */

typedef struct search {
    gk_str wanted;
    gk_buf *out;
    gk_err *err;
    bool found;
} search;

static gk_code pick(void *user, gk_str bytes, gk_str source, const gk_err *failed) {
    search *s = user;
    if (!gk_str_eq(source, s->wanted)) return GK_OK;
    s->found = true;
    if (failed) *s->err = *failed;
    else gk_buf_put(s->out, bytes);
    return GK_E_OPEN; /* ends the walk */
}

gk_code gk_members_load(const gk_source *source, gk_buf *out, gk_err *err) {
    if (source->captured) return gk_captured_load(source, out, err);
    if (!source->member) return gk_source_load(source, out, err);
    gk_arena arena = {0};
    gk_buf archive = {0};
    gk_err ignored = {0};
    search s = {.wanted = gk_str_of(source->path), .out = out, .err = err};
    gk_str file = gk_arena_dup(&arena, (gk_str){source->path, strcspn(source->path, "!")});
    if (gk_source_load(source, &archive, &ignored) == GK_OK && gk_archive_is(gk_buf_str(&archive)))
        gk_archive_each(gk_buf_str(&archive), file, pick, &s);
    if (!s.found) gk_source_refuse(source, err);
    gk_buf_free(&archive);
    gk_arena_free(&arena);
    return err->code;
}

/* ---- all members */

typedef struct work {
    gongkai_document *d;
    gk_str path; /* of the archive */
    gk_buf *lines;
    gk_answer *answer;
    const gk_job *job;
    uint64_t member; /* from 1 */
} work;

static void note_failure(work *w, const gk_err *err, gk_str source) {
    if (w->answer->failed++) return;
    w->answer->code = err->code;
    gk_err message = *err;
    if (!gk_str_eq(source, w->path)) gk_err_set(&message, err->code, "%.*s: %s", GK_STR_ARG(source), err->message);
    memcpy(w->answer->message, message.message, sizeof w->answer->message - 1);
}

/* Prints the document; lines that do not fit are taken back and false is returned. */
static bool print(work *w) {
    size_t before = w->lines->len;
    w->lines->max = GK_MAX_OUTPUT_BYTES;
    if (gk_document_print(w->d, w->lines)) return true;
    w->lines->len = before;
    w->lines->over = false;
    return false;
}

static gk_code take(void *user, gk_str bytes, gk_str source, const gk_err *failed) {
    work *w = user;
    gongkai_document *d = w->d;
    gk_err full;
    gk_document_reset(d);
    const char *path = gk_arena_dup(&d->doc.arena, source).ptr;
    d->bytes.max = 0;
    gk_buf_put(&d->bytes, bytes);
    w->member++;
    gk_job_begin(w->job, w->member);
    if (failed) d->err = *failed;
    else gk_job_lost(w->job, w->member, &d->err);
    if (d->err.code != GK_OK && bytes.len) gk_document_digest(d);
    gk_document_use(d, path);
    gk_job_begin(w->job, 0);
    if (!print(w)) {
        gk_err_set(&full, GK_E_LIMIT, "the records of the archive need more than %u bytes (GK_MAX_OUTPUT_BYTES)",
                   GK_MAX_OUTPUT_BYTES);
        note_failure(w, &full, source);
        return GK_E_LIMIT;
    }
    w->answer->documents++;
    w->answer->records += d->result.records.len + 1;
    if (d->err.code != GK_OK) note_failure(w, &d->err, source);
    return GK_OK;
}

void gk_members_work(gongkai_document *d, const gk_job *job, gk_buf *lines, gk_answer *answer) {
    gk_str path = gk_str_of(job->source.path);
    work w = {.d = d, .path = path, .lines = lines, .answer = answer, .job = job};
    gk_buf archive = d->bytes; /* the document is used for the members */
    d->bytes = (gk_buf){0};
    *answer = (gk_answer){.bytes = archive.len};
    gk_buf_clear(lines);
    gk_archive_each(gk_buf_str(&archive), path, take, &w);
    answer->length = lines->len;
    gk_buf_free(&archive);
}

gk_str gk_members_next(gk_str *lines) {
    static const gk_str head = {"\n{\"kind\":\"document\"", 19};
    size_t at = gk_str_find(gk_str_slice(*lines, 1, lines->len), head);
    size_t end = at == SIZE_MAX ? lines->len : at + 2;
    gk_str first = gk_str_slice(*lines, 0, end);
    *lines = gk_str_slice(*lines, end, lines->len);
    return first;
}
