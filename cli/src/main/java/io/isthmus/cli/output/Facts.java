package io.isthmus.cli.output;

import io.isthmus.cli.http.Json;
import java.util.ArrayList;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Facts about a connection in the words that operators use. */
public final class Facts {
    private Facts() {}

    /** {@code b → a → d, 17 ms one way}. */
    public static String path(JsonNode path) {
        var sites = sites(path);
        return path.hasNonNull("latency_ms")
                ? sites + ", " + Text.number(path.path("latency_ms").asDouble(0)) + " ms one way"
                : sites;
    }

    /** {@code b → a → d}; empty where there is no path yet. */
    public static String sites(JsonNode path) {
        return path.path("sites").values().stream().map(Text::of).collect(Collectors.joining(" → "));
    }

    /** {@code RTT 14.2 ms, loss 0 %, at …}. */
    public static String measured(JsonNode measured) {
        var facts = new ArrayList<String>();
        if (measured.hasNonNull("rtt_ms")) {
            facts.add("RTT " + Text.number(measured.path("rtt_ms").asDouble(0)) + " ms");
        }
        if (measured.hasNonNull("loss")) {
            facts.add("loss " + loss(measured.path("loss").asDouble(0)));
        }
        if (measured.hasNonNull("at")) {
            facts.add("at " + Json.text(measured, "at"));
        }
        return String.join(", ", facts);
    }

    /** A share of 1 in percent. */
    public static String loss(double share) {
        return Text.number(share * 100) + " %";
    }

    /** {@code measured 1450, computed 1450}. */
    public static String mtu(JsonNode mtu) {
        var facts = new ArrayList<String>();
        for (var name : new String[] {"measured", "computed", "requested"}) {
            if (mtu.hasNonNull(name)) {
                facts.add(name + " " + Text.of(mtu.path(name)));
            }
        }
        return String.join(", ", facts);
    }

    /** The sites that a connection joins: {@code b ↔ d}; empty where they are not known. */
    public static String ends(JsonNode connection) {
        var local = end(connection, "local");
        var remote = end(connection, "remote");
        return local.isEmpty() && remote.isEmpty() ? "" : local + " ↔ " + remote;
    }

    /** The site at the {@code role} end of a connection. */
    public static String end(JsonNode connection, String role) {
        var site = Json.text(connection, "sides", role, "site");
        return Text.clean(site.isEmpty() ? Json.text(connection, role + "_endpoint", "site") : site);
    }
}
