package io.isthmus.southbound.frr;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.GatewayExaminer.Destination;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shell scripts that look at a gateway and change nothing. */
final class Examinations {
    private static final String EXAMINE = Script.resource("examine.sh");
    private static final String REACH = Script.resource("reach.sh");
    private static final String COUNTERS = Script.resource("counters.sh");
    private static final String BURST = Script.resource("burst.sh");
    private static final String SEND = Script.resource("send.sh");
    private static final String RECEIVE = Script.resource("receive.sh");
    /** For one tool; five of them run one after the other. */
    private static final Duration TOOLS = Duration.ofSeconds(4);

    private Examinations() {}

    static String gateway(Gateway gateway, FrrManagement management) {
        var values = Script.values(gateway, management, TOOLS);
        return Script.whole("examine", values, EXAMINE);
    }

    static String reach(Gateway gateway, FrrManagement management, List<Destination> destinations) {
        var values = Script.values(gateway, management, TOOLS);
        values.put(
                "destinations",
                destinations.stream()
                        .map(each -> each.address() + "/"
                                + (each.tunnel() ? gateway.tunnelAddress().toString() : "") + "/" + each.mtu())
                        .collect(Collectors.joining(" ")));
        return Script.whole("reach", values, REACH);
    }

    static String counters(GatewayIntent intent, FrrManagement management) {
        return Script.whole("counters", Script.values(intent, management, TOOLS), COUNTERS);
    }

    static String burst(GatewayIntent intent, FrrManagement management, int count, Duration interval, Duration limit) {
        var values = Script.values(intent, management, limit);
        values.put("count", Integer.toString(count));
        values.put("interval", String.format(Locale.ROOT, "%.3f", interval.toMillis() / 1000.0));
        return Script.whole("burst", values, BURST);
    }

    static String send(GatewayIntent intent, FrrManagement management, Duration time, int mbps) {
        var values = Script.values(intent, management, time);
        values.put("seconds", Long.toString(Math.max(1, time.toSeconds())));
        values.put("mbps", Integer.toString(mbps));
        return Script.whole("send", values, SEND);
    }

    static String receive(GatewayIntent intent, FrrManagement management, Duration time) {
        var values = Script.values(intent, management, time);
        values.put("seconds", Long.toString(Math.max(1, time.toSeconds())));
        return Script.whole("receive", values, RECEIVE);
    }
}
