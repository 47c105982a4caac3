/* The memory of answers: what is kept, what is told apart, what happens when it is full. */
#include "check.h"
#include "base/limits.h"
#include "extract/memo.h"

static int *at(gk_memo *m, const char *key, uint32_t salt, bool *fresh) {
    return gk_memo_at(m, gk_str_of(key), salt, fresh, NULL);
}

static void keeps(void) {
    bool fresh;
    gk_memo *m = gk_memo_new(sizeof(int), 16);
    int *v = at(m, "公务接待费", 0, &fresh);
    CHECK(fresh);
    CHECK_INT(*v, 0);
    *v = 7;
    CHECK_INT(*at(m, "公务接待费", 0, &fresh), 7);
    CHECK(!fresh);
    /* Another question about the same text, and texts that are almost the same. */
    CHECK_INT(*at(m, "公务接待费", 1, &fresh), 0);
    CHECK(fresh);
    at(m, "公务接待", 0, &fresh);
    CHECK(fresh);
    at(m, "公务接待费用", 0, &fresh);
    CHECK(fresh);
    at(m, "", 0, &fresh);
    CHECK(fresh);
    at(m, "", 0, &fresh);
    CHECK(!fresh);
    gk_memo_free(m);
}

/* A full table keeps what it has and nothing more, until it is tidied between two documents. */
static void full(void) {
    enum { SLOTS = 16, KEYS = 100 };
    bool fresh;
    char key[16];
    gk_memo *m = gk_memo_new(sizeof(int), SLOTS);
    for (int i = 0; i < KEYS; i++) {
        snprintf(key, sizeof key, "k%d", i);
        int *v = at(m, key, 0, &fresh);
        CHECK(fresh);
        CHECK_INT(*v, 0);
        *v = i + 1;
    }
    int kept = 0;
    for (int i = 0; i < KEYS; i++) {
        snprintf(key, sizeof key, "k%d", i);
        int v = *at(m, key, 0, &fresh);
        CHECK_INT(v, fresh ? 0 : i + 1);
        kept += !fresh;
    }
    CHECK(kept > 0 && kept <= SLOTS / 2);
    CHECK_INT(*at(m, "k0", 0, &fresh), 1);
    gk_memo_tidy(m);
    CHECK_INT(*at(m, "k0", 0, &fresh), 0);
    CHECK(fresh);
    gk_memo_free(m);
}

static void kept_keys(void) {
    bool fresh;
    char key[] = "会议费";
    gk_str kept;
    gk_memo *m = gk_memo_new(sizeof(int), 16);
    gk_memo_at(m, gk_str_of(key), 0, &fresh, &kept);
    CHECK_STR(kept, "会议费");
    CHECK(kept.ptr != key);
    gk_str again;
    gk_memo_at(m, gk_str_of(key), 0, &fresh, &again);
    CHECK(again.ptr == kept.ptr);
    gk_memo_free(m);
}

static void long_keys_pass(void) {
    bool fresh;
    static char key[GK_MAX_LEAD_BYTES + 2];
    memset(key, 'x', GK_MAX_LEAD_BYTES + 1);
    gk_memo *m = gk_memo_new(sizeof(int), 16);
    for (int i = 0; i < 2; i++) {
        int *v = at(m, key, 0, &fresh);
        CHECK(fresh);
        CHECK_INT(*v, 0);
        *v = 5;
    }
    key[GK_MAX_LEAD_BYTES] = '\0';
    at(m, key, 0, &fresh);
    CHECK(fresh);
    at(m, key, 0, &fresh);
    CHECK(!fresh);
    gk_memo_free(m);
    gk_memo_free(NULL);
}

/* What came after a text the last time is looked at first: another order, another question and keys of one length must
 * not be taken for it. */
static void every_order(void) {
    static const char *const keys[] = {"a", "b", "收入", "支出", "财政拨款收入", "财政拨款支出", "12345678", "12345679"};
    enum { KEYS = sizeof keys / sizeof *keys, ROUNDS = 200 };
    bool fresh;
    unsigned random = 1;
    gk_memo *m = gk_memo_new(sizeof(int), 64);
    for (int i = 0; i < 2 * KEYS; i++) *at(m, keys[i / 2], (uint32_t)(i % 2), &fresh) = i + 1;
    for (int i = 0; i < 2 * KEYS; i++) CHECK_INT(*at(m, keys[i / 2], (uint32_t)(i % 2), &fresh), i + 1);
    for (int round = 0; round < ROUNDS; round++) {
        random = random * 1103515245u + 12345u;
        int i = (int)(random >> 16) % (2 * KEYS);
        CHECK_INT(*at(m, keys[i / 2], (uint32_t)(i % 2), &fresh), i + 1);
        CHECK(!fresh);
    }
    gk_memo_free(m);
}

/* What came after a text is forgotten with all the rest. */
static void tidied(void) {
    bool fresh;
    gk_memo *m = gk_memo_new(sizeof(int), 4);
    for (int round = 0; round < 3; round++) {
        *at(m, "收入", 0, &fresh) = 1;
        CHECK(fresh);
        *at(m, "支出", 0, &fresh) = 2;
        CHECK(fresh);
        CHECK_INT(*at(m, "收入", 0, &fresh), 1);
        CHECK_INT(*at(m, "支出", 0, &fresh), 2);
        CHECK_INT(*at(m, "结余", 0, &fresh), 0);
        CHECK(fresh);
        CHECK(gk_memo_tidy(m));
        CHECK(!gk_memo_tidy(m));
    }
    gk_memo_free(m);
}

int main(void) {
    keeps();
    full();
    kept_keys();
    long_keys_pass();
    every_order();
    tidied();
    return CHECK_DONE();
}
