package io.isthmus.southbound.frr;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Tunnel;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The step between the announcement that a gateway makes for one connection and the one that it should make: of a tunnel
 * address of the connection's own, marked with the path.
 *
 * <p>The address comes first and goes last, so that where it is not there, neither is any of FRR's configuration.
 */
final class PathDifference {
    static final String PATH = "path";

    private final TunnelState state;
    private final GatewayIntent intent;

    PathDifference(TunnelState state, GatewayIntent intent) {
        this.state = state;
        this.intent = intent;
    }

    /** The limit of a connection without one is empty. */
    static FieldChange limit(TunnelState state, Tunnel tunnel, int mtu) {
        return new FieldChange(
                "limit_bytes_per_second",
                state.limit(),
                Limit.of(tunnel, mtu)
                        .map(limit -> Long.toString(limit.bytesPerSecond()))
                        .orElse(""));
    }

    /** Of a limit only: the kernel rounds it a little. */
    static FieldChange burst(TunnelState state, Tunnel tunnel, int mtu) {
        var wanted = Limit.of(tunnel, mtu).map(Limit::burst);
        var close = wanted.isPresent()
                && state.burst().matches("[0-9]{1,18}")
                && Math.abs(Long.parseLong(state.burst()) - wanted.get()) <= wanted.get() / 100;
        var text = wanted.map(burst -> Long.toString(burst)).orElse("");
        return new FieldChange("limit_burst_bytes", close || state.burst().isEmpty() ? text : state.burst(), text);
    }

    /** To announce before anything is sent from the address. */
    Optional<Step> first() {
        if (!intent.tunnel().steered()) {
            return Optional.empty();
        }
        var address = intent.tunnel().address();
        var fields = List.of(
                new FieldChange("address", String.join(", ", state.ownAddresses()), address + "/32"),
                new FieldChange("announced", Boolean.toString(state.announced()), "true"),
                new FieldChange("steering", String.join(" ", state.marks()), marks(intent.tunnel())),
                new FieldChange("route_map", state.routeMap(), routeMap(intent.tunnel())));
        var changed = new ArrayList<FieldChange>();
        for (var field : fields) {
            if (!field.observed().equals(field.wanted())) {
                changed.add(field);
            }
        }
        if (changed.isEmpty()) {
            return Optional.empty();
        }
        var action = isThere() ? Action.UPDATE : Action.CREATE;
        return Optional.of(
                new Step(action, PATH, address.toString(), action == Action.CREATE ? wanted(fields) : changed));
    }

    /** To take away once nothing is sent from the address any more. */
    Optional<Step> last(boolean stillWanted) {
        return isThere() && !(stillWanted && intent.tunnel().steered())
                ? intent.tunnel()
                        .pathAddress()
                        .map(IpAddress::toString)
                        .map(address -> new Step(Action.DELETE, PATH, address, List.of()))
                : Optional.empty();
    }

    private static String routeMap(Tunnel tunnel) {
        return "permit 10: large-community " + marks(tunnel);
    }

    private boolean isThere() {
        return !state.ownAddresses().isEmpty() || state.announced();
    }

    private static List<FieldChange> wanted(List<FieldChange> fields) {
        return fields.stream()
                .map(field -> new FieldChange(field.field(), "", field.wanted()))
                .toList();
    }

    static String marks(Tunnel tunnel) {
        return String.join(
                " ",
                tunnel.steering().stream()
                        .map(Tunnel.Instruction::toString)
                        .sorted()
                        .toList());
    }
}
