/* Addresses that are never connected to: those that no public site has.
 *
 * Looked at on the resolved address of every connection (CURLOPT_OPENSOCKETFUNCTION), so that neither a redirect nor a name
 * server that changes its answers leads inside. An IPv6 address that carries an IPv4 address (v4-mapped, v4-compatible,
 * NAT64 64:ff9b::/96, 6to4 2002::/16) is judged by both.
 * Source: IANA special-purpose address registries, RFC 6890.
 */
#ifndef GK_CORPUS_CRAWL_ADDRESS_H
#define GK_CORPUS_CRAWL_ADDRESS_H

#include <sys/socket.h>

#include "base/err.h"

/* Networks that are switched on by option, for tests and intranets. */
typedef struct gk_networks {
    GK_VEC(struct gk_network) list;
} gk_networks;

/* Adds "10.0.0.0/8", "::1/128" or a single address. GK_E_USAGE where it is none. */
gk_code gk_networks_add(gk_networks *n, gk_str cidr, gk_err *err);
void gk_networks_free(gk_networks *n);
/* NULL: the address may be connected to; else why not, a constant ("loopback", "private", "link-local", "multicast" ...). */
const char *gk_address_refused(const struct sockaddr *address, const gk_networks *allowed);
/* The text of an address without its port. */
gk_str gk_address_text(const struct sockaddr *address, char room[64]);

#endif
