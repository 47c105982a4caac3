#include "corpus/crawl/address.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdlib.h>

/* Every address is looked at as 16 bytes; IPv4 as ::ffff:0:0/96 does it, in its last four. */
typedef struct bytes16 {
    unsigned char at[16];
} bytes16;

struct gk_network {
    bytes16 address;
    unsigned bits; /* of the 128 */
    bool v4;
};

static bool inside(const bytes16 *a, const bytes16 *network, unsigned bits) {
    unsigned whole = bits / 8, rest = bits % 8;
    if (memcmp(a->at, network->at, whole) != 0) return false;
    return rest == 0 || ((a->at[whole] ^ network->at[whole]) >> (8 - rest)) == 0;
}

/* ---- networks by option ---- */

/* Reads the text of an address (no longer than one can be). */
static bool read_address(gk_str text, struct gk_network *out) {
    char room[INET6_ADDRSTRLEN];
    if (text.len >= sizeof room || (text.len && memchr(text.ptr, '\0', text.len))) return false;
    if (text.len) memcpy(room, text.ptr, text.len);
    room[text.len] = '\0';
    *out = (struct gk_network){.v4 = false};
    out->v4 = inet_pton(AF_INET, room, out->address.at + 12) == 1;
    return out->v4 || inet_pton(AF_INET6, room, out->address.at) == 1;
}

static bool read_bits(gk_str digits, unsigned most, unsigned *bits) {
    if (digits.len == 0 || digits.len > 3) return false;
    *bits = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (digits.ptr[i] < '0' || digits.ptr[i] > '9') return false;
        *bits = *bits * 10 + (unsigned)(digits.ptr[i] - '0');
    }
    return *bits <= most;
}

gk_code gk_networks_add(gk_networks *n, gk_str cidr, gk_err *err) {
    struct gk_network network;
    size_t slash = gk_str_find(cidr, GK_STR("/"));
    bool ok = read_address(gk_str_slice(cidr, 0, slash), &network);
    unsigned most = ok && network.v4 ? 32 : 128, bits = most;
    if (ok && slash != SIZE_MAX) ok = read_bits(gk_str_slice(cidr, slash + 1, cidr.len), most, &bits);
    if (!ok) return gk_err_set(err, GK_E_USAGE, "no network: \"%.*s\"; one is written 10.0.0.0/8 or ::1/128", GK_STR_ARG(cidr));
    network.bits = 128 - most + bits;
    *gk_vec_push(&n->list) = network;
    return GK_OK;
}

void gk_networks_free(gk_networks *n) { gk_vec_free(&n->list); }

static bool is_allowed(const bytes16 *a, bool v4, const gk_networks *allowed) {
    for (size_t i = 0; allowed && i < allowed->list.len; i++) {
        const struct gk_network *n = &allowed->list.at[i];
        if (n->v4 == v4 && inside(a, &n->address, n->bits)) return true;
    }
    return false;
}

/* ---- networks that no public site has ---- */

typedef struct special {
    unsigned char head[16];
    unsigned bits;
    const char *why;
} special;

#define V4(a, b, c, d) {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, a, b, c, d}

/* IANA IPv4 Special-Purpose Address Registry, and what is multicast or not given out. */
static const special special4[] = {
    {V4(0, 0, 0, 0), 8, "this network"},      {V4(10, 0, 0, 0), 8, "private"},
    {V4(100, 64, 0, 0), 10, "shared"},        {V4(127, 0, 0, 0), 8, "loopback"},
    {V4(169, 254, 0, 0), 16, "link-local"},   {V4(172, 16, 0, 0), 12, "private"},
    {V4(192, 0, 0, 0), 24, "protocol"},       {V4(192, 0, 2, 0), 24, "documentation"},
    {V4(192, 88, 99, 0), 24, "relay"},        {V4(192, 168, 0, 0), 16, "private"},
    {V4(198, 18, 0, 0), 15, "benchmarking"},  {V4(198, 51, 100, 0), 24, "documentation"},
    {V4(203, 0, 113, 0), 24, "documentation"}, {V4(224, 0, 0, 0), 4, "multicast"},
    {V4(240, 0, 0, 0), 4, "reserved"},
};

/* IANA IPv6 Special-Purpose Address Registry. What carries an IPv4 address is in the next table. */
static const special special6[] = {
    {{0}, 128, "unspecified"},
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1}, 128, "loopback"},
    {{0x00, 0x64, 0xFF, 0x9B, 0x00, 0x01}, 48, "private"}, /* NAT64 for local use, RFC 8215 */
    {{0x01, 0x00}, 64, "discard"},
    {{0x20, 0x01, 0x00}, 23, "protocol"}, /* Teredo among them */
    {{0x20, 0x01, 0x0D, 0xB8}, 32, "documentation"},
    {{0x3F, 0xFF, 0x00}, 20, "documentation"},
    {{0xFC}, 7, "private"},
    {{0xFE, 0x80}, 10, "link-local"},
    {{0xFE, 0xC0}, 10, "private"}, /* site-local, deprecated */
    {{0xFF}, 8, "multicast"},
};

typedef struct carrier {
    unsigned char head[12];
    unsigned bits;
    unsigned at; /* where its four bytes of IPv4 start */
} carrier;

static const carrier carriers[] = {
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF}, 96, 12},          /* v4-mapped, RFC 4291 */
    {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0}, 96, 12},                /* v4-compatible, RFC 4291 */
    {{0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 0, 0}, 96, 12},          /* v4-translated, RFC 2765 */
    {{0x00, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0}, 96, 12},    /* NAT64, RFC 6052 */
    {{0x20, 0x02}, 16, 2},                                         /* 6to4, RFC 3056 */
};

static const char *find_special(const bytes16 *a, const special *list, size_t count, unsigned before) {
    for (size_t i = 0; i < count; i++) {
        bytes16 head;
        memcpy(head.at, list[i].head, sizeof head.at);
        if (inside(a, &head, before + list[i].bits)) return list[i].why;
    }
    return NULL;
}

static const char *judge4(const unsigned char v4[4], const gk_networks *allowed) {
    bytes16 a = {{0}};
    memcpy(a.at + 12, v4, 4);
    if (is_allowed(&a, true, allowed)) return NULL;
    return find_special(&a, special4, sizeof special4 / sizeof *special4, 96);
}

static const carrier *find_carrier(const bytes16 *a) {
    for (size_t i = 0; i < sizeof carriers / sizeof *carriers; i++) {
        bytes16 head = {{0}};
        memcpy(head.at, carriers[i].head, sizeof carriers[i].head);
        if (inside(a, &head, carriers[i].bits)) return &carriers[i];
    }
    return NULL;
}

static const char *judge6(const bytes16 *a, const gk_networks *allowed) {
    bool on = is_allowed(a, false, allowed);
    const char *why = on ? NULL : find_special(a, special6, sizeof special6 / sizeof *special6, 0);
    if (why) return why;
    static const bytes16 none = {{0}}, global = {{0x20}};
    bool own = inside(a, &none, 120) && a->at[15] <= 1; /* :: and ::1 carry nothing */
    const carrier *c = own ? NULL : find_carrier(a);
    if (c) return judge4(a->at + c->at, allowed);
    return on || inside(a, &global, 3) ? NULL : "reserved"; /* only 2000::/3 is given out */
}

const char *gk_address_refused(const struct sockaddr *address, const gk_networks *allowed) {
    if (address->sa_family == AF_INET) {
        unsigned char v4[4];
        memcpy(v4, &((const struct sockaddr_in *)(const void *)address)->sin_addr, sizeof v4);
        return judge4(v4, allowed);
    }
    if (address->sa_family != AF_INET6) return "unknown";
    bytes16 a;
    memcpy(a.at, &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr, sizeof a.at);
    return judge6(&a, allowed);
}

gk_str gk_address_text(const struct sockaddr *address, char room[64]) {
    const struct sockaddr_in *v4 = (const void *)address;
    const struct sockaddr_in6 *v6 = (const void *)address;
    bool is4 = address->sa_family == AF_INET, is6 = address->sa_family == AF_INET6;
    const void *at = is4 ? (const void *)&v4->sin_addr : (const void *)&v6->sin6_addr;
    if ((!is4 && !is6) || !inet_ntop(address->sa_family, at, room, 64)) room[0] = '\0';
    return gk_str_of(room);
}
