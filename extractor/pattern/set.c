/* Looking into a loaded set. */
#include "pattern/private.h"

gk_str gk_set_digest(const gk_set *set) { return gk_str_of(set->digest); }

const gk_fold *gk_set_fold(const gk_set *set) { return set->fold; }

gk_str gk_set_table(const gk_set *set, gk_str name) {
    for (size_t i = 0; i < set->tables; i++)
        if (gk_str_eq(set->table[i].name, name)) return set->table[i].text;
    return GK_STR_NONE;
}

const gk_rule *gk_set_rules(const gk_set *set, size_t *count) { return *count = set->rules, set->rule; }
