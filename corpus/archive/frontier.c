/* The frontier: each request that is known, and which may be asked next. */
#include "corpus/archive/inside.h"
#include "corpus/archive/sha.h"

/* The name under which a request is known. A collision would lose one; of 128 bits of SHA-256 nobody makes any. */
static gk_str key_of(const gk_entry *e, unsigned char room[GK_SHA_BYTES]) {
    gk_str parts[] = {e->url, {"", 1}, e->body};
    gk_sha_of(parts, 3, room);
    return (gk_str){(const char *)room, GK_KEY_BYTES};
}

/* ---- adding */

static bool ask_one(gk_store *s, sqlite3_stmt *q, int64_t *out) {
    if (!gk_sql_row(&s->sql, q)) return false;
    *out = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return true;
}

static bool write_one(gk_store *s, const gk_fresh_entry *f) {
    const gk_entry *e = &f->entry;
    return gk_sql_run(&s->sql, GK_SQL_ADD, "ibitbtttiiiitttittttttiiittti", e->id,
                      (gk_str){(const char *)f->key, GK_KEY_BYTES}, f->host, e->url, e->body, e->body_type, e->referer,
                      e->kind, e->parent, e->seed, (int64_t)e->depth, (int64_t)e->priority, e->text, e->name, e->date,
                      (int64_t)e->year, e->region, e->division_code, e->agency, e->label, e->outcome, e->reason,
                      (int64_t)e->status, (int64_t)e->attempts, gk_due_of(e), e->etag, e->last_modified, e->digest,
                      e->fetched);
}

bool gk_store_write_fresh(gk_store *s) {
    bool good = s->sql.failed.code == GK_OK;
    for (size_t i = 0; good && i < s->fresh.list.len; i++) {
        good = write_one(s, &s->fresh.list.at[i]);
        gk_heads_add(&s->keys, s->fresh.list.at[i].key);
    }
    if (good && s->fresh.list.len) gk_fresh_clear(&s->fresh, &s->hosts);
    return good;
}

/* It was met as a link before it was given as a seed. */
static void make_seed(gk_store *s, gk_host *host, gk_str key, const gk_entry *e) {
    if (!gk_store_write_fresh(s)) return;
    gk_sql_run(&s->sql, GK_SQL_SEED, "btitttt", key, e->kind, (int64_t)e->priority, e->region, e->division_code, e->agency,
               e->label);
    host->best_known = false;
}

static bool is_stored(gk_store *s, gk_str key) {
    int64_t one;
    bool may_be = gk_heads_may_have(&s->keys, (const unsigned char *)key.ptr);
    return may_be && ask_one(s, gk_sql_ask(&s->sql, GK_SQL_KNOWN, "b", key), &one);
}

bool gk_store_add(gk_store *s, const gk_entry *e) {
    unsigned char room[GK_SHA_BYTES];
    int64_t last = 0;
    if (!gk_store_begin(s)) return false;
    gk_str key = key_of(e, room);
    gk_host *host = gk_hosts_add(&s->hosts, &s->sql, e->host, e->site);
    if (!host) return false;
    bool known = gk_fresh_has(&s->fresh, key) || is_stored(s, key);
    if (known && !e->parent && !e->seed) make_seed(s, host, key, e);
    if (!known && gk_fresh_full(&s->fresh) && !gk_store_write_fresh(s)) return false;
    if (!known && !s->fresh.first && ask_one(s, gk_sql_ask(&s->sql, GK_SQL_LAST_ENTRY, ""), &last)) s->fresh.first = last + 1;
    if (known || s->sql.failed.code != GK_OK) return false;
    gk_fresh_add(&s->fresh, host, key, e);
    gk_host_count(host, gk_due_of(e), 1);
    return true;
}

/* ---- taking */

/* Waits that are over are made ready. */
static bool promote(gk_store *s, gk_host *host, int64_t now) {
    if (!gk_store_begin(s) || !gk_store_write_fresh(s)) return false;
    if (!gk_sql_run(&s->sql, GK_SQL_PROMOTE, "ii", host->id, now)) return false;
    host->best_known = false;
    uint64_t changed = (uint64_t)sqlite3_changes(s->sql.db);
    host->waiting -= changed;
    host->ready += changed;
    host->next_due = INT64_MAX;
    sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_NEXT_DUE, "i", host->id);
    if (!gk_sql_row(&s->sql, q)) return false;
    if (sqlite3_column_type(q, 0) != SQLITE_NULL) host->next_due = sqlite3_column_int64(q, 0);
    sqlite3_reset(q);
    return true;
}

static gk_taken *taken_of(const gk_store *s, int64_t id) {
    for (size_t i = 0; i < s->taken.len; i++)
        if (s->taken.at[i].id == id) return &s->taken.at[i];
    return NULL;
}

static void forget_taken(gk_store *s, int64_t id) {
    gk_taken *t = taken_of(s, id);
    if (t) *t = s->taken.at[--s->taken.len];
}

void gk_store_release(gk_store *s, int64_t id) {
    const gk_taken *t = taken_of(s, id);
    gk_host *host = t ? gk_hosts_at(&s->hosts, t->host) : NULL;
    gk_fresh_entry *fresh = gk_fresh_at(&s->fresh, id);
    if (host && fresh) gk_fresh_release(&s->fresh, host, fresh);
    if (host) host->best_known = false;
    forget_taken(s, id);
}

/* Fills an entry from a row of GK_ENTRY_COLUMNS. */
static void read_entry(gk_store *s, sqlite3_stmt *q, gk_arena *arena, gk_entry *e) {
    int i = 0;
    *e = (gk_entry){.id = sqlite3_column_int64(q, i++)};
    const gk_host *host = gk_hosts_at(&s->hosts, sqlite3_column_int64(q, i++));
    if (host) e->host = gk_arena_dup(arena, host->name), e->site = gk_arena_dup(arena, host->site);
    gk_str *first[] = {&e->url, &e->body, &e->body_type, &e->referer, &e->kind};
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) *first[k] = gk_sql_text(q, i++, arena);
    e->parent = sqlite3_column_int64(q, i++);
    e->seed = sqlite3_column_int64(q, i++);
    e->depth = (uint32_t)sqlite3_column_int64(q, i++);
    e->priority = sqlite3_column_int(q, i++);
    gk_str *found[] = {&e->text, &e->name, &e->date};
    for (size_t k = 0; k < sizeof found / sizeof *found; k++) *found[k] = gk_sql_text(q, i++, arena);
    e->year = sqlite3_column_int(q, i++);
    gk_str *told[] = {&e->region, &e->division_code, &e->agency, &e->label, &e->outcome, &e->reason};
    for (size_t k = 0; k < sizeof told / sizeof *told; k++) *told[k] = gk_sql_text(q, i++, arena);
    e->status = sqlite3_column_int(q, i++);
    e->attempts = (uint32_t)sqlite3_column_int64(q, i++);
    e->due = sqlite3_column_int64(q, i++);
    gk_str *state[] = {&e->etag, &e->last_modified, &e->digest};
    for (size_t k = 0; k < sizeof state / sizeof *state; k++) *state[k] = gk_sql_text(q, i++, arena);
    e->fetched = sqlite3_column_int64(q, i);
}

enum { DEPTH_COLUMN = 9, PRIORITY_COLUMN = 10 };

static void note_best(gk_host *host, int32_t priority, uint32_t depth, int64_t id) {
    host->best_known = true;
    host->best_priority = priority;
    host->best_depth = depth;
    host->best_id = id;
}

static bool comes_first(const gk_fresh_entry *fresh, const gk_host *host) {
    gk_entry stored = {.priority = host->best_priority, .depth = host->best_depth, .id = host->best_id};
    return fresh && gk_entry_before(&fresh->entry, &stored);
}

/* The first entry of the host that stands in the index, unless a fresh one comes before it. */
static bool take_stored(gk_store *s, gk_host *host, const gk_fresh_entry *fresh, gk_arena *arena, gk_entry *out) {
    if (host->ready == host->fresh || (host->best_known && comes_first(fresh, host))) return false;
    sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_TAKE, "i", host->id);
    while (gk_sql_row(&s->sql, q)) {
        int64_t id = sqlite3_column_int64(q, 0);
        if (taken_of(s, id)) continue;
        note_best(host, sqlite3_column_int(q, PRIORITY_COLUMN), (uint32_t)sqlite3_column_int64(q, DEPTH_COLUMN), id);
        bool first = !comes_first(fresh, host);
        if (first) read_entry(s, q, arena, out);
        sqlite3_reset(q);
        host->best_known = !first;
        return first;
    }
    note_best(host, INT32_MIN, 0, 0);
    return false;
}

static void take_fresh(gk_host *host, gk_fresh_entry *fresh, gk_arena *arena, gk_entry *out) {
    *out = fresh->entry;
    out->host = host->name;
    out->site = host->site;
    gk_str *const texts[] = {&out->host, &out->site, &out->url,    &out->body,          &out->body_type, &out->referer,
                             &out->kind, &out->text, &out->name,   &out->date,          &out->region,    &out->division_code,
                             &out->agency, &out->label, &out->outcome, &out->reason,    &out->etag,      &out->last_modified,
                             &out->digest};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) *texts[i] = gk_arena_dup(arena, *texts[i]);
    fresh->taken = true;
}

bool gk_store_take(gk_store *s, gk_str name, int64_t now, gk_arena *arena, gk_entry *out) {
    gk_host *host = gk_hosts_find(&s->hosts, name);
    if (!host || (host->next_due <= now && !promote(s, host, now)) || !host->ready) return false;
    gk_fresh_entry *fresh = gk_fresh_best(&s->fresh, host);
    if (!take_stored(s, host, fresh, arena, out)) {
        if (!fresh || s->sql.failed.code != GK_OK) return false;
        take_fresh(host, fresh, arena, out);
    }
    *gk_vec_push(&s->taken) = (gk_taken){out->id, host->id};
    return true;
}

void gk_store_hosts(gk_store *s, gk_store_on_host *on_host, void *user) {
    for (size_t i = 0; i < s->hosts.list.len; i++) {
        const gk_host *h = &s->hosts.list.at[i];
        if (h->ready + h->waiting) on_host(user, h->name, h->site, h->ready + h->waiting, h->ready ? 0 : h->next_due);
    }
}

/* ---- what became of them */

/* The host of an entry and when it was due; false where it is not known. */
static bool look_up(gk_store *s, int64_t id, int64_t *host, int64_t *due) {
    const gk_taken *t = taken_of(s, id);
    const gk_fresh_entry *fresh = gk_fresh_at(&s->fresh, id);
    *due = !t && fresh ? gk_due_of(&fresh->entry) : 0;
    if (t || fresh) *host = t ? t->host : fresh->host;
    if (t || fresh) return true;
    sqlite3_stmt *q = gk_sql_ask(&s->sql, GK_SQL_DUE, "i", id);
    if (!gk_sql_row(&s->sql, q)) return false;
    *host = sqlite3_column_int64(q, 0);
    *due = sqlite3_column_int64(q, 1);
    sqlite3_reset(q);
    return true;
}

bool gk_store_settle(gk_store *s, const gk_entry *e) {
    int64_t host_id, before;
    if (!e->id || !look_up(s, e->id, &host_id, &before)) return s->sql.failed.code == GK_OK;
    forget_taken(s, e->id);
    gk_host *host = gk_hosts_at(&s->hosts, host_id);
    gk_fresh_entry *fresh = gk_fresh_at(&s->fresh, e->id);
    if (host) gk_host_count(host, before, -1), gk_host_count(host, gk_due_of(e), 1);
    if (host && fresh) {
        gk_fresh_settle(&s->fresh, host, fresh, e);
        return true;
    }
    if (host) host->best_known = false;
    return gk_sql_run(&s->sql, GK_SQL_STATE, "ittiiittti", e->id, e->outcome, e->reason, (int64_t)e->status,
                      (int64_t)e->attempts, gk_due_of(e), e->etag, e->last_modified, e->digest, e->fetched);
}

void gk_store_postpone(gk_store *s, const gk_entry *entry) {
    if (gk_store_begin(s)) gk_store_settle(s, entry);
}

/* Fills an entry from a row of GK_SQL_FOUND; a seed from all of its columns. */
static void read_found(gk_store *s, sqlite3_stmt *q, gk_arena *arena, gk_entry *e) {
    *e = (gk_entry){.id = sqlite3_column_int64(q, 0), .seed = sqlite3_column_int64(q, 1)};
    sqlite3_stmt *whole = e->seed ? NULL : gk_sql_ask(&s->sql, GK_SQL_ENTRY, "i", e->id);
    if (gk_sql_row(&s->sql, whole)) {
        read_entry(s, whole, arena, e);
        sqlite3_reset(whole);
        return;
    }
    int i = 2;
    gk_str *first[] = {&e->url, &e->kind, &e->date};
    for (size_t k = 0; k < sizeof first / sizeof *first; k++) *first[k] = gk_sql_text(q, i++, arena);
    e->year = sqlite3_column_int(q, i++);
    e->outcome = gk_sql_text(q, i++, arena);
    e->reason = gk_sql_text(q, i++, arena);
    e->due = sqlite3_column_int64(q, i);
}

typedef void read_row(gk_store *s, sqlite3_stmt *q, gk_arena *arena, gk_entry *e);

static void walk(gk_store *s, gk_statement which, read_row *read, gk_store_on_entry *on_entry, void *user) {
    gk_arena arena = {0};
    gk_entry e;
    bool go_on = gk_store_write_fresh(s);
    sqlite3_stmt *q = gk_sql_ask(&s->sql, which, "");
    while (go_on && gk_sql_row(&s->sql, q)) {
        gk_arena_reset(&arena);
        read(s, q, &arena, &e);
        go_on = on_entry(user, &e);
    }
    if (q) sqlite3_reset(q);
    gk_arena_free(&arena);
}

void gk_store_entries(gk_store *s, gk_store_on_entry *on_entry, void *user) {
    walk(s, GK_SQL_ENTRIES, read_entry, on_entry, user);
}

void gk_store_found(gk_store *s, gk_store_on_entry *on_entry, void *user) {
    walk(s, GK_SQL_FOUND, read_found, on_entry, user);
}

void gk_store_renew(gk_store *s, int64_t now) {
    (void)now; /* what is due since ever is due at any time */
    if (!gk_store_begin(s) || !gk_store_write_fresh(s) || !gk_sql_run(&s->sql, GK_SQL_RENEW, "")) return;
    gk_hosts_free(&s->hosts);
    gk_hosts_load(&s->hosts, &s->sql);
}
