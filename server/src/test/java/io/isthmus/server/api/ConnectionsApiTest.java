package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Stores;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;

final class ConnectionsApiTest extends ApiTest {
    @BeforeEach
    void sites() {
        addSites("b", "d");
    }

    /** Does what the engine would do up to both sides being applied. */
    static void applyBothSides(Stores stores, String text) {
        var id = ConnectionId.parse(text);
        var now = Instant.now();
        stores.connections().start(id, Optional.empty(), now);
        var sites = List.of(new SiteId("b"));
        stores.connections().reserve(id, new Reservation(50_000, 2000, 2001, sites, List.of(), 2.5, 1450, 0), now);
        for (var side : stores.connections().find(id).orElseThrow().sides()) {
            var found = new TreeMap<>(Map.of("network_id", "n-" + side.site(), "segmentation_id", "2000"));
            stores.connections().saveSide(id, side.applied(found), now);
        }
    }

    static ProbeReport report(Instant at) {
        return new ProbeReport(
                at,
                new ProbeReport.Direction(5, 0, OptionalInt.of(1450)),
                new ProbeReport.Direction(5, 0.25, OptionalInt.empty()));
    }

    private String create() {
        return post("/v1/connections", bToD()).with(202).text("id");
    }

    private Answer act(String id, String action) {
        return send("POST", "/v1/connections/" + id + "/" + action, MissingNode.getInstance());
    }

    @Test
    void aConnectionIsStoredThenTheEngineIsWoken() {
        var answer = post("/v1/connections", bToD()).with(202);
        var id = answer.text("id");
        assertThat(answer.header("location")).isEqualTo("/v1/connections/" + id);
        assertThat(answer.text("status")).isEqualTo("requested");
        assertThat(answer.text("oper_status")).isEqualTo("unknown");
        assertThat(answer.text("sync_status")).isEqualTo("unobserved");
        assertThat(answer.text("sides", "remote", "site")).isEqualTo("d");
        assertThat(answer.text("deadline_at")).isNotEmpty();
        assertThat(engine.woken).containsExactly(ConnectionId.parse(id));
        var operation = get("/v1/operations/" + answer.text("operation_id")).with(200);
        assertThat(operation.text("kind")).isEqualTo("create");
        assertThat(operation.text("state")).isEqualTo("pending");
        assertThat(get("/v1/operations?resource_id=" + id).with(200).body().get("operations"))
                .hasSize(1);
        assertThat(get("/v1/endpoints").body().get("endpoints")).hasSize(2);
        assertThat(get("/v1/endpoints/" + answer.text("local_endpoint")).text("role"))
                .isEqualTo("local");
    }

    @Test
    void whatTheEngineFindsOutIsShown() {
        var id = create();
        applyBothSides(stores, id);
        stores.connections().saveProbe(ConnectionId.parse(id), report(Instant.now()), Instant.now());
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        var shown = get("/v1/connections/" + id).with(200);
        assertThat(shown.text("status")).isEqualTo("active");
        assertThat(shown.body().at("/mtu/computed").asInt()).isEqualTo(1450);
        assertThat(shown.body().at("/path/latency_ms").asDouble()).isEqualTo(2.5);
        assertThat(shown.body().at("/measured/loss").asDouble()).isEqualTo(0.25);
        assertThat(shown.body().at("/measured/remote_to_local/mtu").isNull()).isTrue();
        assertThat(shown.body().at("/sides/local/segmentation_id").asInt()).isEqualTo(2000);
        assertThat(shown.text("sides", "remote", "network_id")).isEqualTo("n-d");
        assertThat(get("/v1/connections?status=active&service=l2").body().get("connections"))
                .hasSize(1);
        assertThat(get("/v1/connections?status=error").body().get("connections"))
                .isEmpty();
        assertThat(get("/v1/endpoints/" + shown.text("remote_endpoint")).text("network_id"))
                .isEqualTo("n-d");
    }

    @Test
    void aDryRunChangesNothing() {
        var plan = post("/v1/connections?dry_run=true", bToD()).with(200);
        assertThat(plan.body().at("/plan/path/sites").toString()).isEqualTo("[\"b\",\"d\"]");
        assertThat(plan.body().at("/plan/changes/0/step").asString()).isEqualTo("create network");
        assertThat(get("/v1/connections").body().get("connections")).isEmpty();
        assertThat(get("/v1/endpoints").body().get("endpoints")).isEmpty();
        assertThat(engine.woken).isEmpty();
        post("/v1/connections?dry_run=perhaps", bToD()).with(400);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/local_endpoint/site | \"nowhere\" | 404 | site_not_found | /local_endpoint/site",
                "/remote_endpoint/site | \"b\" | 422 | same_site | /remote_endpoint/site",
                "/remote_endpoint/network/create/cidr | \"10.21.0.0/24\" | 422 | cidr_mismatch | /remote_endpoint/network/create/cidr",
                "/remote_endpoint/network/create/cidr | \"10.20.0.9/24\" | 400 | host_bits | /remote_endpoint/network/create/cidr",
                "/service | \"l3\" | 422 | endpoint_kind | /local_endpoint/network",
                "/service | \"l4\" | 400 | invalid_value | /service",
                "/encryption | \"required\" | 422 | not_supported | /encryption",
                "/address_policy | \"nat\" | 422 | not_supported | /address_policy",
                "/expires_at | \"2020-01-01T00:00:00Z\" | 400 | invalid_value | /expires_at",
                "/expires_at | \"soon\" | 400 | invalid_value | /expires_at",
                "/path | {\"include_sites\":[\"x\"]} | 404 | site_not_found | /path/include_sites/0",
                "/path | {\"disjoint_from\":\"8c8a1b0e-0f10-4a43-9d8e-4a36ac4d2f13\"} | 404 | connection_not_found | /path/disjoint_from",
                "/path | {\"avoid_sites\":[\"x\"]} | 404 | site_not_found | /path/avoid_sites/0",
                "/path | {\"colour\":1} | 400 | unknown_field | /path/colour",
                "/local_endpoint/network | {\"router_id\":\"r\"} | 422 | endpoint_kind | /local_endpoint/network",
                "/remote_endpoint/network | {\"external_network_id\":\"x\",\"cidr\":\"10.0.0.0/8\"} | 422 | cidr_mismatch | /remote_endpoint/network/cidr",
                "/local_endpoint | \"no-endpoint\" | 404 | endpoint_not_found | /local_endpoint",
                "/bandwidth_mbps | 0 | 400 | invalid_value | /bandwidth_mbps",
                "/bandwidth_mbps | 999999 | 422 | no_path | /bandwidth_mbps",
                "/mtu | 100 | 400 | invalid_value | /mtu",
                "/status | \"active\" | 400 | read_only_field | /status",
                "/name | 1 | 400 | wrong_type | /name",
            })
    void whatIsWrongIsNamedBeforeAnythingIsStored(String place, String value, int status, String code, String pointer) {
        var connection = bToD();
        var last = place.lastIndexOf('/');
        ((ObjectNode) (last == 0 ? connection : connection.at(place.substring(0, last))))
                .set(place.substring(last + 1), JSON.readTree(value));
        post("/v1/connections", connection).isProblem(status, code, pointer);
        assertThat(stores.events()
                        .list(OptionalLong.empty(), 10, true, Optional.empty(), Map.of("resource_type", "connection")))
                .isEmpty();
    }

    @Test
    void poolsThatOverlapAreRefused() {
        var connection = bToD();
        for (var end : List.of("local_endpoint", "remote_endpoint")) {
            ((ObjectNode) connection.at("/" + end + "/network/create"))
                    .putObject("allocation_pool")
                    .put("start", "10.20.0.10")
                    .put("end", "10.20.0.20");
        }
        post("/v1/connections", connection)
                .isProblem(422, "allocation_pool", "/remote_endpoint/network/create/allocation_pool");
    }

    @Test
    void aSiteThatIsDownOrHasNoGatewayIsRefused() {
        patch("/v1/sites/d", "{\"admin_state_up\":false}").with(200);
        post("/v1/connections", bToD()).isProblem(409, "site_down", "/remote_endpoint/site");
        patch("/v1/sites/d", "{\"admin_state_up\":true,\"gateways\":[]}").with(200);
        post("/v1/connections", bToD()).isProblem(422, "no_gateway", "/remote_endpoint/site");
    }

    @Test
    void anEndpointServesOneConnection() {
        var endpoint = post("/v1/endpoints", example("endpoint_b")).with(201).text("id");
        var connection = bToD().put("local_endpoint", endpoint);
        var id = post("/v1/connections", connection).with(202).text("id");
        var refused = post("/v1/connections", connection);
        refused.isProblem(409, "endpoint_in_use", "/local_endpoint");
        assertThat(refused.body().get("candidates").toString()).contains(id);
        delete("/v1/endpoints/" + endpoint).isProblem(409, "in_use", "");
        delete("/v1/sites/b").isProblem(409, "in_use", "");
    }

    @Test
    void aRepeatedRequestWithAKeyMakesOneConnection() {
        var first = post("/v1/connections", bToD(), "Idempotency-Key", "k").with(202);
        var second = post("/v1/connections", bToD(), "Idempotency-Key", "k").with(202);
        assertThat(second.body()).isEqualTo(first.body());
        assertThat(get("/v1/connections").body().get("connections")).hasSize(1);
    }

    @Test
    void aRequestWithAKeyThatBrokeAfterStoringFindsWhatItStored() {
        engine.onWake = id -> {
            throw new IllegalStateException("the first attempt ends here");
        };
        post("/v1/connections", bToD(), "Idempotency-Key", "k").with(500);
        engine.onWake = id -> {};
        post("/v1/connections", bToD(), "Idempotency-Key", "k").with(202);
        assertThat(get("/v1/connections").body().get("connections")).hasSize(1);
    }

    @Test
    void aWaitEndsWhenTheConnectionIsAsWanted() throws Exception {
        var id = create();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> get("/v1/connections/" + id + "?wait=active&timeout_s=60"));
            applyBothSides(stores, id);
            assertThat(waiting.isDone()).isFalse();
            stores.connections().activate(ConnectionId.parse(id), Instant.now());
            assertThat(waiting.get().with(200).text("status")).isEqualTo("active");
        }
    }

    @Test
    void aWaitEndsWhenWhatIsWantedCannotCome() throws Exception {
        var id = create();
        var why = new StepError("create subnet", "neutron_unreachable", "no answer", "look", Instant.now());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> get("/v1/connections/" + id + "?wait=active&timeout_s=60"));
            stores.connections().rollBack(ConnectionId.parse(id), why, Instant.now(), Instant.now());
            stores.connections().finishRollBack(ConnectionId.parse(id), Instant.now());
            var answer = waiting.get().with(200);
            assertThat(answer.text("status")).isEqualTo("rolled_back");
            assertThat(answer.text("last_error", "code")).isEqualTo("neutron_unreachable");
        }
        act(id, "reconcile").isProblem(409, "wrong_state", "");
        delete("/v1/connections/" + id).with(202);
    }

    @Test
    void aWaitEndsWhenTheTimeIsUp() {
        var id = create();
        assertThat(get("/v1/connections/" + id + "?wait=active&timeout_s=1")
                        .with(200)
                        .text("status"))
                .isEqualTo("requested");
        get("/v1/connections/" + id + "?wait=happy").isProblem(400, "invalid_parameter", "wait");
        get("/v1/connections/" + id + "?wait=active&timeout_s=301").isProblem(400, "invalid_parameter", "timeout_s");
    }

    @Test
    void whatTenantsUseIsDeletedByForceOnly() throws Exception {
        var id = create();
        applyBothSides(stores, id);
        engine.users = Map.of(new SiteId("b"), List.of("port p of vm1"));
        for (var query : List.of("", "?dry_run=true", "?force=false")) {
            var refused = delete("/v1/connections/" + id + query);
            refused.isProblem(409, "network_in_use", "");
            assertThat(refused.text("detail")).contains("at b by port p of vm1");
            assertThat(refused.body().get("candidates")).hasSize(1);
            assertThat(get("/v1/connections/" + id).text("status")).isNotEqualTo("deleting");
        }
        delete("/v1/connections/" + id + "?force=perhaps").with(400);
        assertThat(delete("/v1/connections/" + id + "?force=true").with(202).text("status"))
                .isEqualTo("deleting");
    }

    @Test
    void aTombstoneIsSeenAtItsSiteOnly() throws Exception {
        var id = create();
        applyBothSides(stores, id);
        delete("/v1/connections/" + id).with(202);
        assertThat(stores.connections().bury(ConnectionId.parse(id), Instant.now()))
                .isTrue();
        get("/v1/connections/" + id).isProblem(404, "connection_not_found", "");
        delete("/v1/connections/" + id).isProblem(404, "connection_not_found", "");
        assertThat(get("/v1/connections").body().get("connections")).isEmpty();
        var condition = get("/v1/sites/b").body().at("/conditions/0");
        assertThat(condition.get("code").asString()).isEqualTo("not_cleaned");
        assertThat(condition.get("detail").asString()).contains(id);
    }

    @Test
    void aDeletedConnectionIsGoneWhenTheEngineHasForgottenIt() throws Exception {
        var id = create();
        assertThat(delete("/v1/connections/" + id + "?dry_run=true")
                        .with(200)
                        .body()
                        .at("/plan/changes"))
                .isEmpty();
        applyBothSides(stores, id);
        assertThat(delete("/v1/connections/" + id + "?dry_run=true")
                        .with(200)
                        .body()
                        .at("/plan/changes"))
                .hasSize(2);
        delete("/v1/connections/" + id, "If-Match", "\"1\"").with(412);
        var deleting = delete("/v1/connections/" + id).with(202);
        assertThat(deleting.text("status")).isEqualTo("deleting");
        assertThat(get("/v1/operations/" + deleting.text("operation_id")).text("kind"))
                .isEqualTo("delete");
        assertThat(delete("/v1/connections/" + id).with(202).text("operation_id"))
                .isEqualTo(deleting.text("operation_id"));
        assertThat(engine.woken).hasSize(3);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> get("/v1/connections/" + id + "?wait=deleted&timeout_s=60"));
            stores.connections().forget(ConnectionId.parse(id), Instant.now());
            waiting.get().isProblem(404, "connection_not_found", "");
        }
        delete("/v1/connections/" + id).with(404);
        assertThat(get("/v1/endpoints").body().get("endpoints")).isEmpty();
    }

    @Test
    void nameAndTagsMayBeChanged() {
        var path = "/v1/connections/" + create();
        var changed = patch(path, "{\"name\":\"blue\",\"tags\":[\"x\"]}", "If-Match", "\"1\"")
                .with(200);
        assertThat(changed.text("name")).isEqualTo("blue");
        assertThat(changed.body().get("tags").toString()).isEqualTo("[\"x\"]");
        assertThat(patch(path, "{\"name\":\"green\"}")
                        .with(200)
                        .body()
                        .get("tags")
                        .toString())
                .isEqualTo("[\"x\"]");
        assertThat(patch(path, "{\"tags\":null}").with(200).body().get("tags")).isEmpty();
        patch(path, "{\"encryption\":\"required\"}").isProblem(422, "not_supported", "/encryption");
        patch(path, "{\"bandwidth_mbps\":5}").isProblem(409, "wrong_state", "");
        patch(path, "{\"colour\":5}").isProblem(400, "unknown_field", "/colour");
        patch(path, "{\"status\":\"active\"}").isProblem(400, "read_only_field", "/status");
        patch(path, "{}", "If-Match", "\"1\"").with(412);
        patch(path + "?dry_run=true", "{\"name\":\"red\"}").with(200);
        assertThat(get(path).text("name")).isEqualTo("green");
    }

    @Test
    void settingsOfAnActiveConnectionAreBookedBesideTheOldOnesUntilTheyPass() {
        var id = create();
        applyBothSides(stores, id);
        stores.connections().saveProbe(ConnectionId.parse(id), report(Instant.now()), Instant.now());
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        var path = "/v1/connections/" + id;
        patch(path, "{\"bandwidth_mbps\":50000}").isProblem(422, "no_path", "/bandwidth_mbps");
        var plan = patch(path + "?dry_run=true", "{\"bandwidth_mbps\":5}").with(200);
        assertThat(plan.body().at("/plan/changes")).hasSize(2);
        assertThat(get(path).text("status")).isEqualTo("active");
        var updating = patch(path, "{\"bandwidth_mbps\":5,\"name\":\"blue\",\"tags\":[\"x\"]}")
                .with(202);
        assertThat(updating.text("status")).isEqualTo("updating");
        assertThat(updating.body().get("tags").toString()).isEqualTo("[\"x\"]");
        patch(path, "{\"bandwidth_mbps\":6}").isProblem(409, "wrong_state", "");
        assertThat(get("/v1/operations/" + updating.text("operation_id")).text("kind"))
                .isEqualTo("update");
        var why = new StepError("update vxlan", "gateway_refused", "no", "look", Instant.now());
        assertThat(stores.connections()
                        .takeBack(ConnectionId.parse(id), why, Instant.now().plusSeconds(60), Instant.now()))
                .isTrue();
        applyBothSidesAgain(ConnectionId.parse(id));
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        var back = get(path).with(200);
        assertThat(back.text("status")).isEqualTo("active");
        assertThat(back.body().get("bandwidth_mbps")).isEqualTo(bToD().get("bandwidth_mbps"));
        assertThat(back.text("name")).isEqualTo("blue");
        assertThat(back.text("last_error", "step")).isEqualTo("update: update vxlan");
        assertThat(get("/v1/operations/" + updating.text("operation_id")).text("state"))
                .isEqualTo("failed");
    }

    private void applyBothSidesAgain(ConnectionId id) {
        for (var role : io.isthmus.core.side.SideRole.values()) {
            var facts = stores.connections().find(id).orElseThrow();
            stores.connections()
                    .saveApplied(
                            facts, facts.side(role).applied(facts.side(role).facts()), Instant.now());
        }
    }

    @Test
    void aConnectionCanKeepClearOfAnotherOnceThatHasAPath() {
        var other = create();
        var wanted = bToD();
        wanted.putObject("path")
                .put("disjoint_from", other)
                .putArray("avoid_failure_domains")
                .add("flood");
        post("/v1/connections", wanted).isProblem(409, "wrong_state", "/path/disjoint_from");
        applyBothSides(stores, other);
        var answer = post("/v1/connections", wanted).with(202);
        assertThat(answer.text("path", "disjoint_from")).isEqualTo(other);
        assertThat(answer.body().at("/path/avoid_failure_domains/0").asString()).isEqualTo("flood");
        post("/v1/connections", wanted, "X-Project-Id", "stranger")
                .isProblem(404, "connection_not_found", "/path/disjoint_from");
    }

    @Test
    void verifyAnswersWithWhatWasJustMeasured() {
        var id = create();
        act(id, "verify").isProblem(409, "wrong_state", "");
        applyBothSides(stores, id);
        engine.onVerify = asked -> Thread.startVirtualThread(
                () -> stores.connections().saveProbe(asked, report(Instant.now()), Instant.now()));
        var measured = act(id, "verify").with(200);
        assertThat(measured.body().at("/measured/rtt_ms").asDouble()).isEqualTo(5);
        engine.onVerify = asked -> {};
        send("POST", "/v1/connections/" + id + "/verify?timeout_s=0", MissingNode.getInstance())
                .with(202);
        post("/v1/connections/" + id + "/verify", "{\"x\":1}").isProblem(400, "unknown_field", "/x");
    }

    @Test
    void reconcileWakesTheEngineForWhatShallBeThere() {
        var id = create();
        applyBothSides(stores, id);
        var why = new StepError("probe", "no_traffic", "lost", "look", Instant.now());
        stores.connections().fail(ConnectionId.parse(id), why, Instant.now());
        assertThat(get("/v1/connections/" + id).text("status")).isEqualTo("error");
        act(id, "reconcile").with(202);
        assertThat(engine.reconciled).containsExactly(ConnectionId.parse(id));
    }

    @Test
    void onlyWhatIsActiveCanBeSuspendedAndThatTwiceIsTheSame() {
        var id = create();
        act(id, "suspend").isProblem(409, "wrong_state", "");
        act(id, "resume").with(202);
        applyBothSides(stores, id);
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        var updating = act(id, "suspend").with(202);
        assertThat(updating.text("status")).isEqualTo("updating");
        assertThat(updating.body().at("/admin_state_up").asBoolean()).isFalse();
        assertThat(get("/v1/operations/" + updating.text("operation_id")).text("kind"))
                .isEqualTo("update");
        assertThat(act(id, "suspend").with(202).text("operation_id")).isEqualTo(updating.text("operation_id"));
        applyBothSidesAgain(ConnectionId.parse(id));
        stores.connections().activate(ConnectionId.parse(id), Instant.now());
        assertThat(get("/v1/connections/" + id).text("status")).isEqualTo("suspended");
        act(id, "verify").isProblem(409, "wrong_state", "");
        assertThat(patch("/v1/connections/" + id, "{\"admin_state_up\": true}")
                        .with(202)
                        .text("status"))
                .isEqualTo("updating");
    }

    @Test
    void whenItEndsIsSetChangedAndTakenAway() {
        var id = post("/v1/connections", bToD().put("expires_at", "2999-01-01T00:00:00Z"))
                .with(202)
                .text("id");
        assertThat(get("/v1/connections/" + id).text("expires_at")).isEqualTo("2999-01-01T00:00:00Z");
        assertThat(patch("/v1/connections/" + id, "{\"expires_at\": \"2998-01-01T00:00:00Z\"}")
                        .with(200)
                        .text("expires_at"))
                .isEqualTo("2998-01-01T00:00:00Z");
        patch("/v1/connections/" + id, "{\"expires_at\": \"2020-01-01T00:00:00Z\"}")
                .isProblem(400, "invalid_value", "/expires_at");
        assertThat(patch("/v1/connections/" + id, "{\"expires_at\": null}")
                        .with(200)
                        .body()
                        .at("/expires_at")
                        .isNull())
                .isTrue();
    }

    @Test
    void anotherProjectsConnectionDoesNotExist() {
        var id = post("/v1/connections", bToD(), "X-Project-Id", "p1").with(202).text("id");
        get("/v1/connections/" + id, "X-Project-Id", "p2").with(404);
        delete("/v1/connections/" + id, "X-Project-Id", "p2").with(404);
        assertThat(get("/v1/connections", "X-Project-Id", "p2").body().get("connections"))
                .isEmpty();
        assertThat(get("/v1/operations", "X-Project-Id", "p2").body().get("operations"))
                .isEmpty();
        get("/v1/connections/" + id, "X-Project-Id", "p1").with(200);
        get("/v1/connections/xyz").with(404);
        get("/v1/operations/xyz").with(404);
    }
}
