/* Addresses that are never connected to: each network by its first, last and neighbouring addresses, and what carries them. */
#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdio.h>
#include <sys/un.h>

#include "check.h"
#include "corpus/crawl/address.h"

static gk_networks none;

static const char *refused(const char *text, const gk_networks *allowed) {
    struct sockaddr_in v4 = {.sin_family = AF_INET};
    struct sockaddr_in6 v6 = {.sin6_family = AF_INET6};
    char room[64], room2[64];
    if (inet_pton(AF_INET, text, &v4.sin_addr) == 1) {
        CHECK_STR(gk_address_text((const struct sockaddr *)&v4, room), text);
        return gk_address_refused((const struct sockaddr *)&v4, allowed);
    }
    CHECK_INT(inet_pton(AF_INET6, text, &v6.sin6_addr), 1);
    CHECK_STR(gk_address_text((const struct sockaddr *)&v6, room), inet_ntop(AF_INET6, &v6.sin6_addr, room2, 64));
    return gk_address_refused((const struct sockaddr *)&v6, allowed);
}

static const struct judged {
    const char *address, *why; /* NULL: may be connected to */
} table[] = {
    {"0.0.0.0", "this network"}, {"0.255.255.255", "this network"}, {"1.0.0.0", NULL}, {"9.255.255.255", NULL},
    {"10.0.0.0", "private"}, {"10.255.255.255", "private"}, {"11.0.0.0", NULL}, {"100.63.255.255", NULL},
    {"100.64.0.0", "shared"}, {"100.127.255.255", "shared"}, {"100.128.0.0", NULL}, {"126.255.255.255", NULL},
    {"127.0.0.0", "loopback"}, {"127.0.0.1", "loopback"}, {"127.255.255.255", "loopback"}, {"128.0.0.0", NULL},
    {"169.253.255.255", NULL}, {"169.254.0.0", "link-local"}, {"169.254.169.254", "link-local"}, {"169.255.0.0", NULL},
    {"172.15.255.255", NULL}, {"172.16.0.0", "private"}, {"172.31.255.255", "private"}, {"172.32.0.0", NULL},
    {"191.255.255.255", NULL}, {"192.0.0.0", "protocol"}, {"192.0.0.255", "protocol"}, {"192.0.1.0", NULL},
    {"192.0.2.1", "documentation"}, {"192.88.99.1", "relay"}, {"192.167.255.255", NULL}, {"192.168.0.0", "private"},
    {"192.168.255.255", "private"}, {"192.169.0.0", NULL}, {"198.17.255.255", NULL}, {"198.18.0.0", "benchmarking"},
    {"198.19.255.255", "benchmarking"}, {"198.20.0.0", NULL}, {"198.51.100.9", "documentation"},
    {"203.0.113.9", "documentation"}, {"223.255.255.255", NULL}, {"224.0.0.0", "multicast"},
    {"239.255.255.255", "multicast"}, {"240.0.0.0", "reserved"}, {"255.255.255.255", "reserved"},
    {"8.8.8.8", NULL}, {"202.96.128.86", NULL},
    {"::", "unspecified"}, {"::1", "loopback"}, {"::2", "this network"}, {"fc00::", "private"},
    {"fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "private"}, {"fe00::", "reserved"}, {"fe80::1", "link-local"},
    {"febf::1", "link-local"}, {"fec0::1", "private"}, {"ff02::1", "multicast"}, {"100::1", "discard"},
    {"2001:db8::1", "documentation"}, {"2001::1", "protocol"}, {"2001:0:7f00:1::", "protocol"}, {"3fff::1", "documentation"},
    {"4000::1", "reserved"}, {"1::1", "reserved"}, {"64:ff9b:1::a00:1", "private"}, {"5f00::1", "reserved"},
    {"2400:3200::1", NULL}, {"2001:da8::1", NULL}, {"240e::1", NULL}, {"2001:200::1", NULL},
    /* what carries an IPv4 address is judged by it */
    {"::ffff:127.0.0.1", "loopback"}, {"::ffff:10.1.2.3", "private"}, {"::ffff:169.254.169.254", "link-local"},
    {"::ffff:0.0.0.0", "this network"}, {"::ffff:8.8.8.8", NULL}, {"::127.0.0.1", "loopback"}, {"::10.0.0.1", "private"},
    {"::8.8.8.8", NULL}, {"::ffff:0:127.0.0.1", "loopback"}, {"::ffff:0:8.8.8.8", NULL},
    {"64:ff9b::127.0.0.1", "loopback"}, {"64:ff9b::192.168.1.1", "private"}, {"64:ff9b::8.8.8.8", NULL},
    {"2002:7f00:1::", "loopback"}, {"2002:a00:1::1", "private"}, {"2002:c0a8:101::1", "private"},
    {"2002:a9fe:a9fe::1", "link-local"}, {"2002:808:808::1", NULL}, {"2002:e000:1::", "multicast"},
};

static void test_table(void) {
    for (size_t i = 0; i < sizeof table / sizeof *table; i++) {
        const char *got = refused(table[i].address, i % 2 ? &none : NULL);
        if ((got == NULL) != (table[i].why == NULL)) fprintf(stderr, "%s\n", table[i].address);
        CHECK_STR(gk_str_of(got), table[i].why);
    }
}

static void test_families(void) {
    struct sockaddr_un local = {.sun_family = AF_UNIX, .sun_path = "x"};
    char room[64];
    CHECK_STR(gk_str_of(gk_address_refused((const struct sockaddr *)&local, NULL)), "unknown");
    CHECK_STR(gk_address_text((const struct sockaddr *)&local, room), "");
}

/* What is switched on is that network and nothing beside it. */
static void test_allowed(void) {
    gk_networks n = {0};
    gk_err err = {0};
    CHECK_INT(gk_networks_add(&n, GK_STR("127.0.0.0/30"), &err), GK_OK);
    CHECK_INT(gk_networks_add(&n, GK_STR("::1"), &err), GK_OK);
    CHECK_INT(gk_networks_add(&n, GK_STR("10.1.2.3"), &err), GK_OK);
    CHECK_INT(gk_networks_add(&n, GK_STR("fd00:1::/33"), &err), GK_OK);
    CHECK(!refused("127.0.0.1", &n) && !refused("127.0.0.3", &n));
    CHECK_STR(gk_str_of(refused("127.0.0.4", &n)), "loopback");
    CHECK(!refused("::1", &n));
    CHECK(!refused("10.1.2.3", &n));
    CHECK_STR(gk_str_of(refused("10.1.2.2", &n)), "private");
    CHECK(!refused("fd00:1::7", &n));
    CHECK_STR(gk_str_of(refused("fd00:1:8000::7", &n)), "private");
    CHECK(!refused("::ffff:127.0.0.1", &n) && !refused("64:ff9b::127.0.0.2", &n));
    CHECK_STR(gk_str_of(refused("::ffff:127.0.0.9", &n)), "loopback");
    CHECK_STR(gk_str_of(refused("::", &n)), "unspecified");
    CHECK_STR(gk_str_of(refused("192.168.0.1", &n)), "private");
    gk_networks_free(&n);
    CHECK_INT(gk_networks_add(&n, GK_STR("0.0.0.0/0"), &err), GK_OK);
    CHECK(!refused("10.0.0.1", &n) && !refused("255.255.255.255", &n) && !refused("::ffff:10.0.0.1", &n));
    CHECK_STR(gk_str_of(refused("::1", &n)), "loopback");
    gk_networks_free(&n);
    /* A carrier that is on does not switch on what it carries. */
    CHECK_INT(gk_networks_add(&n, GK_STR("64:ff9b:1::/48"), &err), GK_OK);
    CHECK_INT(gk_networks_add(&n, GK_STR("2002::/16"), &err), GK_OK);
    CHECK(!refused("64:ff9b:1::1", &n));
    CHECK_STR(gk_str_of(refused("2002:a00:1::1", &n)), "private");
    gk_networks_free(&n);
}

static void test_mistakes(void) {
    static const char *const bad[] = {"", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0/8", "10.0.0.0/8/8", "10.0.0.0/-1",
                                      "10.0.0.0/ 8", "host", "10.0.0.0/0x8", "::1%lo", "1.2.3.4.5", "10.0.0.0/0008",
                                      "1111:2222:3333:4444:5555:6666:7777:8888:9999:0000:1111:2222:3333"};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
        gk_networks n = {0};
        gk_err err = {0};
        CHECK_INT(gk_networks_add(&n, gk_str_of(bad[i]), &err), GK_E_USAGE);
        CHECK(strstr(err.message, "no network"));
        CHECK_INT(n.list.len, 0);
    }
}

int main(void) {
    test_table();
    test_families();
    test_allowed();
    test_mistakes();
    return CHECK_DONE();
}
