package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;

/**
 * What the objects of one connection are called on a gateway.
 *
 * <pre>
 *   OVS bridge                       gateway                                WAN
 *     │ tag=vlan                        ┌───────────── br ─────────────┐
 *     ├── dc ═══════════ veth ═════════ ac                             vx ═══ VXLAN
 *     └── pp ═══════════ veth ═════════ pr in the probe namespace
 *                                       nt ═ veth ═ nr in the translator's namespace, nt being in br
 * </pre>
 *
 * @param probeNamespace carries the tunnel address, since gateways may share a machine; so does the translator's
 */
record ConnectionNames(
        String handoff,
        String switchEnd,
        String bridge,
        String vxlan,
        String probeEnd,
        String probe,
        String probeNamespace,
        String translatorEnd,
        String translator,
        String translatorNamespace) {

    static ConnectionNames of(GatewayIntent intent) {
        var vni = intent.vni();
        return new ConnectionNames(
                "ac" + vni,
                "dc" + vni,
                "br" + vni,
                "vx" + vni,
                "pp" + vni,
                "pr" + vni,
                "isthmus-probe-" + vni + "-" + intent.gateway().tunnelAddress(),
                "nt" + vni,
                "nr" + vni,
                "isthmus-nat-" + vni + "-" + intent.gateway().tunnelAddress());
    }

    /** The alias of every device of a connection. */
    static String mark(GatewayIntent intent) {
        return "isthmus:" + intent.connection();
    }
}
