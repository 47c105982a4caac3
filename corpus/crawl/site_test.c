/* Running the tests that stand in profiles, verdicts and topics: a page goes in, the lines of site_print.c come out. */
#include "corpus/crawl/site_private.h"

typedef struct run {
    gk_sites *s;
    gk_site_say *say;
    void *user;
    size_t tests, failures;
} run;

static void tell(run *r, gk_str file, uint32_t line, gk_str id, const char *what, gk_str want, gk_str got) {
    gk_buf text = {.max = 8192};
    gk_buf_printf(&text, "%.*s:%u: %.*s: %s: expected `%.*s`, got `%.*s`", GK_STR_ARG(file), line, GK_STR_ARG(id), what,
                  GK_STR_ARG(want), GK_STR_ARG(got));
    if (r->say) r->say(r->user, gk_buf_str(&text));
    gk_buf_free(&text);
    r->failures++;
}

static gk_str next_line(gk_str text, size_t *at) {
    const char *end = *at < text.len ? memchr(text.ptr + *at, '\n', text.len - *at) : NULL;
    size_t start = *at < text.len ? *at : text.len, stop = end ? (size_t)(end - text.ptr) : text.len;
    *at = stop + 1;
    return gk_str_trim(gk_str_slice(text, start, stop));
}

static void compare(run *r, const st_test *t, gk_str file, gk_str id, gk_str got) {
    size_t a = 0, b = 0;
    while (a < t->gives.len || b < got.len) {
        gk_str want = next_line(t->gives, &a), have = next_line(got, &b);
        if (gk_str_eq(want, have)) continue;
        tell(r, file, t->line, id, t->what.len ? "the page is read otherwise" : "the page", want, have);
        return;
    }
}

static void run_test(run *r, const st_test *t, gk_str file, gk_str id) {
    gk_arena arena = {0};
    gk_buf lines = {0};
    gk_site_page page;
    gk_site_visit visit = {.url = t->url, .request_body = t->body, .content_type = t->type, .disposition = t->disposition,
                           .status = t->status ? t->status : 200, .text = t->text};
    int since = r->s->since;
    bool show_all = r->s->show_all;
    visit.kind = t->as.len ? gk_link_kind_named(t->as) : GK_LINK_LIST;
    r->s->since = t->since;
    r->s->show_all = false;
    gk_sites_read(r->s, &visit, t->page, &arena, &page);
    r->s->since = since;
    r->s->show_all = show_all;
    gk_site_print(&page, &lines);
    compare(r, t, file, id, gk_buf_str(&lines));
    r->tests++;
    gk_buf_free(&lines);
    gk_arena_free(&arena);
}

static void run_topic(run *r, const st_topic *topic, const st_topic_test *t) {
    static const gk_str fates[] = {{"left", 4}, {"followed", 8}};
    gk_arena arena = {0};
    const char *what = t->text.len ? t->text.ptr : t->path.ptr;
    bool followed = (t->text.len ? st_topic_text(r->s, t->text) : st_topic_path(r->s, t->path)) > 0;
    if (t->inside) followed = !followed && st_topic_inside(r->s, t->text);
    int year = st_year_in(t->text);
    r->tests++;
    if (followed != t->follow) tell(r, topic->file, t->line, topic->id, what, fates[t->follow], fates[followed]);
    gk_str want = gk_arena_printf(&arena, "%d", t->year), got = gk_arena_printf(&arena, "%d", year);
    if (t->text.len && t->year && year != t->year) tell(r, topic->file, t->line, topic->id, what, want, got);
    gk_arena_free(&arena);
}

size_t gk_sites_test(gk_sites *s, gk_site_say *say, void *user, size_t *tests) {
    run r = {.s = s, .say = say, .user = user};
    for (size_t i = 0; i < s->profiles; i++)
        for (size_t k = 0; k < s->profile[i].test_count; k++)
            run_test(&r, &s->profile[i].tests[k], s->profile[i].file, s->profile[i].id);
    for (size_t i = 0; i < s->verdicts; i++)
        for (size_t k = 0; k < s->verdict[i].test_count; k++)
            run_test(&r, &s->verdict[i].tests[k], s->verdict[i].file, s->verdict[i].id);
    for (size_t i = 0; i < s->topics; i++)
        for (size_t k = 0; k < s->topic[i].test_count; k++) run_topic(&r, &s->topic[i], &s->topic[i].tests[k]);
    if (tests) *tests = r.tests;
    return r.failures;
}
