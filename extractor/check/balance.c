/* Lists that balance a budget.
 *
 * Worked example: "Total income 318.7, of which: budget income 77.2, grants from above 131, loans passed on 46, carried over
 * from last year 46, moved from funds 5.3, drawn from the stabilisation fund 13.2." A total that money of other years, levels
 * and funds belongs to has nothing but its own money and such money in it, so that a list that begins with the own and goes on
 * with the other is all of it, whether it says so or not.
 */
#include "check/family.h"
#include "check/name.h"

enum { LEAST_MOVED = 2, MOST_UNKNOWN = 1 };

static bool ends_with(const gk_checker *c, const gk_map *map, uint32_t subject) {
    return gk_map_suffix(map, gk_subject_text(c, subject), NULL) > 0;
}

bool gk_is_balance(const gk_checker *c, uint32_t head, const gk_token *const *item, size_t count) {
    size_t moved = 0;
    if (count <= LEAST_MOVED || !ends_with(c, c->maps.balanced, head)) return false;
    if (ends_with(c, c->maps.moved, item[0]->subject)) return false;
    for (size_t i = 1; i < count; i++) moved += ends_with(c, c->maps.moved, item[i]->subject);
    return moved >= LEAST_MOVED && count - 1 - moved <= MOST_UNKNOWN;
}

bool gk_are_kinds(gk_checker *c, const gk_token *const *item, size_t count) {
    for (size_t i = 0; i < count; i++)
        if (!gk_subject_families(c, item[i]->subject).len) return false;
    return count == 2 && item[0]->subject != item[1]->subject;
}
