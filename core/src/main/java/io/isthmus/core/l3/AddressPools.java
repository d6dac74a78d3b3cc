package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;

/**
 * Where Isthmus takes addresses from for L3 connections. Both are of the shared space of RFC 6598 unless the operator says
 * otherwise: it belongs to no tenant.
 *
 * @param transit for the networks between routers
 * @param nat for the names that translated prefixes have on the other side
 */
public record AddressPools(Cidr transit, Cidr nat) {
    public static final AddressPools DEFAULT = new AddressPools(new Cidr("100.126.0.0/16"), new Cidr("100.64.0.0/11"));

    public AddressPools {
        demandIpv4("transit pool", transit, Transit.LENGTH);
        demandIpv4("NAT pool", nat, Transit.NAT_BLOCK_LENGTH);
        if (transit.overlaps(nat)) {
            throw new IllegalArgumentException("the transit pool " + transit + " overlaps the NAT pool " + nat);
        }
    }

    private static void demandIpv4(String what, Cidr pool, int longest) {
        if (pool.version() != 4 || pool.prefixLength() > longest || pool.prefixLength() < 8) {
            throw new IllegalArgumentException(
                    "the %s is an IPv4 prefix of 8 to %d bits: %s".formatted(what, longest, pool));
        }
    }
}
