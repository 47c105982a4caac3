#include "corpus/archive/hosts.h"

#include <stdlib.h>

static uint32_t *slot(const gk_hosts *h, gk_str name) {
    size_t i = (size_t)gk_str_hash(name);
    while (h->table[i & (h->cap - 1)] && !gk_str_eq(h->list.at[h->table[i & (h->cap - 1)] - 1].name, name)) i++;
    return &h->table[i & (h->cap - 1)];
}

static void keep(gk_hosts *h, int64_t id, gk_str name, gk_str site) {
    gk_host host = {.id = id, .name = gk_arena_dup(&h->arena, name), .site = gk_arena_dup(&h->arena, site)};
    host.next_due = INT64_MAX;
    *gk_vec_push(&h->list) = host;
    if (h->list.len * 2 > h->cap) {
        h->cap = h->cap ? h->cap * 2 : 256;
        free(h->table);
        h->table = gk_alloc_zero(h->cap, sizeof *h->table);
        for (size_t i = 0; i + 1 < h->list.len; i++) *slot(h, h->list.at[i].name) = (uint32_t)(i + 1);
    }
    *slot(h, host.name) = (uint32_t)h->list.len;
}

static bool load_list(gk_hosts *h, gk_sql *sql) {
    gk_arena arena = {0};
    bool dense = true; /* ids are given one after the other, and no host is ever removed */
    for (sqlite3_stmt *q = gk_sql_ask(sql, GK_SQL_HOSTS, ""); gk_sql_row(sql, q);) {
        dense = dense && sqlite3_column_int64(q, 0) == (int64_t)h->list.len + 1;
        keep(h, (int64_t)h->list.len + 1, gk_sql_text(q, 1, &arena), gk_sql_text(q, 2, &arena));
        gk_arena_reset(&arena);
    }
    gk_arena_free(&arena);
    if (!dense && sql->failed.code == GK_OK) gk_err_set(&sql->failed, GK_E_FORMAT, "the hosts of the index are damaged");
    return sql->failed.code == GK_OK;
}

bool gk_hosts_load(gk_hosts *h, gk_sql *sql) {
    if (!load_list(h, sql)) return false;
    for (sqlite3_stmt *q = gk_sql_ask(sql, GK_SQL_READY, ""); gk_sql_row(sql, q);) {
        gk_host *host = gk_hosts_at(h, sqlite3_column_int64(q, 0));
        if (host) host->ready = (uint64_t)sqlite3_column_int64(q, 1);
    }
    for (sqlite3_stmt *q = gk_sql_ask(sql, GK_SQL_WAITING, ""); gk_sql_row(sql, q);) {
        gk_host *host = gk_hosts_at(h, sqlite3_column_int64(q, 0));
        if (!host) continue;
        host->waiting = (uint64_t)sqlite3_column_int64(q, 1);
        host->next_due = sqlite3_column_int64(q, 2);
    }
    return sql->failed.code == GK_OK;
}

void gk_hosts_free(gk_hosts *h) {
    for (size_t i = 0; i < h->list.len; i++) gk_vec_free(&h->list.at[i].queue);
    gk_vec_free(&h->list);
    gk_arena_free(&h->arena);
    free(h->table);
    *h = (gk_hosts){0};
}

gk_host *gk_hosts_find(const gk_hosts *h, gk_str name) {
    uint32_t id = h->cap ? *slot(h, name) : 0;
    return id ? &h->list.at[id - 1] : NULL;
}

gk_host *gk_hosts_at(const gk_hosts *h, int64_t id) {
    return id > 0 && (uint64_t)id <= h->list.len ? &h->list.at[id - 1] : NULL;
}

gk_host *gk_hosts_add(gk_hosts *h, gk_sql *sql, gk_str name, gk_str site) {
    gk_host *known = gk_hosts_find(h, name);
    if (known) return known;
    if (!gk_sql_run(sql, GK_SQL_ADD_HOST, "tt", name, site)) return NULL;
    keep(h, (int64_t)h->list.len + 1, name, site);
    return &h->list.at[h->list.len - 1];
}

void gk_host_count(gk_host *h, int64_t due, int by) {
    if (due == INT64_MAX) return;
    if (due == 0) h->ready += (uint64_t)(int64_t)by;
    else h->waiting += (uint64_t)(int64_t)by;
    if (by > 0 && due > 0 && due < h->next_due) h->next_due = due;
}
