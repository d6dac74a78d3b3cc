package io.isthmus.southbound.frr;

import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** What a fake gateway prints of a connection's limit, tunnel address and routes. */
final class FakeTunnel {
    private FakeTunnel() {}

    static String parts(Map<String, Map<String, String>> objects) {
        var rate = objects.getOrDefault("vxlan", Map.of()).getOrDefault("limit_rate", "");
        var limit = rate.isEmpty() ? "" : "[{\"kind\":\"tbf\",\"options\":{\"rate\":%s}}]\n".formatted(rate);
        var address = objects.getOrDefault("path", Map.of()).getOrDefault("path_address", "");
        var loopback = address.isEmpty()
                ? ""
                : "[{},{\"addr_info\":[{},{\"local\":\"%s\",\"prefixlen\":32}]}]\n".formatted(address);
        return "=== part limit\n" + limit + "=== ended 0\n=== part loopback\n" + loopback + "=== ended 0\n";
    }

    static String routes(Map<String, String> asked, Map<String, Map<String, String>> objects) {
        var remote = """
                {"prefix":"%s","paths":[{"aspath":{"string":"65001 65004"},"bestpath":{"overall":true}}]}
                """.formatted(asked.getOrDefault("remote_route", "").replaceAll(".* ", ""));
        var path = objects.get("path");
        if (path == null) {
            return remote;
        }
        var marks = Arrays.stream(path.getOrDefault("path_marks", "").split(" "))
                .map(mark -> '"' + mark + '"')
                .collect(Collectors.joining(","));
        return remote
                + """
                {"prefix":"%s/32","paths":[{"sourced":true,"local":true,"largeCommunity":{"list":[%s]}}]}
                {"BGP":{"isthmus-a":{"rules":[{"sequenceNumber":10,"type":"permit","setClauses":["large-community %s"]}]}}}
                """.formatted(path.getOrDefault("path_address", ""), marks, path.getOrDefault("path_marks", ""));
    }
}
