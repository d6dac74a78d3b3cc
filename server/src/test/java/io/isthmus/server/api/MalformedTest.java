package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Whatever is sent, the server answers, and never with a mistake of its own. */
final class MalformedTest extends ApiTest {
    private static final List<String> JUNK = List.of(
            "null",
            "true",
            "-1",
            "0",
            "1e400",
            "99999999999999999999",
            "1.5",
            "\"\"",
            "\" \"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"10.0.0.0/33\"",
            "\"::/0\"",
            "\"10.0.0.0-10.0.0.9\"",
            "\"*\"",
            "\"%\"",
            "[]",
            "{}",
            "[[[]]]",
            "{\"create\":{\"cidr\":\"::1/128\"}}",
            "{\"\":1}",
            "\"1-4094\"",
            "\"http://[\"",
            "\"0\"");
    private static final List<String> TEXTS = List.of(
            "",
            "{",
            "[",
            "]",
            "\"",
            "{\"a\":}",
            "\u0000",
            "{\"id\":\"b\"}}",
            "[".repeat(5_000),
            "{\"a\":".repeat(2_000),
            "nul");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aChangedBodyIsAcceptedOrRefusedButNeverBreaksAnything(long seed) {
        addSites("a", "b", "d");
        var random = new SplittableRandom(seed);
        for (int step = 0; step < 150; step++) {
            var target = random.nextInt(4);
            var path = List.of("/v1/sites", "/v1/links", "/v1/endpoints", "/v1/connections")
                    .get(target);
            var body = List.of(site("s" + step), example("link_a_b"), example("endpoint_b"), bToD())
                    .get(target);
            for (int change = random.nextInt(3); change >= 0; change--) {
                mutate(body, random);
            }
            var text = body.toString();
            var answer = raw("POST", path, text, "application/json");
            assertThat(answer.status())
                    .as(path + " " + body + " " + answer.body())
                    .isLessThan(500);
            if (answer.status() < 300) {
                assertThat(Contract.SERVED.againstRequest(
                                Contract.SERVED.operation("post", path), "application/json", JSON.readTree(text)))
                        .as("accepted: " + body)
                        .isEmpty();
            }
        }
        for (var list : List.of("sites", "links", "endpoints", "connections")) {
            get("/v1/" + list).with(200);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anyTextAndAnyQueryIsAnswered(long seed) {
        addSites("b", "d");
        var random = new SplittableRandom(seed);
        var id = post("/v1/connections", bToD()).with(202).text("id");
        var paths = List.of(
                "/v1/sites", "/v1/links", "/v1/endpoints", "/v1/connections", "/v1/connections/" + id + "/reconcile");
        for (var text : TEXTS) {
            for (var path : paths) {
                assertThat(raw("POST", path, text, "application/json").status()).isLessThan(500);
            }
            assertThat(raw("PATCH", "/v1/connections/" + id, text, "application/json")
                            .status())
                    .isLessThan(500);
            assertThat(raw("PATCH", "/v1/sites/b", text, "application/json").status())
                    .isLessThan(500);
        }
        var names = List.of("limit", "marker", "sort_key", "sort_dir", "fields", "name", "status", "created_at", "mtu");
        for (int step = 0; step < 150; step++) {
            var query = names.get(random.nextInt(names.size())) + "=" + any(random) + "&"
                    + names.get(random.nextInt(names.size())) + "=" + any(random);
            var path = "/v1/"
                    + List.of("sites", "links", "endpoints", "connections", "operations", "events")
                            .get(random.nextInt(6));
            assertThat(raw("GET", path + "?" + query, "", "application/json").status())
                    .as(path + "?" + query)
                    .isLessThan(500);
        }
    }

    private static String any(SplittableRandom random) {
        return List.of(
                        "",
                        "-1",
                        "1",
                        "a,b",
                        "%00",
                        "%FF",
                        "id",
                        "asc",
                        "2026-01-01T00:00:00Z",
                        "9999999999",
                        "%27--",
                        "NaN")
                .get(random.nextInt(12));
    }

    /** Removes, replaces or adds something somewhere. */
    private static void mutate(JsonNode node, SplittableRandom random) {
        var inner = new ArrayList<JsonNode>();
        for (var each : node) {
            if (each.isContainer() && !each.isEmpty()) {
                inner.add(each);
            }
        }
        if (!inner.isEmpty() && random.nextInt(3) > 0) {
            mutate(inner.get(random.nextInt(inner.size())), random);
            return;
        }
        var junk = JSON.readTree(JUNK.get(random.nextInt(JUNK.size())));
        switch (node) {
            case ObjectNode object -> {
                var names = List.copyOf(object.propertyNames());
                var name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
                switch (random.nextInt(4)) {
                    case 0 -> object.remove(name);
                    case 1 -> object.set("extra", junk);
                    default -> object.set(name, junk);
                }
            }
            case ArrayNode array -> array.set(random.nextInt(array.size()), junk);
            default -> {}
        }
    }
}
