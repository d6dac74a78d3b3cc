package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.frr.GatewayState.Link;
import io.isthmus.southbound.frr.GatewayState.Port;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The steps between what a gateway has and what it should have for one connection. */
final class Difference {
    static final String BRIDGE = "bridge";
    static final String HANDOFF = "handoff";
    static final String ROUTE_TARGETS = "route_targets";
    static final String VXLAN = "vxlan";
    static final String PROBE = "probe";
    static final Set<String> OBJECTS =
            Set.of(BRIDGE, HANDOFF, ROUTE_TARGETS, VXLAN, PROBE, PathDifference.PATH, TranslatorDifference.TRANSLATOR);
    static final String OVS_BRIDGE = "ovs_bridge";
    static final String OTHER_SETTINGS = "other_settings";
    private static final String VXLAN_PORT = "4789";

    private final GatewayState state;
    private final GatewayIntent intent;
    private final FrrManagement management;
    private final ConnectionNames names;
    private final String mark;
    private final TranslatorDifference translator;
    private final PathDifference path;

    private Difference(GatewayState state, GatewayIntent intent, FrrManagement management) {
        this.state = state;
        this.intent = intent;
        this.management = management;
        this.names = ConnectionNames.of(intent);
        this.mark = ConnectionNames.mark(intent);
        this.translator = new TranslatorDifference(state, intent);
        this.path = new PathDifference(state.tunnel(), intent);
    }

    /** In the order to do them. What is somebody else's is neither changed nor deleted. */
    static List<Step> steps(GatewayState state, GatewayIntent intent, FrrManagement management, Goal goal) {
        var difference = new Difference(state, intent, management);
        return switch (goal) {
            case PRESENT -> difference.toPresent();
            case ABSENT -> difference.toAbsent();
        };
    }

    /** What has a name that this connection needs, but not its mark; empty if nothing has. */
    static Optional<String> taken(GatewayState state, GatewayIntent intent, FrrManagement management) {
        return new Difference(state, intent, management).taken();
    }

    private Optional<String> taken() {
        return java.util.stream.Stream.of(
                        foreign(handoff()),
                        foreign(bridge()),
                        foreign(vxlan()),
                        foreignEnd(switchEnd(), handoff()),
                        foreign(probeEnd()),
                        foreignEnd(probe(), probeEnd()),
                        foreign(translator.end()),
                        foreignEnd(translator.inside(), translator.end()),
                        foreign(port(names.switchEnd())),
                        foreign(port(names.probeEnd())),
                        foreignVni())
                .flatMap(Optional::stream)
                .findFirst();
    }

    private Optional<String> foreign(@Nullable Link link) {
        return link == null || link.alias().equals(mark)
                ? Optional.empty()
                : Optional.of("device " + link.name() + owner(link.alias()));
    }

    /** An end without a mark whose other end is ours was left so by a script that did not end. */
    private Optional<String> foreignEnd(@Nullable Link end, @Nullable Link other) {
        return end != null && end.alias().isEmpty() && mine(other) ? Optional.empty() : foreign(end);
    }

    private Optional<String> foreign(@Nullable Port port) {
        return port == null || port.connection().equals(intent.connection().toString())
                ? Optional.empty()
                : Optional.of("Open vSwitch port " + port.name() + owner(port.connection()));
    }

    private Optional<String> foreignVni() {
        return state.routing()
                .vxlanDevice()
                .filter(device -> !device.equals(names.vxlan()))
                .map(device -> "VNI " + intent.vni() + " (device " + device + ")");
    }

    private static String owner(String mark) {
        return mark.isEmpty() ? ", which has no mark" : ", which is marked " + mark;
    }

    private List<Step> toPresent() {
        var steps = new ArrayList<Step>();
        path.first().ifPresent(steps::add);
        replace(steps, BRIDGE, names.bridge(), bridge(), "bridge", bridgeFields());
        put(steps, HANDOFF, names.handoff(), handoff() != null && switchEnd() != null, handoffFields());
        put(steps, ROUTE_TARGETS, "vni " + intent.vni(), state.routing().vni().isPresent(), routeTargetFields());
        replace(steps, VXLAN, names.vxlan(), vxlan(), "vxlan", vxlanFields());
        put(
                steps,
                PROBE,
                names.probeNamespace(),
                state.probeNamespace() && probe() != null && probeEnd() != null,
                probeFields());
        path.last(true).ifPresent(steps::add);
        translator.toPresent().ifPresent(steps::add);
        return steps;
    }

    private List<Step> toAbsent() {
        var steps = new ArrayList<Step>();
        translator.toAbsent().ifPresent(steps::add);
        if (mine(probeEnd()) || mine(probe()) || mine(port(names.probeEnd())) || ownNamespace()) {
            steps.add(delete(PROBE, names.probeNamespace()));
        }
        if (mine(vxlan())) {
            steps.add(delete(VXLAN, names.vxlan()));
        }
        if (state.routing().vni().isPresent() && foreignVni().isEmpty() && (vxlan() == null || mine(vxlan()))) {
            steps.add(delete(ROUTE_TARGETS, "vni " + intent.vni()));
        }
        if (mine(handoff()) || mine(switchEnd()) || mine(port(names.switchEnd()))) {
            steps.add(delete(HANDOFF, names.handoff()));
        }
        if (mine(bridge())) {
            steps.add(delete(BRIDGE, names.bridge()));
        }
        path.last(false).ifPresent(steps::add);
        return steps;
    }

    private boolean ownNamespace() {
        return state.probeNamespace() && foreignEnd(probe(), probeEnd()).isEmpty();
    }

    private static Step delete(String object, String identity) {
        return new Step(Action.DELETE, object, identity, List.of());
    }

    private static void put(
            List<Step> steps, String object, String identity, boolean present, List<FieldChange> fields) {
        if (!present) {
            var all = fields.stream()
                    .filter(field -> !field.wanted().isEmpty())
                    .map(field -> new FieldChange(field.field(), "", field.wanted()))
                    .toList();
            steps.add(new Step(Action.CREATE, object, identity, all));
            return;
        }
        var changed = fields.stream()
                .filter(field -> !field.observed().equals(field.wanted()))
                .toList();
        if (!changed.isEmpty()) {
            steps.add(new Step(Action.UPDATE, object, identity, changed));
        }
    }

    /** A device of another kind, or with something that cannot be changed, is made anew. */
    private static void replace(
            List<Step> steps,
            String object,
            String identity,
            @Nullable Link link,
            String kind,
            List<FieldChange> fields) {
        var fixed = Set.of("vni", "port");
        var keep = link != null
                && link.kind().equals(kind)
                && fields.stream()
                        .allMatch(field -> !fixed.contains(field.field())
                                || field.observed().equals(field.wanted()));
        if (link != null && !keep) {
            steps.add(delete(object, identity));
        }
        put(steps, object, identity, keep, fields);
    }

    private List<FieldChange> bridgeFields() {
        var link = bridge();
        return List.of(
                mtu(link),
                up(link),
                setting(link, "stp_state", "0"),
                setting(link, "forward_delay", "0"),
                setting(link, "address_generation", "none"));
    }

    private List<FieldChange> handoffFields() {
        var fields = new ArrayList<FieldChange>();
        fields.add(mark(handoff(), switchEnd()));
        fields.add(mtu(handoff(), switchEnd()));
        fields.add(up(handoff(), switchEnd()));
        fields.add(new FieldChange("bridge", handoff() == null ? "" : handoff().master(), names.bridge()));
        fields.addAll(bridgePort(handoff()));
        fields.addAll(portFields(names.switchEnd()));
        return fields;
    }

    /** How the bridge treats one of its ports; it must be there, and in the bridge. */
    private static List<FieldChange> bridgePort(@Nullable Link link) {
        return link == null || link.master().isEmpty()
                ? List.of()
                : List.of(
                        setting(link, "flood", "true"),
                        setting(link, "bcast_flood", "true"),
                        setting(link, "isolated", "false"));
    }

    private List<FieldChange> vxlanFields() {
        var link = vxlan();
        var fields = new ArrayList<>(List.of(
                setting(link, "vni", Integer.toString(intent.vni())),
                setting(link, "port", VXLAN_PORT),
                setting(link, "local", intent.tunnel().address().toString()),
                PathDifference.limit(state.tunnel(), intent.tunnel(), intent.mtu()),
                PathDifference.burst(state.tunnel(), intent.tunnel(), intent.mtu()),
                mtu(link),
                up(link),
                new FieldChange("bridge", link == null ? "" : link.master(), names.bridge()),
                setting(link, "learning", "false"),
                setting(link, "df", "set"),
                setting(link, "neigh_suppress", "false"),
                setting(link, "port_learning", "false"),
                setting(link, "address_generation", "none")));
        fields.addAll(bridgePort(link));
        if (link != null && link.up()) {
            fields.addAll(new Membership(state, intent).fields());
        }
        return fields;
    }

    private List<FieldChange> routeTargetFields() {
        var vni = state.routing().vni();
        return List.of(
                new FieldChange(
                        "import",
                        vni.map(known -> String.join(", ", known.imports())).orElse(""),
                        intent.routeTarget()),
                new FieldChange(
                        "export",
                        vni.map(known -> String.join(", ", known.exports())).orElse(""),
                        intent.routeTarget()),
                new FieldChange(
                        OTHER_SETTINGS,
                        vni.map(known -> String.join(", ", known.others())).orElse(""),
                        ""));
    }

    private List<FieldChange> probeFields() {
        var link = probe();
        var fields = new ArrayList<FieldChange>();
        fields.add(mark(link, probeEnd()));
        fields.add(mtu(link, probeEnd()));
        fields.add(up(link, probeEnd()));
        fields.add(new FieldChange(
                "address",
                link == null ? "" : String.join(", ", link.addresses()),
                intent.probeAddress() + "/" + intent.probePrefixLength()));
        fields.addAll(portFields(names.probeEnd()));
        return fields;
    }

    /** The error is of interest only where the device is there: without it Open vSwitch cannot but complain. */
    private List<FieldChange> portFields(String name) {
        var port = port(name);
        return List.of(
                new FieldChange(
                        OVS_BRIDGE,
                        port == null ? "" : port.onBridge() ? management.bridge() : "another",
                        management.bridge()),
                new FieldChange("vlan", port == null ? "" : port.tag(), Integer.toString(intent.vlan())),
                new FieldChange("port_mode", port == null ? "" : port.mode(), "access"),
                new FieldChange("trunks", port == null ? "" : port.trunks(), ""),
                new FieldChange("policing", port == null || port.policing().equals("0") ? "" : port.policing(), ""),
                new FieldChange("port_error", port == null ? "" : port.error(), ""));
    }

    /** Of the two ends of a pair, the one that is wrong speaks for both. */
    private FieldChange mtu(@Nullable Link... links) {
        var wanted = Integer.toString(intent.mtu());
        return new FieldChange("mtu", observed(wanted, link -> Integer.toString(link.mtu()), links), wanted);
    }

    private FieldChange mark(@Nullable Link... links) {
        return new FieldChange("mark", observed(mark, Link::alias, links), mark);
    }

    private static FieldChange up(@Nullable Link... links) {
        return new FieldChange("up", observed("true", link -> Boolean.toString(link.up()), links), "true");
    }

    private static String observed(
            String wanted, java.util.function.Function<Link, String> value, @Nullable Link... links) {
        return java.util.Arrays.stream(links)
                .map(link -> link == null ? "" : value.apply(link))
                .filter(observed -> !observed.equals(wanted))
                .findFirst()
                .orElse(wanted);
    }

    private static FieldChange setting(@Nullable Link link, String field, String wanted) {
        return new FieldChange(field, link == null ? "" : link.setting(field), wanted);
    }

    private boolean mine(@Nullable Link link) {
        return link != null && link.alias().equals(mark);
    }

    private boolean mine(@Nullable Port port) {
        return port != null
                && Objects.equals(port.connection(), intent.connection().toString());
    }

    private @Nullable Link handoff() {
        return state.links().get(names.handoff());
    }

    private @Nullable Link bridge() {
        return state.links().get(names.bridge());
    }

    private @Nullable Link vxlan() {
        return state.links().get(names.vxlan());
    }

    private @Nullable Link switchEnd() {
        return state.dcLinks().get(names.switchEnd());
    }

    private @Nullable Link probeEnd() {
        return state.dcLinks().get(names.probeEnd());
    }

    private @Nullable Link probe() {
        return state.probeLinks().get(names.probe());
    }

    private @Nullable Port port(String name) {
        return state.ports().get(name);
    }
}
