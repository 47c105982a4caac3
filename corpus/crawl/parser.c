#include "corpus/crawl/parser.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "base/limits.h"
#include "corpus/archive/http.h"
#include "corpus/crawl/wire.h"

enum { PIECE = 1 << 16, MOST_PARTS = 32, MOST_TRIES = 2, QUEUE_START = 64, NO_MEMORY_STATUS = 77 };

/* One page of the queue. Its buffer is used again for another page. */
typedef struct item {
    void *user;
    gk_buf message;
    size_t sent;    /* bytes of it that the child was given */
    unsigned tries; /* children that died of it */
} item;

struct gk_parser {
    gk_parser_options options;
    pid_t pid; /* 0: no child */
    int fd;
    item *queue; /* a ring of a power of two */
    size_t cap, first, count, bytes;
    size_t next; /* of the queue: the first item that is not sent whole */
    int64_t front_ms; /* when the child came to the first item of the queue */
    gk_buf in;
    size_t taken; /* bytes of `in` that were given to the caller */
    gk_arena arena;
};

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* ---- the child */


static bool send_all(int fd, gk_str bytes) {
    while (bytes.len) {
        ssize_t n = send(fd, bytes.ptr, bytes.len, MSG_NOSIGNAL);
        if (n < 0 && errno == EINTR) continue;
        if (n <= 0) return false;
        bytes = gk_str_slice(bytes, (size_t)n, bytes.len);
    }
    return true;
}

/* What is read ahead: small pages come several at a time. */
typedef struct inbox {
    gk_buf bytes;
    size_t taken; /* of them: what was answered */
} inbox;

/* What one page needs, used again for the next one. */
typedef struct desk {
    gk_buf plain; /* its body without content codings */
    gk_arena arena;
} desk;

static void clear_desk(desk *d) {
    if (d->plain.cap > GK_MAX_KEPT_BYTES) gk_buf_free(&d->plain);
    if (d->arena.total > GK_MAX_KEPT_BYTES) gk_arena_free(&d->arena);
    else gk_arena_reset(&d->arena);
}

static gk_str next_message(const inbox *in) {
    return gk_wire_message(gk_str_slice(gk_buf_str(&in->bytes), in->taken, in->bytes.len));
}

static void drop_taken(inbox *in) {
    if (in->taken) memmove(in->bytes.ptr, in->bytes.ptr + in->taken, in->bytes.len - in->taken);
    in->bytes.len -= in->taken;
    in->taken = 0;
    if (in->bytes.cap > GK_MAX_KEPT_BYTES && in->bytes.len == 0) gk_buf_free(&in->bytes);
}

static bool receive_message(int fd, inbox *in, gk_str *message) {
    gk_buf *b = &in->bytes;
    while ((*message = next_message(in)).ptr == NULL) {
        uint32_t length = 0;
        drop_taken(in);
        if (b->len >= GK_WIRE_HEAD) memcpy(&length, b->ptr, sizeof length);
        size_t wanted = length + GK_WIRE_HEAD > b->len + PIECE ? length + GK_WIRE_HEAD - b->len : PIECE;
        char *room = gk_buf_room(b, wanted);
        ssize_t n;
        do n = room ? recv(fd, room, wanted, 0) : 0;
        while (n < 0 && errno == EINTR);
        if (n <= 0) return false;
        b->len += (size_t)n;
    }
    in->taken += GK_WIRE_HEAD + message->len;
    return true;
}

/* Content codings are undone here and not in the parent: what inflates is written by strangers, too, and fewer bytes go
 * through the socket. */
static void read_page(gk_sites *sites, const gk_site_visit *visit, gk_str body, desk *d, gk_site_page *page) {
    gk_str plain;
    gk_code code = gk_http_uncode(visit->codings, body, &d->plain, &plain, NULL);
    if (code == GK_OK) {
        gk_sites_read(sites, visit, plain, &d->arena, page);
        return;
    }
    page->kind = GK_LINK_OTHER;
    page->outcome = code == GK_E_LIMIT ? GK_OUTCOME_TOO_LARGE : GK_OUTCOME_BAD_ENCODING;
    page->why = GK_STR("the content coding cannot be undone");
}

static void answer(gk_sites *sites, gk_str message, desk *d, gk_buf *out) {
    gk_site_visit visit;
    gk_site_page page = {0};
    gk_str body;
    if (gk_wire_visit(message, &visit, &body)) read_page(sites, &visit, body, d, &page);
    else page.outcome = GK_OUTCOME_PARSE_CRASH;
    size_t start = out->len;
    gk_wire_put_page(&page, out);
    if (!out->over) return;
    page = (gk_site_page){.outcome = GK_OUTCOME_TOO_LARGE, .why = GK_STR("its links need more than GK_MAX_PARSED_BYTES")};
    out->len = start;
    out->over = false;
    gk_wire_put_page(&page, out);
}

static void no_memory(size_t bytes) {
    (void)bytes;
    _exit(NO_MEMORY_STATUS);
}

/* Answers go together while there is something to answer. */
static bool send_answers(int fd, const inbox *in, gk_buf *out) {
    if (out->len < PIECE && next_message(in).ptr) return true;
    bool sent = send_all(fd, gk_buf_str(out));
    gk_buf_clear(out);
    if (out->cap > GK_MAX_KEPT_BYTES) gk_buf_free(out);
    return sent;
}

static _Noreturn void child(const gk_parser_options *o, int fd) {
    if (o->confine) fd = o->confine(o->user, fd);
    gk_oom_set_hook(no_memory);
    inbox in = {0};
    gk_buf out = {.max = GK_MAX_PARSED_BYTES};
    desk d = {0};
    gk_str message;
    while (receive_message(fd, &in, &message)) {
        answer(o->sites, message, &d, &out);
        if (!send_answers(fd, &in, &out)) break;
        clear_desk(&d);
    }
    _exit(0);
}

/* ---- the parent */

static item *at(gk_parser *p, size_t number) { return &p->queue[(p->first + number) & (p->cap - 1)]; }

static bool start(gk_parser *p) {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return false;
    pid_t pid = fork();
    if (pid == 0) {
        close(ends[0]);
        child(&p->options, ends[1]);
    }
    close(ends[1]);
    if (pid < 0) {
        close(ends[0]);
        return false;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    p->pid = pid;
    p->fd = ends[0];
    p->next = 0;
    for (size_t i = 0; i < p->count; i++) at(p, i)->sent = 0;
    gk_buf_clear(&p->in);
    p->taken = 0;
    p->front_ms = now_ms();
    return true;
}

static void stop(gk_parser *p) {
    if (p->pid == 0) return;
    kill(p->pid, SIGKILL);
    while (waitpid(p->pid, NULL, 0) < 0 && errno == EINTR) {}
    close(p->fd);
    p->pid = 0;
    p->fd = -1;
}

gk_parser *gk_parser_new(const gk_parser_options *options, gk_err *err) {
    gk_parser *p = gk_alloc_zero(1, sizeof *p);
    p->options = *options;
    if (p->options.seconds == 0) p->options.seconds = GK_MAX_PARSE_SECONDS;
    p->fd = -1;
    p->cap = QUEUE_START;
    p->queue = gk_alloc_zero(p->cap, sizeof *p->queue);
    p->in.max = GK_MAX_PARSED_BYTES + PIECE;
    if (start(p)) return p;
    gk_err_set(err, GK_E_INTERNAL, "no process to read pages in: %s", strerror(errno));
    gk_parser_free(p);
    return NULL;
}

void gk_parser_free(gk_parser *p) {
    if (!p) return;
    stop(p);
    for (size_t i = 0; i < p->cap; i++) gk_buf_free(&p->queue[i].message);
    free(p->queue);
    gk_buf_free(&p->in);
    gk_arena_free(&p->arena);
    free(p);
}

static void enlarge(gk_parser *p) {
    item *wider = gk_alloc_zero(p->cap * 2, sizeof *wider);
    for (size_t i = 0; i < p->cap; i++) wider[i] = *at(p, i);
    free(p->queue);
    p->queue = wider;
    p->cap *= 2;
    p->first = 0;
}

/* Counts what of the queue the child was given. */
static void count_given(gk_parser *p, size_t bytes) {
    while (bytes) {
        item *i = at(p, p->next);
        size_t left = i->message.len - i->sent, part = bytes < left ? bytes : left;
        i->sent += part;
        bytes -= part;
        p->next += i->sent == i->message.len;
    }
}

/* Gives the child what its socket takes, several pages at a time. */
static void give(gk_parser *p) {
    while (p->pid && p->next < p->count) {
        struct iovec parts[MOST_PARTS];
        size_t count = 0;
        for (size_t n = p->next; n < p->count && count < MOST_PARTS; n++) {
            item *i = at(p, n);
            parts[count++] = (struct iovec){i->message.ptr + i->sent, i->message.len - i->sent};
        }
        struct msghdr m = {.msg_iov = parts, .msg_iovlen = count};
        ssize_t n = sendmsg(p->fd, &m, MSG_NOSIGNAL | MSG_DONTWAIT);
        if (n < 0 && errno == EINTR) continue;
        if (n < 0) return; /* full, or the child is gone, which its end of the socket tells */
        count_given(p, (size_t)n);
    }
}

void gk_parser_add(gk_parser *p, const gk_site_visit *visit, gk_str body, void *user) {
    if (p->count == p->cap) enlarge(p);
    if (p->count == 0) p->front_ms = now_ms();
    item *i = at(p, p->count++);
    i->user = user;
    i->sent = i->tries = 0;
    gk_buf_clear(&i->message);
    gk_wire_put_visit(visit, body, &i->message);
    p->bytes += i->message.len;
}

size_t gk_parser_waiting(const gk_parser *p) { return p->count; }
size_t gk_parser_bytes(const gk_parser *p) { return p->bytes; }
bool gk_parser_sending(const gk_parser *p) { return p->next < p->count; }
int gk_parser_fd(const gk_parser *p) { return p->fd; }

/* The first item of the queue has its answer. */
static void *finish_first(gk_parser *p) {
    item *i = at(p, 0);
    p->bytes -= i->message.len;
    if (i->message.cap > GK_MAX_KEPT_BYTES / QUEUE_START) gk_buf_free(&i->message);
    p->first = (p->first + 1) & (p->cap - 1);
    p->count--;
    if (p->next) p->next--;
    p->front_ms = now_ms();
    return i->user;
}

static bool fail_first(gk_parser *p, gk_outcome outcome, const char *why, gk_parsed *out) {
    *out = (gk_parsed){.user = finish_first(p), .page = {.kind = GK_LINK_OTHER, .outcome = outcome, .why = gk_str_of(why)}};
    return true;
}

/* The child died: of the first page, where there is one. */
static bool replace(gk_parser *p, gk_parsed *out) {
    stop(p);
    bool failed = p->count && ++at(p, 0)->tries >= MOST_TRIES;
    if (failed) fail_first(p, GK_OUTCOME_PARSE_CRASH, "the process that read the page died, twice", out);
    start(p);
    return failed;
}

static bool overdue(gk_parser *p, gk_parsed *out) {
    if (p->count == 0 || now_ms() - p->front_ms < (int64_t)p->options.seconds * 1000) return false;
    stop(p);
    fail_first(p, GK_OUTCOME_PARSE_TIMEOUT, "reading the page took longer than allowed", out);
    start(p);
    return true;
}

/* False where the child is gone. */
static bool receive(gk_parser *p) {
    if (p->taken && p->taken == p->in.len) gk_buf_clear(&p->in), p->taken = 0;
    if (p->taken > PIECE) {
        memmove(p->in.ptr, p->in.ptr + p->taken, p->in.len - p->taken);
        p->in.len -= p->taken;
        p->taken = 0;
    }
    char *room = gk_buf_room(&p->in, PIECE);
    if (!room) return false;
    ssize_t n;
    do n = recv(p->fd, room, PIECE, MSG_DONTWAIT);
    while (n < 0 && errno == EINTR);
    if (n > 0) p->in.len += (size_t)n;
    return n > 0 || (n < 0 && (errno == EAGAIN || errno == EWOULDBLOCK));
}

static bool take(gk_parser *p, gk_parsed *out) {
    gk_str message = gk_wire_message(gk_str_slice(gk_buf_str(&p->in), p->taken, p->in.len));
    if (!message.ptr) return false;
    if (p->count == 0) return replace(p, out); /* an answer that nobody asked for */
    p->taken += GK_WIRE_HEAD + message.len;
    if (p->arena.total > GK_MAX_KEPT_BYTES) gk_arena_free(&p->arena);
    else gk_arena_reset(&p->arena);
    if (!gk_wire_page(message, &p->arena, &out->page)) return replace(p, out);
    out->user = finish_first(p);
    return true;
}

bool gk_parser_next(gk_parser *p, gk_parsed *out) {
    if (!p->pid && !start(p)) return p->count && fail_first(p, GK_OUTCOME_PARSE_CRASH, "no process can be had", out);
    give(p);
    if (take(p, out)) return true;
    if (!receive(p)) return replace(p, out);
    return take(p, out) || overdue(p, out);
}
