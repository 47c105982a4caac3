/* robots.txt: the table of files/robots_cases.txt, and what a table cannot say. */
#include "base/limits.h"
#include "check.h"
#include "corpus/crawl/robots.h"

static gk_arena arena;

/* ---- the table ---- */

static gk_str slurp(const char *name) {
    gk_str path = gk_arena_printf(&arena, "%s/tests/unit/files/%s", getenv("GK_SOURCE_DIR"), name);
    FILE *f = fopen(path.ptr, "rb");
    char *text = gk_arena_alloc(&arena, 1 << 20);
    size_t len = f ? fread(text, 1, 1 << 20, f) : 0;
    if (f) fclose(f);
    CHECK(len > 0);
    return (gk_str){text, len};
}

/* Writes s without its escapes; false: it ends in \c. */
static bool unescape(gk_str s, gk_buf *out) {
    for (size_t i = 0; i < s.len; i++) {
        if (s.ptr[i] != '\\' || i + 1 == s.len) {
            gk_buf_putc(out, s.ptr[i]);
            continue;
        }
        char c = s.ptr[++i];
        if (c == 'c') return false;
        if (c == 'x') {
            char digits[3] = {s.ptr[i + 1], s.ptr[i + 2], 0};
            gk_buf_putc(out, (char)strtoul(digits, NULL, 16));
            i += 2;
        } else {
            gk_buf_putc(out, (char)(c == 'r' ? '\r' : c == 'n' ? '\n' : c == 't' ? '\t' : c));
        }
    }
    return true;
}

static gk_str word(gk_str *line) {
    size_t blank = gk_str_find(*line, GK_STR(" "));
    gk_str w = gk_str_slice(*line, 0, blank);
    *line = blank == SIZE_MAX ? GK_STR_NONE : gk_str_slice(*line, blank + 1, line->len);
    return w;
}

/* The last word of a line is the rule where it starts like one; a target may hold blanks. */
static gk_str take_rule(gk_str *line) {
    size_t blank = gk_str_rfind(*line, GK_STR(" "));
    if (blank == SIZE_MAX || !strchr("/*-", line->ptr[blank + 1])) return GK_STR_NONE;
    gk_str rule = gk_str_slice(*line, blank + 1, line->len);
    line->len = blank;
    return rule;
}

static size_t questions;

static void ask_target(const gk_robots *r, gk_str name, gk_str line, bool want) {
    gk_buf target = {0};
    gk_str rule = take_rule(&line), decided;
    unescape(line, &target);
    bool got = gk_robots_allows(r, gk_buf_str(&target), &decided);
    bool same = !rule.ptr || (gk_str_eqz(rule, "-") ? !decided.ptr : gk_str_eq(rule, decided));
    if (got != want || !same)
        fprintf(stderr, "%.*s: %.*s is %s by \"%.*s\"\n", GK_STR_ARG(name), GK_STR_ARG(line), got ? "allowed" : "denied",
                GK_STR_ARG(decided));
    CHECK(got == want && same);
    gk_buf_free(&target);
    questions++;
}

static void ask(gk_str file, gk_str name, gk_str line) {
    gk_robots *r = gk_robots_read(file, GK_STR("gongkai"), &arena);
    gk_str kind = word(&line);
    const gk_str *maps;
    long long number = line.len ? atoll(line.ptr) : 0;
    bool allow = gk_str_eqz(kind, "allow");
    if (allow || gk_str_eqz(kind, "deny")) {
        ask_target(r, name, line, allow);
        return;
    }
    long long got = gk_str_eqz(kind, "delay")      ? gk_robots_delay_ms(r)
                    : gk_str_eqz(kind, "sitemaps") ? (long long)gk_robots_sitemaps(r, &maps)
                    : gk_str_eqz(kind, "passed")   ? (long long)gk_robots_passed_over(r)
                                                   : -1;
    if (got != number) fprintf(stderr, "%.*s: %.*s\n", GK_STR_ARG(name), GK_STR_ARG(kind));
    CHECK_INT(got, number);
    questions++;
}

/* Every file of the table, cut and with one byte changed: whatever it says then, nothing is denied without a rule. */
static void check_damaged(gk_str file) {
    static const char *const targets[] = {"/", "/a/b.html?x=1", "/%D4%A4*$", ""};
    gk_arena own = {0};
    gk_robots *r = gk_robots_read(file, GK_STR("gongkai"), &own);
    for (size_t i = 0; i < sizeof targets / sizeof *targets; i++) {
        gk_str rule;
        bool allowed = gk_robots_allows(r, gk_str_of(targets[i]), &rule);
        if (!allowed && !rule.ptr) CHECK(!"denied without a rule");
    }
    gk_arena_free(&own);
}

static void damage(gk_str whole) {
    static const char hostile[] = {'\0', '\n', '\r', ':', '*', '$', '%', '#', '\xFF', '\xFE'};
    gk_buf copy = {0};
    for (size_t at = 0; at < whole.len; at++) {
        check_damaged(gk_str_slice(whole, 0, at));
        gk_buf_clear(&copy);
        gk_buf_put(&copy, whole);
        copy.ptr[at] = hostile[at % sizeof hostile];
        check_damaged(gk_buf_str(&copy));
    }
    gk_buf_free(&copy);
}

static void test_table(void) {
    gk_str text = slurp("robots_cases.txt"), name = GK_STR_NONE;
    gk_buf file = {0};
    size_t cases = 0;
    for (size_t at = 0, end; at < text.len; at = end + 1) {
        end = at + gk_str_find(gk_str_slice(text, at, text.len), GK_STR("\n"));
        gk_str line = gk_str_slice(text, at, end);
        if (gk_str_starts(line, GK_STR("= "))) {
            damage(gk_buf_str(&file));
            name = gk_str_slice(line, 2, line.len);
            gk_buf_clear(&file);
            cases++;
        } else if (gk_str_starts(line, GK_STR("|"))) {
            if (unescape(gk_str_slice(line, 2, line.len), &file)) gk_buf_putc(&file, '\n');
        } else if (line.len && line.ptr[0] != '#') {
            ask(gk_buf_str(&file), name, line);
        }
    }
    CHECK(cases >= 90 && questions >= 220); /* nothing of the table was lost */
    gk_buf_free(&file);
}

/* ---- beyond it ---- */

static void test_all(void) {
    gk_str rule = GK_STR("x");
    CHECK(gk_robots_allows(gk_robots_all(true, &arena), GK_STR("/x"), &rule));
    CHECK(!rule.ptr);
    CHECK(!gk_robots_allows(gk_robots_all(false, &arena), GK_STR("/x"), &rule));
    CHECK(gk_robots_allows(gk_robots_all(false, &arena), GK_STR("/robots.txt"), NULL));
    CHECK_INT(gk_robots_delay_ms(gk_robots_all(false, &arena)), 0);
}

/* Rules within 500 KiB hold, those behind do not, and the line that the limit cuts is none. */
static void test_size(void) {
    gk_buf file = {0};
    gk_buf_printf(&file, "User-agent: *\nDisallow: /a\n");
    while (file.len < GK_MAX_ROBOTS_BYTES - 20) gk_buf_putc(&file, file.len % 80 ? '#' : '\n');
    gk_buf_putc(&file, '\n');
    gk_buf_printf(&file, "Allow: /a/b\nDisallow: /c/private\nDisallow: /d\n");
    CHECK(file.len > GK_MAX_ROBOTS_BYTES);
    gk_robots *r = gk_robots_read(gk_buf_str(&file), GK_STR("gongkai"), &arena);
    CHECK(!gk_robots_allows(r, GK_STR("/a"), NULL));
    CHECK(gk_robots_allows(r, GK_STR("/a/b"), NULL));
    CHECK(gk_robots_allows(r, GK_STR("/c"), NULL) && gk_robots_allows(r, GK_STR("/c/private"), NULL));
    CHECK(gk_robots_allows(r, GK_STR("/d"), NULL));
    gk_buf_clear(&file);
    while (file.len < 2 * GK_MAX_ROBOTS_BYTES) gk_buf_putc(&file, 'x'); /* one line */
    r = gk_robots_read(gk_buf_str(&file), GK_STR("gongkai"), &arena);
    CHECK(gk_robots_allows(r, GK_STR("/"), NULL));
    gk_buf_free(&file);
}

/* Files made to cost time: many rules, rules of stars, long runs of one letter. They end in well under a second. */
static void test_hostile(void) {
    static const char *const lines[] = {
        "Disallow: /*a*a*a*a*a*a*a*a*a*a*b\n",
        "Disallow: /aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab$\n",
        "Disallow: /*aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n",
        "Disallow: *b\n",
    };
    static char target[GK_MAX_URL_BYTES];
    memset(target, 'a', sizeof target);
    target[0] = '/';
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        gk_buf file = {0};
        gk_arena own = {0};
        gk_buf_printf(&file, "User-agent: *\n");
        while (file.len < GK_MAX_ROBOTS_BYTES) gk_buf_printf(&file, "%s", lines[i]);
        gk_robots *r = gk_robots_read(gk_buf_str(&file), GK_STR("gongkai"), &own);
        CHECK(gk_robots_allows(r, (gk_str){target, sizeof target}, NULL));
        gk_buf_free(&file);
        gk_arena_free(&own);
    }
}

static void test_sitemaps(void) {
    const gk_str *urls;
    gk_robots *r = gk_robots_read(GK_STR("Sitemap: http://h.cn/1.xml\nsitemap: /2.xml # x\n"), GK_STR("gongkai"), &arena);
    CHECK_INT(gk_robots_sitemaps(r, &urls), 2);
    CHECK_STR(urls[0], "http://h.cn/1.xml");
    CHECK_STR(urls[1], "/2.xml");
}

static void test_words(void) {
    enum { I = GK_ROBOTS_NOINDEX, F = GK_ROBOTS_NOFOLLOW, A = GK_ROBOTS_NOARCHIVE };
    static const struct {
        const char *value;
        unsigned want;
    } cases[] = {
        {"", 0}, {"all", 0}, {"index,follow", 0}, {"noindex", I}, {"NOINDEX, NoFollow", I | F}, {"none", I | F},
        {" noarchive ", A}, {"noindex,,nofollow", I | F}, {"noindexing", 0}, {"googlebot: none", 0}, {"gongkai: noindex", I},
        {"GongKai: noindex, nofollow", I | F}, {"googlebot: nofollow, gongkai: noarchive", A},
        {"noindex, otherbot: nofollow, noarchive", I}, {"unavailable_after: 25 Jun 2010 15:00:00 PST, noindex", I},
        {"unavailable_after: Wed, 25 Jun 2010 15:00:00 GMT, noarchive", A}, {"max-snippet:20, nofollow", F}, {"*: noindex", I},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        CHECK_INT(gk_robots_words(gk_str_of(cases[i].value), GK_STR("gongkai")), cases[i].want);
}

int main(void) {
    test_table();
    test_all();
    test_size();
    test_hostile();
    test_sitemaps();
    test_words();
    printf("%zu questions of the table\n", questions);
    gk_arena_free(&arena);
    return CHECK_DONE();
}
