/* Fetches what its input names and prints what became of each: the fetcher as the fault tests see it.
 *
 * usage: crawl-probe CONCURRENCY CONNECT TOTAL SPEED SLOW MAX [OPTION...] < requests
 *   seconds to connect, in all, and of slowness; bytes a second that are slow; most bytes of a body
 *   allow=CIDR resolve=HOST:PORT:ADDRESS,... insecure=HOST
 * A request is a line: URL, and then fields set apart by tabs: etag=TEXT since=TEXT post=TEXT type=TEXT referer=TEXT
 * An answer is a line: number of the request, then name=value fields set apart by tabs.
 */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/digest.h"
#include "corpus/crawl/fetch.h"

static gk_arena arena;

typedef struct field {
    const char *name;
    size_t offset;
} field;

static const field fields[] = {
    {"etag=", offsetof(gk_request, etag)},          {"since=", offsetof(gk_request, last_modified)},
    {"post=", offsetof(gk_request, body)},          {"type=", offsetof(gk_request, body_type)},
    {"referer=", offsetof(gk_request, referer)},
};

static gk_str next_field(gk_str *line) {
    size_t tab = gk_str_find(*line, GK_STR("\t"));
    gk_str part = gk_str_slice(*line, 0, tab);
    *line = tab == SIZE_MAX ? GK_STR_NONE : gk_str_slice(*line, tab + 1, line->len);
    return part;
}

static gk_request *read_request(gk_str line, uint64_t max_bytes) {
    gk_request *r = gk_arena_zero(&arena, sizeof *r);
    line = gk_arena_dup(&arena, line);
    r->url = next_field(&line);
    r->max_bytes = max_bytes;
    while (line.ptr) {
        gk_str part = next_field(&line);
        for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
            gk_str name = gk_str_of(fields[i].name);
            if (gk_str_starts(part, name))
                *(gk_str *)(void *)((char *)r + fields[i].offset) = gk_str_slice(part, name.len, part.len);
        }
    }
    return r;
}

typedef GK_VEC(gk_request *) requests;

static void read_requests(requests *list, uint64_t max_bytes) {
    static char line[65536];
    while (fgets(line, sizeof line, stdin)) {
        gk_str text = gk_str_trim(gk_str_of(line));
        if (!text.len) continue;
        *gk_vec_push(list) = read_request(text, max_bytes);
        list->at[list->len - 1]->user = (void *)(uintptr_t)(list->len - 1);
    }
}

static void print_str(const char *name, gk_str s) {
    if (s.ptr) printf("\t%s=%.*s", name, GK_STR_ARG(s));
}

static void print_digest(const char *name, gk_str bytes) {
    gk_sha256 h;
    char hex[65];
    gk_sha256_init(&h);
    gk_sha256_add(&h, bytes);
    gk_sha256_hex(&h, hex);
    printf("\t%s=%s", name, hex);
}

static void print_response(const gk_response *r) {
    static gk_buf room;
    gk_str body;
    gk_outcome why = r->outcome;
    if (r->outcome == GK_OUTCOME_OK) gk_fetch_decode(r, &room, &body, &why);
    printf("%zu\toutcome=%s\tstatus=%d\tbody=%zu\tdecoded=%s\ttruncated=%s\tms=%u\tfirst=%u\taddress=%s\twait=%u",
           (size_t)(uintptr_t)r->request->user, gk_outcome_name(r->outcome), r->status, r->body.len, gk_outcome_name(why),
           r->truncated_why ? r->truncated_why : "", r->elapsed_ms, r->first_byte_ms, r->address, r->retry_after);
    if (r->outcome == GK_OUTCOME_OK && why == GK_OUTCOME_OK) printf("\tplain=%zu", body.len);
    print_digest("sent", r->request_bytes);
    print_digest("payload", r->body);
    print_str("location", r->location);
    print_str("type", r->content_type);
    print_str("etag", r->etag);
    print_str("robots", r->robots_tag);
    print_str("disposition", r->disposition);
    printf("\thead=%zu\treason=%s\n", r->header_bytes.len, r->reason);
    if (r->truncated != (r->truncated_why != NULL)) printf("truncated contradicts itself\n");
}

static void run(gk_fetcher *f, const requests *list) {
    size_t next = 0, left = list->len;
    while (left) {
        while (next < list->len && gk_fetcher_add(f, list->at[next])) next++;
        const gk_response *r = gk_fetcher_next(f, 1000);
        if (!r) continue;
        print_response(r);
        left--;
    }
}

static gk_str insecure[8];

static void take_option(gk_fetch_options *o, gk_networks *networks, gk_str option) {
    gk_str name = gk_str_slice(option, 0, gk_str_find(option, GK_STR("=")) + 1);
    gk_str value = gk_str_slice(option, name.len, option.len);
    if (gk_str_eqz(name, "allow=")) gk_networks_add(networks, value, NULL);
    if (gk_str_eqz(name, "resolve=")) o->resolve = value.ptr;
    if (gk_str_eqz(name, "insecure=") && o->insecure_host_count < 8) insecure[o->insecure_host_count++] = value;
}

int main(int argc, char **argv) {
    if (argc < 7) return 2;
    signal(SIGPIPE, SIG_IGN);
    gk_networks networks = {0};
    gk_fetch_options o = {
        .user_agent = "gongkai/test (+http://fault.test)",
        .concurrency = (unsigned)atoi(argv[1]),
        .connect_seconds = (unsigned)atoi(argv[2]),
        .total_seconds = (unsigned)atoi(argv[3]),
        .low_speed_bytes = (unsigned)atoi(argv[4]),
        .low_speed_seconds = (unsigned)atoi(argv[5]),
        .allowed = &networks,
        .insecure_hosts = insecure,
    };
    for (int i = 7; i < argc; i++) take_option(&o, &networks, gk_str_of(argv[i]));
    requests list = {0};
    read_requests(&list, strtoull(argv[6], NULL, 10));
    gk_fetcher *f = gk_fetcher_new(&o, NULL);
    if (!f) return 1;
    run(f, &list);
    gk_fetcher_free(f);
    gk_vec_free(&list);
    gk_networks_free(&networks);
    gk_arena_free(&arena);
    return 0;
}
