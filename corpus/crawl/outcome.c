#include "corpus/crawl/outcome.h"

typedef enum whom { url, group } whom;

typedef struct rule {
    const char *name, *meaning;
    uint32_t wait; /* seconds before the second try */
    uint8_t attempts;
    whom whom;
} rule;

static const rule rules[GK_OUTCOME_COUNT] = {
    [GK_OUTCOME_NONE] = {"", "not tried yet", 0, 0, url},
#define X(symbol, name, attempts, wait, whom, meaning) [GK_OUTCOME_##symbol] = {name, meaning, wait, attempts, whom},
    GK_OUTCOMES(X)
#undef X
};

enum { WEEK = 7 * 24 * 3600 };

static const rule *rule_of(gk_outcome o) { return &rules[(unsigned)o < GK_OUTCOME_COUNT ? o : GK_OUTCOME_NONE]; }

const char *gk_outcome_name(gk_outcome o) { return rule_of(o)->name; }
const char *gk_outcome_meaning(gk_outcome o) { return rule_of(o)->meaning; }
bool gk_outcome_for_group(gk_outcome o) { return rule_of(o)->whom == group; }

gk_outcome gk_outcome_named(gk_str name) {
    for (int o = GK_OUTCOME_NONE + 1; o < GK_OUTCOME_COUNT; o++)
        if (gk_str_eqz(name, rules[o].name)) return (gk_outcome)o;
    return GK_OUTCOME_NONE;
}

/* Sites that ask for a browser are left alone for longer and longer; elsewhere waits double. */
static uint32_t wait_of(gk_outcome o, unsigned attempts) {
    static const uint32_t challenge[] = {3600, 6 * 3600, 24 * 3600, WEEK};
    enum { STEPS = sizeof challenge / sizeof *challenge };
    if (o == GK_OUTCOME_CHALLENGE) return challenge[attempts <= STEPS ? attempts - 1 : STEPS - 1];
    uint64_t wait = rules[o].wait;
    for (unsigned i = 1; i < attempts && wait < WEEK; i++) wait *= 2;
    return wait < WEEK ? (uint32_t)wait : WEEK;
}

uint32_t gk_outcome_wait(gk_outcome o, unsigned attempts, uint32_t retry_after) {
    const rule *r = rule_of(o);
    if (r->wait == 0 || attempts >= r->attempts) return 0;
    uint32_t wait = wait_of(o, attempts ? attempts : 1);
    if (retry_after > WEEK) retry_after = WEEK;
    return wait > retry_after ? wait : retry_after;
}
