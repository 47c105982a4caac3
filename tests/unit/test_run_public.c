/* The public functions as a program of somebody else calls them. */
#include <signal.h>
#include <unistd.h>

#include "check.h"
#include "gongkai.h"

static gk_str text_of(gongkai_text t) { return (gk_str){t.ptr, t.len}; }

static const char small[] = "青溪县档案馆2024年度单位决算说明\n\n一、收支情况\n\n"
                            "２０２４年度支出总计 1， 310. 5 万元，比上年减少 12.25 万元。\n";

static void errors(void) {
    gongkai_error error;
    char out[400];
    CHECK(gongkai_open("no such folder", &error) == NULL);
    CHECK_STR(gk_str_of(error.name), "open");
    gongkai_error_print(&error, out, sizeof out);
    CHECK(strstr(out, "no such folder: open: ") == out);
    CHECK(out[strlen(out) - 1] == '\n');
    gongkai_error_print(&error, out, 8);
    CHECK_STR(gk_str_of(out), "no such");
    CHECK(gongkai_open("no such folder", NULL) == NULL);
    gongkai_close(NULL);
    gongkai_document_free(NULL);
}

static void failed_document(gongkai_session *session) {
    gongkai_document *d = gongkai_extract(session, "a\0b", 3, NULL);
    CHECK(gongkai_document_error(d) != NULL);
    CHECK_STR(gk_str_of(gongkai_document_error(d)->name), "binary");
    CHECK_INT(gongkai_document_records(d), 1);
    const gongkai_record *r = gongkai_document_record(d, 0);
    CHECK_STR(gk_str_of(gongkai_record_kind(r)), "document");
    CHECK_STR(text_of(gongkai_record_field(r, "source")), "-");
    CHECK(gongkai_record_field(r, "value").ptr == NULL);
    CHECK(gongkai_record_field(r, "no such field").ptr == NULL);
    gongkai_document_free(d);
}

/* A digit group, its place in the view and back: the canonical span must be covered, and the figure be folded. */
static void round_trip(const gongkai_document *d, size_t i) {
    gongkai_span span = gongkai_document_digit(d, i).span, view = gongkai_view_of(d, span);
    gongkai_span back = gongkai_view_source(d, view);
    CHECK(view.end > view.start);
    CHECK(back.start <= span.start && back.end >= span.end);
    CHECK(gongkai_document_view(d).ptr[view.start] >= '0' && gongkai_document_view(d).ptr[view.start] <= '9');
}

static void document(gongkai_session *session) {
    gongkai_document *d = gongkai_extract(session, small, sizeof small - 1, "small.txt");
    CHECK(gongkai_document_error(d) == NULL);
    CHECK_STR(text_of(gongkai_document_text(d)), small);
    CHECK_INT(gongkai_document_digits(d), 4);
    for (size_t i = 0; i < gongkai_document_digits(d); i++) round_trip(d, i);
    gongkai_span figure = gongkai_view_of(d, gongkai_document_digit(d, 2).span);
    gk_str view = text_of(gongkai_document_view(d));
    CHECK_STR(gk_str_slice(view, figure.start, figure.end), "1,310.5");
    CHECK_INT(gongkai_view_of(d, (gongkai_span){0, 0}).end, 0);
    size_t runs = gongkai_view_runs(d);
    CHECK(runs > 0 && gongkai_view_run(d, runs - 1).view.end == view.len);
    CHECK_INT(gongkai_document_records(d), 3);
    CHECK_STR(text_of(gongkai_record_field(gongkai_document_record(d, 2), "value")), "-122500");
    gongkai_document_free(d);
}

static bool stop_at_once(void *user, gongkai_text piece) {
    (void)piece;
    ++*(int *)user;
    return false;
}

static void json(gongkai_session *session) {
    gongkai_document *d = gongkai_extract(session, small, sizeof small - 1, "small.txt");
    int calls = 0;
    CHECK(!gongkai_document_json(d, stop_at_once, &calls));
    CHECK_INT(calls, 1);
    gongkai_document_free(d);
}

static void count(void *user, gongkai_span number, const char *stage, gongkai_text rule, const char *outcome,
                  gongkai_text detail) {
    (void)number, (void)rule, (void)detail;
    if (stage && outcome) ++*(int *)user;
}

static void watch(gongkai_session *session) {
    int calls = 0;
    gongkai_session_watch(session, count, &calls);
    gongkai_document_free(gongkai_extract(session, small, sizeof small - 1, NULL));
    CHECK(calls > 0);
    int before = calls;
    gongkai_session_watch(session, NULL, NULL);
    gongkai_document_free(gongkai_extract(session, small, sizeof small - 1, NULL));
    CHECK_INT(calls, before);
}

/* Rules are told for the numbers of the watched line only; the watch is called where the document is read. */
static void tell(void *user, gongkai_span number, const char *stage, gongkai_text rule, const char *outcome,
                 gongkai_text detail) {
    gongkai_span *range = user;
    CHECK(stage && outcome && rule.len + 1 && detail.len + 1);
    if (number.start < range->start) range->start = number.start;
    if (number.end > range->end) range->end = number.end;
}

static void watched_line(gongkai_session *session) {
    static const char text[] = "支出总计 12.5 万元，比上年减少 1.1 万元。\n收入总计 13.5 万元，比上年减少 1.2 万元。\n"
                               "支出总计 14.5 万元，比上年减少 1.3 万元。\n";
    const uint32_t line = (uint32_t)(sizeof text - 1) / 3;
    gongkai_span range = {UINT32_MAX, 0};
    gongkai_session_watch(session, tell, &range);
    gongkai_session_watch_line(session, 2);
    gongkai_document_free(gongkai_extract(session, text, sizeof text - 1, NULL));
    CHECK(range.start >= line && range.start < range.end && range.end < 2 * line);
    range = (gongkai_span){UINT32_MAX, 0};
    gongkai_session_watch_line(session, 4);
    gongkai_document_free(gongkai_extract(session, text, sizeof text - 1, NULL));
    CHECK_INT(range.end, 0);
    gongkai_session_watch_line(session, 0);
    gongkai_session_watch(session, NULL, NULL);
}

static void runs(gongkai_session *session) {
    const char *inputs[] = {"no such file"};
    gongkai_run_options options = {.inputs = inputs, .input_count = 1, .format = "no such format"};
    gongkai_run_result result;
    gongkai_error error;
    CHECK(!gongkai_run(session, &options, &result, &error));
    CHECK_STR(gk_str_of(error.name), "usage");
    options = (gongkai_run_options){.inputs = inputs, .input_count = 1, .output = "/dev/null", .format = "jsonl"};
    CHECK(gongkai_run(session, &options, &result, &error));
    CHECK_INT(result.documents, 1);
    CHECK_INT(result.failed, 1);
    volatile sig_atomic_t stop = 1;
    options.stop = &stop;
    CHECK(!gongkai_run(session, &options, NULL, &error));
    CHECK_STR(gk_str_of(error.name), "output");
    CHECK(!gongkai_run(session, &options, NULL, NULL));
}

int main(void) {
    errors();
    gongkai_session *session = gongkai_open(NULL, NULL);
    CHECK(session != NULL);
    CHECK_INT(gongkai_digest(session).len, 64);
    CHECK_INT(gongkai_text_width((gongkai_text){"支出1", 7}), 5);
    failed_document(session);
    document(session);
    json(session);
    watch(session);
    watched_line(session);
    runs(session);
    gongkai_close(session);
    return CHECK_DONE();
}
