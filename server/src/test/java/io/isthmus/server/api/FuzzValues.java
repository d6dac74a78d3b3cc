package io.isthmus.server.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes JSON from schemas of the contract: values that they allow, often at their bounds, and broken ones. */
final class FuzzValues {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> CIDRS =
            List.of("10.20.0.0/24", "10.20.1.0/24", "10.0.0.0/8", "192.0.2.0/31", "2001:db8::/64", "0.0.0.0/0");
    private static final List<String> ADDRESSES =
            List.of("10.20.0.1", "10.20.0.10", "10.20.0.200", "10.20.0.255", "192.0.2.1", "2001:db8::1", "::");
    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "-1",
            "0",
            "2147483648",
            "9223372036854775808",
            "1e400",
            "-0.0",
            "1.5",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"\\u202e\\ufeff\"",
            "\"10.20.0.1/24\"",
            "\"999.1.1.1/24\"",
            "\"../../etc/passwd\"",
            "\"'; drop table site; --\"",
            "\"" + "x".repeat(256) + "\"",
            "\"2026-13-01T00:00:00Z\"",
            "\"+1000000000-12-31T23:59:59Z\"",
            "[]",
            "[null]",
            "[[[[[[[[]]]]]]]]",
            "{}",
            "{\"\": {}}",
            "{\"create\": null}");

    private final SplittableRandom random;
    private final FuzzState state;
    private final String marker;

    /** @param marker is part of every name, so that it is seen where it leaks */
    FuzzValues(SplittableRandom random, FuzzState state, String marker) {
        this.random = random;
        this.state = state;
        this.marker = marker;
    }

    <T> T any(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    JsonNode junk() {
        return JSON.readTree(any(JUNK));
    }

    /** A value that the schema allows, as far as a schema can say it. */
    JsonNode valid(JsonNode given, String field) {
        var schema = Contract.SERVED.resolved(given);
        if (schema.has("const")) {
            return schema.required("const");
        }
        if (schema.has("enum")) {
            return schema.required("enum")
                    .get(random.nextInt(schema.required("enum").size()));
        }
        if (schema.has("oneOf")) {
            // The first is the usual one.
            var choices = schema.required("oneOf");
            return valid(choices.get(chance(60) ? 0 : random.nextInt(choices.size())), field);
        }
        var type = schema.path("type");
        if (type.isArray()) {
            type = chance(15) ? type.get(type.size() - 1) : type.get(0);
        }
        return switch (type.asString("any")) {
            case "object" -> object(schema);
            case "array" -> array(schema, field);
            case "string" -> JSON.getNodeFactory().stringNode(text(schema, field));
            case "integer" -> JSON.getNodeFactory().numberNode(integer(schema, field));
            case "number" -> JSON.getNodeFactory().numberNode(number(schema));
            case "boolean" -> JSON.getNodeFactory().booleanNode(random.nextBoolean());
            case "null" -> JSON.nullNode();
            default -> junk();
        };
    }

    private ObjectNode object(JsonNode schema) {
        var object = JSON.createObjectNode();
        var required = new ArrayList<String>();
        schema.path("required").forEach(name -> required.add(name.asString()));
        for (var property : schema.path("properties").properties()) {
            if (required.contains(property.getKey()) || chance(25)) {
                object.set(property.getKey(), valid(property.getValue(), property.getKey()));
            }
        }
        return object;
    }

    private ArrayNode array(JsonNode schema, String field) {
        var array = JSON.createArrayNode();
        for (int count = random.nextInt(3); count > 0; count--) {
            array.add(valid(schema.required("items"), field));
        }
        return array;
    }

    private long integer(JsonNode schema, String field) {
        var least = schema.path("minimum").asLong(-5);
        var most = schema.path("maximum").asLong(100_000);
        if (field.equals("bandwidth_mbps") && chance(80)) {
            return 1L + random.nextInt(300);
        }
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + random.nextLong(Math.max(1, most - least));
        };
    }

    private double number(JsonNode schema) {
        var least = schema.path("minimum").asDouble(-5);
        var most = schema.path("maximum").asDouble(1_000);
        return switch (random.nextInt(4)) {
            case 0 -> least;
            case 1 -> most;
            default -> least + random.nextDouble() * (most - least);
        };
    }

    private String text(JsonNode schema, String field) {
        if (schema.path("format").asString("").equals("date-time")) {
            return any(List.of("2026-01-01T00:00:00Z", "2027-06-30T12:00:00+02:00", "0001-01-01T00:00:00Z"));
        }
        return switch (field) {
            case "site", "a_site", "z_site", "include_sites", "avoid_sites", "exclude_sites", "id" ->
                any(chance(90) ? FuzzState.SITES : List.of("nowhere", "s" + random.nextInt(1_000)));
            case "local_endpoint", "remote_endpoint" -> state.idOf("endpoints", random);
            case "disjoint_from", "connection_id" -> state.idOf("connections", random);
            case "cidr", "prefixes" -> any(CIDRS);
            case "gateway_ip", "start", "end", "tunnel_address" -> any(ADDRESSES);
            case "auth_url" -> any(List.of("https://keystone.example/v3", "http://[::1]:5000/v3"));
            case "vlan_range" -> any(List.of("2000-2999", "1-4094", "7:7"));
            case "country" -> any(List.of("FR", "DE", ""));
            case "driver" -> "frr";
            default ->
                switch (random.nextInt(6)) {
                    case 0 ->
                        "x".repeat(Math.min(255, (int) schema.path("maxLength").asLong(60)));
                    case 1 -> "é日本🛰";
                    default -> marker + random.nextInt(100);
                };
        };
    }

    /** One that can be made, more often than not: a chance meeting of two sites and one prefix is rare. */
    ObjectNode likelyConnection() {
        var connection = (ObjectNode) Contract.SERVED.example("connect_b_d");
        connection.put("name", marker + random.nextInt(100));
        connection.withObject("local_endpoint").put("site", any(FuzzState.SITES));
        connection.withObject("remote_endpoint").put("site", any(FuzzState.SITES));
        return connection;
    }

    /** Text of a query parameter. */
    String parameter(JsonNode schema, String name) {
        var value = chance(70) ? valid(schema, name) : junk();
        return value.isString() ? value.stringValue() : value.toString();
    }

    /** Removes, replaces or adds something somewhere. */
    void breakSomething(JsonNode node) {
        var inner = new ArrayList<JsonNode>();
        node.forEach(each -> {
            if (each.isContainer() && !each.isEmpty()) {
                inner.add(each);
            }
        });
        if (!inner.isEmpty() && chance(60)) {
            breakSomething(any(inner));
            return;
        }
        switch (node) {
            case ObjectNode object -> {
                var names = List.copyOf(object.propertyNames());
                var name = names.isEmpty() ? "x" : any(names);
                switch (random.nextInt(5)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set(any(List.of("extra", "", "a/b~c", "revision", "status")), junk());
                    default -> object.set(name, junk());
                }
            }
            case ArrayNode array when !array.isEmpty() -> array.set(random.nextInt(array.size()), junk());
            default -> {}
        }
    }

    /** What a patch may say of an object that is made with another schema. */
    static final Map<String, String> MADE_WITH = Map.of(
            "SitePatch", "SiteReplace",
            "LinkPatch", "LinkCreate",
            "EndpointPatch", "EndpointCreate",
            "ConnectionPatch", "ConnectionCreate");
}
