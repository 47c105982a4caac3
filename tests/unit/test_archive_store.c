/* The archive as its writer sees it: entries are taken in order, what was put is there after a flush, and nothing else is. */
#include <fcntl.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "check.h"
#include "corpus/archive/inside.h"
#include "corpus/archive/verify.h"
#include "scratch.h"

static const gk_str INFO = {"software: test\r\n", 16};
static gk_arena arena;

static gk_store *open_it(void) {
    gk_err err = {0};
    gk_store *s = gk_store_open(scratch_path("a"), GK_STORE_WRITE, INFO, &err);
    if (!s) fprintf(stderr, "%s: %s\n", err.file, err.message), exit(EXIT_FAILURE);
    return s;
}

static gk_entry entry_of(const char *host, const char *url, int priority) {
    return (gk_entry){.url = gk_str_of(url), .host = gk_str_of(host), .site = GK_STR("example"), .kind = GK_STR("page"),
                      .seed = 1, .parent = 1, .priority = priority};
}

static bool add(gk_store *s, const char *host, const char *url, int priority, int64_t due) {
    gk_entry e = entry_of(host, url, priority);
    e.due = due;
    return gk_store_add(s, &e);
}

/* The URL that is taken, "" where there is none. */
static gk_str take(gk_store *s, const char *host, int64_t now) {
    gk_entry e;
    return gk_store_take(s, gk_str_of(host), now, &arena, &e) ? e.url : GK_STR("");
}

static gk_code put(gk_store *s, gk_entry *e, int status, const char *payload) {
    gk_capture c = {.url = e->url, .request_bytes = GK_STR("GET / HTTP/1.1\r\n\r\n"), .status = status,
                    .header_bytes = status == 304 ? GK_STR("HTTP/1.1 304 Not Modified\r\n\r\n")
                                                  : GK_STR("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"),
                    .payload = gk_str_of(payload), .started_ms = 1707102245000, .outcome = GK_STR("ok"),
                    .media_type = GK_STR("text/html")};
    e->outcome = GK_STR("ok");
    e->due = INT64_MAX;
    e->attempts++;
    e->fetched = 1707102245;
    return gk_store_put(s, e, &c, 1, NULL);
}

static long long ask(const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *q = NULL;
    long long n = -1;
    sqlite3_open(scratch_path("a/gongkai.sqlite"), &db);
    if (sqlite3_prepare_v2(db, sql, -1, &q, NULL) == SQLITE_OK && sqlite3_step(q) == SQLITE_ROW)
        n = sqlite3_column_int64(q, 0);
    sqlite3_finalize(q);
    sqlite3_close(db);
    return n;
}

static long long warc_size(void) {
    struct stat st;
    return stat(scratch_path("a/warc/gongkai-000001.warc.gz"), &st) == 0 ? (long long)st.st_size : -1;
}

static void test_order(void) {
    gk_store *s = open_it();
    CHECK(add(s, "one", "http://one/b", 5, 0));
    CHECK(add(s, "one", "http://one/a", 5, 0));
    CHECK(add(s, "one", "http://one/first", 9, 0));
    CHECK(add(s, "one", "http://one/later", 99, 1000));
    CHECK(add(s, "two", "http://two/", 0, 0));
    CHECK(!add(s, "one", "http://one/a", 7, 0));
    gk_entry post = entry_of("one", "http://one/a", 4);
    post.body = GK_STR("page=2");
    CHECK(gk_store_add(s, &post));
    CHECK_STR(take(s, "one", 10), "http://one/first");
    CHECK_STR(take(s, "one", 10), "http://one/b");
    CHECK_STR(take(s, "one", 1000), "http://one/later");
    CHECK_STR(take(s, "one", 1000), "http://one/a");
    CHECK_STR(take(s, "one", 1000), "http://one/a"); /* the one with a body */
    CHECK_STR(take(s, "one", 1000), "");
    CHECK_STR(take(s, "three", 1000), "");
    CHECK_INT(gk_store_close(s, NULL), GK_OK);
    CHECK_INT(ask("SELECT count(*) FROM entry"), 6);
}

typedef struct seen {
    uint64_t hosts, waiting;
    int64_t next;
} seen;

static void on_host(void *user, gk_str host, gk_str site, uint64_t waiting, int64_t next_due) {
    seen *n = user;
    n->hosts++;
    n->waiting += waiting;
    if (gk_str_eqz(host, "one")) n->next = next_due;
    CHECK_STR(site, "example");
}

static void test_states(void) {
    gk_store *s = open_it();
    gk_entry e;
    seen n = {0};
    gk_store_hosts(s, on_host, &n);
    CHECK_INT(n.hosts, 2);
    CHECK_INT(n.waiting, 6);
    while (gk_store_take(s, GK_STR("one"), 2000, &arena, &e)) {
        bool later = gk_str_eqz(e.url, "http://one/later");
        if (!later) CHECK_INT(put(s, &e, 200, "text"), GK_OK);
        e.due = 5000;
        if (later) gk_store_postpone(s, &e);
    }
    n = (seen){0};
    gk_store_hosts(s, on_host, &n);
    CHECK_INT(n.waiting, 2);
    CHECK_INT(n.next, 5000);
    CHECK(gk_store_take(s, GK_STR("two"), 2000, &arena, &e));
    CHECK_STR(take(s, "two", 2000), "");
    gk_store_release(s, e.id);
    CHECK_STR(take(s, "two", 2000), "http://two/");
    gk_store_note(s, GK_STR("robots two"), GK_STR("Disallow: /x"), 3000);
    CHECK_STR(gk_store_noted(s, GK_STR("robots two"), 2999, &arena), "Disallow: /x");
    CHECK(!gk_store_noted(s, GK_STR("robots two"), 3000, &arena).ptr);
    CHECK_INT(gk_store_close(s, NULL), GK_OK);
    CHECK_INT(ask("SELECT count(*) FROM capture"), 4);
    CHECK_INT(ask("SELECT count(*) FROM capture WHERE original IS NULL"), 1);
    CHECK_INT(ask("SELECT length FROM file"), warc_size());
}

/* The same URL again: unchanged by the word of the server, and changed. */
static void test_again(void) {
    gk_store *s = open_it();
    gk_entry e = entry_of("two", "http://two/", 0);
    e.id = ask("SELECT id FROM entry WHERE url = 'http://two/'");
    CHECK_INT(put(s, &e, 200, "new"), GK_OK);
    CHECK_INT(put(s, &e, 304, ""), GK_OK);
    CHECK_INT(put(s, &e, 200, "newer"), GK_OK);
    CHECK_INT(put(s, &e, 200, "new"), GK_OK);
    CHECK_INT(gk_store_close(s, NULL), GK_OK);
    CHECK_INT(ask("SELECT count(*) FROM capture WHERE url = 'http://two/' AND type = 'response'"), 2);
    CHECK_INT(ask("SELECT count(*) FROM capture a JOIN capture b ON a.original = b.id WHERE a.type = 'not-modified' "
                  "AND a.digest = b.digest AND a.bytes = 3"), 1);
    CHECK_INT(ask("SELECT count(*) FROM capture a JOIN capture b ON a.original = b.id WHERE a.type = 'revisit' "
                  "AND a.url = 'http://two/' AND a.digest = b.digest"), 1);
}

static bool count_entry(void *user, const gk_entry *e) {
    int *n = user;
    CHECK(e->host.len && e->id > 0);
    return ++*n < 5;
}

/* Another round: everything that was tried is asked again, and the state of the last one stays. */
static void test_renew(void) {
    gk_entry e;
    int n = 0;
    gk_store *s = gk_store_open(scratch_path("a"), GK_STORE_READ, GK_STR_NONE, NULL);
    gk_store_entries(s, count_entry, &n);
    CHECK_INT(n, 5);
    gk_store_close(s, NULL);
    s = open_it();
    gk_store_renew(s, 7000);
    CHECK(gk_store_take(s, GK_STR("two"), 7000, &arena, &e));
    CHECK_STR(e.outcome, "ok");
    CHECK_INT(e.attempts, 0);
    gk_store_release(s, e.id);
    seen all = {0};
    gk_store_hosts(s, on_host, &all);
    CHECK_INT(all.waiting, 6);
    CHECK_INT(gk_store_close(s, NULL), GK_OK);
}

/* What was not flushed is gone after a kill; what stands behind the committed length is cut and counted. */
static void test_torn(void) {
    long long before = warc_size(), captures = ask("SELECT count(*) FROM capture");
    pid_t child = fork();
    if (child == 0) {
        gk_store *s = open_it();
        gk_entry e = entry_of("two", "http://two/", 0);
        e.id = ask("SELECT id FROM entry WHERE url = 'http://two/'");
        put(s, &e, 200, "lost");
        raise(SIGKILL);
    }
    waitpid(child, NULL, 0);
    CHECK_INT(warc_size(), before);
    int fd = open(scratch_path("a/warc/gongkai-000001.warc.gz"), O_WRONLY | O_APPEND);
    CHECK_INT(write(fd, "torn tail", 9), 9);
    close(fd);
    scratch_write(scratch_path("a/warc/gongkai-000002.warc.gz"), GK_STR("begun"));
    gk_store *s = open_it();
    CHECK_INT(gk_store_torn(s), 14);
    CHECK_INT(warc_size(), before);
    CHECK_INT(gk_store_close(s, NULL), GK_OK);
    CHECK_INT(ask("SELECT count(*) FROM capture"), captures);
    CHECK_INT(truncate(scratch_path("a/warc/gongkai-000001.warc.gz"), before - 1), 0);
    gk_err err = {0};
    CHECK(!gk_store_open(scratch_path("a"), GK_STORE_WRITE, INFO, &err));
    CHECK_INT(err.code, GK_E_FORMAT);
}

/* A file that is full is followed by the next one; each begins with its warcinfo and counts by itself. */
static void test_next_file(void) {
    gk_err err = {0};
    gk_entry none = {0};
    char text[9000];
    gk_store *s = gk_store_open(scratch_path("c"), GK_STORE_WRITE, INFO, &err);
    s->files.most = 20000;
    for (int i = 0; i < 9; i++) {
        uint32_t state = 12345u + (uint32_t)i; /* bytes that cannot be squeezed */
        for (size_t k = 0; k < sizeof text; k++) text[k] = (char)((state = state * 1664525u + 1013904223u) >> 24);
        gk_capture c = {.url = GK_STR("http://c/"), .header_bytes = GK_STR("HTTP/1.1 200 OK\r\n\r\n"), .status = 200,
                        .payload = {text, sizeof text}, .started_ms = i * 1000, .outcome = GK_STR("ok")};
        CHECK_INT(gk_store_put(s, &none, &c, 1, &err), GK_OK);
    }
    CHECK_INT(gk_store_close(s, &err), GK_OK);
    struct stat st;
    for (int i = 1; i <= 5; i++) {
        char name[60];
        snprintf(name, sizeof name, "c/warc/gongkai-%06d.warc.gz", i);
        CHECK_INT(stat(scratch_path(name), &st), 0);
        CHECK(st.st_size < 20000 && st.st_size > (i < 5 ? 18000 : 9000));
    }
    gk_verdict v;
    CHECK_INT(gk_verify_archive(scratch_path("c"), NULL, NULL, &v, &err), GK_OK);
    CHECK_INT(v.files, 5);
    CHECK_INT(v.captures, 9);
    CHECK_INT(v.records, 14);
    CHECK_INT(v.faults, 0);
    s = gk_store_open(scratch_path("c"), GK_STORE_WRITE, INFO, &err);
    CHECK_INT(gk_store_torn(s), 0);
    gk_store_close(s, NULL);
}

/* An index that somebody took away does not take the WARC files with it. */
static void test_lost_index(void) {
    gk_err err = {0};
    struct stat st;
    for (const char *const *name = (const char *const[]){"c/gongkai.sqlite", "c/gongkai.sqlite-wal", NULL}; *name; name++)
        unlink(scratch_path(*name));
    for (int i = 0; i < 2; i++) CHECK(!gk_store_open(scratch_path("c"), GK_STORE_WRITE, INFO, &err));
    CHECK_INT(err.code, GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), "there are WARC files without an index: import them into another archive");
    CHECK(stat(scratch_path("c/warc/gongkai-000001.warc.gz"), &st) == 0 && st.st_size > 18000);
}

static void test_lock(void) {
    int pipes[2];
    char go;
    gk_err err = {0};
    CHECK_INT(pipe(pipes), 0);
    pid_t child = fork();
    if (child == 0) {
        gk_store *s = gk_store_open(scratch_path("b"), GK_STORE_WRITE, INFO, NULL);
        if (s && write(pipes[1], "x", 1) == 1) pause();
        _exit(1);
    }
    CHECK_INT(read(pipes[0], &go, 1), 1);
    CHECK(!gk_store_open(scratch_path("b"), GK_STORE_WRITE, INFO, &err));
    CHECK_INT(err.code, GK_E_OPEN);
    char words[100];
    snprintf(words, sizeof words, "process %ld is writing this archive", (long)child);
    CHECK_STR(gk_str_of(err.message), words);
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    gk_store *s = gk_store_open(scratch_path("b"), GK_STORE_WRITE, INFO, &err);
    CHECK(s != NULL);
    gk_store_close(s, NULL);
}

int main(void) {
    scratch_open();
    test_order();
    test_states();
    test_again();
    test_renew();
    test_torn();
    test_lock();
    test_next_file();
    test_lost_index();
    gk_arena_free(&arena);
    char command[400];
    snprintf(command, sizeof command, "rm -rf '%s'", scratch_folder);
    CHECK_INT(system(command), 0);
    return CHECK_DONE();
}
