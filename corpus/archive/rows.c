#include "corpus/archive/rows.h"

#include <stdlib.h>

void gk_rows_free(gk_rows *r) {
    gk_vec_free(&r->list);
    gk_arena_free(&r->arena);
}

void gk_rows_add(gk_rows *r, const gk_row *row) {
    gk_row *to = gk_vec_push(&r->list);
    *to = *row;
    gk_str *const texts[] = {&to->url,   &to->outcome, &to->media_type, &to->truncated, &to->address,   &to->published,
                             &to->title, &to->name,    &to->kind,       &to->text,      &to->list_page, &to->type};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = gk_arena_dup(&r->arena, *texts[i]);
}

bool gk_rows_full(const gk_rows *r) {
    enum { MOST = 1024, MOST_BYTES = 1 << 20 };
    return r->list.len >= MOST || r->arena.total > MOST_BYTES;
}

static bool write_row(const gk_row *r, gk_sql *sql) {
    gk_str record = {(const char *)r->record, sizeof r->record}, digest = {(const char *)r->digest, sizeof r->digest};
    bool stored = r->type.len > 0;
    return gk_sql_run(sql, GK_SQL_CAPTURE, "ntintttbnnnbintttttttti", r->entry, r->url, r->started_ms, r->status, r->outcome,
                      r->media_type, r->type, stored ? record : GK_STR_NONE, r->file, r->offset, r->length,
                      stored ? digest : GK_STR_NONE, r->bytes, r->original, r->truncated, r->address, r->published, r->title,
                      r->name, r->kind, r->text, r->list_page, r->robots);
}

bool gk_rows_write(gk_rows *r, gk_sql *sql) {
    bool good = sql->failed.code == GK_OK;
    for (size_t i = 0; good && i < r->list.len; i++) good = write_row(&r->list.at[i], sql);
    r->list.len = 0;
    gk_arena_reset(&r->arena);
    return good;
}
