package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Conditional, repeated and pretended changes. */
@Timeout(60)
final class ChangesTest extends ApiTest {
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));

    @Override
    InstantSource clock() {
        return now::get;
    }

    @Test
    void everyChangeOfAnObjectIsRefusedAtAnotherRevisionAndChangesNothing() {
        addSites("a", "b", "d");
        var link = post("/v1/links", example("link_a_b")).with(201).text("id");
        var endpoint = post("/v1/endpoints", example("endpoint_b")).with(201).text("id");
        var connection = post("/v1/connections", bToD()).with(202).text("id");
        var paths = List.of(
                "/v1/sites/b", "/v1/links/" + link, "/v1/endpoints/" + endpoint, "/v1/connections/" + connection);
        var checked = new ArrayList<String>();
        for (var path : paths) {
            for (var method : List.of("put", "patch", "delete")) {
                if (!Contract.SERVED.has(method, path)) {
                    continue;
                }
                var before = get(path).with(200).body();
                var body = method.equals("delete")
                        ? ""
                        : method.equals("put") ? putBody(path).toString() : "{\"name\": \"other\"}";
                var type = method.equals("patch") ? "application/merge-patch+json" : "application/json";
                raw(method.toUpperCase(java.util.Locale.ROOT), path, body, type, "If-Match", "\"999\"")
                        .isProblem(412, "stale_revision", "");
                raw(method.toUpperCase(java.util.Locale.ROOT), path, body, type, "If-Match", "revision 3")
                        .isProblem(400, "invalid_parameter", "If-Match");
                assertThat(get(path).with(200).body()).isEqualTo(before);
                checked.add(method);
            }
        }
        assertThat(checked).hasSize(11);
        var seen = get("/v1/sites/b").with(200).header("etag");
        var changed =
                patch("/v1/sites/b", "{\"name\": \"other\"}", "If-Match", seen).with(200);
        assertThat(changed.header("etag")).isEqualTo("\"2\"");
        delete("/v1/sites/a", "If-Match", "*").with(409);
        patch("/v1/sites/b", "{\"name\": \"third\"}", "If-Match", seen).with(412);
    }

    private tools.jackson.databind.JsonNode putBody(String path) {
        return path.startsWith("/v1/sites")
                ? site("b")
                : path.startsWith("/v1/links") ? example("link_a_b") : example("endpoint_b");
    }

    @Test
    void ofConcurrentRequestsWithOneKeyOneCreatesAndAllAgree() throws Exception {
        addSites("a", "b");
        var answers = new ArrayList<Answer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = new ArrayList<Future<Answer>>();
            for (int each = 0; each < 20; each++) {
                Callable<Answer> ask = () -> post("/v1/links", example("link_a_b"), "Idempotency-Key", "one");
                asked.add(threads.submit(ask));
            }
            for (var each : asked) {
                answers.add(each.get());
            }
        }
        assertThat(answers).allSatisfy(answer -> assertThat(answer.status()).isIn(201, 409));
        answers.stream()
                .filter(answer -> answer.status() == 409)
                .forEach(answer -> answer.isProblem(409, "idempotency_key_in_progress", "Idempotency-Key"));
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 201)
                        .map(answer -> answer.text("id"))
                        .distinct())
                .hasSize(1);
        assertThat(get("/v1/links").with(200).body().required("links")).hasSize(1);
    }

    @Test
    void aKeyIsRememberedForADay() {
        addSites("a", "b");
        var first =
                post("/v1/links", example("link_a_b"), "Idempotency-Key", "k").with(201);
        now.updateAndGet(time -> time.plus(Duration.ofHours(24).minusMillis(1)));
        assertThat(post("/v1/links", example("link_a_b"), "Idempotency-Key", "k")
                        .with(201)
                        .text("id"))
                .isEqualTo(first.text("id"));
        now.updateAndGet(time -> time.plusMillis(1));
        assertThat(post("/v1/links", example("link_a_b"), "Idempotency-Key", "k")
                        .with(201)
                        .text("id"))
                .isNotEqualTo(first.text("id"));
    }

    @Test
    void aDryRunDoesNotUseUpItsKey() {
        addSites("b", "d");
        post("/v1/connections?dry_run=true", bToD(), "Idempotency-Key", "k").with(200);
        post("/v1/connections?dry_run=true", bToD(), "Idempotency-Key", "k").with(200);
        post("/v1/connections", bToD(), "Idempotency-Key", "k").with(202);
    }

    @Test
    void aDryRunOfEveryChangeOfAConnectionAnswersAPlanAndChangesNothing() {
        addSites("b", "d");
        post("/v1/connections?dry_run=true", bToD()).with(200);
        assertThat(get("/v1/connections").body().required("connections")).isEmpty();
        var path =
                "/v1/connections/" + post("/v1/connections", bToD()).with(202).text("id");
        var before = get(path).with(200).body();
        var events = get("/v1/events").with(200).body();
        assertThat(patch(path + "?dry_run=true", "{\"name\": \"other\"}")
                        .with(200)
                        .body()
                        .has("plan"))
                .isTrue();
        assertThat(delete(path + "?dry_run=true").with(200).body().has("plan")).isTrue();
        assertThat(get(path).with(200).body()).isEqualTo(before);
        assertThat(get("/v1/events").with(200).body()).isEqualTo(events);
    }

    @Test
    void aMergePatchTakesAwayWhatIsNull() {
        addSites("b");
        var site = patch("/v1/sites/b", "{\"location\": null, \"tags\": [\"x\"], \"cloud\": {\"cell\": \"c1\"}}")
                .with(200)
                .body();
        assertThat(site.required("location").isNull()).isTrue();
        assertThat(site.at("/cloud/cell").asString()).isEqualTo("c1");
        assertThat(site.at("/cloud/region_name").asString()).isEqualTo("RegionB");
        raw("PATCH", "/v1/sites/b", "[]", "application/merge-patch+json").isProblem(400, "wrong_type", "");
        raw("PATCH", "/v1/sites/b", "{}", "text/plain").isProblem(415, "unsupported_media_type", "");
        send("PATCH", "/v1/sites/b", JSON.createObjectNode()).with(200);
    }
}
