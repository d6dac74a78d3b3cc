package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.southbound.Observed.Foreign;
import io.isthmus.southbound.frr.GatewayState.Port;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** What others have put into the midst of a connection's part of a gateway: where its frames go without Isthmus's doing. */
final class ForeignFinder {
    private final GatewayState state;
    private final GatewayIntent intent;
    private final ConnectionNames names;

    private ForeignFinder(GatewayState state, GatewayIntent intent) {
        this.state = state;
        this.intent = intent;
        this.names = ConnectionNames.of(intent);
    }

    static List<Foreign> foreign(GatewayState state, GatewayIntent intent) {
        var finder = new ForeignFinder(state, intent);
        var foreign = new ArrayList<Foreign>();
        foreign.addAll(finder.portsOfTheBridge());
        foreign.addAll(finder.portsOfTheVlan());
        foreign.addAll(finder.otherTunnelEnds());
        foreign.sort(Comparator.comparing(Foreign::object).thenComparing(Foreign::identity));
        return foreign;
    }

    private List<Foreign> portsOfTheBridge() {
        var ours = Set.of(names.handoff(), names.vxlan(), names.translatorEnd());
        return state.links().values().stream()
                .filter(link -> link.master().equals(names.bridge()) && !ours.contains(link.name()))
                .map(link -> new Foreign(Difference.BRIDGE, link.name(), "bridge", names.bridge()))
                .toList();
    }

    /** Neutron's own ports of the VLAN are on another bridge, behind a patch that carries all VLANs. */
    private List<Foreign> portsOfTheVlan() {
        var ours = Set.of(names.switchEnd(), names.probeEnd());
        return state.ports().values().stream()
                .filter(Port::onBridge)
                .filter(port -> port.tag().equals(Integer.toString(intent.vlan())) && !ours.contains(port.name()))
                .map(port -> new Foreign(Difference.HANDOFF, port.name(), "vlan", port.tag()))
                .toList();
    }

    /** FRR makes entries for no other ends than those that it tells of. */
    private List<Foreign> otherTunnelEnds() {
        var known = new HashSet<>(state.routing().remoteVteps());
        known.add(intent.remoteTunnelAddress().toString());
        known.add(intent.tunnel().remoteAddress().toString());
        return state.entries().stream()
                .filter(entry -> !known.contains(entry.destination()))
                .map(entry -> new Foreign(Difference.VXLAN, entry.hardwareAddress(), "entry", entry.destination()))
                .toList();
    }
}
