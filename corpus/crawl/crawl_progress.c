/* How far the run is. */
#include "corpus/crawl/crawl_inner.h"

enum { SHOW_MS = 100, ENOUGH_ASKED = 3 };

/* Seconds until the slowest host is done, at the pace it had so far. Hosts that share a group slow each other down, which
 * the pace has in it already. */
static double left_of(const gk_crawl *c) {
    double most = 0;
    bool known = false;
    for (size_t i = 0; i < c->hosts.len; i++) {
        const gk_crawl_host *h = &c->hosts.at[i];
        if (h->asked < ENOUGH_ASKED || h->given_up) continue;
        double seconds = (double)(c->now_ms - h->first_ms) / 1000 / (double)h->asked * (double)h->waiting;
        known = true;
        if (seconds > most) most = seconds;
    }
    return known ? most : -1;
}

void gk_crawl_show(gk_crawl *c, bool now) {
    if (!now && c->now_ms - c->shown_ms < SHOW_MS) return;
    gk_crawl_progress *p = &c->result->total;
    c->shown_ms = c->now_ms;
    p->seconds = (double)(c->now_ms - c->started_ms) / 1000;
    p->waiting = p->hosts = p->active = 0;
    for (size_t i = 0; i < c->hosts.len; i++) {
        const gk_crawl_host *h = &c->hosts.at[i];
        p->waiting += h->waiting;
        p->hosts += h->waiting || h->active;
        p->active += h->active > 0;
    }
    p->left = left_of(c);
    if (c->options->on_progress) c->options->on_progress(c->options->user, p);
}
