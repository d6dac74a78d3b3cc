package io.isthmus.southbound.frr;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Shell scripts for a gateway: what it is about, the values as assignments, then text that never changes, then calls.
 * Every value is quoted, whatever was checked before.
 */
final class Script {
    private static final Pattern ROUTE_TARGET = Pattern.compile("[0-9]{1,10}(\\.[0-9]{1,3}){0,3}:[0-9]{1,10}");
    private static final Pattern OTHER_SETTING =
            Pattern.compile("advertise-default-gw|advertise-svi-ip|rd [0-9]{1,10}(\\.[0-9]{1,3}){0,3}:[0-9]{1,10}");
    private static final String COMMON = resource("common.sh");
    private static final String OBSERVE = COMMON + resource("observe.sh");
    private static final String USED_VNIS = COMMON + resource("used_vnis.sh");
    private static final String PROBE = COMMON + resource("largest.sh") + resource("probe.sh");
    private static final String LINK_MTU = COMMON + resource("largest.sh") + resource("link_mtu.sh");
    private static final String LINK_RTTS = COMMON + resource("link_rtts.sh");
    private static final String NETWORKS = COMMON + resource("networks.sh");
    private static final String APPLY = COMMON + resource("apply.sh");
    private static final int PROBE_BURST = 10;

    private Script() {}

    static String observe(GatewayIntent intent, FrrManagement management, Duration limit) {
        return header("observe", values(intent, management, limit)) + OBSERVE;
    }

    static String usedVnis(Gateway gateway, FrrManagement management, Duration limit) {
        return header("used_vnis", values(gateway, management, limit)) + USED_VNIS;
    }

    static String networks(Gateway gateway, FrrManagement management, Duration limit) {
        return header("networks", values(gateway, management, limit)) + NETWORKS;
    }

    static String linkMtu(Gateway gateway, IpAddress neighbour, int bytes, FrrManagement management, Duration limit) {
        var values = values(gateway, management, limit);
        values.put("neighbour", neighbour.toString());
        values.put("mtu", Integer.toString(bytes));
        return header("link_mtu", values) + LINK_MTU;
    }

    static String linkRtts(Gateway gateway, List<IpAddress> neighbours, FrrManagement management, Duration limit) {
        var values = values(gateway, management, limit);
        values.put("neighbours", neighbours.stream().map(IpAddress::toString).collect(Collectors.joining(" ")));
        return header("link_rtts", values) + LINK_RTTS;
    }

    static String probe(GatewayIntent intent, FrrManagement management, FrrLimits limits) {
        var values = values(intent, management, limits.probe());
        values.put(
                "first_seconds", Long.toString(Math.max(1, limits.firstReply().toSeconds())));
        values.put("burst", Integer.toString(PROBE_BURST));
        return header("probe", values) + PROBE;
    }

    /** Prints {@code === begin N} and {@code === end N} around each step. */
    static String apply(GatewayIntent intent, FrrManagement management, List<Step> steps, Duration limit) {
        var script = new StringBuilder(header("apply", values(intent, management, limit))).append(APPLY);
        for (var step : steps) {
            if (isRouteTargets(step)) {
                script.append("early ").append(call(step, false)).append('\n');
            }
        }
        var lastPort = lastPort(steps);
        for (int i = 0; i < steps.size(); i++) {
            var step = steps.get(i);
            script.append("begin ").append(i).append('\n');
            script.append(isRouteTargets(step) ? "joined" : call(step, i == lastPort))
                    .append('\n');
            script.append("end ").append(i).append('\n');
        }
        return script.toString();
    }

    /** The last step that adds a port: there Open vSwitch is waited for, once for all ports. */
    private static int lastPort(List<Step> steps) {
        for (int i = steps.size() - 1; i >= 0; i--) {
            var step = steps.get(i);
            var hasPort =
                    step.object().equals(Difference.HANDOFF) || step.object().equals(Difference.PROBE);
            if (hasPort && step.action() != Action.DELETE) {
                return i;
            }
        }
        return -1;
    }

    private static boolean isRouteTargets(Step step) {
        return step.object().equals(Difference.ROUTE_TARGETS);
    }

    private static String call(Step step, boolean wait) {
        var function = (step.action() == Action.DELETE ? "remove_" : "put_") + checkedObject(step);
        if (step.action() == Action.DELETE) {
            return function;
        }
        return switch (step.object()) {
            case Difference.ROUTE_TARGETS ->
                function + " " + quoted(unwanted(step, "import")) + " " + quoted(unwanted(step, "export")) + " "
                        + quoted(otherSettings(step));
            case Difference.VXLAN -> Membership.cured(step, function);
            case Difference.HANDOFF -> release(step, "$dc") + function + (wait ? " wait" : " ''");
            case Difference.PROBE -> release(step, "$pp") + function + (wait ? " wait" : " ''");
            default -> function;
        };
    }

    /** A port that is on another bridge leaves it first. */
    private static String release(Step step, String device) {
        var moves = step.changes().stream()
                .anyMatch(change -> change.field().equals(Difference.OVS_BRIDGE)
                        && !change.observed().isEmpty());
        return moves ? "remove_access_port \"" + device + "\"\n" : "";
    }

    private static String unwanted(Step step, String field) {
        var targets = new StringJoiner(" ");
        step.changes().stream()
                .filter(change -> change.field().equals(field))
                .flatMap(change -> surplus(change).stream())
                .filter(target -> ROUTE_TARGET.matcher(target).matches())
                .forEach(targets::add);
        return targets.toString();
    }

    /** Commands are made of them: nothing but what is known gets there. */
    private static String otherSettings(Step step) {
        return step.changes().stream()
                .filter(change -> change.field().equals(Difference.OTHER_SETTINGS))
                .flatMap(change -> Arrays.stream(change.observed().split(", ")))
                .filter(setting -> OTHER_SETTING.matcher(setting).matches())
                .map(setting -> setting.replace(' ', '='))
                .collect(Collectors.joining(" "));
    }

    private static List<String> surplus(FieldChange change) {
        return Arrays.stream(change.observed().split(", "))
                .filter(target -> !target.equals(change.wanted()))
                .toList();
    }

    private static String checkedObject(Step step) {
        if (!Difference.OBJECTS.contains(step.object())) {
            throw new IllegalArgumentException("not a step of a gateway: " + step.name());
        }
        return step.object();
    }

    static Map<String, String> values(GatewayIntent intent, FrrManagement management, Duration limit) {
        var names = ConnectionNames.of(intent);
        var values = values(intent.gateway(), management, limit);
        values.put("connection", intent.connection().toString());
        values.put("vni", Integer.toString(intent.vni()));
        values.put("vlan", Integer.toString(intent.vlan()));
        values.put("mtu", Integer.toString(intent.mtu()));
        values.put("route_target", intent.routeTarget());
        values.put("probe_address", intent.probeAddress().toString());
        values.put("peer_probe_address", intent.peerProbeAddress().toString());
        values.put("ac", names.handoff());
        values.put("dc", names.switchEnd());
        values.put("br", names.bridge());
        values.put("vx", names.vxlan());
        values.put("pp", names.probeEnd());
        values.put("pr", names.probe());
        values.put("probe_netns", names.probeNamespace());
        values.put("probe_length", Integer.toString(intent.probePrefixLength()));
        values.put("nt", names.translatorEnd());
        values.put("nr", names.translator());
        values.put("nat_netns", names.translatorNamespace());
        intent.translator().ifPresent(translator -> {
            values.put("nat_address", translator.address() + "/" + translator.prefixLength());
            values.put("nat_routes", pairs(TranslatorDifference.routes(translator), " via "));
            values.put(
                    "nat_pairs",
                    translator.translations().stream()
                            .map(each -> each.prefix() + "=" + each.translatedPrefix())
                            .collect(Collectors.joining(" ")));
        });
        putTunnel(values, intent);
        return values;
    }

    private static String pairs(List<String> texts, String between) {
        return texts.stream().map(text -> text.replace(between, "=")).collect(Collectors.joining(" "));
    }

    private static void putTunnel(Map<String, String> values, GatewayIntent intent) {
        var tunnel = intent.tunnel();
        var limit = Limit.of(tunnel, intent.mtu());
        values.put("tunnel", tunnel.address().toString());
        values.put("remote_route", TunnelReader.table(tunnel.remoteAddress()));
        values.put("path_address", tunnel.pathAddress().map(IpAddress::toString).orElse(""));
        values.put("path_marks", PathDifference.marks(tunnel));
        values.put(
                "limit_rate",
                limit.map(Limit::bytesPerSecond).map(String::valueOf).orElse(""));
        values.put("limit_burst", limit.map(Limit::burst).map(String::valueOf).orElse(""));
    }

    static Map<String, String> values(Gateway gateway, FrrManagement management, Duration limit) {
        var values = new LinkedHashMap<String, String>();
        values.put("tunnel", gateway.tunnelAddress().toString());
        values.put("asn", Long.toString(gateway.asn()));
        values.put("vty_socket", management.vtySocket().orElse(""));
        values.put("ovsdb", management.ovsdb().orElse(""));
        values.put("ovs_bridge", management.bridge());
        values.put("dc_netns", management.dcNetns().orElse(""));
        values.put("tool_seconds", Long.toString(Math.max(1, limit.toSeconds() / 2)));
        return values;
    }

    private static String header(String purpose, Map<String, String> values) {
        var header = new StringBuilder("# isthmus ").append(purpose).append('\n');
        values.forEach((name, value) ->
                header.append(name).append('=').append(quoted(value)).append('\n'));
        return header.toString();
    }

    /** A script of {@code text} with these values. */
    static String whole(String purpose, Map<String, String> values, String text) {
        return header(purpose, values) + COMMON + text;
    }

    /** One word of a shell command, whatever it holds. */
    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }

    static String resource(String name) {
        try (var in = Script.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("not in the jar: " + name);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
