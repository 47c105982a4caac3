#include "corpus/crawl/fetch_wait.h"

#include <poll.h>
#include <stdlib.h>
#include <sys/epoll.h>
#include <time.h>
#include <unistd.h>

enum { MOST_EVENTS = 64 }; /* that one call takes; the others come with the next */

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- descriptors */

static gk_fetch_file *file_of(gk_fetch_wait *w, int fd) {
    while (w->files.len <= (size_t)fd) *gk_vec_push(&w->files) = (gk_fetch_file){0};
    return &w->files.at[fd];
}

/* Tells epoll where what it has is not what it is to have. */
static void set(gk_fetch_wait *w, int fd, gk_fetch_file *f, uint32_t events) {
    struct epoll_event e = {.events = events, .data.fd = fd};
    if (events == f->set) return;
    epoll_ctl(w->epoll, !f->set ? EPOLL_CTL_ADD : events ? EPOLL_CTL_MOD : EPOLL_CTL_DEL, fd, &e);
    f->set = events;
}

void gk_fetch_wait_opened(gk_fetch_wait *w, int fd) {
    if (fd >= 0) *file_of(w, fd) = (gk_fetch_file){.lasts = true};
}

/* A process that was forked meanwhile may hold the socket open, and epoll would go on to tell of it. */
void gk_fetch_wait_closes(gk_fetch_wait *w, int fd) {
    if (fd < 0) return;
    gk_fetch_file *f = file_of(w, fd);
    set(w, fd, f, 0);
    *f = (gk_fetch_file){0};
}

static uint32_t events_of(int what) {
    if (what == CURL_POLL_REMOVE) return 0;
    return (what & CURL_POLL_IN ? EPOLLIN : 0u) | (what & CURL_POLL_OUT ? EPOLLOUT : 0u);
}

static int on_socket(CURL *easy, curl_socket_t fd, int what, void *user, void *of_socket) {
    (void)easy, (void)of_socket;
    gk_fetch_wait *w = user;
    gk_fetch_file *f = file_of(w, fd);
    f->wanted = events_of(what);
    set(w, fd, f, f->wanted | (f->lasts ? f->set & EPOLLIN : 0));
    return 0;
}

static int on_timer(CURLM *multi, long ms, void *user) {
    (void)multi;
    gk_fetch_wait *w = user;
    w->timer_ms = ms < 0 ? INT64_MAX : now_ms() + ms;
    return 0;
}

bool gk_fetch_wait_open(gk_fetch_wait *w, CURLM *multi) {
    *w = (gk_fetch_wait){.multi = multi, .epoll = epoll_create1(EPOLL_CLOEXEC), .timer_ms = INT64_MAX, .watched = -1};
    curl_multi_setopt(multi, CURLMOPT_SOCKETFUNCTION, on_socket);
    curl_multi_setopt(multi, CURLMOPT_SOCKETDATA, w);
    curl_multi_setopt(multi, CURLMOPT_TIMERFUNCTION, on_timer);
    curl_multi_setopt(multi, CURLMOPT_TIMERDATA, w);
    return w->epoll >= 0;
}

void gk_fetch_wait_close(gk_fetch_wait *w) {
    if (w->epoll >= 0) close(w->epoll);
    gk_vec_free(&w->files);
}

/* ---- waiting */

static bool run_timer(gk_fetch_wait *w) {
    int running;
    if (w->timer_ms > now_ms()) return false;
    w->timer_ms = INT64_MAX; /* libcurl sets it again, from within the call */
    curl_multi_socket_action(w->multi, CURL_SOCKET_TIMEOUT, 0, &running);
    return true;
}

static int wait_of(const gk_fetch_wait *w, int ms) {
    int64_t left = w->timer_ms == INT64_MAX || ms <= 0 ? ms : w->timer_ms - now_ms();
    if (left < 0) left = 0;
    return left < ms ? (int)left : ms;
}

/* The watched file stands beside the set, not in it: it is another one after its process was replaced, under the same number
 * maybe. *woken: it can be read. */
static int collect(gk_fetch_wait *w, int ms, struct epoll_event *events, bool *woken) {
    bool both = w->watched >= 0 && ms > 0;
    int count = epoll_wait(w->epoll, events, MOST_EVENTS, both ? 0 : ms);
    if (count != 0 || !both) return count;
    struct pollfd files[] = {{.fd = w->epoll, .events = POLLIN}, {.fd = w->watched, .events = POLLIN}};
    if (poll(files, 2, ms) <= 0) return 0;
    *woken = files[1].revents != 0;
    return files[0].revents ? epoll_wait(w->epoll, events, MOST_EVENTS, 0) : 0;
}

static int action_of(uint32_t events) {
    return (events & (EPOLLIN | EPOLLHUP) ? CURL_CSELECT_IN : 0) | (events & EPOLLOUT ? CURL_CSELECT_OUT : 0) |
           (events & EPOLLERR ? CURL_CSELECT_ERR : 0);
}

bool gk_fetch_wait_once(gk_fetch_wait *w, int ms) {
    struct epoll_event events[MOST_EVENTS];
    int running;
    bool woken = false, ran = run_timer(w);
    int count = collect(w, ran ? 0 : wait_of(w, ms), events, &woken);
    for (int i = 0; i < count; i++) {
        gk_fetch_file *f = file_of(w, events[i].data.fd);
        if (f->wanted) curl_multi_socket_action(w->multi, events[i].data.fd, action_of(events[i].events), &running);
        else set(w, events[i].data.fd, f, 0); /* a connection that waits for the next transfer: it has ended */
    }
    return (ran || count > 0 || run_timer(w)) && !woken;
}
