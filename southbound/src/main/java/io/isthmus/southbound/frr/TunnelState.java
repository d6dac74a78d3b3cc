package io.isthmus.southbound.frr;

import java.util.List;

/**
 * What a gateway has for the way of a connection's traffic to the other gateway.
 *
 * @param limit bytes a second that may leave; empty if there is no limit, and the name of any other kind of queue
 * @param burst bytes that may leave at once; empty if there is no limit
 * @param ownAddresses of the gateway's loopback, those that are the connection's alone
 * @param announced whether the gateway announces the route to that address
 * @param marks what the announcement is marked with, sorted
 * @param routeMap what the route map of the announcement says, entry by entry
 * @param asPath the AS numbers that packets to the other gateway cross, the last being the other's; empty if unknown
 */
record TunnelState(
        String limit,
        String burst,
        List<String> ownAddresses,
        boolean announced,
        List<String> marks,
        String routeMap,
        List<Long> asPath) {
    static final TunnelState NONE = new TunnelState("", "", List.of(), false, List.of(), "", List.of());

    TunnelState {
        ownAddresses = List.copyOf(ownAddresses);
        marks = List.copyOf(marks);
        asPath = List.copyOf(asPath);
    }
}
