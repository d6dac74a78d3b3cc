package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An active connection is changed while packets flow. */
final class UpdateLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void thePathIsChangedThereAndBackAndAtMostOnePingIsLostEachTime() throws Exception {
        var connection = active(node.connect("b", "d", "10.63.0.0/24", Map.of("bandwidth_mbps", 20)));
        var id = connection.get("id").asString();
        try (var inB = vnf(connection, "local", "u1", "");
                var inD = vnf(connection, "remote", "u2", "");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await("packets flow").atMost(LIMIT).until(() -> inB.ping(inD, 1).received() == 1);
            for (var path : List.of(List.of("b", "c", "a", "d"), List.of("b", "a", "d"))) {
                var watch = threads.submit(() -> inB.ping(inD, 120));
                var include = path.contains("c") ? List.of("c") : List.of();
                change(id, Map.of("path", Map.of("include_sites", include)));
                assertThat(names(node.connection(id).at("/path/sites"))).isEqualTo(path);
                await("it is in use").atMost(LIMIT).until(() -> {
                    node.call("POST", "/v1/connections/" + id + "/reconcile", null)
                            .expect(202);
                    return names(node.connection(id).at("/path/in_use")).equals(path);
                });
                var watched = watch.get();
                assertThat(watched.sent() - watched.received())
                        .as("lost while the path changed to " + path)
                        .isLessThanOrEqualTo(1);
            }
        }
    }

    @Test
    void bandwidthAndNameAreChangedAtBothGatewaysAndWhatCannotBeChangesNothing() {
        var connection = active(node.connect("b", "d", "10.64.0.0/24", Map.of("bandwidth_mbps", 20)));
        var id = connection.get("id").asString();
        var limit = "queue vx" + connection.get("vni").asInt() + " tbf";
        var before = limits(limit);
        assertThat(before).hasSize(2);
        change(id, Map.of("bandwidth_mbps", 30, "name", "wider"));
        var changed = node.connection(id);
        assertThat(changed.get("bandwidth_mbps").asInt()).isEqualTo(30);
        assertThat(changed.get("name").asString()).isEqualTo("wider");
        assertThat(limits(limit)).hasSize(2).doesNotContainAnyElementsOf(before);
        var refused = node.call("PATCH", "/v1/connections/" + id, Map.of("max_latency_ms", 3));
        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.body().at("/errors/0/pointer").asString()).isEqualTo("/max_latency_ms");
        assertThat(node.connection(id).get("status").asString()).isEqualTo("active");
    }

    @Test
    void theMtuIsLoweredAndRaisedAgainAtBothNeutronsAndMeasured() {
        var connection = active(node.connect("b", "d", "10.68.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        assertThat(connection.at("/mtu/measured").asInt()).isEqualTo(1450);
        for (var mtu : List.of(1400, 1450)) {
            change(id, Map.of("mtu", mtu));
            var changed = node.connection(id);
            assertThat(changed.at("/mtu/measured").asInt()).isEqualTo(mtu);
            for (var role : List.of("local", "remote")) {
                var side = changed.at("/sides/" + role);
                var network = new Neutron(lab, side.get("site").asString())
                        .call("GET", "/networks/" + side.get("network_id").asString(), null)
                        .expect(200)
                        .body();
                assertThat(network.at("/network/mtu").asInt()).as(role).isEqualTo(mtu);
            }
        }
        var tooMuch = node.call("PATCH", "/v1/connections/" + id, Map.of("mtu", 1500));
        assertThat(tooMuch.status()).isEqualTo(422);
        assertThat(tooMuch.body().at("/errors/0/pointer").asString()).isEqualTo("/mtu");
    }

    @Test
    void aSuspendedConnectionLetsNothingPassUntilItIsResumed() {
        var connection = active(node.connect("b", "d", "10.65.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        try (var inB = vnf(connection, "local", "u3", "");
                var inD = vnf(connection, "remote", "u4", "")) {
            await("packets flow").atMost(LIMIT).until(() -> inB.ping(inD, 1).received() == 1);
            node.call("POST", "/v1/connections/" + id + "/suspend", null).expect(202);
            assertThat(node.waitFor(id, "suspended").get("status").asString()).isEqualTo("suspended");
            assertThat(inB.ping(inD, 3).received()).isZero();
            assertThat(inD.ping(inB, 3).received()).isZero();
            node.call("POST", "/v1/connections/" + id + "/resume", null).expect(202);
            assertThat(node.waitFor(id, "active").get("oper_status").asString()).isEqualTo("up");
            await("packets flow").atMost(LIMIT).until(() -> inB.ping(inD, 1).received() == 1);
        }
    }

    private void change(String id, Map<String, Object> patch) {
        var updating = node.call("PATCH", "/v1/connections/" + id, patch).expect(202);
        assertThat(updating.body().get("status").asString()).isEqualTo("updating");
        var there = node.waitFor(id, "active");
        assertThat(there.get("status").asString()).as(there.toPrettyString()).isEqualTo("active");
        assertThat(there.get("last_error").isNull()).as(there.toPrettyString()).isTrue();
    }

    private List<String> limits(String queue) {
        return World.snapshot(lab).stream().filter(line -> line.contains(queue)).toList();
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
