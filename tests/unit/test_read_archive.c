/* Archives: members in order, their names, archives in archives, bombs. */
#include "read/archive.h"

#include <stdlib.h>

#include "base/limits.h"
#include "check.h"
#include "pack.h"

static gk_buf seen;
static size_t most = SIZE_MAX; /* members that are taken before the walk is ended */

/* SOURCE=BYTES, or SOURCE?CLASS, one a line. */
static gk_code take(void *user, gk_str bytes, gk_str source, const gk_err *failed) {
    size_t *count = user;
    gk_buf_put(&seen, source);
    if (failed) gk_buf_printf(&seen, "?%s\n", gk_code_name(failed->code));
    else gk_buf_printf(&seen, "=%.*s\n", (int)(bytes.len < 20 ? bytes.len : 20), bytes.ptr);
    return ++*count == most ? GK_E_OUTPUT : GK_OK;
}

static gk_code walk(gk_buf *archive, const char *source) {
    size_t count = 0;
    gk_buf_clear(&seen);
    return gk_archive_each(gk_buf_str(archive), gk_str_of(source), take, &count);
}

static void check_walk(gk_buf archive, const char *source, const char *want) {
    CHECK(gk_archive_is(gk_buf_str(&archive)));
    CHECK_INT(walk(&archive, source), GK_OK);
    CHECK_STR(gk_buf_str(&seen), want);
    gk_buf_free(&archive);
}

static void check_kinds(void) {
    const pack_part two[] = {{"a.txt", GK_STR("one")}, {"b/c.txt", GK_STR("two")}};
    const pack_part office[] = {{"[Content_Types].xml", GK_STR("x")}, {"word/document.xml", GK_STR("x")}};
    check_walk(pack(PACK_ZIP, two, 2), "x.zip", "x.zip!a.txt=one\nx.zip!b/c.txt=two\n");
    check_walk(pack(PACK_TAR, two, 2), "x.tar", "x.tar!a.txt=one\nx.tar!b/c.txt=two\n");
    check_walk(pack(PACK_TAR_GZIP, two, 2), "x.tgz", "x.tgz!a.txt=one\nx.tgz!b/c.txt=two\n");
    check_walk(pack(PACK_GZIP, two, 1), "d/x.txt.gz", "d/x.txt.gz!x.txt=one\n");
    check_walk(pack(PACK_ZIP, two, 0), "x.zip", "x.zip?format\n");
    gk_buf docx = pack(PACK_ZIP, office, 2);
    CHECK(!gk_archive_is(gk_buf_str(&docx)));
    CHECK(!gk_archive_is(GK_STR("plain text")));
    CHECK(!gk_archive_is(GK_STR("")));
    gk_buf_free(&docx);
}

/* Behind a damaged member of a ZIP file the others are found by its list. */
static void check_damaged_member(void) {
    gk_buf text = {0};
    for (int i = 0; i < 2000; i++) gk_buf_printf(&text, "%d ", i * i);
    const pack_part parts[] = {{"a", GK_STR("one")}, {"b", gk_buf_str(&text)}, {"c", GK_STR("two")}, {"d", GK_STR("three")}};
    gk_buf zip = pack(PACK_ZIP, parts, 4);
    size_t at = gk_str_find(gk_buf_str(&zip), GK_STR("b"));
    for (size_t i = at + 100; i < at + 200; i++) zip.ptr[i] ^= 0x55;
    check_walk(zip, "x", "x!a=one\nx!b?format\nx!c=two\nx!d=three\n");
    gk_buf_free(&text);
}

static void check_names(void) {
    const pack_part parts[] = {
        {"\xD4\xA4\xCB\xE3.txt", GK_STR("gbk")}, {"\xE9\xA2\x84\xE7\xAE\x97.txt", GK_STR("utf-8")},
        {"__MACOSX/._a", GK_STR("no")},          {"d/Thumbs.db", GK_STR("no")},
        {"a\nb.txt", GK_STR("line")},
    };
    check_walk(pack(PACK_ZIP, parts, 5), "x.zip", "x.zip!预算.txt=gbk\nx.zip!预算.txt=utf-8\nx.zip!a?b.txt=line\n");
}

/* An archive in an archive, `depth` of them around a text. */
static gk_buf nested(int depth) {
    gk_buf inner = {0};
    gk_buf_put(&inner, GK_STR("text"));
    for (int i = 0; i < depth; i++) {
        const pack_part part[] = {{i ? "i.zip" : "t.txt", gk_buf_str(&inner)}};
        gk_buf outer = pack(PACK_ZIP, part, 1);
        gk_buf_free(&inner);
        inner = outer;
    }
    return inner;
}

static void check_nesting(void) {
    check_walk(nested(3), "x.zip", "x.zip!i.zip!i.zip!t.txt=text\n");
    check_walk(nested(4), "x.zip", "x.zip!i.zip!i.zip!i.zip?limit\n");
}

static void check_bombs(void) {
    gk_buf zeros = {0};
    char *at = gk_buf_room(&zeros, 300u << 20);
    memset(at, 97, 300u << 20);
    zeros.len = 60u << 20;
    pack_part part[] = {{"z.txt", gk_buf_str(&zeros)}};
    check_walk(pack(PACK_ZIP, part, 1), "x.zip", "x.zip!z.txt?limit\n");
    check_walk(pack(PACK_GZIP, part, 1), "x.gz", "x.gz!x?limit\n");
    zeros.len = 300u << 20;
    for (size_t i = 0; i < zeros.len; i += 64) at[i] = (char)(i * 2654435761u >> 13); /* less than 200:1 */
    part[0].data = gk_buf_str(&zeros);
    check_walk(pack(PACK_TAR_GZIP, part, 1), "x.tgz", "x.tgz!z.txt?limit\n");
    gk_buf_free(&zeros);
}

static void check_end(void) {
    const pack_part two[] = {{"a", GK_STR("1")}, {"b", GK_STR("2")}};
    gk_buf archive = pack(PACK_ZIP, two, 2);
    most = 1;
    CHECK_INT(walk(&archive, "x"), GK_E_OUTPUT);
    CHECK_STR(gk_buf_str(&seen), "x!a=1\n");
    most = SIZE_MAX;
    gk_buf_free(&archive);
}

/* Damaged archives give what can be read and a reason, and never nothing at all. */
static void check_damage(pack_kind kind) {
    const pack_part parts[] = {{"a.txt", GK_STR("some words that are stored")}, {"b.txt", GK_STR("and a few more of them")}};
    gk_buf whole = pack(kind, parts, 2);
    uint32_t random = 5;
    for (size_t i = 0; i < 1100; i++) {
        gk_buf copy = {0};
        gk_buf_put(&copy, gk_buf_str(&whole));
        if (i < 100) copy.len = whole.len * i / 100;
        else random = random * 1664525u + 1013904223u, copy.ptr[random % copy.len] ^= (char)(1u << (random >> 28) % 8);
        if (gk_archive_is(gk_buf_str(&copy))) {
            CHECK_INT(walk(&copy, "x"), GK_OK);
            CHECK(seen.len > 0);
        }
        gk_buf_free(&copy);
    }
    gk_buf_free(&whole);
}

int main(void) {
    check_kinds();
    check_names();
    check_damaged_member();
    check_nesting();
    check_bombs();
    check_end();
    check_damage(PACK_ZIP);
    check_damage(PACK_TAR);
    check_damage(PACK_TAR_GZIP);
    gk_buf_free(&seen);
    return CHECK_DONE();
}
