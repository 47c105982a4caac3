/* Politeness: which server group may be asked now.
 *
 * A group is what one machine or one operator serves: all hosts that share an address or a registrable domain (union of
 * both, so that the many county sites on one server are one group). In a group one request is in flight at a time, and
 * after it a pause: the largest of the option, the Crawl-delay, and twice the time the server took (an exponential mean),
 * at most 300 s; an option of 0 asks for no pause but the Crawl-delay. A wait for the whole group (Retry-After, challenge)
 * moves its next time. A slow or dead group never keeps another one waiting.
 */
#ifndef GK_CORPUS_CRAWL_GROUP_H
#define GK_CORPUS_CRAWL_GROUP_H

#include "base/err.h"

typedef struct gk_groups gk_groups;
typedef uint32_t gk_group; /* a number from 1; groups that merge answer to the smaller */

gk_groups *gk_groups_new(uint32_t delay_ms);
void gk_groups_free(gk_groups *g);
/* The group of a host, made where there is none. */
gk_group gk_groups_of(gk_groups *g, gk_str host, gk_str site);
/* Tells that a host was found at an address; groups may merge. */
void gk_groups_address(gk_groups *g, gk_group group, gk_str address);
void gk_groups_crawl_delay(gk_groups *g, gk_group group, uint32_t ms);
/* Whether the group may be asked at `now_ms` (monotonic); where not, *at_ms (may be NULL) is when to look again: INT64_MAX
 * while a request is in flight, since only its end can change that. */
bool gk_groups_ready(gk_groups *g, gk_group group, int64_t now_ms, int64_t *at_ms);
void gk_groups_begin(gk_groups *g, gk_group group, int64_t now_ms);
void gk_groups_end(gk_groups *g, gk_group group, int64_t now_ms, uint32_t elapsed_ms);
/* Not before `at_ms`. */
void gk_groups_hold(gk_groups *g, gk_group group, int64_t at_ms);

#endif
