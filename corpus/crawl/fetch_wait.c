#include "corpus/crawl/fetch_wait.h"

#include <stdlib.h>
#include <time.h>

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

static short events_of(int what) {
    return (short)((what & CURL_POLL_IN ? POLLIN : 0) | (what & CURL_POLL_OUT ? POLLOUT : 0));
}

/* There are hardly more sockets than transfers at once, so that they are gone through. */
static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *of_socket) {
    (void)easy, (void)of_socket;
    gk_fetch_wait *w = user;
    size_t i = 0;
    while (i < w->files.len && w->files.at[i].fd != fd) i++;
    if (what == CURL_POLL_REMOVE) {
        if (i < w->files.len) w->files.at[i] = w->files.at[--w->files.len];
        return 0;
    }
    if (i == w->files.len) *gk_vec_push(&w->files) = (struct pollfd){.fd = fd};
    w->files.at[i].events = events_of(what);
    return 0;
}

static int on_timer(CURLM *multi, long ms, void *user) {
    (void)multi;
    gk_fetch_wait *w = user;
    w->timer_ms = ms < 0 ? INT64_MAX : now_ms() + ms;
    return 0;
}

void gk_fetch_wait_open(gk_fetch_wait *w, CURLM *multi) {
    *w = (gk_fetch_wait){.multi = multi, .timer_ms = INT64_MAX, .watched = -1};
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, w);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, w);
}

void gk_fetch_wait_close(gk_fetch_wait *w) {
    gk_vec_free(&w->files);
    gk_vec_free(&w->ready);
}

static bool run_timer(gk_fetch_wait *w) {
    int running;
    if (w->timer_ms > now_ms()) return false;
    w->timer_ms = INT64_MAX; /* libcurl sets it again, from within the call */
    curl_multi_socket_action(w->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    return true;
}

static int wait_of(const gk_fetch_wait *w, int ms) {
    int64_t left = w->timer_ms == INT64_MAX ? ms : w->timer_ms - now_ms();
    if (left < 0) left = 0;
    return left < ms ? (int)left : ms;
}

/* What is ready is copied: what is done with one file may take others off the list. */
static bool collect(gk_fetch_wait *w, int ms) {
    size_t own = w->files.len;
    bool watching = w->watched >= 0;
    if (watching) *gk_vec_push(&w->files) = (struct pollfd){.fd = w->watched, .events = POLLIN};
    int count = poll(w->files.at, (nfds_t)w->files.len, wait_of(w, ms));
    bool woken = count > 0 && watching && w->files.at[own].revents;
    w->files.len = own;
    w->ready.len = 0;
    for (size_t i = 0; count > 0 && i < own; i++)
        if (w->files.at[i].revents) *gk_vec_push(&w->ready) = w->files.at[i];
    return woken;
}

static int action_of(short revents) {
    return (revents & (POLLIN | POLLHUP) ? CURL_CSELECT_IN : 0) | (revents & POLLOUT ? CURL_CSELECT_OUT : 0) |
           (revents & (POLLERR | POLLNVAL) ? CURL_CSELECT_ERR : 0);
}

bool gk_fetch_wait_once(gk_fetch_wait *w, int ms) {
    int running;
    bool ran = run_timer(w);
    bool woken = collect(w, ran ? 0 : ms);
    for (size_t i = 0; i < w->ready.len; i++)
        curl_multi_socket_action(w->multi, w->ready.at[i].fd, action_of(w->ready.at[i].revents), &running);
    return (ran || w->ready.len > 0 || run_timer(w)) && !woken;
}
