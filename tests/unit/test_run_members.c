/* Archives as inputs of a run: a document a member, in order, whatever the number of workers. */
#include "check.h"
#include "gongkai.h"
#include "pack.h"
#include "run/members.h"
#include "scratch.h"

static const char text[] = "支出总计 12.5 万元。\n";

static void note(void *user, const gongkai_error *error) {
    gk_buf *out = user;
    gk_buf_printf(out, "%s: %s", error->name, error->message);
}

/* The sources of the document records of JSON Lines, one a line. */
static gk_str sources(gk_str lines, gk_buf *out) {
    gk_buf_clear(out);
    for (size_t at; (at = gk_str_find(lines, GK_STR("\"source\":\""))) != SIZE_MAX;) {
        lines = gk_str_slice(lines, at + 10, lines.len);
        gk_str name = gk_str_slice(lines, 0, gk_str_find(lines, GK_STR("\"")));
        size_t slash = gk_str_rfind(name, GK_STR("/gongkai-test"));
        name = gk_str_slice(name, slash == SIZE_MAX ? 0 : slash + 21, name.len); /* without the scratch folder */
        gk_buf_printf(out, "%.*s\n", GK_STR_ARG(name));
    }
    return gk_buf_str(out);
}

static void make(void) {
    const pack_part inner[] = {{"b.txt", gk_str_of(text)}};
    gk_buf in = pack(PACK_ZIP, inner, 1);
    const pack_part parts[] = {{"a.txt", gk_str_of(text)}, {"bad.txt", {"\0\1\2", 3}}, {"in.zip", gk_buf_str(&in)}};
    gk_buf out = pack(PACK_ZIP, parts, 3);
    scratch_write(scratch_path("m.zip"), gk_buf_str(&out));
    scratch_write(scratch_path("z.txt"), gk_str_of(text));
    gk_buf_free(&in);
    gk_buf_free(&out);
}

static void run(gongkai_session *session, unsigned jobs, gk_buf *lines) {
    const char *inputs[] = {scratch_path("m.zip"), scratch_path("z.txt")};
    const char *output = scratch_path("out.jsonl");
    gk_buf failure = {0};
    gongkai_run_options options = {
        .inputs = inputs, .input_count = 2, .output = output, .jobs = jobs, .on_failure = note, .user = &failure};
    gongkai_run_result result;
    gongkai_error error;
    CHECK(gongkai_run(session, &options, &result, &error));
    CHECK_INT(result.documents, 4);
    CHECK_INT(result.failed, 1);
    CHECK_INT(result.records, 7);
    CHECK(gk_str_find(gk_buf_str(&failure), GK_STR("m.zip!bad.txt: ")) != SIZE_MAX);
    gk_buf_clear(lines);
    scratch_read(output, lines);
    gk_buf_free(&failure);
}

static void one_member(gongkai_session *session) {
    gk_buf path = {0};
    gk_buf_printf(&path, "%s!in.zip!b.txt", scratch_path("m.zip"));
    gongkai_document *d = gongkai_extract_file(session, path.ptr);
    CHECK(gongkai_document_error(d) == NULL);
    CHECK_INT(gongkai_document_records(d), 2);
    gongkai_document_free(d);
    gk_buf_putc(&path, 'x');
    d = gongkai_extract_file(session, path.ptr);
    CHECK_STR(gk_str_of(gongkai_document_error(d)->name), "open");
    gongkai_document_free(d);
    d = gongkai_extract_file(session, scratch_path("m.zip"));
    CHECK_STR(gk_str_of(gongkai_document_error(d)->name), "binary");
    gongkai_document_free(d);
    gk_buf_free(&path);
}

int main(void) {
    gk_buf one = {0}, two = {0}, names = {0};
    gongkai_session *session = gongkai_open(NULL, NULL);
    scratch_open();
    make();
    run(session, 1, &one);
    run(session, 2, &two);
    CHECK(gk_str_eq(gk_buf_str(&one), gk_buf_str(&two)));
    CHECK_STR(sources(gk_buf_str(&one), &names), "m.zip!a.txt\nm.zip!bad.txt\nm.zip!in.zip!b.txt\nz.txt\n");
    one_member(session);
    scratch_clear(true);
    gongkai_close(session);
    gk_buf_free(&one);
    gk_buf_free(&two);
    gk_buf_free(&names);
    return CHECK_DONE();
}
