/* The host and port of a URL: names in the form of the DNS, addresses in the one form that everybody reads alike. */
#include <arpa/inet.h>
#include <idn2.h>
#include <libpsl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/socket.h>

#include "corpus/crawl/url_part.h"
#include "text/charset.h"

enum { MOST_HOST = 253, MOST_LABEL = 63 }; /* octets: RFC 1035, section 2.3.4, without the length octets */

static bool is_hex(char c) { return gk_is_digit(c) || ((c | 0x20) >= 'a' && (c | 0x20) <= 'f'); }

/* ---- names ---- */

static bool is_host_char(char c) {
    return (c >= 'a' && c <= 'z') || gk_is_digit(c) || c == '-' || c == '_';
}

/* Labels of allowed length and characters, none of them empty. */
static const char *name_fault(gk_str name) {
    if (name.len > MOST_HOST) return "a host of more than 253 octets";
    size_t label = 0;
    for (size_t i = 0; i <= name.len; i++) {
        if (i == name.len || name.ptr[i] == '.') {
            if (label == 0) return name.len ? "a host with an empty label" : "no host";
            label = 0;
        } else if (!is_host_char(name.ptr[i])) {
            return "a character that no host has";
        } else if (++label > MOST_LABEL) {
            return "a host label of more than 63 octets";
        }
    }
    return NULL;
}

static bool all(gk_str s, bool (*is)(char)) {
    for (size_t i = 0; i < s.len; i++)
        if (!is(s.ptr[i])) return false;
    return true;
}

/* Whether programs take the host for an IPv4 address in some writing: its last label is a number (WHATWG URL, "ends in a
 * number"; inet_aton reads 127.1, 0x7f.1, 017700000001 and 2130706433 as 127.0.0.1). */
static bool looks_numeric(gk_str name) {
    size_t dot = gk_str_rfind(name, GK_STR("."));
    gk_str last = dot == SIZE_MAX ? name : gk_str_slice(name, dot + 1, name.len);
    return all(last, gk_is_digit) || (gk_str_starts(last, GK_STR("0x")) && all(gk_str_slice(last, 2, last.len), is_hex));
}

/* Four numbers from 0 to 255 without leading zeros: inet_pton of glibc takes just that. */
static bool is_dotted(const char *name) {
    struct in_addr address;
    return inet_pton(AF_INET, name, &address) == 1;
}

static const char *take_name(gk_str name, gk_url_host *out, bool mapped) {
    if (name.len && name.ptr[name.len - 1] == '.') name.len--;
    const char *fault = name_fault(name);
    if (fault) return fault;
    memmove(out->text, name.ptr, name.len);
    out->text[out->len = name.len] = '\0';
    out->numeric = looks_numeric(name);
    if (out->numeric && (mapped || !is_dotted(out->text))) return "a number that is no plain dotted address";
    return NULL;
}

/* A name with characters beyond ASCII: UTS #46, without its transitional mappings. */
static const char *take_idn(gk_str name, gk_url_host *out) {
    char utf8[4 * MOST_HOST + 1];
    if (name.len >= sizeof utf8) return "a host of more than 253 octets";
    if (!gk_utf8_valid(name, NULL)) return "a host that is not UTF-8";
    memcpy(utf8, name.ptr, name.len);
    utf8[name.len] = '\0';
    char *ascii = NULL;
    if (idn2_to_ascii_8z(utf8, &ascii, IDN2_NFC_INPUT | IDN2_NONTRANSITIONAL) != IDN2_OK) return "no internationalised name";
    const char *fault = take_name(gk_str_of(ascii), out, true);
    idn2_free(ascii);
    return fault;
}

static const char *take_lower(gk_str name, gk_url_host *out) {
    char lower[sizeof out->text];
    if (name.len >= sizeof lower) return "a host of more than 253 octets";
    for (size_t i = 0; i < name.len; i++) {
        char c = name.ptr[i];
        lower[i] = (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
    }
    return take_name((gk_str){lower, name.len}, out, false);
}

/* ---- addresses and ports ---- */

static const char *take_ipv6(gk_str inside, gk_url_host *out) {
    char text[INET6_ADDRSTRLEN];
    struct in6_addr address;
    if (inside.len >= sizeof text) return "no IPv6 address";
    memcpy(text, inside.ptr, inside.len);
    text[inside.len] = '\0';
    if (memchr(text, '\0', inside.len) || inet_pton(AF_INET6, text, &address) != 1) return "no IPv6 address";
    inet_ntop(AF_INET6, &address, text, sizeof text);
    out->len = (size_t)snprintf(out->text, sizeof out->text, "[%s]", text);
    out->numeric = true;
    return NULL;
}

static const char *take_port(gk_str digits, gk_url_host *out) {
    uint32_t port = 0;
    for (size_t i = 0; i < digits.len; i++) {
        if (!gk_is_digit(digits.ptr[i])) return "no port";
        port = port * 10 + (uint32_t)(digits.ptr[i] - '0');
        if (port > UINT16_MAX) return "no port";
    }
    if (digits.len && port == 0) return "no port";
    out->port = (uint16_t)port;
    return NULL;
}

static bool is_ascii(gk_str s) {
    for (size_t i = 0; i < s.len; i++)
        if ((unsigned char)s.ptr[i] >= 0x80) return false;
    return true;
}

const char *gk_url_host_read(gk_str authority, gk_url_host *out, size_t *fault) {
    *out = (gk_url_host){.len = 0};
    *fault = 0;
    size_t at = gk_str_find(authority, GK_STR("@"));
    if (at != SIZE_MAX) return *fault = at, "a name or password before the host";
    bool v6 = gk_str_starts(authority, GK_STR("["));
    size_t close = v6 ? gk_str_find(authority, GK_STR("]")) : 0;
    if (close == SIZE_MAX) return "no IPv6 address";
    size_t colon = gk_str_find(gk_str_slice(authority, close, authority.len), GK_STR(":"));
    size_t end = colon == SIZE_MAX ? authority.len : close + colon;
    if (v6 && end != close + 1) return *fault = close, "no IPv6 address";
    gk_str host = gk_str_slice(authority, 0, end);
    const char *why = v6                ? take_ipv6(gk_str_slice(host, 1, close), out)
                      : is_ascii(host) ? take_lower(host, out)
                                       : take_idn(host, out);
    if (why) return why;
    *fault = end + 1;
    return take_port(gk_str_slice(authority, end + 1, authority.len), out);
}

gk_str gk_url_site(gk_str host, bool numeric) {
    const psl_ctx_t *list = numeric ? NULL : psl_builtin();
    const char *site = list ? psl_registrable_domain(list, host.ptr) : NULL;
    return site ? gk_str_of(site) : host;
}
