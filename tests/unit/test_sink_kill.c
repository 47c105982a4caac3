/* A process that is killed while it writes a database leaves a valid one, and the next run completes it. */
#include <signal.h>
#include <sys/wait.h>
#include <time.h>

#include "check.h"
#include "scratch.h"
#include "sink/database.h"
#include "sink/sink.h"

enum { DOCUMENTS = 60, FACTS = 40, TRIALS = 20 };

static uint32_t state = 88172645u;
static uint32_t next_random(uint32_t below) {
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state % below;
}

static void put_document(gk_sink *sink, int number) {
    gk_buf b = {0};
    gk_buf_printf(&b, "{\"kind\":\"document\",\"doc\":\"sha256:%064d\",\"id\":\"d\",\"span\":{\"start\":0,\"end\":9},"
                      "\"source\":\"%d.txt\",\"set\":\"5\"}\n", number, number);
    for (int i = 0; i < FACTS; i++)
        gk_buf_printf(&b, "{\"kind\":\"amount\",\"doc\":\"sha256:%064d\",\"id\":\"a%d\",\"span\":{\"start\":%d,\"end\":%d},"
                          "\"value\":\"%d\",\"subject\":\"费\"}\n", number, i, i, i + 1, number * i);
    gk_sink_put(sink, gk_buf_str(&b), NULL);
    gk_buf_free(&b);
}

static bool write_all(const char *path) {
    gk_sink *sink;
    if (gk_sink_open(path, NULL, &sink, NULL) != GK_OK) return false;
    for (int i = 0; i < DOCUMENTS; i++) put_document(sink, i);
    gk_code code = gk_sink_end(sink, true, NULL);
    gk_sink_close(sink);
    return code == GK_OK;
}

/* The first column of the first row as a number; -1 where the text is not a number and is not "ok". */
static long long ask(const char *path, const char *sql) {
    sqlite3 *db;
    sqlite3_stmt *s = NULL;
    long long n = -1;
    sqlite3_open(path, &db);
    if (sqlite3_prepare_v2(db, sql, -1, &s, NULL) == SQLITE_OK && sqlite3_step(s) == SQLITE_ROW)
        n = strcmp((const char *)sqlite3_column_text(s, 0), "ok") == 0 ? 0 : sqlite3_column_int64(s, 0);
    sqlite3_finalize(s);
    sqlite3_close(db);
    return n;
}

static long micros_of(const struct timespec *from, const struct timespec *to) {
    return (to->tv_sec - from->tv_sec) * 1000000L + (to->tv_nsec - from->tv_nsec) / 1000;
}

/* Returns whether the child was killed before it was done. */
static bool killed_run(const char *path, long after_micros) {
    pid_t child = fork();
    if (child == 0) _exit(write_all(path) ? 0 : 1);
    struct timespec pause = {after_micros / 1000000, after_micros % 1000000 * 1000};
    nanosleep(&pause, NULL);
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    return WIFSIGNALED(status);
}

static void trial(long whole_run) {
    const char *path = scratch_path("k.db");
    killed_run(path, 1 + (long)next_random((uint32_t)whole_run));
    CHECK_INT(ask(path, "PRAGMA integrity_check"), 0);
    if (ask(path, "SELECT count(*) FROM sqlite_schema") > 0) {
        long long documents = ask(path, "SELECT count(*) FROM documents");
        CHECK(documents >= 0);
        CHECK_INT(ask(path, "SELECT count(*) FROM facts"), documents * FACTS);
    }
    CHECK(write_all(path));
    CHECK_INT(ask(path, "PRAGMA integrity_check"), 0);
    CHECK_INT(ask(path, "SELECT count(*) FROM documents"), DOCUMENTS);
    CHECK_INT(ask(path, "SELECT count(*) FROM facts"), DOCUMENTS * FACTS);
    CHECK_INT(scratch_clear(false), 1);
}

int main(void) {
    scratch_open();
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    CHECK(write_all(scratch_path("k.db")));
    clock_gettime(CLOCK_MONOTONIC, &end);
    scratch_clear(false);
    for (int i = 0; i < TRIALS; i++) trial(micros_of(&start, &end) + 1000);
    scratch_clear(true);
    return CHECK_DONE();
}
