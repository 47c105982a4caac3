#include "check.h"
#include "emit/json.h"
#include "emit/parse.h"

#define ZEROS "0000000000000000000000000000000000000000000000000000000000000000"

/* A small generator with a fixed seed (xorshift): the same records on every run. */
static uint32_t state = 2463534242u;
static uint32_t next_random(uint32_t below) {
    state ^= state << 13, state ^= state >> 17, state ^= state << 5;
    return state % below;
}

static gk_str random_text(gk_arena *a) {
    static const char *const pieces[] = {"收入", "\"", "\\", "\n", "\t", "\x01", "/", "𠮷", "a", "=1+1", "万元", "\x7f",
                                         "{", "]", ",", "\\u0000", "é", " ", "−3", "'"};
    gk_buf b = {0};
    for (uint32_t n = 1 + next_random(6); n; n--)
        gk_buf_put(&b, gk_str_of(pieces[next_random(sizeof pieces / sizeof *pieces)]));
    gk_str text = gk_arena_dup(a, gk_buf_str(&b));
    gk_buf_free(&b);
    return text;
}

static gk_str random_list(gk_arena *a) {
    gk_str one = random_text(a), two = random_text(a);
    if (next_random(2)) return one;
    return gk_arena_printf(a, "%.*s\x1f%s%.*s", GK_STR_ARG(one), next_random(4) ? "" : "\x1f", GK_STR_ARG(two));
}

static gk_str random_field(gk_arena *a, gk_field_type type) {
    static const char *const objects[] = {"{}", "{\"measure\":\"actual\",\"year\":2023}", "[1.50,\"a]\\\"}\"]",
                                          "{\"a\":{\"b\":[]},\"n\":9007199254740993}"};
    if (type == GK_TYPE_TEXT) return random_text(a);
    if (type == GK_TYPE_LIST) return random_list(a);
    if (type == GK_TYPE_JSON) return gk_str_of(objects[next_random(4)]);
    if (type == GK_TYPE_BOOL) return next_random(2) ? GK_STR("true") : GK_STR("false");
    if (type == GK_TYPE_NUMBER) return gk_arena_printf(a, "0.%u", 10 * (unsigned)next_random(100));
    return gk_arena_printf(a, "%d", (int)next_random(100000) - 50000);
}

static gk_record random_record(gk_arena *a) {
    gk_record r = {.kind = (gk_kind)next_random(GK_KIND_COUNT)};
    r.span.start = next_random(UINT32_MAX);
    r.span.end = r.span.start + next_random(UINT32_MAX - r.span.start);
    if (next_random(2)) r.id = random_text(a);
    if (next_random(2)) r.cell = random_text(a);
    if (next_random(2)) r.page = next_random(UINT32_MAX);
    float *box = gk_arena_zero(a, 4 * sizeof *box);
    for (int i = 0; i < 4 && next_random(3); i++) box[i] = (float)next_random(2000000) / 97 - 9000;
    if (next_random(4)) r.box = box;
    for (gk_field f = GK_F_RAW; f < GK_FIELD_COUNT; f++)
        if (gk_field_in_kind(f, r.kind) && next_random(2)) gk_put(&r, f, random_field(a, gk_field_table[f].type), a);
    return r;
}

/* record -> line -> record -> line: the two lines are the same bytes. */
static void round_trip(void) {
    gk_arena arena = {0};
    gk_json_emitter *e = gk_json_emitter_new();
    gk_buf first = {0}, second = {0};
    for (int i = 0; i < 2000; i++) gk_json_record(e, GK_STR(ZEROS), (gk_record[]){random_record(&arena)}, &first);
    gk_lines lines = {.text = gk_buf_str(&first)};
    int count = 0;
    for (gk_line line;; count++) {
        gk_err err = {0};
        CHECK_INT(gk_lines_next(&lines, &arena, &line, &err), GK_OK);
        if (err.code) fprintf(stderr, "%u:%u %s\n", err.line, err.column, err.message);
        if (!line.text.ptr) break;
        CHECK(gk_json_record(e, line.digest, &line.record, &second));
    }
    CHECK_INT(count, 2000);
    CHECK(gk_str_eq(gk_buf_str(&first), gk_buf_str(&second)));
    gk_buf_free(&first);
    gk_buf_free(&second);
    gk_json_emitter_free(e);
    gk_arena_free(&arena);
}

static void refused(const char *bad, uint32_t column, const char *message) {
    gk_buf text = {0};
    gk_buf_printf(&text, "{\"kind\":\"document\"}\n%s\n{\"kind\":\"finding\"}\n", bad);
    gk_lines lines = {.text = gk_buf_str(&text), .name = GK_STR("x.jsonl")};
    gk_arena arena = {0};
    gk_line line;
    gk_err err = {0};
    CHECK_INT(gk_lines_next(&lines, &arena, &line, &err), GK_OK);
    CHECK_INT(gk_lines_next(&lines, &arena, &line, &err), GK_E_FORMAT);
    CHECK_STR(gk_str_of(err.message), message);
    CHECK_INT(err.line, 2);
    CHECK_INT(err.column, column);
    CHECK_INT(gk_lines_next(&lines, &arena, &line, NULL), GK_OK);
    CHECK_INT(line.record.kind, GK_KIND_FINDING);
    CHECK_INT(gk_lines_next(&lines, &arena, &line, NULL), GK_OK);
    CHECK(!line.text.ptr);
    gk_arena_free(&arena);
    gk_buf_free(&text);
}

static void faults(void) {
    refused("", 1, "the line is not JSON");
    refused("[]", 1, "a JSON object is expected");
    refused("{}", 1, "kind: the name of a kind of record is expected");
    refused("{\"kind\":\"sum\"}", 1, "kind: the name of a kind of record is expected");
    refused("{\"kind\":\"amount\"} x", 18, "the line is not JSON");
    refused("{\"kind\":\"amount\",}", 18, "the line is not JSON");
    refused("{\"kind\":\"amount\",\"raw\":\"二\t\"}", 26, "the line is not JSON");
    refused("{\"kind\":\"amount\",\"raw\":\"\xff\"}", 25, "the line is not JSON");
    refused("{\"kind\":\"amount\",\"raw\":\"\"}", 24, "raw: the string is empty");
    refused("{\"kind\":\"amount\",\"raw\":\"a\\u0000\"}", 24, "raw: U+0000 is not allowed");
    refused("{\"kind\":\"amount\",\"raw\":null}", 24, "raw: a string is expected");
    refused("{\"kind\":\"amount\",\"raw\":\"a\", \"raw\":\"b\"}", 35, "raw: the field is there already");
    refused("{\"kind\":\"amount\",\"row\":\"a\"}", 24, "row: no such field");
    refused("{\"kind\":\"amount\",\"title\":\"a\"}", 26, "title: a record of this kind has no such field");
    refused("{\"kind\":\"amount\",\"year\":\"2024\"}", 25, "year: a whole number is expected");
    refused("{\"kind\":\"amount\",\"year\":02024}", 25, "year: a whole number is expected");
    refused("{\"kind\":\"amount\",\"confidence\":1e3}", 31, "confidence: a number without exponent is expected");
    refused("{\"kind\":\"amount\",\"section\":[]}", 28, "section: an array of strings is expected");
    refused("{\"kind\":\"amount\",\"section\":[\"\"]}", 28, "section: the list holds nothing");
    refused("{\"kind\":\"amount\",\"against\":\"a\"}", 28, "against: an object or array is expected");
    refused("{\"kind\":\"amount\",\"doc\":\"sha1:00\"}", 24, "doc: \"sha256:\" and 64 hex digits are expected");
    refused("{\"kind\":\"amount\",\"span\":{\"start\":1}}", 25,
            "span: {\"start\": offset, \"end\": offset} is expected");
    refused("{\"kind\":\"amount\",\"span\":{\"start\":4294967296,\"end\":4294967297}}", 25,
            "span: {\"start\": offset, \"end\": offset} is expected");
    refused("{\"kind\":\"amount\",\"page\":0}", 25, "page: a page number is expected");
    refused("{\"kind\":\"amount\",\"box\":[1,2,3]}", 24, "box: four coordinates are expected");
}

int main(void) {
    round_trip();
    faults();
    return CHECK_DONE();
}
