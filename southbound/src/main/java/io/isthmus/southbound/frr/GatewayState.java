package io.isthmus.southbound.frr;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a gateway has under the names of one connection.
 *
 * @param links devices in the gateway's own namespace, by name
 * @param dcLinks devices where the Open vSwitch is, by name
 * @param probeLinks devices in the probe namespace, by name
 * @param probeNamespace whether that namespace is there
 * @param ports of the Open vSwitch, by name
 * @param tunnel the way to the other gateway
 * @param translator what is in the translator's namespace
 * @param entries where the VXLAN device sends frames, without what the other gateway told
 */
record GatewayState(
        Map<String, Link> links,
        Map<String, Link> dcLinks,
        Map<String, Link> probeLinks,
        boolean probeNamespace,
        Map<String, Port> ports,
        Routing routing,
        TunnelState tunnel,
        TranslatorState translator,
        List<Entry> entries) {

    static final GatewayState NOTHING = new GatewayState(
            Map.of(),
            Map.of(),
            Map.of(),
            false,
            Map.of(),
            new Routing(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), List.of(), Map.of()),
            TunnelState.NONE,
            new TranslatorState(Map.of(), false, List.of(), List.of()),
            List.of());

    /** Frames to this hardware address, or to any other if it is all zeros, go to that tunnel address. */
    record Entry(String hardwareAddress, String destination) {}

    /**
     * A network device.
     *
     * @param alias the mark of its owner; empty if none
     * @param master the bridge it is in; empty if none
     * @param addresses with prefix lengths
     */
    record Link(
            String name,
            String kind,
            String alias,
            int mtu,
            boolean up,
            String master,
            List<String> addresses,
            Map<String, String> settings) {
        Link {
            addresses = List.copyOf(addresses);
            settings = Map.copyOf(settings);
        }

        String setting(String name) {
            return settings.getOrDefault(name, "");
        }
    }

    /**
     * A translator's namespace.
     *
     * @param routes such as {@code 10.0.0.0/24 via 100.126.0.1}
     * @param translations such as {@code 10.0.0.0/24 as 100.64.0.0/24}, and back
     */
    record TranslatorState(Map<String, Link> links, boolean namespace, List<String> routes, List<String> translations) {
        TranslatorState {
            links = Map.copyOf(links);
            routes = List.copyOf(routes);
            translations = List.copyOf(translations);
        }
    }

    /**
     * A port of the Open vSwitch.
     *
     * @param tag empty if none is set, as are its trunks
     * @param policing kbit/s that it takes; 0 for all
     * @param error empty if it works
     */
    record Port(
            String name,
            String connection,
            String tag,
            String mode,
            String trunks,
            boolean onBridge,
            String policing,
            String error) {}

    /**
     * What FRR says.
     *
     * @param asn of its default BGP instance, if there is one
     * @param vni what BGP knows of the VNI, if it does
     * @param vxlanDevice the device that FRR takes for the VNI's
     * @param remoteVteps the tunnel addresses of the other gateways in the VNI, as far as frames are sent there
     * @param tellers the tunnel addresses that other gateways announce for the VNI
     * @param sessions EVPN neighbours by address, with their state
     */
    record Routing(
            Optional<Long> asn,
            Optional<Vni> vni,
            Optional<String> vxlanDevice,
            List<String> remoteVteps,
            List<String> tellers,
            Map<String, String> sessions) {
        Routing {
            remoteVteps = List.copyOf(remoteVteps);
            tellers = List.copyOf(tellers);
            sessions = Map.copyOf(sessions);
        }

        /** Route targets, configured or made up by FRR itself, and what else somebody configured of it. */
        record Vni(List<String> imports, List<String> exports, List<String> others) {}
    }

    GatewayState {
        links = Map.copyOf(links);
        dcLinks = Map.copyOf(dcLinks);
        probeLinks = Map.copyOf(probeLinks);
        ports = Map.copyOf(ports);
        entries = List.copyOf(entries);
    }
}
