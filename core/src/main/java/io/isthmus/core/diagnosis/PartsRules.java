package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.Diagnostician.Findings;
import io.isthmus.core.side.GatewayIntent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What one gateway has for the connection: EVPN, bridge and tunnel, hand-off, probe port. */
final class PartsRules {
    private static final String RECONCILE =
            "Have it repaired: isthmus connection reconcile; then find out who changed it.";

    private final Place place;
    private final GatewayIntent intent;
    private final Findings findings;

    PartsRules(Place place, GatewayIntent intent, Findings findings) {
        this.place = place;
        this.intent = intent;
        this.findings = findings;
    }

    void apply(PartsReading parts, Optional<GatewayReading> gateway) {
        for (var failed : parts.failures()) {
            // A daemon that does not run was told of as such.
            if (!failed.code().equals("frr_not_running") || gateway.isEmpty() || allRun(gateway.get())) {
                findings.failed(place, failed.code().startsWith("ovs_") ? Layer.HANDOFF : Layer.TUNNEL, failed);
            }
        }
        overlay(parts);
        layer(parts, Layer.TUNNEL, "bridge, tunnel and their ports are as they should be", List.of("bridge", "vxlan"));
        layer(parts, Layer.HANDOFF, "the access port is there, on VLAN " + intent.vlan(), List.of("handoff"));
        layer(parts, Layer.PROBE, "the probe port is there", List.of("probe"));
    }

    private static boolean allRun(GatewayReading gateway) {
        return gateway.daemons().stream().allMatch(daemon -> daemon.state() == GatewayReading.Daemon.State.RUNNING);
    }

    private void overlay(PartsReading parts) {
        int before = findings.count();
        var session = parts.evpnSession();
        if (session.isEmpty()) {
            findings.unchecked(place, Layer.OVERLAY, "FRR did not say");
            return;
        }
        if (!session.get().equals("Established")) {
            findings.add(place.error(
                    Layer.OVERLAY,
                    "evpn_session_down",
                    "the EVPN session with " + intent.remoteTunnelAddress() + " is " + session.get(),
                    List.of("BGP l2vpn evpn with " + intent.remoteTunnelAddress() + ": " + session.get()),
                    "Check that both gateways have each other as EVPN neighbour and can reach each other's tunnel"
                            + " address."));
        }
        parts.deviations().stream().filter(each -> each.is("route_targets")).forEach(this::routeTargets);
        if (session.get().equals("Established")
                && !parts.remoteVteps().contains(intent.remoteTunnelAddress().toString())) {
            findings.add(place.error(
                    Layer.OVERLAY,
                    "remote_vtep_missing",
                    "EVPN does not know the other gateway's tunnel address for VNI " + intent.vni()
                            + ", though the session stands",
                    List.of("remote tunnel addresses of VNI " + intent.vni() + ": "
                            + (parts.remoteVteps().isEmpty() ? "none" : String.join(", ", parts.remoteVteps()))),
                    "Look at the route targets and the VXLAN device of both sides; if they are right, clear the session"
                            + " on this gateway (vtysh -c 'clear bgp " + intent.remoteTunnelAddress() + "')."));
        }
        if (findings.count() == before) {
            findings.healthy(
                    place,
                    Layer.OVERLAY,
                    "EVPN session, route targets and the other's tunnel address are as they should be");
        }
    }

    private void routeTargets(Deviation deviation) {
        findings.add(place.error(
                Layer.OVERLAY,
                "route_targets_wrong",
                "VNI " + intent.vni() + " does not import and export exactly " + intent.routeTarget(),
                deviation.evidence(),
                RECONCILE));
    }

    private void layer(PartsReading parts, Layer layer, String healthy, List<String> objects) {
        int before = findings.count();
        parts.deviations().stream()
                .filter(deviation -> objects.contains(deviation.object()))
                .forEach(this::deviation);
        if (findings.count() == before && parts.failures().isEmpty()) {
            findings.healthy(place, layer, healthy);
        }
    }

    private void deviation(Deviation deviation) {
        switch (deviation.object()) {
            case "bridge" -> add(Layer.TUNNEL, code(deviation, "bridge"), deviation);
            case "vxlan" -> add(Layer.TUNNEL, code(deviation, "vxlan"), deviation);
            case "handoff" -> {
                var notInBridge = deviation.kind() == Deviation.Kind.DIFFERENT
                        && deviation.field("bridge").isPresent();
                add(
                        notInBridge ? Layer.TUNNEL : Layer.HANDOFF,
                        notInBridge ? "handoff_not_in_bridge" : code(deviation, "handoff"),
                        deviation);
            }
            default ->
                findings.add(place.warning(
                        Layer.PROBE,
                        code(deviation, "probe_port"),
                        "the connection's probe port is not as it should be, so it cannot be measured",
                        deviation.evidence(),
                        RECONCILE));
        }
    }

    private void add(Layer layer, String code, Deviation deviation) {
        findings.add(
                place.error(layer, code, TEXTS.getOrDefault(code, words(deviation)), deviation.evidence(), RECONCILE));
    }

    private static String words(Deviation deviation) {
        return "the connection's " + deviation.object() + " on the gateway is not as it was made";
    }

    private static final Map<String, String> TEXTS = Map.of(
            "bridge_missing", "the connection's bridge is gone from the gateway",
            "vxlan_missing", "the connection's VXLAN device is gone from the gateway",
            "vxlan_not_in_bridge", "the VXLAN device is not in the connection's bridge",
            "handoff_missing", "the hand-off to the site's switch is gone from the gateway",
            "handoff_not_in_bridge", "the hand-off is not a port of the connection's bridge",
            "access_port_missing", "the access port is gone from the site's Open vSwitch",
            "access_port_wrong_vlan", "the access port is on another VLAN than the connection's network",
            "access_port_broken", "Open vSwitch cannot use the access port");

    private static String code(Deviation deviation, String subject) {
        if (deviation.kind() != Deviation.Kind.DIFFERENT) {
            return subject + "_missing";
        }
        if (deviation.field("ovs_bridge").isPresent()) {
            return subject.equals("handoff") ? "access_port_missing" : subject + "_changed";
        }
        if (deviation.field("vlan").or(() -> deviation.field("port_mode")).isPresent()) {
            return subject.equals("handoff") ? "access_port_wrong_vlan" : subject + "_changed";
        }
        if (deviation.field("port_error").isPresent()) {
            return subject.equals("handoff") ? "access_port_broken" : subject + "_changed";
        }
        if (deviation.field("bridge").isPresent()) {
            return subject + "_not_in_bridge";
        }
        if (deviation.field("up").isPresent()) {
            return subject + "_down";
        }
        return deviation.field("mtu").isPresent() ? subject + "_mtu_wrong" : subject + "_changed";
    }
}
