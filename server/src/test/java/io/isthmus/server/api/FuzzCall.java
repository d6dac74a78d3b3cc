package io.isthmus.server.api;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One call of one operation.
 *
 * @param isDocument whether the body is one JSON document, be it as the contract allows or not
 */
record FuzzCall(
        JsonNode operation,
        String method,
        String path,
        String collection,
        Map<String, String> headers,
        String body,
        String mediaType,
        boolean isDocument) {
    private static final List<String> BODIES =
            List.of("", "{", "nul", "[]", "\"x\"", "{} {}", "{\"id\":\"b\",\"id\":\"c\"}", "[".repeat(5_000), "\u0000");

    /** An operation of the contract, with its path. */
    record Target(String method, String path, JsonNode operation) {
        String collection() {
            var parts = path.split("/", -1);
            return parts.length > 2 ? parts[2] : "";
        }
    }

    static List<Target> targets() {
        var targets = new ArrayList<Target>();
        for (var path : Contract.SERVED.document().required("paths").properties()) {
            for (var operation : path.getValue().properties()) {
                if (operation.getValue().has("operationId")) {
                    targets.add(new Target(
                            operation.getKey().toUpperCase(Locale.ROOT), path.getKey(), operation.getValue()));
                }
            }
        }
        return targets;
    }

    static FuzzCall of(Target target, SplittableRandom random, FuzzState state, FuzzValues values) {
        var isDocument = false;
        var path = target.path();
        if (path.contains("{id}")) {
            var id = state.idOf(target.collection(), random);
            if (values.chance(4)) {
                id = values.any(List.of("x", "..", "%00", "a b", "🛰", "x".repeat(300), "0".repeat(36)));
            }
            path = path.replace("{id}", encoded(id));
        }
        var queries = new LinkedHashMap<String, String>();
        var headers = new LinkedHashMap<String, String>();
        for (var given : target.operation().path("parameters")) {
            var parameter = Contract.SERVED.resolved(given);
            var name = parameter.required("name").asString();
            var schema = parameter.required("schema");
            if (parameter.required("in").asString().equals("query") && values.chance(12)) {
                queries.put(name, query(name, schema, target, state, random, values));
            } else if (name.equals("If-Match") && values.chance(30)) {
                headers.put(name, values.any(List.of("\"1\"", "\"2\"", "*", "\"999\"", "W/\"1\"", "1", "x")));
            } else if (name.equals("Idempotency-Key") && values.chance(20)) {
                headers.put(name, values.any(List.of("k1", "k2", "k3", "k" + random.nextInt(1_000_000), "with space")));
            }
        }
        if (queries.containsKey("wait") || target.path().endsWith("/verify")) {
            queries.put("timeout_s", "0");
        }
        if (values.chance(3)) {
            queries.put(values.any(List.of("colour", "limit", "dry_run", "")), "x");
        }
        if (values.chance(5)) {
            headers.put(
                    "OpenStack-API-Version",
                    values.any(
                            List.of("georedundancy 1.0", "georedundancy latest", "georedundancy 9.9", "compute 2.1")));
        }
        var body = "";
        var mediaType = "application/json";
        var content =
                Contract.SERVED.resolved(target.operation().path("requestBody")).path("content");
        if (!content.isMissingNode() && !content.isEmpty()) {
            mediaType = List.copyOf(content.propertyNames()).get(random.nextInt(content.size()));
            var document = document(content.required(mediaType).required("schema"), values);
            if (values.chance(35)) {
                for (int breaks = random.nextInt(3); breaks >= 0; breaks--) {
                    values.breakSomething(document);
                }
            }
            body = document.toString();
            isDocument = true;
        }
        if (values.chance(3)) {
            isDocument = false;
            body = values.any(BODIES);
        }
        if (values.chance(1)) {
            mediaType = values.any(List.of("text/plain", "application/json; charset=utf-16", "junk"));
        }
        var query = queries.entrySet().stream()
                .map(entry -> encoded(entry.getKey()) + "=" + encoded(entry.getValue()))
                .collect(Collectors.joining("&"));
        return new FuzzCall(
                target.operation(),
                target.method(),
                path + (query.isEmpty() ? "" : "?" + query),
                target.collection(),
                headers,
                body,
                mediaType,
                isDocument);
    }

    private static JsonNode document(JsonNode schema, FuzzValues values) {
        var name = schema.path("$ref").asString("").replace("#/components/schemas/", "");
        if (name.equals("ConnectionCreate") && values.chance(50)) {
            return values.likelyConnection();
        }
        var source = FuzzValues.MADE_WITH.get(name);
        if (source == null) {
            return values.valid(schema, "");
        }
        var whole = values.valid(Contract.SERVED.document().at("/components/schemas/" + source), "");
        if (whole instanceof tools.jackson.databind.node.ObjectNode object) {
            List.copyOf(object.propertyNames()).stream()
                    .filter(field -> values.chance(60))
                    .forEach(object::remove);
        }
        return whole;
    }

    private static String query(
            String name, JsonNode schema, Target target, FuzzState state, SplittableRandom random, FuzzValues values) {
        return switch (name) {
            case "limit" -> values.any(List.of("1", "2", "1000", "0", "1001", "-1", "x"));
            case "marker" -> state.idOf(target.collection(), random);
            case "sort_key" -> values.any(List.of("id", "name", "created_at", "status", "colour", "revision"));
            case "fields" -> values.any(List.of("id", "id,name", "name,status", "colour", ""));
            case "wait" -> values.any(List.of("active", "deleted", "error", "perfect"));
            case "timeout_s" -> values.any(List.of("0", "1", "301", "x"));
            case "dry_run" -> values.any(List.of("true", "true", "false", "maybe"));
            case "id", "operation_id", "resource_id", "connection_id" -> state.idOf("connections", random);
            case "project_id" -> "p" + (1 + random.nextInt(3));
            default -> values.parameter(schema, name);
        };
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return "%s %s %s %s%n%s"
                .formatted(method, path, headers, mediaType, body.length() > 2_000 ? body.length() + " bytes" : body);
    }
}
