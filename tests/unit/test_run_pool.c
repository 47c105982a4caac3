/* Documents that end their worker: the run goes on, and its bytes depend neither on the workers nor on other documents. */
#define _DEFAULT_SOURCE

#include <errno.h>

#include "acts.h"
#include "check.h"
#include "pack.h"
#include "run/pool.h"
#include "scratch.h"

static unsigned wall_seconds = 60;

/* ---- runs */

typedef struct outcome {
    gk_buf lines;
    uint64_t documents, failed;
    char classes[200]; /* of all documents in their order, "ok" for those without an error */
} outcome;

static gk_code take(void *user, gk_str lines, const gk_answer *answer, gk_err *err) {
    outcome *o = user;
    (void)err;
    gk_buf_put(&o->lines, lines);
    o->documents += answer->documents;
    o->failed += answer->failed;
    return GK_OK;
}

static bool tick(void *user) { return user != NULL; }

/* The class in the error of each line. */
static void read_classes(outcome *o) {
    static const gk_str mark = {"\"error\":{\"class\":\"", 18};
    gk_str rest = gk_buf_str(&o->lines);
    for (size_t n; (n = gk_str_find(rest, GK_STR("\n"))) != SIZE_MAX; rest = gk_str_slice(rest, n + 1, rest.len)) {
        gk_str line = gk_str_slice(rest, 0, n);
        size_t at = gk_str_find(line, mark);
        gk_str name = at == SIZE_MAX ? GK_STR("ok\"") : gk_str_slice(line, at + mark.len, line.len);
        gk_str class = gk_str_slice(name, 0, gk_str_find(name, GK_STR("\"")));
        size_t have = strlen(o->classes);
        snprintf(o->classes + have, sizeof o->classes - have, "%s%.*s", have ? " " : "", GK_STR_ARG(class));
    }
}

static outcome run(gongkai_session *session, unsigned jobs, const char *const *files, size_t count) {
    outcome o = {.documents = 0};
    gk_inputs inputs = {.bytes = 0};
    gk_err err;
    for (size_t i = 0; i < count; i++) gk_inputs_add(&inputs, scratch_path(files[i]));
    gk_pool_options options = {
        .jobs = jobs, .limits = {wall_seconds, 1, 256u << 20}, .take = take, .tick = tick, .user = &o};
    memset(shared, 0, sizeof *shared);
    CHECK_INT(gk_pool_run(session, &inputs, &options, &err), GK_OK);
    gk_inputs_free(&inputs);
    read_classes(&o);
    return o;
}

static void write_words(const char *name, const char *words) { scratch_write(scratch_path(name), gk_str_of(words)); }

/* The same bytes with one worker and with more. */
static void check_run(gongkai_session *session, const char *const *files, size_t count, const char *classes) {
    outcome one = run(session, 1, files, count);
    CHECK_STR(gk_str_of(one.classes), classes);
    outcome more = run(session, 3, files, count);
    CHECK(gk_str_eq(gk_buf_str(&more.lines), gk_buf_str(&one.lines)));
    CHECK_INT(more.documents, one.documents);
    CHECK_INT(more.failed, one.failed);
    gk_buf_free(&more.lines);
    gk_buf_free(&one.lines);
}

static void crashes(gongkai_session *session) {
    static const char *const files[] = {"a", "crash", "a", "crash", "copy", "a", "crash", "a"};
    write_words("a", "words");
    write_words("crash", "crash");
    write_words("copy", "crash");
    check_run(session, files, sizeof files / sizeof *files, "ok crash ok crash crash ok crash ok");
    outcome o = run(session, 1, files, sizeof files / sizeof *files);
    CHECK_INT(atomic_load(&shared->crashes), 3); /* the bytes are not read again */
    CHECK_INT(o.failed, 4);
    CHECK(gk_str_find(gk_buf_str(&o.lines), GK_STR("the worker process was ended by signal 6")) != SIZE_MAX);
    gk_buf_free(&o.lines);
}

/* A worker that was killed for no fault of its document. */
static void killed_once(gongkai_session *session) {
    static const char *const files[] = {"a", "once"};
    write_words("once", "once");
    check_run(session, files, 2, "ok ok");
}

static void limits(gongkai_session *session) {
    static const char *const files[] = {"spin", "a", "eat", "a"};
    write_words("spin", "spin");
    write_words("eat", "eat");
    outcome o = run(session, 1, files, sizeof files / sizeof *files);
    CHECK_STR(gk_str_of(o.classes), "timeout ok limit ok");
    CHECK(gk_str_find(gk_buf_str(&o.lines), GK_STR("1 seconds on the processor")) != SIZE_MAX);
    CHECK(gk_str_find(gk_buf_str(&o.lines), GK_STR("more than 268435456 bytes of memory")) != SIZE_MAX);
    gk_buf_free(&o.lines);
}

static void hanging(gongkai_session *session) {
    static const char *const files[] = {"hang", "a"};
    write_words("hang", "hang");
    wall_seconds = 2;
    outcome o = run(session, 2, files, 2);
    wall_seconds = 60;
    CHECK_STR(gk_str_of(o.classes), "timeout ok");
    CHECK(gk_str_find(gk_buf_str(&o.lines), GK_STR("the document took more than 2 seconds")) != SIZE_MAX);
    gk_buf_free(&o.lines);
}

/* What a worker says is not believed: an answer that cannot be is the end of the worker. */
static void lying(gongkai_session *session) {
    static const char *const files[] = {"lie", "a"};
    write_words("lie", "lie");
    check_run(session, files, 2, "crash ok");
}

/* Where many wait, one worker is given several at once: what ends it costs neither those before, whose answers it may still
 * hold, nor those behind. */
static void queued(gongkai_session *session) {
    static const char *const files[] = {"a", "a",    "a", "crash", "a", "a", "once", "a", "a", "lie", "a", "a",
                                        "a", "copy", "a", "a",     "a", "a", "a",    "a", "a", "a",   "a", "a"};
    check_run(session, files, sizeof files / sizeof *files,
              "ok ok ok crash ok ok ok ok ok crash ok ok ok crash ok ok ok ok ok ok ok ok ok ok");
    outcome o = run(session, 1, files, sizeof files / sizeof *files);
    CHECK_INT(atomic_load(&shared->crashes), 3);
    CHECK_INT(atomic_load(&shared->once), 2);
    gk_buf_free(&o.lines);
}

/* Each has its own time, however many wait with it. */
static void queued_time(gongkai_session *session) {
    static const char *const files[] = {"nap", "nap", "nap", "nap", "nap", "hang", "a", "a", "a", "a",
                                        "a",   "a",   "a",   "a",   "a",   "a",    "a", "a", "a", "a"};
    write_words("nap", "nap");
    wall_seconds = 2;
    outcome o = run(session, 1, files, sizeof files / sizeof *files);
    wall_seconds = 60;
    CHECK_STR(gk_str_of(o.classes), "ok ok ok ok ok timeout ok ok ok ok ok ok ok ok ok ok ok ok ok ok");
    gk_buf_free(&o.lines);
}

/* What a worker started ends with it. */
static void orphans(gongkai_session *session) {
    static const char *const files[] = {"orphan"};
    write_words("orphan", "orphan");
    outcome o = run(session, 1, files, 1);
    CHECK_STR(gk_str_of(o.classes), "crash");
    pid_t pid = atomic_load(&shared->orphan);
    char name[64], state = '?';
    for (int i = 0; i < 100 && pid && kill(pid, 0) == 0 && state != 'Z'; i++) {
        snprintf(name, sizeof name, "/proc/%ld/stat", (long)pid);
        FILE *f = fopen(name, "r");
        if (f && fscanf(f, "%*d %*s %c", &state) != 1) state = '?';
        if (f) fclose(f);
        usleep(10000);
    }
    CHECK(state == 'Z' || kill(pid, 0) != 0);
    gk_buf_free(&o.lines);
}

/* A member that ends its worker is lost; the others are not. */
static void members(gongkai_session *session) {
    static const char *const files[] = {"pack.tar", "a"};
    const pack_part parts[] = {{"1", GK_STR("words")}, {"2", GK_STR("crash")}, {"3", GK_STR("more words")},
                               {"4", GK_STR("eat")},   {"5", GK_STR("crash")}, {"6", GK_STR("words")}};
    gk_buf tar = pack(PACK_TAR, parts, sizeof parts / sizeof *parts);
    scratch_write(scratch_path("pack.tar"), gk_buf_str(&tar));
    gk_buf_free(&tar);
    check_run(session, files, 2, "ok crash ok limit crash ok ok");
}

/* More lost members than are kept: the archive is one document that failed. */
static void many_members(gongkai_session *session) {
    static const char *const files[] = {"bad.tar"};
    pack_part parts[GK_MAX_LOST_MEMBERS + 2];
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) parts[i] = (pack_part){"member", GK_STR("crash")};
    gk_buf tar = pack(PACK_TAR, parts, sizeof parts / sizeof *parts);
    scratch_write(scratch_path("bad.tar"), gk_buf_str(&tar));
    gk_buf_free(&tar);
    outcome o = run(session, 1, files, 1);
    CHECK_STR(gk_str_of(o.classes), "crash");
    CHECK_INT(o.documents, 1);
    gk_buf_free(&o.lines);
}

/* An error of opening comes from the process that opens, the rest of the record from the one that does not. */
static void missing(gongkai_session *session) {
    static const char *const files[] = {"none", "a", "none!member", "pack.tar!none", "pack.tar!1"};
    check_run(session, files, sizeof files / sizeof *files, "open ok open open ok");
}

int main(void) {
    if (!acts_open()) return 77;
    scratch_open();
    gongkai_session *session = gongkai_open(NULL, NULL);
    crashes(session);
    killed_once(session);
    limits(session);
    hanging(session);
    lying(session);
    queued(session);
    queued_time(session);
    orphans(session);
    members(session);
    many_members(session);
    missing(session);
    gongkai_close(session);
    scratch_clear(true);
    return CHECK_DONE();
}
