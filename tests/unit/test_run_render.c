/* Renderings: what is made of a document in its worker comes back, and a document that ends its worker is a typed error. */
#define _DEFAULT_SOURCE

#include "acts.h"
#include "check.h"
#include "run/render.h"
#include "scratch.h"

static unsigned wall_seconds = 60;

typedef struct seen {
    gk_buf text; /* of all inputs: "NUMBER:BYTES" or "CLASS", each with a line end */
    gk_buf messages;
    int here; /* in the process of the test */
} seen;

static int render(void *user, const gongkai_document *document, const char *path, FILE *out) {
    seen *s = user;
    gongkai_text text = gongkai_document_text(document);
    s->here++;
    fprintf(out, "%s %.*s", strrchr(path, '/') + 1, (int)text.len, text.ptr);
    return (int)text.len;
}

static void on_rendered(void *user, const char *path, gongkai_text text, int number, const gongkai_error *error) {
    seen *s = user;
    CHECK(path != NULL);
    if (error) CHECK_INT(text.len, 0);
    if (error) gk_buf_printf(&s->text, "%s\n", error->name);
    else gk_buf_printf(&s->text, "%d:%.*s\n", number, (int)text.len, text.ptr);
    if (error) gk_buf_printf(&s->messages, "%s: %s\n", strrchr(error->file, '/') + 1, error->message);
}

static void write_words(const char *name, const char *words) { scratch_write(scratch_path(name), gk_str_of(words)); }

static void render_files(gongkai_session *session, unsigned jobs, const char *const *files, size_t count, seen *s) {
    const char *paths[8];
    gongkai_error error;
    for (size_t i = 0; i < count; i++) {
        char *copy = gk_alloc(600);
        snprintf(copy, 600, "%s", scratch_path(files[i]));
        paths[i] = copy;
    }
    gongkai_render_options options = {.inputs = paths,
                                      .input_count = count,
                                      .jobs = jobs,
                                      .timeout_seconds = wall_seconds,
                                      .render = render,
                                      .on_rendered = on_rendered,
                                      .user = s};
    memset(shared, 0, sizeof *shared);
    gk_buf_clear(&s->text);
    gk_buf_clear(&s->messages);
    CHECK(gongkai_render_all(session, &options, &error));
    for (size_t i = 0; i < count; i++) free((void *)(uintptr_t)paths[i]);
}

/* The same whatever the number of workers, in the order of the inputs; a document that crashed is not read a fourth time. */
static void kinds_of_end(gongkai_session *session, seen *s) {
    static const char *const files[] = {"a", "crash", "eat", "none", "b"};
    for (unsigned jobs = 1; jobs <= 3; jobs += 2) {
        render_files(session, jobs, files, 5, s);
        CHECK_STR(gk_buf_str(&s->text), "5:a words\ncrash\nlimit\nopen\n10:b more words\n");
        CHECK_INT(atomic_load(&shared->crashes), 3);
    }
    CHECK_STR(gk_buf_str(&s->messages), "crash: the worker process was ended by signal 6\n"
                                        "eat: the document needs more than 1073741824 bytes of memory "
                                        "(GK_MAX_WORKER_MEMORY)\n"
                                        "none: No such file or directory\n");
    CHECK_INT(s->here, 0);
}

static void hanging(gongkai_session *session, seen *s) {
    static const char *const files[] = {"hang", "a"};
    wall_seconds = 2;
    render_files(session, 1, files, 2, s);
    wall_seconds = 60;
    CHECK_STR(gk_buf_str(&s->text), "timeout\n5:a words\n");
    CHECK_STR(gk_buf_str(&s->messages), "hang: the document took more than 2 seconds (GK_MAX_WORKER_SECONDS, --timeout)\n");
}

static void once_more(gongkai_session *session, seen *s) {
    static const char *const files[] = {"once"};
    render_files(session, 1, files, 1, s);
    CHECK_STR(gk_buf_str(&s->text), "4:once once\n");
}

/* The class, the message and the place of an error are those that the document had. */
static void errors(seen *s) {
    gk_err err, back;
    gk_answer answer;
    gk_buf lines = {0};
    gk_err_set(&err, GK_E_BINARY, "no text");
    gk_err_place(&err, GK_STR("x"), GK_STR("one\ntwo"), 5);
    gk_render_fail(&err, "path", &lines, &answer);
    gk_render_error(gk_buf_str(&lines), &answer, &back);
    CHECK_INT(back.code, GK_E_BINARY);
    CHECK_STR(gk_str_of(back.message), "no text");
    CHECK_STR(gk_str_of(back.file), "x");
    CHECK_INT(back.line, 2);
    CHECK_INT(back.column, 2);
    CHECK_STR(gk_str_of(back.text), "two");
    answer.code = 1000; /* a worker that was taken over may say anything */
    gk_render_error(gk_str_slice(gk_buf_str(&lines), 0, 9), &answer, &back);
    CHECK_INT(back.code, GK_E_INTERNAL);
    memset(lines.ptr, 'x', lines.len);
    answer.code = GK_E_FORMAT;
    gk_render_error(gk_buf_str(&lines), &answer, &back);
    CHECK_INT(back.code, GK_E_FORMAT);
    CHECK_INT(strlen(back.message), sizeof back.message - 1);
    gk_buf_free(&lines);
    CHECK_INT(s->here, 0);
}

int main(void) {
    seen s = {.here = 0};
    if (!acts_open()) return 77;
    scratch_open();
    write_words("a", "words");
    write_words("b", "more words");
    write_words("crash", "crash");
    write_words("hang", "hang");
    write_words("eat", "eat");
    write_words("once", "once");
    gongkai_session *session = gongkai_open(NULL, NULL);
    kinds_of_end(session, &s);
    hanging(session, &s);
    once_more(session, &s);
    errors(&s);
    gongkai_close(session);
    scratch_clear(true);
    gk_buf_free(&s.text);
    gk_buf_free(&s.messages);
    return CHECK_DONE();
}
