/* Addresses that are never connected to, by every way in: what is written in URLs, what names resolve to (a resolver of
 * ours stands in for that of the C library and changes its answers), and where redirects lead. Sockets listen at the
 * forbidden addresses; at the end nobody has called there. 127.0.0.2 is switched on and stands for the public net.
 */
#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <time.h>
#include <unistd.h>

#include "check.h"
#include "corpus/crawl/fetch.h"

static gk_arena arena;
static int port;
static int forbidden[8], forbidden_count;
static int public_net;
static gk_networks allowed;

/* ---- the resolver */

static const struct name {
    const char *host, *answers[3]; /* for the first, second ... lookup; the last holds on. Several addresses by ',' */
    int seconds;                   /* that it takes */
} names[] = {
    {"public.test", {"127.0.0.2"}, 0},
    {"inside.test", {"127.0.0.1"}, 0},
    {"inside6.test", {"::1"}, 0},
    {"mapped.test", {"::ffff:127.0.0.1"}, 0},
    {"nat64.test", {"64:ff9b::7f00:1"}, 0},
    {"sixtofour.test", {"2002:7f00:1::"}, 0},
    {"zero.test", {"0.0.0.0"}, 0},
    {"private.test", {"10.1.2.3"}, 0},
    {"metadata.test", {"169.254.169.254"}, 0},
    {"several.test", {"127.0.0.1,::1,127.0.0.3"}, 0},
    {"mixed.test", {"127.0.0.1,127.0.0.2"}, 0},
    {"rebind.test", {"127.0.0.2", "127.0.0.1"}, 0},
    {"rebind6.test", {"127.0.0.2", "::1"}, 0},
    {"slow.test", {"127.0.0.2"}, 4},
};
enum { NAMES = sizeof names / sizeof *names };
static atomic_int lookups[NAMES];

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **out)
    __attribute__((visibility("default")));
void freeaddrinfo(struct addrinfo *list) __attribute__((visibility("default")));

static struct addrinfo *make_info(const char *text, const char *service) {
    struct addrinfo *info = calloc(1, sizeof *info);
    struct sockaddr_in6 *v6 = calloc(1, sizeof *v6);
    struct sockaddr_in *v4 = (struct sockaddr_in *)(void *)v6;
    in_port_t number = htons((uint16_t)(service ? atoi(service) : 0));
    bool is4 = inet_pton(AF_INET, text, &v4->sin_addr) == 1;
    if (is4)
        v4->sin_family = AF_INET, v4->sin_port = number;
    else
        inet_pton(AF_INET6, text, &v6->sin6_addr), v6->sin6_family = AF_INET6, v6->sin6_port = number;
    *info = (struct addrinfo){.ai_family = is4 ? AF_INET : AF_INET6, .ai_socktype = SOCK_STREAM, .ai_protocol = IPPROTO_TCP};
    info->ai_addr = (struct sockaddr *)v6;
    info->ai_addrlen = is4 ? sizeof *v4 : sizeof *v6;
    return info;
}

static struct addrinfo *make_list(const char *answer, const char *service) {
    struct addrinfo *first = NULL, **end = &first;
    char room[128];
    snprintf(room, sizeof room, "%s", answer);
    for (char *at = room, *comma; at; at = comma) {
        comma = strchr(at, ',');
        if (comma) *comma++ = '\0';
        *end = make_info(at, service);
        end = &(*end)->ai_next;
    }
    return first;
}

int getaddrinfo(const char *host, const char *service, const struct addrinfo *hints, struct addrinfo **out) {
    (void)hints;
    for (int i = 0; i < NAMES; i++) {
        if (strcmp(names[i].host, host) != 0) continue;
        int n = atomic_fetch_add(&lookups[i], 1);
        while (n > 0 && (n > 2 || !names[i].answers[n])) n--;
        if (names[i].seconds) nanosleep(&(struct timespec){.tv_sec = names[i].seconds}, NULL);
        *out = make_list(names[i].answers[n], service);
        return 0;
    }
    return EAI_NONAME;
}

void freeaddrinfo(struct addrinfo *list) {
    for (struct addrinfo *next; list; list = next) {
        next = list->ai_next;
        free(list->ai_addr);
        free(list);
    }
}

/* ---- listeners */

static int listen_at(const char *text) {
    char service[8];
    snprintf(service, sizeof service, "%d", port);
    struct addrinfo *info = make_info(text, service);
    int s = socket(info->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0), on = 1;
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
    bool ok = bind(s, info->ai_addr, info->ai_addrlen) == 0 && listen(s, 64) == 0;
    struct sockaddr_in6 name;
    socklen_t len = sizeof name;
    if (ok && !port && getsockname(s, (struct sockaddr *)&name, &len) == 0) port = ntohs(name.sin6_port);
    freeaddrinfo(info);
    if (!ok) close(s);
    return ok ? s : -1;
}

/* How many called at the forbidden addresses, and how many bytes they sent. */
static size_t callers(size_t *bytes) {
    size_t count = 0;
    for (int i = 0; i < forbidden_count; i++) {
        struct pollfd p = {.fd = forbidden[i], .events = POLLIN};
        for (; poll(&p, 1, 0) > 0; count++) {
            int s = accept(forbidden[i], NULL, NULL);
            char room[4096];
            ssize_t got = s < 0 ? 0 : recv(s, room, sizeof room, MSG_DONTWAIT);
            if (got > 0) *bytes += (size_t)got;
            close(s);
        }
    }
    return count;
}

static void unescape(char *text) {
    char *out = text;
    for (char *at = text; *at; at++) {
        unsigned value;
        bool escape = *at == '%' && sscanf(at + 1, "%2x", &value) == 1;
        *out++ = escape ? (char)value : *at;
        if (escape) at += 2;
    }
    *out = '\0';
}

/* The public net: "/to/WHERE" leads there (its "PORT" is ours), everything else is a page. */
static void answer(int s) {
    char request[2048] = "", response[4096];
    ssize_t got = recv(s, request, sizeof request - 1, 0);
    char *to = got > 0 ? strstr(request, "/to/") : NULL;
    if (to) {
        to[strcspn(to, " ")] = '\0';
        unescape(to);
        char *mark = strstr(to, "PORT"), digits[8] = "";
        if (mark) *mark = '\0', snprintf(digits, sizeof digits, "%d", port);
        snprintf(response, sizeof response, "HTTP/1.1 302 Found\r\nLocation: %s%s%s\r\nContent-Length: 0\r\n"
                 "Connection: close\r\n\r\n", to + 4, digits, mark ? mark + 4 : "");
    } else {
        snprintf(response, sizeof response, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwhole");
    }
    send(s, response, strlen(response), MSG_NOSIGNAL);
    close(s);
}

static void *serve(void *user) {
    (void)user;
    for (int s; (s = accept(public_net, NULL, NULL)) >= 0;) answer(s);
    return NULL;
}

/* ---- fetching */

static gk_fetcher *open_fetcher(void) {
    gk_fetch_options o = {.user_agent = "gongkai/test", .concurrency = 4, .allowed = &allowed, .connect_seconds = 2,
                          .total_seconds = 4};
    return gk_fetcher_new(&o, NULL);
}

enum { REFUSED_URL = 1000 }; /* beside the outcomes: never asked */

/* Asks for a reference and goes where redirects lead, as a crawl does. Returns how that ended. */
static int follow(gk_fetcher *f, const char *reference, char reason[200]) {
    gk_url url;
    gk_err err = {0};
    gk_str text = gk_str_of(reference);
    const gk_url *base = NULL;
    gk_url before;
    for (int hop = 0; hop <= 5; hop++) {
        if (gk_url_read(text, base, &arena, &url, &err)) return snprintf(reason, 200, "%.199s", err.message), REFUSED_URL;
        gk_request request = {.url = url.text};
        const gk_response *r = NULL;
        gk_fetcher_add(f, &request);
        while (!r) r = gk_fetcher_next(f, 1000);
        snprintf(reason, 200, "%s", r->reason);
        if (r->outcome != GK_OUTCOME_OK || !r->location.ptr) return (int)r->outcome;
        text = gk_arena_dup(&arena, r->location);
        before = url;
        base = &before;
    }
    return GK_OUTCOME_NONE;
}

/* A text with our port in place of "PORT". */
static const char *with_port(const char *text) {
    const char *mark = strstr(text, "PORT");
    if (!mark) return text;
    return gk_arena_printf(&arena, "%.*s%d%s", (int)(mark - text), text, port, mark + 4).ptr;
}

static const struct trick {
    const char *url;
    int want; /* REFUSED_URL, or the outcome */
} tricks[] = {
    {"http://127.0.0.1:PORT/", GK_OUTCOME_CONNECT},
    {"http://127.0.0.1.:PORT/", GK_OUTCOME_CONNECT},
    {"http://127.0.0.3:PORT/", GK_OUTCOME_CONNECT},
    {"http://127.255.255.254:PORT/", GK_OUTCOME_CONNECT},
    {"http://0.0.0.0:PORT/", GK_OUTCOME_CONNECT},
    {"http://10.0.0.1:PORT/", GK_OUTCOME_CONNECT},
    {"http://192.168.0.1/", GK_OUTCOME_CONNECT},
    {"http://169.254.169.254/latest/meta-data/", GK_OUTCOME_CONNECT},
    {"http://2130706433:PORT/", REFUSED_URL},
    {"http://4294967295:PORT/", REFUSED_URL},
    {"http://0:PORT/", REFUSED_URL},
    {"http://127.1:PORT/", REFUSED_URL},
    {"http://127.0.1:PORT/", REFUSED_URL},
    {"http://0x7f000001:PORT/", REFUSED_URL},
    {"http://0x7F.0x0.0x0.0x1:PORT/", REFUSED_URL},
    {"http://0x7f.1:PORT/", REFUSED_URL},
    {"http://017700000001:PORT/", REFUSED_URL},
    {"http://0177.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0.0.01:PORT/", REFUSED_URL},
    {"http://0127.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0x0.0.1:PORT/", REFUSED_URL},
    {"http://383.0.0.1:PORT/", REFUSED_URL},
    {"http://１２７.０.０.１:PORT/", REFUSED_URL},
    {"http://①②⑦.⓪.⓪.①:PORT/", REFUSED_URL},
    {"http://127。0。0。1:PORT/", REFUSED_URL},
    {"http://127%2e0%2e0%2e1:PORT/", REFUSED_URL},
    {"http://%31%32%37.0.0.1:PORT/", REFUSED_URL},
    {"http://[::1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[0:0:0:0:0:0:0:1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[::]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[::ffff:127.0.0.1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[::ffff:7f00:1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[::127.0.0.1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[64:ff9b::127.0.0.1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[2002:7f00:1::]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[fe80::1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://[fe80::1%25lo]:PORT/", REFUSED_URL},
    {"http://[fc00::1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://localhost:PORT/", GK_OUTCOME_CONNECT},
    {"http://LOCALHOST.:PORT/", GK_OUTCOME_CONNECT},
    {"http://any.localhost:PORT/", GK_OUTCOME_CONNECT},
    {"http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test@127.0.0.1:PORT/", REFUSED_URL},
    {"http://public.test:80@127.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0.0.1:PORT@public.test/", REFUSED_URL},
    {"http://public.test\\@127.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0.0.1:PORT\\@public.test/", REFUSED_URL},
    {"http:\\\\127.0.0.1:PORT\\", REFUSED_URL},
    {"http://127.0.0.1:PORT#@public.test/", GK_OUTCOME_CONNECT},
    {"http://127.0.0.1:PORT?@public.test/", GK_OUTCOME_CONNECT},
    {"http://public.test%00@127.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0.0.1%00.public.test:PORT/", REFUSED_URL},
    {"http://public.test\t@127.0.0.1:PORT/", REFUSED_URL},
    {"http://127.0.0.1:PORT\r\n.public.test/", REFUSED_URL},
    {"http://public.test:PORT/ @127.0.0.1/", GK_OUTCOME_OK},
    {"file:///etc/passwd", REFUSED_URL},
    {"gopher://127.0.0.1:PORT/_GET", REFUSED_URL},
    {"ftp://127.0.0.1:PORT/", REFUSED_URL},
    {"dict://127.0.0.1:PORT/x", REFUSED_URL},
    {"//127.0.0.1:PORT/", REFUSED_URL},
    /* names */
    {"http://inside.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://INSIDE.test.:PORT/", GK_OUTCOME_CONNECT},
    {"http://inside6.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://mapped.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://nat64.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://sixtofour.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://zero.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://private.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://metadata.test/", GK_OUTCOME_CONNECT},
    {"http://several.test:PORT/", GK_OUTCOME_CONNECT},
    {"https://inside.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://mixed.test:PORT/", GK_OUTCOME_OK}, /* goes on to the address that may be connected to */
    /* redirects */
    {"http://public.test:PORT/to/http://127.0.0.1:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test:PORT/to///127.0.0.1:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test:PORT/to/http://[::1]:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test:PORT/to/http://inside.test:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test:PORT/to/http://localhost:PORT/", GK_OUTCOME_CONNECT},
    {"http://public.test:PORT/to/http://2130706433:PORT/", REFUSED_URL},
    {"http://public.test:PORT/to/http://x@127.0.0.1:PORT/", REFUSED_URL},
    {"http://public.test:PORT/to/http:%5c%5c127.0.0.1:PORT/", REFUSED_URL},
    {"http://public.test:PORT/to/file:///etc/passwd", REFUSED_URL},
    {"http://public.test:PORT/to/gopher://127.0.0.1:PORT/", REFUSED_URL},
    {"http://public.test:PORT/to/http://public.test:PORT/", GK_OUTCOME_OK},
};

static void check_untouched(const char *what) {
    size_t bytes = 0, count = callers(&bytes);
    if (count || bytes) fprintf(stderr, "%s: %zu calls and %zu bytes at forbidden addresses\n", what, count, bytes);
    CHECK(count == 0 && bytes == 0);
}

/* The first PORT of a redirecting trick is that of the first hop, the second is written by the server. */
static void test_tricks(void) {
    gk_fetcher *f = open_fetcher();
    for (size_t i = 0; i < sizeof tricks / sizeof *tricks; i++) {
        char reason[200] = "";
        int got = follow(f, with_port(tricks[i].url), reason);
        if (got != tricks[i].want) fprintf(stderr, "%s: %d (%s)\n", tricks[i].url, got, reason);
        CHECK_INT(got, tricks[i].want);
        bool told = got != GK_OUTCOME_CONNECT || strstr(reason, "never connected to");
        if (!told) fprintf(stderr, "%s: %s\n", tricks[i].url, reason);
        CHECK(told);
        check_untouched(tricks[i].url);
    }
    gk_fetcher_free(f);
}

/* A name that is public at first and leads inside when it is looked up again. */
static void test_rebinding(void) {
    static const char *const urls[] = {"http://rebind.test:PORT/", "http://rebind6.test:PORT/"};
    for (int i = 0; i < 2; i++) {
        char reason[200];
        gk_fetcher *f = open_fetcher();
        CHECK_INT(follow(f, with_port(urls[i]), reason), GK_OUTCOME_OK);
        CHECK_INT(follow(f, with_port(urls[i]), reason), GK_OUTCOME_OK); /* remembered for a minute */
        gk_fetcher_free(f);
        f = open_fetcher();
        CHECK_INT(follow(f, with_port(urls[i]), reason), GK_OUTCOME_CONNECT);
        CHECK(strstr(reason, "loopback"));
        gk_fetcher_free(f);
        check_untouched(urls[i]);
    }
}

/* The sockets would have noticed. */
static void test_notice(void) {
    size_t bytes = 0;
    char reason[200];
    gk_networks_add(&allowed, GK_STR("127.0.0.1"), NULL);
    gk_fetcher *f = open_fetcher();
    gk_url url;
    gk_url_read(gk_str_of(with_port("http://127.0.0.1:PORT/")), NULL, &arena, &url, NULL);
    gk_request request = {.url = url.text};
    gk_fetcher_add(f, &request);
    for (int i = 0; i < 20 && !bytes; i++) {
        gk_fetcher_next(f, 50);
        callers(&bytes);
    }
    CHECK(bytes > 20);
    gk_fetcher_free(f); /* ends what is under way */
    f = open_fetcher();
    CHECK_INT(follow(f, with_port("http://mixed.test:PORT/"), reason), GK_OUTCOME_TIMEOUT_READ);
    bytes = 0;
    CHECK(callers(&bytes) > 0);
    gk_fetcher_free(f);
    allowed.list.len--;
}

static int64_t now_ms(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* A name server that does not answer holds up neither other requests nor the end. */
static void test_slow_name(void) {
    gk_url slow, quick;
    gk_url_read(gk_str_of(with_port("http://slow.test:PORT/")), NULL, &arena, &slow, NULL);
    gk_url_read(gk_str_of(with_port("http://public.test:PORT/")), NULL, &arena, &quick, NULL);
    gk_request a = {.url = slow.text}, b = {.url = quick.text};
    gk_fetcher *f = open_fetcher();
    int64_t start = now_ms();
    CHECK(gk_fetcher_add(f, &a) && gk_fetcher_add(f, &b));
    const gk_response *r = gk_fetcher_next(f, 1500);
    CHECK(r && r->request == &b && r->outcome == GK_OUTCOME_OK);
    CHECK(now_ms() - start < 1000);
    CHECK_INT(gk_fetcher_active(f), 1);
    r = gk_fetcher_next(f, 3000);
    CHECK(r && r->request == &a);
    CHECK_INT(r ? r->outcome : 0, GK_OUTCOME_DNS);
    gk_fetcher_free(f);
    CHECK(now_ms() - start < 3000); /* 2 s to connect */
}

static void test_counts(void) {
    gk_url url;
    gk_url_read(gk_str_of(with_port("http://public.test:PORT/")), NULL, &arena, &url, NULL);
    gk_request r[5] = {{.url = url.text}, {.url = url.text}, {.url = url.text}, {.url = url.text}, {.url = url.text}};
    gk_fetcher *f = open_fetcher();
    CHECK(!gk_fetcher_next(f, 0));
    for (int i = 0; i < 4; i++) CHECK(gk_fetcher_add(f, &r[i]));
    CHECK(!gk_fetcher_add(f, &r[4])); /* four at once */
    for (int i = 0; i < 4; i++) {
        const gk_response *got = gk_fetcher_next(f, 2000);
        CHECK(got && got->outcome == GK_OUTCOME_OK && gk_str_eqz(got->body, "whole"));
        CHECK_INT(gk_fetcher_active(f), 3 - i);
    }
    CHECK(gk_fetcher_add(f, &r[4]));
    gk_fetcher_free(f);
    gk_fetcher_free(NULL);
    gk_err err = {0};
    CHECK(!gk_fetcher_new(&(gk_fetch_options){.concurrency = 1}, &err));
    CHECK_INT(err.code, GK_E_USAGE);
    CHECK(!gk_fetcher_new(&(gk_fetch_options){.user_agent = "x"}, &err));
}

int main(void) {
    static const char *const inside[] = {"127.0.0.1", "127.0.0.3", "127.255.255.254", "::1"};
    signal(SIGPIPE, SIG_IGN);
    public_net = listen_at("127.0.0.2");
    CHECK(public_net >= 0);
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++) {
        int s = listen_at(inside[i]);
        if (s >= 0) forbidden[forbidden_count++] = s; /* a machine without IPv6 has three */
    }
    CHECK(forbidden_count >= 3);
    CHECK_INT(gk_networks_add(&allowed, GK_STR("127.0.0.2/32"), NULL), GK_OK);
    pthread_t server;
    CHECK_INT(pthread_create(&server, NULL, serve, NULL), 0);
    test_tricks();
    test_rebinding();
    test_notice();
    test_slow_name();
    test_counts();
    gk_networks_free(&allowed);
    gk_arena_free(&arena);
    return CHECK_DONE();
}
