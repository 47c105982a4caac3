/* The order in which entries are taken does not depend on whether they wait in memory or stand in the index: a store against
 * a plain list of what it should hold, with operations drawn by chance (always the same ones). */
#include "check.h"
#include "corpus/archive/fresh.h"
#include "scratch.h"

enum { HOSTS = 3, STEPS = 6000, MOST = 2000, MOST_TAKEN = 4 };

typedef struct model {
    gk_entry list[MOST];
    int host[MOST];
    bool taken[MOST];
    size_t count, taken_count;
} model;

static const gk_str INFO = {"software: test\r\n", 16};
static uint32_t seed = 1;

static uint32_t draw(uint32_t most) {
    seed = seed * 1664525u + 1013904223u;
    return (seed >> 8) % most;
}

static gk_str host_name(int host) {
    static const char *const names[HOSTS] = {"a.example", "b.example", "c.example"};
    return gk_str_of(names[host]);
}

static gk_str url_of(uint32_t number, gk_arena *arena) {
    return gk_arena_printf(arena, "http://x.example/%u", (unsigned)number);
}

static bool add(gk_store *s, model *m, uint32_t number, gk_arena *arena) {
    int host = (int)draw(HOSTS);
    gk_entry e = {.url = url_of(number, arena), .host = host_name(host), .site = GK_STR("example")};
    e.kind = GK_STR("article");
    e.parent = 1;
    e.seed = number % 7 != 0; /* some stand for entry pages */
    e.year = 2020 + (int32_t)(number % 5);
    e.date = GK_STR("2024-02-05");
    e.priority = (int32_t)draw(4);
    e.depth = draw(3);
    bool known = false;
    for (size_t i = 0; i < m->count; i++) known = known || gk_str_eq(m->list[i].url, e.url);
    CHECK_INT(gk_store_add(s, &e), !known);
    if (known || m->count == MOST) return !known;
    e.id = (int64_t)m->count + 1;
    m->host[m->count] = host;
    m->list[m->count++] = e;
    return true;
}

/* The place of what is to be taken next, MOST: nothing. */
static size_t best(const model *m, int host, int64_t now) {
    size_t found = MOST;
    for (size_t i = 0; i < m->count; i++) {
        if (m->host[i] != host || m->taken[i] || m->list[i].due > now) continue;
        if (found == MOST || gk_entry_before(&m->list[i], &m->list[found])) found = i;
    }
    return found;
}

static void take(gk_store *s, model *m, int64_t now, gk_arena *arena) {
    int host = (int)draw(HOSTS);
    size_t want = best(m, host, now);
    gk_entry e;
    bool got = gk_store_take(s, host_name(host), now, arena, &e);
    CHECK_INT(got, want != MOST);
    if (!got || want == MOST) return;
    CHECK_INT(e.id, m->list[want].id);
    CHECK(gk_str_eq(e.url, m->list[want].url));
    CHECK(gk_str_eq(e.host, host_name(host)));
    CHECK_INT(e.attempts, m->list[want].attempts);
    m->taken[want] = true;
    m->taken_count++;
}

/* One that was taken is done, tried later, or given back. */
static void settle(gk_store *s, model *m, int64_t now) {
    size_t at = draw((uint32_t)m->count);
    while (!m->taken[at]) at = (at + 1) % m->count;
    gk_entry *e = &m->list[at];
    uint32_t what = draw(4);
    m->taken[at] = false;
    m->taken_count--;
    if (what == 0) {
        gk_store_release(s, e->id);
        return;
    }
    e->attempts++;
    e->due = what == 1 ? INT64_MAX : what == 2 ? 0 : now + 1 + draw(20);
    e->outcome = GK_STR("ok");
    gk_store_postpone(s, e);
}

static uint64_t waiting;
static void count_waiting(void *user, gk_str host, gk_str site, uint64_t count, int64_t next_due) {
    (void)user, (void)host, (void)site, (void)next_due;
    waiting += count;
}

static void check_counts(gk_store *s, const model *m) {
    uint64_t open = 0;
    waiting = 0;
    for (size_t i = 0; i < m->count; i++) open += m->list[i].due != INT64_MAX;
    gk_store_hosts(s, count_waiting, NULL);
    CHECK_INT(waiting, open);
}

static bool check_entry(void *user, const gk_entry *e) {
    const model *m = user;
    CHECK(e->id > 0 && (size_t)e->id <= m->count);
    const gk_entry *want = &m->list[e->id - 1];
    CHECK(gk_str_eq(e->url, want->url));
    CHECK_INT(e->attempts, want->attempts);
    CHECK(gk_str_eq(e->outcome, want->outcome));
    waiting++;
    return true;
}

static bool check_found(void *user, const gk_entry *e) {
    const model *m = user;
    const gk_entry *want = &m->list[e->id - 1];
    CHECK(gk_str_eq(e->url, want->url));
    CHECK(gk_str_eq(e->kind, want->kind));
    CHECK(gk_str_eq(e->date, want->date));
    CHECK(gk_str_eq(e->outcome, want->outcome));
    CHECK_INT(e->seed, want->seed);
    CHECK_INT(e->year, want->year);
    CHECK_INT(e->attempts, e->seed ? 0 : want->attempts); /* seeds are told whole */
    waiting++;
    return true;
}

static void check_all(gk_store *s, model *m) {
    waiting = 0;
    gk_store_entries(s, check_entry, m);
    CHECK_INT(waiting, m->count);
    waiting = 0;
    gk_store_found(s, check_found, m);
    CHECK_INT(waiting, m->count);
}

/* A store that is closed and opened again knows all of it, and none of it is taken. */
static gk_store *reopen(gk_store *s, model *m) {
    gk_err err = {0};
    CHECK_INT(gk_store_close(s, &err), GK_OK);
    memset(m->taken, 0, sizeof m->taken);
    m->taken_count = 0;
    return gk_store_open(scratch_path("a"), GK_STORE_WRITE, INFO, &err);
}

static void run(gk_store *s, gk_arena *arena) {
    static model m;
    gk_err err = {0};
    for (int64_t step = 0; s && step < STEPS; step++) {
        uint32_t what = draw(100);
        int64_t now = 1000 + step / 10;
        if (what < 35) add(s, &m, draw(3 * MOST), arena);
        else if (what < 65 && m.taken_count < MOST_TAKEN) take(s, &m, now, arena);
        else if (what < 97 && m.taken_count) settle(s, &m, now);
        else if (what == 97) CHECK_INT(gk_store_flush(s, &err), GK_OK);
        else if (what == 98 && step % 7 == 0) s = reopen(s, &m);
        else if (what == 99 && step % 5 == 0) check_all(s, &m);
        if (s && step % 50 == 0) check_counts(s, &m);
    }
    CHECK(s != NULL);
    CHECK(m.count > 1000);
    if (s) check_all(s, &m);
    CHECK_INT(gk_store_close(s, &err), GK_OK);
}

int main(void) {
    gk_err err = {0};
    gk_arena arena = {0};
    scratch_open();
    gk_store *s = gk_store_open(scratch_path("a"), GK_STORE_WRITE, INFO, &err);
    CHECK(s != NULL);
    run(s, &arena);
    gk_arena_free(&arena);
    scratch_clear(true);
    return CHECK_DONE();
}
