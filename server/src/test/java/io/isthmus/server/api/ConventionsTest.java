package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.InstantSource;
import java.util.Locale;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

final class ConventionsTest extends ApiTest {
    @Test
    void everyReplyHasARequestIdAVersionAndTheWarning() {
        for (var path : new String[] {"/", "/v1/", "/v1/sites", "/v1/sites/nowhere", "/nothing"}) {
            var answer = raw("GET", path, "", "application/json");
            assertThat(answer.header("x-openstack-request-id")).matches("req-[0-9a-f-]{36}");
            assertThat(answer.header("openstack-api-version")).isEqualTo("georedundancy 1.0");
            assertThat(answer.header("openstack-api-minimum-version")).isEqualTo("georedundancy 1.0");
            assertThat(answer.header("openstack-api-maximum-version")).isEqualTo("georedundancy 1.0");
            assertThat(answer.header("warning")).startsWith("299 - \"authentication is off");
        }
    }

    @Test
    void aProblemNamesItsRequest() {
        var answer = get("/v1/sites/nowhere");
        answer.with(404);
        assertThat(answer.header("content-type")).startsWith("application/problem+json");
        assertThat(answer.text("request_id")).isEqualTo(answer.header("x-openstack-request-id"));
    }

    @Test
    void versionsResourcesAndHealthAreTold() {
        assertThat(get("/").with(200).body().at("/versions/0/id").asString()).isEqualTo("v1.0");
        assertThat(get("/v1").with(200).body().at("/limits/page_max").asInt()).isEqualTo(1000);
        get("/healthcheck").with(200);
        get("/ready").with(200);
        engine.ready = false;
        assertThat(get("/ready").with(503).header("retry-after")).isEqualTo("1");
    }

    @Test
    void theContractIsServedAsYamlAndAsJson() {
        var yaml = get("/openapi").with(200).body().asString();
        assertThat(new YAMLMapper().readTree(yaml)).isEqualTo(Contract.SERVED.document());
        assertThat(get("/openapi", "Accept", "application/json").with(200).body())
                .isEqualTo(Contract.SERVED.document());
    }

    @Test
    void everythingThatTheContractPromisesIsServed() {
        assertThat(Contract.SERVED.promises()).hasSizeGreaterThan(30).allSatisfy(promise -> {
            var parts = promise.split(" ", 2);
            var path = parts[1].replace("{id}", "8c8a1b0e-0f10-4a43-9d8e-4a36ac4d2f13");
            var answer = raw(parts[0].toUpperCase(Locale.ROOT), path, "", "application/json");
            assertThat(answer.text("code")).isNotIn("route_not_found", "method_not_allowed", "internal_error");
        });
    }

    @Test
    void everyOperationOfTheContractIsDescribed() {
        assertThat(Contract.SERVED.promises()).allSatisfy(promise -> {
            var parts = promise.split(" ", 2);
            var operation = Contract.SERVED.operation(parts[0], parts[1].replace("{id}", "x"));
            assertThat(operation.path("description").asString("")).as(promise).isNotBlank();
            if (!operation.at("/tags/0").asString().equals("service")) {
                assertThat(operation.required("responses").propertyNames())
                        .as(promise)
                        .contains("400", "401", "403", "406", "429", "500", "503");
            }
        });
    }

    @Test
    void theContractsExamplesKeepToTheContract() {
        assertThat(Contract.SERVED.schema("SiteCreate").validate(example("site_b")))
                .isEmpty();
        assertThat(Contract.SERVED.schema("LinkCreate").validate(example("link_a_b")))
                .isEmpty();
        assertThat(Contract.SERVED.schema("EndpointCreate").validate(example("endpoint_b")))
                .isEmpty();
        assertThat(Contract.SERVED.schema("ConnectionCreate").validate(example("connect_b_d")))
                .isEmpty();
    }

    @Test
    void theContractRefusesWhatTheServerRefuses() {
        var site = example("site_b").put("colour", "red");
        assertThat(Contract.SERVED.schema("SiteCreate").validate(site)).isNotEmpty();
        var connection = example("connect_b_d").put("service", "l4");
        assertThat(Contract.SERVED.schema("ConnectionCreate").validate(connection))
                .isNotEmpty();
    }

    @Test
    void unknownPathsAndMethodsAreProblems() {
        raw("GET", "/v1/nothing", "", "application/json").isProblem(404, "route_not_found", "");
        var wrong = raw("POST", "/v1/operations", "{}", "application/json");
        wrong.isProblem(405, "method_not_allowed", "");
        assertThat(wrong.header("allow")).contains("GET");
    }

    @ParameterizedTest
    @CsvSource({
        "georedundancy 1.0,200",
        "georedundancy latest,200",
        "'compute 2.1, georedundancy 1.0',200",
        "compute 2.1,200",
        "georedundancy 2.0,406",
        "georedundancy x,406"
    })
    void theVersionThatIsAskedForIsServedOrRefused(String version, int status) {
        get("/v1/sites", "OpenStack-API-Version", version).with(status);
    }

    @Test
    void bodiesAreLimited() {
        var large = "\"" + "x".repeat(Request.MAX_BODY) + "\"";
        raw("POST", "/v1/sites", large, "application/json").isProblem(413, "body_too_large", "");
    }

    @Test
    void bodiesAreJson() {
        raw("POST", "/v1/sites", "a=b", "application/x-www-form-urlencoded")
                .isProblem(415, "unsupported_media_type", "");
        raw("POST", "/v1/sites", "{\"id\":", "application/json").isProblem(400, "malformed_json", "");
        raw("POST", "/v1/sites", "{} {}", "application/json").isProblem(400, "malformed_json", "");
        raw("POST", "/v1/sites", "{\"id\":\"b\",\"id\":\"c\"}", "application/json")
                .isProblem(400, "malformed_json", "");
        raw("POST", "/v1/sites", "", "application/json").isProblem(400, "malformed_json", "");
        raw("POST", "/v1/sites", "[]", "application/json").isProblem(400, "wrong_type", "");
    }

    @Test
    void listsArePaged() {
        IntStream.range(0, 7).forEach(each -> addSites("s" + each));
        var first = get("/v1/sites?limit=3&sort_dir=desc").with(200);
        assertThat(first.body().at("/sites/0/id").asString()).isEqualTo("s6");
        var next = first.body().at("/links/0/href").asString();
        var second = get(next).with(200);
        assertThat(second.body().at("/sites/0/id").asString()).isEqualTo("s3");
        var third = get(second.body().at("/links/0/href").asString()).with(200);
        assertThat(third.body().get("sites")).hasSize(1);
        assertThat(third.body().get("links")).isEmpty();
    }

    @Test
    void listsCanBeFilteredAndCut() {
        addSites("b", "d");
        var page = get("/v1/sites?name=Site+D&fields=id,name,status").with(200).body();
        assertThat(page.get("sites").toString())
                .isEqualTo("[{\"id\":\"d\",\"name\":\"Site D\",\"status\":\"unknown\"}]");
        get("/v1/sites?colour=red").isProblem(400, "invalid_parameter", "colour");
        get("/v1/sites?fields=colour").isProblem(400, "invalid_parameter", "fields");
        get("/v1/sites?limit=0").isProblem(400, "invalid_parameter", "limit");
        get("/v1/sites?limit=1001").isProblem(400, "invalid_parameter", "limit");
        get("/v1/sites?limit=1&limit=2").isProblem(400, "invalid_parameter", "limit");
        get("/v1/sites?marker=gone").isProblem(400, "invalid_parameter", "marker");
        get("/v1/sites?sort_key=colour").isProblem(400, "invalid_parameter", "sort_key");
        get("/v1/sites?sort_dir=up").isProblem(400, "invalid_parameter", "sort_dir");
        get("/v1/sites?admin_state_up=maybe").isProblem(400, "invalid_parameter", "admin_state_up");
        get("/v1/sites/b?fields=id").isProblem(400, "invalid_parameter", "fields");
    }

    @Test
    void theSameKeyAndBodyAnswerWithTheFirstResult() {
        addSites("a", "b");
        var first =
                post("/v1/links", example("link_a_b"), "Idempotency-Key", "k1").with(201);
        var second =
                post("/v1/links", example("link_a_b"), "Idempotency-Key", "k1").with(201);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(second.header("location")).isEqualTo(first.header("location"));
        assertThat(second.header("etag")).isEqualTo("\"1\"");
        assertThat(get("/v1/links").body().get("links")).hasSize(1);
        post("/v1/links", example("link_a_b").put("cost", 9), "Idempotency-Key", "k1")
                .isProblem(409, "idempotency_key_reused", "Idempotency-Key");
        post("/v1/links", example("link_a_b"), "Idempotency-Key", "k2").with(201);
    }

    @Test
    void aRefusedRequestDoesNotUseUpItsKey() {
        post("/v1/links", example("link_a_b"), "Idempotency-Key", "k").with(404);
        addSites("a", "b");
        post("/v1/links", example("link_a_b"), "Idempotency-Key", "k").with(201);
    }

    @Test
    void withoutAuthenticationOnlyLoopbackIsServed() {
        var parts = new ApiServer.Parts(
                stores, engine, SiteHealth.UNKNOWN, GatewayCheck.NONE, new NoAuthentication(), InstantSource.system());
        assertThatThrownBy(() -> ApiServer.start(new ApiConfig("0.0.0.0", 0), parts))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void ourMistakesTellNothingOfTheInside() {
        addSites("b", "d");
        engine.onVerify = id -> {
            throw new IllegalStateException("secret inside");
        };
        var id = post("/v1/connections", bToD()).with(202).text("id");
        ConnectionsApiTest.applyBothSides(stores, id);
        var answer = raw("POST", "/v1/connections/" + id + "/verify", "", "application/json");
        answer.isProblem(500, "internal_error", "");
        assertThat(answer.body().toString()).doesNotContain("secret", "IllegalState");
        send("POST", "/v1/connections/" + id + "/reconcile", MissingNode.getInstance())
                .with(202);
    }
}
