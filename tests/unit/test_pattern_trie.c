/* Tries against the plain way of finding literals. */
#include "base/buf.h"
#include "check.h"
#include "pattern/trie.h"

static const char *const alphabet[] = {"比", "上", "年", "a", "é", "😀", "较", "增",
                                       "加", "减", "少", "元", "万", "亿", "第", "条"};
enum { LETTERS = sizeof alphabet / sizeof *alphabet, WORDS = 400 };

static uint32_t seed = 1;

static uint32_t roll(uint32_t n) {
    seed = seed * 1664525 + 1013904223;
    return (seed >> 8) % n;
}

static gk_str random_text(gk_arena *arena, uint32_t letters) {
    gk_buf b = {0};
    for (uint32_t i = 0; i < letters; i++) gk_buf_put(&b, gk_str_of(alphabet[roll(LETTERS)]));
    gk_str s = gk_arena_dup(arena, gk_buf_str(&b));
    gk_buf_free(&b);
    return s;
}

static size_t plain_longest(const gk_str *word, gk_str s, size_t at, bool reversed) {
    size_t longest = 0;
    for (size_t i = 0; i < WORDS; i++) {
        bool hit = reversed ? gk_str_ends(gk_str_slice(s, 0, at), word[i])
                            : gk_str_starts(gk_str_slice(s, at, s.len), word[i]);
        if (hit && word[i].len > longest) longest = word[i].len;
    }
    return longest;
}

static void test_against_plain(bool reversed) {
    gk_arena arena = {0};
    gk_str word[WORDS];
    gk_trie_item item[WORDS];
    for (uint32_t i = 0; i < WORDS; i++) {
        word[i] = random_text(&arena, 1 + roll(4));
        item[i] = (gk_trie_item){word[i], i};
    }
    gk_trie trie;
    gk_trie_build(&trie, &arena, item, WORDS, reversed);
    gk_str text = random_text(&arena, 2000);
    size_t wrong = 0;
    for (size_t at = 0, bytes; at < text.len; at += bytes) {
        uint32_t output;
        size_t length = gk_trie_longest(&trie, text, at, &output);
        wrong += length != plain_longest(word, text, at, reversed);
        for (uint32_t i = 0; length && i < trie.output[output].count; i++)
            wrong += word[trie.value[trie.output[output].first + i]].len != length;
        gk_char_at(text, at, &bytes);
    }
    CHECK_INT(wrong, 0);
    gk_arena_free(&arena);
}

/* From every place, the scan for the next literal stops at the first one or before it. Where all words have two characters
 * or more it passes two characters at a time. */
static void test_skip(unsigned shortest) {
    enum { FEW = 4 };
    gk_arena arena = {0};
    gk_str word[WORDS];
    gk_trie_item item[FEW];
    for (uint32_t i = 0; i < WORDS; i++) word[i] = i < FEW ? random_text(&arena, shortest + roll(2)) : GK_STR("never");
    for (uint32_t i = 0; i < FEW; i++) item[i] = (gk_trie_item){word[i], i};
    gk_trie trie;
    gk_trie_build(&trie, &arena, item, FEW, false);
    if (shortest > 1) CHECK(trie.opens != NULL);
    gk_str text = random_text(&arena, 2000);
    size_t wrong = 0;
    for (size_t at = 0, bytes; at < text.len; at += bytes) {
        size_t stop = gk_trie_skip(&trie, text, at);
        for (size_t p = at; p < stop; p += bytes) {
            wrong += plain_longest(word, text, p, false) > 0;
            gk_char_at(text, p, &bytes);
            wrong += p + bytes > stop;
        }
        gk_char_at(text, at, &bytes);
    }
    CHECK_INT(wrong, 0);
    gk_arena_free(&arena);
}

static void test_skip_pairs(void) {
    gk_arena arena = {0};
    gk_trie trie;
    gk_trie_item items[] = {{GK_STR("依据"), 1}, {GK_STR("“项目"), 2}, {GK_STR("%"), 3}};
    gk_trie_build(&trie, &arena, items, 3, false);
    CHECK(trie.opens != NULL);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("设立依据是"), 0), 6);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("绩设立依据是"), 0), 9);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("设立,依据是"), 0), 7);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("支出5%"), 0), 7);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("支出“项目"), 0), 6);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("支出总计"), 0), 12);
    CHECK_INT(gk_trie_skip(&trie, GK_STR("支出总"), 0), 9);
    gk_arena_free(&arena);
}

static void test_small(void) {
    gk_arena arena = {0};
    gk_trie trie;
    uint32_t output;
    gk_trie_build(&trie, &arena, NULL, 0, false);
    CHECK_INT(gk_trie_longest(&trie, GK_STR("比"), 0, &output), 0);
    gk_trie_item twice[] = {{GK_STR("比"), 7}, {GK_STR("比"), 3}, {GK_STR("比"), 7}};
    gk_trie_build(&trie, &arena, twice, 3, false);
    CHECK_INT(gk_trie_longest(&trie, GK_STR("比比"), 3, &output), 3);
    CHECK_INT(trie.output[output].count, 2);
    CHECK_INT(trie.value[trie.output[output].first], 3);
    CHECK_INT(gk_trie_longest(&trie, GK_STR("\xE6\xAF"), 0, &output), 0); /* a cut character */
    gk_arena_free(&arena);
}

int main(void) {
    test_small();
    test_skip_pairs();
    for (int i = 0; i < 20; i++) test_skip(1), test_skip(2);
    test_against_plain(false);
    test_against_plain(true);
    return CHECK_DONE();
}
