#include "check.h"
#include "emit/json.h"
#include "emit/parse.h"
#include "text/charset.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

static gk_record amount(void) {
    gk_record r = {.kind = GK_KIND_AMOUNT, .span = {10, 20}, .id = GK_STR("a1")};
    r.field[GK_F_RAW] = GK_STR("251.38万元");
    r.field[GK_F_VALUE] = GK_STR("2513800");
    r.field[GK_F_YEAR] = GK_STR("2024");
    return r;
}

static void prints(const gk_record *r, const char *digest, const char *want) {
    gk_json_emitter *e = gk_json_emitter_new();
    gk_buf out = {0};
    for (int twice = 0; twice < 2; twice++) {
        gk_buf_clear(&out);
        CHECK(gk_json_record(e, gk_str_of(digest), r, &out));
        CHECK_STR(gk_buf_str(&out), want);
    }
    gk_buf_free(&out);
    gk_json_emitter_free(e);
}

static void plain(void) {
    gk_record r = amount();
    prints(&r, ZEROS,
           "{\"kind\":\"amount\",\"doc\":\"sha256:" ZEROS "\",\"id\":\"a1\",\"span\":{\"start\":10,\"end\":20},"
           "\"raw\":\"251.38万元\",\"value\":\"2513800\",\"year\":2024}\n");
}

static void lists_and_json(void) {
    gk_arena arena = {0};
    gk_record r = amount();
    r.field[GK_F_RAW] = GK_STR_NONE;
    r.field[GK_F_SECTION] = GK_STR("one\x1ftwo \"x\"\x1f");
    gk_put(&r, GK_F_AGAINST, GK_STR("{\"measure\":\"actual\",\"year\":2023}"), &arena);
    r.page = 3;
    r.box = (const float[]){72.5f, 0.25f, -1, 841.89f};
    r.cell = GK_STR("Sheet!B7");
    prints(&r, ZEROS,
           "{\"kind\":\"amount\",\"doc\":\"sha256:" ZEROS "\",\"id\":\"a1\",\"span\":{\"start\":10,\"end\":20},"
           "\"value\":\"2513800\",\"year\":2024,\"against\":{\"measure\":\"actual\",\"year\":2023},"
           "\"section\":[\"one\",\"two \\\"x\\\"\",\"\"],\"page\":3,\"box\":[72.5,0.25,-1,841.89],"
           "\"cell\":\"Sheet!B7\"}\n");
    gk_arena_free(&arena);
}

static void failed_document(void) {
    gk_arena arena = {0};
    gk_record r = {.kind = GK_KIND_DOCUMENT, .span = {0, 9}};
    gk_put(&r, GK_F_SOURCE, GK_STR("a\xff\xe4\xb8/b"), &arena);
    gk_put(&r, GK_F_ERROR, GK_STR("{\"class\":\"open\",\"message\":\"gone\"}"), &arena);
    prints(&r, "",
           "{\"kind\":\"document\",\"source\":\"a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD/b\","
           "\"error\":{\"class\":\"open\",\"message\":\"gone\"}}\n");
    gk_arena_free(&arena);
}

static void escapes(void) {
    gk_arena arena = {0};
    gk_record r = {.kind = GK_KIND_FINDING, .span = {1, 2}, .id = GK_STR("f")};
    gk_put(&r, GK_F_MESSAGE, GK_STR("q\" b\\ s/ t\t n\n nul\0 c\x01 d\x7f 二𠮷\xE2\x80\xA8"), &arena);
    prints(&r, "",
           "{\"kind\":\"finding\",\"id\":\"f\",\"span\":{\"start\":1,\"end\":2},"
           "\"message\":\"q\\\" b\\\\ s/ t\\t n\\n nul\xEF\xBF\xBD c\\u0001 d\x7f 二𠮷\xE2\x80\xA8\"}\n");
    gk_arena_free(&arena);
}

/* A text of nothing but control characters is six times longer in JSON than the printer first guesses. */
static void grows(void) {
    enum { N = 100000 };
    char *text = gk_alloc(N);
    memset(text, 1, N);
    gk_record r = {.kind = GK_KIND_AMOUNT, .id = GK_STR("a")};
    r.field[GK_F_RAW] = (gk_str){text, N};
    gk_json_emitter *e = gk_json_emitter_new();
    gk_buf out = {0};
    CHECK(gk_json_record(e, GK_STR_NONE, &r, &out));
    gk_lines lines = {.text = gk_buf_str(&out)};
    gk_arena arena = {0};
    gk_line line;
    CHECK_INT(gk_lines_next(&lines, &arena, &line, NULL), GK_OK);
    CHECK(gk_str_eq(line.record.field[GK_F_RAW], r.field[GK_F_RAW]));
    gk_arena_free(&arena);
    gk_buf small = {.max = 1000};
    CHECK(!gk_json_record(e, GK_STR_NONE, &r, &small));
    CHECK(small.over);
    CHECK_INT(small.len, 0);
    gk_buf_free(&small);
    gk_buf_free(&out);
    gk_json_emitter_free(e);
    free(text);
}

static uint32_t next_random(uint32_t *state) {
    *state ^= *state << 13, *state ^= *state >> 17, *state ^= *state << 5;
    return *state;
}

/* Texts of every length and every place of a special character; cJSON, which the writer does not use, reads them back. */
static void round_trip(void) {
    static const char *const pieces[] = {"a", "b", "7", "年", "é", "𠮷", "\"", "\\", "\n", "\x01", "\x1e", "\x7f", " ", "/"};
    gk_json_emitter *e = gk_json_emitter_new();
    gk_arena arena = {0};
    gk_buf text = {0}, out = {0};
    uint32_t state = 7;
    int good = 0;
    enum { ROUNDS = 4000 };
    for (int i = 0; i < ROUNDS; i++) {
        gk_buf_clear(&text), gk_buf_clear(&out), gk_arena_reset(&arena);
        uint32_t plain = next_random(&state) % 8;
        for (uint32_t n = 1 + next_random(&state) % 24; n > 0; n--)
            gk_buf_put(&text, gk_str_of(pieces[next_random(&state) % (next_random(&state) % 8 < plain ? 4 : 14)]));
        gk_record r = {.kind = GK_KIND_AMOUNT, .id = gk_buf_str(&text)};
        r.span = (gk_span){next_random(&state) >> 1, UINT32_MAX - (next_random(&state) >> 1)};
        r.field[GK_F_RAW] = r.field[GK_F_SUBJECT] = r.field[GK_F_SECTION] = r.cell = gk_buf_str(&text);
        gk_line line = {0};
        CHECK(gk_json_record(e, gk_str_of(ZEROS), &r, &out));
        gk_lines lines = {.text = gk_buf_str(&out)};
        CHECK_INT(gk_lines_next(&lines, &arena, &line, NULL), GK_OK);
        good += gk_str_eq(line.record.id, r.id) && gk_str_eq(line.record.field[GK_F_RAW], r.id) &&
                gk_str_eq(line.record.field[GK_F_SUBJECT], r.id) && gk_str_eq(line.record.field[GK_F_SECTION], r.id) &&
                gk_str_eq(line.record.cell, r.id) && line.record.span.start == r.span.start &&
                line.record.span.end == r.span.end;
    }
    CHECK_INT(good, ROUNDS);
    gk_buf_free(&text);
    gk_buf_free(&out);
    gk_arena_free(&arena);
    gk_json_emitter_free(e);
}

static void coordinates(void) {
    gk_record r = {.kind = GK_KIND_AMOUNT, .id = GK_STR("a")};
    r.box = (const float[]){1e9f, -0.05f, 12.3f, 0.006f};
    prints(&r, "", "{\"kind\":\"amount\",\"id\":\"a\",\"span\":{\"start\":0,\"end\":0},\"box\":[100000,-0.05,12.3,0.01]}\n");
}

/* Every number of digits, at both ends. */
static void numbers(void) {
    gk_json_emitter *e = gk_json_emitter_new();
    gk_buf out = {0}, want = {0};
    for (uint64_t power = 1; power <= 1000000000; power *= 10)
        for (uint32_t less = 0; less < 2; less++) {
            gk_record r = {.kind = GK_KIND_AMOUNT, .span = {(uint32_t)power - less, (uint32_t)(power * 4 + less)}};
            gk_buf_clear(&out), gk_buf_clear(&want);
            gk_buf_printf(&want, "{\"kind\":\"amount\",\"span\":{\"start\":%u,\"end\":%u}}\n", r.span.start, r.span.end);
            CHECK(gk_json_record(e, GK_STR_NONE, &r, &out));
            CHECK_STR(gk_buf_str(&out), want.ptr);
        }
    gk_buf_free(&want);
    gk_buf_free(&out);
    gk_json_emitter_free(e);
}

/* The lines of a document, with texts that repeat, are the same as lines printed one by one; so are those with a text
 * that is cut inside a character, whether it lies in the text of the document or not. */
static void documents(void) {
    static const char text[] = "部门预算收支情况说明 \"甲\" a\tb 万元 一般公共预算支出";
    const gk_str whole = {text, sizeof text - 1};
    gk_json_emitter *e = gk_json_emitter_new(), *fresh = gk_json_emitter_new();
    gk_arena arena = {0};
    uint32_t state = 11;
    for (int round = 0; round < 60; round++) {
        gk_buf out = {0}, want = {0};
        gk_arena_reset(&arena);
        gk_json_open(e, round % 3 ? whole : GK_STR_NONE);
        for (int i = 0; i < 80; i++) {
            gk_record r = {.kind = i % 9 ? GK_KIND_AMOUNT : GK_KIND_INDICATOR, .id = GK_STR("a1-2")};
            static const gk_field fields[] = {GK_F_RAW, GK_F_SUBJECT, GK_F_COLUMN, GK_F_TABLE, GK_F_SECTION, GK_F_NAME};
            for (size_t f = 0; f < sizeof fields / sizeof *fields; f++) {
                uint32_t from = next_random(&state) % 4 * 3, len = 3 + next_random(&state) % 3 * 9;
                if (next_random(&state) % 40 == 0) from++;
                gk_put(&r, fields[f], gk_str_slice(whole, from, from + len), &arena);
            }
            CHECK(gk_json_record(e, GK_STR(ZEROS), &r, &out));
            CHECK(gk_json_record(fresh, GK_STR(ZEROS), &r, &want));
        }
        gk_json_close(e);
        CHECK(gk_utf8_valid(gk_buf_str(&out), NULL));
        CHECK_STR(gk_buf_str(&out), want.ptr);
        gk_buf_free(&out);
        gk_buf_free(&want);
    }
    gk_arena_free(&arena);
    gk_json_emitter_free(e);
    gk_json_emitter_free(fresh);
}

/* The room ends at each byte of a line: it is printed whole or not at all, and the next document is none the worse. */
static void narrow(void) {
    gk_record r = amount();
    gk_json_emitter *e = gk_json_emitter_new();
    gk_buf want = {0};
    CHECK(gk_json_record(e, GK_STR(ZEROS), &r, &want));
    for (size_t max = 1; max < 4000; max += 7) {
        gk_buf out = {.max = max};
        size_t lines = 0;
        gk_json_open(e, GK_STR_NONE);
        while (gk_json_record(e, GK_STR(ZEROS), &r, &out)) lines++;
        gk_json_close(e);
        CHECK(out.over && out.len <= max);
        CHECK_INT(out.len, lines * want.len);
        for (size_t at = 0; at < out.len; at += want.len)
            CHECK_STR(gk_str_slice(gk_buf_str(&out), at, at + want.len), want.ptr);
        gk_buf_free(&out);
    }
    gk_buf_free(&want);
    gk_json_emitter_free(e);
}

int main(void) {
    numbers();
    documents();
    narrow();
    round_trip();
    coordinates();
    plain();
    lists_and_json();
    failed_document();
    escapes();
    grows();
    return CHECK_DONE();
}
