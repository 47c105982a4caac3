/* The memory of what rules found: what is kept, what is told apart, and that it stays in its bounds. */
#include "check.h"
#include "check/engine.h"
#include "check/recall.h"

static bool find(gk_recall *r, gk_str text, uint32_t asked, size_t *count, uint32_t *start) {
    const gk_found *found;
    if (!gk_recall_find(r, text, asked, &found, count)) return false;
    *start = *count ? found[*count - 1].start : 0;
    return true;
}

static void keep(gk_recall *r, gk_str text, uint32_t asked, size_t count, uint32_t start) {
    gk_found found[2] = {{.start = 1}, {.start = start}};
    gk_recall_keep(r, text, asked, found + 2 - count, count);
}

static void keeps(void) {
    gk_recall *r = gk_recall_new(0);
    size_t count;
    uint32_t start;
    CHECK(!find(r, GK_STR("<b0:000>元"), 1, &count, &start));
    keep(r, GK_STR("<b0:000>元"), 1, 2, 40);
    keep(r, GK_STR("<b0:001>元"), 1, 1, 50);
    keep(r, GK_STR("<b0:000>元"), 2, 0, 0); /* that nothing is found is an answer, too */
    keep(r, GK_STR(""), 1, 1, 60);
    CHECK(find(r, GK_STR("<b0:000>元"), 1, &count, &start));
    CHECK_INT(count, 2);
    CHECK_INT(start, 40);
    CHECK(find(r, GK_STR("<b0:001>元"), 1, &count, &start));
    CHECK_INT(start, 50);
    CHECK(find(r, GK_STR("<b0:000>元"), 2, &count, &start));
    CHECK_INT(count, 0);
    CHECK(find(r, GK_STR(""), 1, &count, &start));
    CHECK_INT(start, 60);
    CHECK(!find(r, GK_STR("<b0:000>"), 1, &count, &start));
    CHECK(!find(r, GK_STR("<b0:001>元"), 2, &count, &start));
    gk_recall_free(r);
}

static uint64_t stirred(uint64_t key, uint64_t part) {
    key = (key ^ part) * 0xFF51AFD7ED558CCDu;
    return key ^ key >> 32;
}

/* Two texts of one hash, as somebody may make them: the second half undoes what the first one changed. */
static void collision(void) {
    uint64_t one[2] = {1, 2}, two[2] = {3, 0}, first = 16 * 0x9E3779B97F4A7C15u;
    two[1] = one[1] ^ stirred(first, one[0]) ^ stirred(first, two[0]);
    gk_str a = {(const char *)one, sizeof one}, b = {(const char *)two, sizeof two};
    gk_recall *r = gk_recall_new(0);
    size_t count;
    uint32_t start;
    CHECK(gk_text_key(a) == gk_text_key(b));
    keep(r, a, 1, 1, 10);
    CHECK(!find(r, b, 1, &count, &start));
    keep(r, b, 1, 1, 20);
    CHECK(find(r, a, 1, &count, &start));
    CHECK_INT(start, 10);
    CHECK(find(r, b, 1, &count, &start));
    CHECK_INT(start, 20);
    gk_recall_free(r);
}

static gk_str number(char *at, size_t cap, unsigned i) {
    return (gk_str){at, (size_t)snprintf(at, cap, "<a0:000>比上年增加<c0:000>,第%u句", i)};
}

/* However many texts come, the memory stays in its bounds; what is asked for again and again stays in it, and what is found is
 * what was kept. */
static void bounded(size_t bytes, unsigned texts) {
    char text[64];
    size_t count, lost = 0, wrong = 0, most = 0;
    uint32_t start;
    gk_recall *r = gk_recall_new(bytes);
    keep(r, GK_STR("common"), 1, 1, 7);
    for (unsigned i = 0; i < texts; i++) {
        gk_str s = number(text, sizeof text, i);
        keep(r, s, 1, i % 3, i);
        wrong += !find(r, s, 1, &count, &start) || count != i % 3 || (count && start != i);
        lost += !find(r, GK_STR("common"), 1, &count, &start) || start != 7;
        if (gk_recall_bytes(r) > most) most = gk_recall_bytes(r);
    }
    size_t limit = bytes < GK_RECALL_MOST ? GK_RECALL_MOST : bytes;
    CHECK_INT(wrong, 0);
    CHECK_INT(lost, 0);
    CHECK(most <= 2 * limit);
    CHECK(!find(r, number(text, sizeof text, 0), 1, &count, &start));
    gk_recall_free(r);
}

static void long_ones(void) {
    static gk_found found[1000];
    char *text = gk_alloc_zero(GK_RECALL_MOST, 1);
    gk_recall *r = gk_recall_new(GK_RECALL_MOST);
    size_t count;
    uint32_t start;
    gk_recall_keep(r, (gk_str){text, GK_RECALL_MOST}, 1, NULL, 0);
    gk_recall_keep(r, GK_STR("short"), 1, found, 1000);
    CHECK(!find(r, (gk_str){text, GK_RECALL_MOST}, 1, &count, &start));
    CHECK(!find(r, GK_STR("short"), 1, &count, &start));
    CHECK_INT(gk_recall_bytes(r), 0);
    gk_recall_keep(r, (gk_str){text, GK_RECALL_MOST / 2}, 1, NULL, 0);
    CHECK(find(r, (gk_str){text, GK_RECALL_MOST / 2}, 1, &count, &start));
    gk_recall_free(r);
    gk_recall_free(NULL);
    free(text);
}

int main(void) {
    keeps();
    collision();
    bounded(0, 5000);
    bounded(4 * 1024 * 1024, 60000); /* full by its places */
    long_ones();
    return CHECK_DONE();
}
