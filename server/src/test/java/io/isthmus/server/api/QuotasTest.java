package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class QuotasTest extends ApiTest {
    private static final String[] P1 = {"X-Project-Id", "p1"};

    @BeforeEach
    void sites() {
        addSites("b", "d");
    }

    private void set(String limits) {
        put("/v1/quotas/p1", JSON.readTree(limits)).with(200);
    }

    @Test
    void aProjectSeesItsOwnQuotaAndWhatItUses() {
        var quota = get("/v1/quotas", P1).with(200).body().at("/quotas/0");
        assertThat(quota.required("is_default").asBoolean()).isTrue();
        assertThat(quota.required("connections").asInt()).isEqualTo(1000);
        post("/v1/connections", bToD(), P1).with(202);
        set("{\"connections\": 5}");
        quota = get("/v1/quotas/p1", P1).with(200).body();
        assertThat(quota.required("connections").asInt()).isEqualTo(5);
        assertThat(quota.required("bandwidth_mbps").asInt()).isEqualTo(-1);
        assertThat(quota.required("used").toString())
                .isEqualTo("{\"connections\":1,\"endpoints\":2,\"bandwidth_mbps\":200}");
        assertThat(get("/v1/quotas").with(200).body().required("quotas")).hasSize(1);
        get("/v1/quotas?marker=p1", P1).with(200);
        get("/v1/quotas?marker=p2", P1).isProblem(400, "invalid_parameter", "marker");
        assertThat(get("/v1/quotas", "X-Project-Id", "p2")
                        .with(200)
                        .body()
                        .at("/quotas/0/project_id")
                        .asString())
                .isEqualTo("p2");
    }

    @Test
    void whatIsBeyondTheQuotaIsRefusedWithLimitAndUseAndChangesNothing() {
        set("{\"connections\": 1, \"endpoints\": 3, \"bandwidth_mbps\": 250}");
        post("/v1/connections", bToD().put("bandwidth_mbps", 251), P1).isProblem(403, "quota_exceeded", "");
        post("/v1/connections?dry_run=true", bToD().put("bandwidth_mbps", 251), P1)
                .isProblem(403, "quota_exceeded", "");
        assertThat(get("/v1/endpoints", P1).with(200).body().required("endpoints"))
                .isEmpty();
        post("/v1/connections", bToD(), P1).with(202);
        var refused = post("/v1/connections", bToD(), P1);
        refused.isProblem(403, "quota_exceeded", "");
        assertThat(refused.text("detail")).isEqualTo("the project may have 1 connections, has 1 and asks for 1 more");
        post("/v1/endpoints", example("endpoint_b"), P1).with(201);
        assertThat(post("/v1/endpoints", example("endpoint_b"), P1).with(403).text("detail"))
                .contains("3 endpoints");
        post("/v1/connections", bToD(), "X-Project-Id", "p2").with(202);
    }

    @Test
    void ofConcurrentCreationsNoMoreSucceedThanTheQuotaAllows() throws Exception {
        set("{\"endpoints\": 5}");
        var answers = new ArrayList<Future<Answer>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int each = 0; each < 20; each++) {
                Callable<Answer> create = () -> post("/v1/endpoints", example("endpoint_b"), P1);
                answers.add(threads.submit(create));
            }
        }
        assertThat(answers.stream().filter(answer -> answer.resultNow().status() == 201))
                .hasSize(5);
        assertThat(get("/v1/endpoints", P1).with(200).body().required("endpoints"))
                .hasSize(5);
    }

    @Test
    void whatIsThereStaysWhenAQuotaIsMadeSmallerAndADeletionGivesItBack() {
        var id = post("/v1/endpoints", example("endpoint_b"), P1).with(201).text("id");
        set("{\"endpoints\": 0}");
        get("/v1/endpoints/" + id, P1).with(200);
        post("/v1/endpoints", example("endpoint_b"), P1).isProblem(403, "quota_exceeded", "");
        set("{\"endpoints\": 1}");
        delete("/v1/endpoints/" + id, P1).with(204);
        post("/v1/endpoints", example("endpoint_b"), P1).with(201);
        delete("/v1/quotas/p1").with(204);
        delete("/v1/quotas/p1").isProblem(404, "quota_not_found", "");
        post("/v1/endpoints", example("endpoint_b"), P1).with(201);
    }

    /** A connection of p1 with 200 Mbit/s that carries packets. */
    private String active() {
        var id = post("/v1/connections", bToD(), P1).with(202).text("id");
        ConnectionsApiTest.applyBothSides(stores, id);
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        return id;
    }

    @Test
    void anUpdateCannotTakeMoreBandwidthThanTheQuotaLeaves() {
        set("{\"bandwidth_mbps\": 300}");
        var path = "/v1/connections/" + active();
        for (var query : new String[] {"", "?dry_run=true"}) {
            var refused = patch(path + query, "{\"bandwidth_mbps\": 301}", P1);
            refused.isProblem(403, "quota_exceeded", "");
            assertThat(refused.text("detail"))
                    .isEqualTo("the project may have 300 bandwidth_mbps, has 200 and asks for 101 more");
        }
        assertThat(get(path, P1).with(200).text("status")).isEqualTo("active");
        set("{\"bandwidth_mbps\": 100}");
        patch(path, "{\"bandwidth_mbps\": 150}", P1).with(202);
        assertThat(get("/v1/quotas/p1", P1)
                        .with(200)
                        .body()
                        .at("/used/bandwidth_mbps")
                        .asInt())
                .isEqualTo(150);
    }

    @Test
    void aQuotaHasARevisionFromItsFirstSettingOn() {
        assertThat(get("/v1/quotas/p1").with(200).header("etag")).isEqualTo("\"0\"");
        var body = JSON.readTree("{\"connections\": 1}");
        put("/v1/quotas/p1", body, "If-Match", "\"1\"").isProblem(412, "stale_revision", "");
        put("/v1/quotas/p1", body, "If-Match", "\"0\"").with(200);
        put("/v1/quotas/p1", body, "If-Match", "\"0\"").isProblem(412, "stale_revision", "");
        delete("/v1/quotas/p1", "If-Match", "\"7\"").isProblem(412, "stale_revision", "");
        delete("/v1/quotas/p1", "If-Match", "\"1\"").with(204);
    }

    @Test
    void limitsAreNumbersOrNone() {
        raw("PUT", "/v1/quotas/p1", "{\"connections\": -2}", "application/json")
                .isProblem(400, "invalid_value", "/connections");
        raw("PUT", "/v1/quotas/p1", "{\"vlans\": 1}", "application/json").isProblem(400, "unknown_field", "/vlans");
        raw("PUT", "/v1/quotas/p1", "{\"used\": 1}", "application/json").isProblem(400, "read_only_field", "/used");
        get("/v1/quotas/a%2Fb").with(404);
    }
}
