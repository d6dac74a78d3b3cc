package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

@Timeout(60)
final class ListsTest extends ApiTest {
    @Override
    ApiLimits limits() {
        return ApiLimits.DEFAULT.withRate(0, 1);
    }

    private static String encoded(JsonNode value) {
        return URLEncoder.encode(value.asString(), StandardCharsets.UTF_8);
    }

    private static String next(Answer page, String collection) {
        return page.body()
                .required(collection.equals("links") ? "links_links" : "links")
                .path(0)
                .path("href")
                .asString("");
    }

    /** The scalar fields of a schema of the contract. */
    private static List<String> scalars(String schema) {
        var fields = new ArrayList<String>();
        for (var property : Contract.SERVED
                .document()
                .at("/components/schemas/" + schema + "/properties")
                .properties()) {
            if (isScalar(property.getValue())) {
                fields.add(property.getKey());
            }
        }
        return fields;
    }

    private static boolean isScalar(JsonNode schema) {
        if (schema.has("$ref")) {
            return isScalar(Contract.SERVED
                    .document()
                    .at(schema.required("$ref").asString().substring(1)));
        }
        if (schema.has("oneOf")) {
            return isScalar(schema.required("oneOf").get(0));
        }
        var type = schema.path("type");
        var name = type.isArray() ? type.get(0).asString() : type.asString("");
        return !List.of("object", "array").contains(name);
    }

    @ParameterizedTest
    @CsvSource({
        "sites, Site",
        "links, Link",
        "endpoints, Endpoint",
        "connections, Connection",
        "operations, Operation",
        "events, Event"
    })
    void everyScalarFieldCanBeFilteredByAndIsDocumented(String collection, String schema) {
        addSites("a", "b", "d");
        post("/v1/links", example("link_a_b")).with(201);
        var connection = post("/v1/connections", bToD()).with(202).text("id");
        ConnectionsApiTest.applyBothSides(stores, connection);
        var fields = scalars(schema);
        assertThat(fields).hasSizeGreaterThan(5);
        var first =
                get("/v1/" + collection).with(200).body().required(collection).get(0);
        var parameters = new HashSet<String>();
        Contract.SERVED
                .operation("get", "/v1/" + collection)
                .required("parameters")
                .forEach(parameter -> parameters.add(parameter.path("name").asString("")));
        for (var field : fields) {
            assertThat(parameters).as("parameters of " + collection).contains(field);
            var value = first.required(field);
            if (!value.isNull()) {
                var found = get("/v1/%s?%s=%s".formatted(collection, field, encoded(value)))
                        .with(200)
                        .body()
                        .required(collection);
                assertThat(found)
                        .as(field + "=" + value)
                        .anySatisfy(each -> assertThat(each.required("id")).isEqualTo(first.required("id")));
                assertThat(found)
                        .allSatisfy(each -> assertThat(each.required(field)).isEqualTo(value));
            }
            var other = value.isBoolean() ? String.valueOf(!value.asBoolean()) : "987654321";
            var none = get("/v1/%s?%s=%s".formatted(collection, field, other));
            if (none.status() == 200) {
                assertThat(none.body().required(collection))
                        .as(field + "=" + other)
                        .isEmpty();
            } else {
                none.isProblem(400, "invalid_parameter", field);
            }
        }
    }

    @Test
    void derivedFieldsAreSearchedBeyondOnePageOfRows() {
        addSites("b", "d");
        for (int each = 0; each < 1_100; each++) {
            stores.endpoints().create(ListsFixtures.endpoint(each), List.of(), clock().instant());
        }
        var id = post("/v1/connections", bToD()).with(202).text("local_endpoint");
        var found = get("/v1/endpoints?role=local").with(200).body().required("endpoints");
        assertThat(found).hasSize(1);
        assertThat(found.get(0).required("id").asString()).isEqualTo(id);
        var page = get("/v1/endpoints?status=unused&limit=600").with(200);
        assertThat(page.body().required("endpoints")).hasSize(600);
        assertThat(get(next(page, "endpoints")).with(200).body().required("endpoints"))
                .hasSize(500);
    }

    @Test
    void aPageGoesOnAlsoWhenItsLastObjectHasGone() {
        addSites("s1", "s2", "s3", "s4");
        for (var sort : List.of("id", "name", "created_at", "region_name")) {
            var all = get("/v1/sites?sort_key=" + sort)
                    .with(200)
                    .body()
                    .required("sites")
                    .findValuesAsString("id");
            var next = next(get("/v1/sites?limit=2&sort_key=" + sort).with(200), "sites");
            delete("/v1/sites/" + all.get(1)).with(204);
            assertThat(get(next).with(200).body().required("sites").findValuesAsString("id"))
                    .as(sort)
                    .isEqualTo(all.subList(2, 4));
            addSites(all.get(1));
        }
        get("/v1/sites?marker=~x").isProblem(400, "invalid_parameter", "marker");
        get("/v1/sites?marker=~!!~s1").isProblem(400, "invalid_parameter", "marker");
        get("/v1/sites?sort_key=created_at&marker=~eA~s1").isProblem(400, "invalid_parameter", "marker");
    }

    @Test
    void aTimeThatNoDatabaseHoldsIsNoTime() {
        for (var path : List.of("/v1/sites?created_at=", "/v1/events?at=")) {
            var answer = get(path + "%2B1000000000-12-31T23%3A59%3A59Z");
            answer.with(400);
            assertThat(answer.text("code")).isEqualTo("invalid_parameter");
        }
    }

    @Test
    void anObjectsIdIsAMarkerTooButNotThatOfAnotherProject() {
        addSites("b", "d");
        var mine = post("/v1/endpoints", example("endpoint_b"), "X-Project-Id", "p1")
                .with(201)
                .text("id");
        get("/v1/endpoints?marker=" + mine, "X-Project-Id", "p1").with(200);
        get("/v1/endpoints?marker=" + mine, "X-Project-Id", "p2").isProblem(400, "invalid_parameter", "marker");
    }

    @ParameterizedTest
    @ValueSource(strings = {"id", "name", "created_at", "updated_at"})
    void whatStaysIsSeenExactlyOnceWhileOthersWrite(String sortKey) throws Exception {
        var stays = new HashSet<String>();
        addSites("b", "d");
        for (int each = 0; each < 60; each++) {
            stays.add(post("/v1/endpoints", example("endpoint_b").put("name", "e" + each % 7))
                    .with(201)
                    .text("id"));
        }
        var stop = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<Integer> writer = () -> write(stop);
            var writers = List.of(threads.submit(writer), threads.submit(writer));
            try {
                for (int round = 0; round < 5; round++) {
                    var seen = walk("/v1/endpoints?limit=7&sort_key=" + sortKey);
                    assertThat(seen).doesNotHaveDuplicates().containsAll(stays);
                }
            } finally {
                stop.set(true);
            }
            for (var each : writers) {
                assertThat(each.get()).isPositive();
            }
        }
    }

    /** Creates, renames and deletes endpoints of its own until it is told to stop. */
    private int write(AtomicBoolean stop) {
        var random = new SplittableRandom(1);
        var mine = new ArrayList<String>();
        var written = 0;
        while (!stop.get()) {
            if (mine.size() < 5 || random.nextBoolean()) {
                mine.add(post("/v1/endpoints", example("endpoint_b").put("name", "w" + random.nextInt(9)))
                        .with(201)
                        .text("id"));
            } else {
                delete("/v1/endpoints/" + mine.remove(random.nextInt(mine.size())))
                        .with(204);
            }
            written++;
        }
        return written;
    }

    private List<String> walk(String first) {
        var seen = new ArrayList<String>();
        for (var href = first; !href.isEmpty(); ) {
            var page = get(href).with(200);
            page.body()
                    .required("endpoints")
                    .forEach(each -> seen.add(each.required("id").asString()));
            href = next(page, "endpoints");
        }
        return seen;
    }
}
