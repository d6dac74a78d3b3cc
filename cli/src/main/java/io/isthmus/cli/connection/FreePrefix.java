package io.isthmus.cli.connection;

import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Chooses a prefix for a new network: the first /24 of 10.64.0.0/10 that no visible endpoint overlaps. */
final class FreePrefix {
    private static final Ipv4Prefix POOL = Ipv4Prefix.parse("10.64.0.0/10").orElseThrow();
    private static final int LENGTH = 24;

    private FreePrefix() {}

    static String choose(Api api) {
        var taken = new HashSet<Ipv4Prefix>();
        api.list("endpoints", Map.of(), Integer.MAX_VALUE)
                .forEach(endpoint -> collect(endpoint.path("network"), taken));
        return POOL.firstFree(LENGTH, taken)
                .map(Ipv4Prefix::toString)
                .orElseThrow(() -> new Failure(
                        ExitCode.FAILED,
                        "Every /" + LENGTH + " of " + POOL + " is taken by some endpoint.",
                        "hint: choose a prefix yourself with --cidr"));
    }

    /** Every prefix that is written anywhere in an endpoint's network, whatever kind of network that is. */
    private static void collect(JsonNode value, Set<Ipv4Prefix> taken) {
        if (value.isString() && value.asString().indexOf('/') > 0) {
            Ipv4Prefix.parse(value.asString()).ifPresent(taken::add);
        }
        value.values().forEach(inner -> collect(inner, taken));
    }
}
