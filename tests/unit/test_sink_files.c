#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "check.h"
#include "scratch.h"
#include "sink/sink.h"

#define ONE "{\"kind\":\"document\"}\n{\"kind\":\"amount\"}\n"
#define TWO "{\"kind\":\"document\",\"source\":\"b\"}\n"

static gk_code write_all(const char *target, const char *format, bool keep, int documents, gk_err *err) {
    gk_sink *sink;
    gk_sink_options options = {.format = format};
    gk_code code = gk_sink_open(target, &options, &sink, err);
    if (code != GK_OK) return code;
    if (documents > 0) code = gk_sink_put(sink, GK_STR(ONE), err);
    if (documents > 1 && code == GK_OK) code = gk_sink_put(sink, GK_STR(TWO), err);
    if (code == GK_OK) code = gk_sink_end(sink, keep, err);
    gk_sink_close(sink);
    return code;
}

static void holds(const char *path, const char *want) {
    gk_buf b = {0};
    CHECK_STR(scratch_read(path, &b), want);
    gk_buf_free(&b);
}

static void lines(void) {
    const char *path = scratch_path("out.jsonl");
    CHECK_INT(write_all(path, NULL, true, 2, NULL), GK_OK);
    holds(path, ONE TWO);
    CHECK_INT(write_all(path, NULL, true, 0, NULL), GK_OK);
    holds(path, "");
    CHECK_INT(scratch_clear(false), 1);
}

static void array(void) {
    const char *path = scratch_path("out.JSON");
    CHECK_INT(write_all(path, NULL, true, 2, NULL), GK_OK);
    holds(path, "[\n{\"kind\":\"document\"},\n{\"kind\":\"amount\"},\n{\"kind\":\"document\",\"source\":\"b\"}\n]\n");
    CHECK_INT(write_all(path, NULL, true, 0, NULL), GK_OK);
    holds(path, "[]\n");
    CHECK_INT(scratch_clear(false), 1);
}

static void discarded(void) {
    const char *path = scratch_path("out.jsonl");
    scratch_write(path, GK_STR("before"));
    CHECK_INT(write_all(path, NULL, false, 1, NULL), GK_OK);
    holds(path, "before");
    CHECK_INT(scratch_clear(false), 1);
}

static void link_and_mode(void) {
    const char *path = scratch_path("real"), *link = scratch_path("link.jsonl");
    scratch_write(path, GK_STR("before"));
    chmod(path, 0640);
    CHECK_INT(symlink("real", link), 0);
    CHECK_INT(write_all(link, NULL, true, 1, NULL), GK_OK);
    holds(path, ONE);
    struct stat st;
    CHECK(lstat(link, &st) == 0 && S_ISLNK(st.st_mode));
    CHECK(stat(path, &st) == 0 && (st.st_mode & 0777) == 0640);
    CHECK_INT(scratch_clear(false), 2);
}

static void refused(const char *target, const char *format, gk_code code, const char *message) {
    gk_err err = {0};
    CHECK_INT(write_all(target, format, true, 1, &err), code);
    CHECK_STR(gk_str_of(err.message), message);
}

static void refusals(void) {
    refused("out.doc", NULL, GK_E_USAGE, "the extension of \"out.doc\" tells no output format");
    refused("-", "xml", GK_E_USAGE, "unknown output format \"xml\"");
    refused("-", "sqlite", GK_E_USAGE, "the format sqlite needs a file to write to");
    refused(scratch_path("none/out.jsonl"), NULL, GK_E_OUTPUT,
            "cannot create a file in its folder: No such file or directory");
    if (access("/dev/full", W_OK) == 0) {
        refused("/dev/full", NULL, GK_E_OUTPUT, "cannot write: No space left on device");
        refused("/dev/full", "json", GK_E_OUTPUT, "cannot write: No space left on device");
    }
}

/* In a child whose standard output is a pipe nobody reads. */
static int without_reader(void) {
    int ends[2];
    if (pipe(ends) != 0) return 10;
    dup2(ends[1], STDOUT_FILENO);
    close(ends[0]);
    gk_sink *sink;
    gk_err err = {0}, again = {0};
    if (gk_sink_open(NULL, NULL, &sink, &err) != GK_OK) return 11;
    if (gk_sink_put(sink, GK_STR(ONE), &err) != GK_E_OUTPUT || !gk_sink_reader_gone(sink)) return 12;
    if (gk_sink_put(sink, GK_STR(ONE), &again) != GK_E_OUTPUT || strcmp(err.message, again.message) != 0) return 13;
    if (gk_sink_end(sink, true, &again) != GK_E_OUTPUT) return 14;
    gk_sink_close(sink);
    return 0;
}

static void reader_gone(void) {
    fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        signal(SIGPIPE, SIG_IGN);
        _exit(without_reader());
    }
    int status = -1;
    waitpid(child, &status, 0);
    CHECK(WIFEXITED(status));
    CHECK_INT(WEXITSTATUS(status), 0);
}

static void formats(void) {
    CHECK(gk_sink_format_of(GK_STR("csv")) != NULL);
    CHECK(gk_sink_format_of(GK_STR("CSV")) == NULL);
    CHECK(gk_sink_format_of_path(GK_STR("a.b/c")) == gk_sink_formats);
    CHECK(gk_sink_format_of_path(GK_STR(".csv")) == gk_sink_formats);
    CHECK(gk_sink_format_of_path(GK_STR("x/y.Db")) == gk_sink_format_of(GK_STR("sqlite")));
    CHECK(gk_sink_format_of_path(GK_STR("y.ndjson")) == gk_sink_formats);
    CHECK(gk_sink_format_of_path(GK_STR("y.csvx")) == NULL);
}

int main(void) {
    scratch_open();
    formats();
    lines();
    array();
    discarded();
    link_and_mode();
    refusals();
    reader_gone();
    scratch_clear(true);
    return CHECK_DONE();
}
