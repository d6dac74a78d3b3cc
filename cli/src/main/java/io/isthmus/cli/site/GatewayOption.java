package io.isthmus.cli.site;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** A gateway as it is written in one option: {@code name=gw,driver=frr,asn=65001,management.host=192.0.2.1}. */
final class GatewayOption {
    private static final Set<String> NUMBERS = Set.of("asn", "max_mtu", "capacity_mbps");

    private GatewayOption() {}

    static ObjectNode parse(String text) {
        var gateway = Json.object();
        for (var part : text.split(",", -1)) {
            int equals = part.indexOf('=');
            if (equals < 1) {
                throw Failure.usage("A gateway is written KEY=VALUE,KEY=VALUE,…: " + text);
            }
            put(
                    gateway,
                    part.substring(0, equals).strip(),
                    part.substring(equals + 1).strip());
        }
        return gateway;
    }

    private static void put(ObjectNode gateway, String key, String value) {
        if (key.startsWith("management.")) {
            var management =
                    gateway.path("management") instanceof ObjectNode found ? found : gateway.putObject("management");
            var own = key.substring("management.".length());
            if (own.equals("port")) {
                management.put(own, number(key, value));
            } else {
                management.put(own, value);
            }
        } else if (NUMBERS.contains(key)) {
            gateway.put(key, number(key, value));
        } else {
            gateway.put(key, value);
        }
    }

    private static long number(String key, String value) {
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException e) {
            throw Failure.usage("A gateway's " + key + " is a whole number: " + value);
        }
    }
}
