package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Packets run where {@code path} says, and no more of them than was ordered. */
final class PathLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Test
    void packetsCrossTheSitesThatThePathIncludesAndGoRoundACut() {
        var path = Map.of("include_sites", List.of("c"));
        var connection = active(node.connect("b", "d", "10.60.0.0/24", Map.of("path", path)));
        assertThat(names(connection.at("/path/sites"))).containsExactly("b", "c", "a", "d");
        assertThat(names(connection.at("/path/in_use"))).containsExactly("b", "c", "a", "d");
        assertThat(connection.get("oper_status").asString()).isEqualTo("up");
        assertThat(connection.at("/measured/rtt_ms").asDouble()).isGreaterThanOrEqualTo(84);
        try (var inB = vnf(connection, "local", "p1", "");
                var inD = vnf(connection, "remote", "p2", "")) {
            await("packets flow").atMost(LIMIT).until(() -> inB.ping(inD, 1).received() == 1);
            assertCrossed(inB, inD, List.of("bc", "ca", "ad"), List.of("ba"));
            assertCrossed(inD, inB, List.of("da", "ac", "cb"), List.of("ab"));

            lab("link", "b-c", "down=1");
            try {
                await("packets go round")
                        .atMost(LIMIT)
                        .until(() -> inB.ping(inD, 1).received() == 1);
                await("it is said where they go").atMost(LIMIT).until(() -> {
                    node.call("POST", "/v1/connections/" + id(connection) + "/reconcile", null)
                            .expect(202);
                    var now = node.connection(id(connection));
                    return names(now.at("/path/in_use")).equals(List.of("b", "a", "d"))
                            && now.get("oper_status").asString().equals("degraded");
                });
            } finally {
                lab("link", "b-c", "down=0");
            }
            await("packets are back on the path").atMost(LIMIT).until(() -> {
                node.call("POST", "/v1/connections/" + id(connection) + "/reconcile", null)
                        .expect(202);
                return names(node.connection(id(connection)).at("/path/in_use")).equals(List.of("b", "c", "a", "d"));
            });
        }
    }

    /** Latency prefers b-a-c, which the underlay by itself would not take. */
    @Test
    void theFastestPathIsTakenWhereTheUnderlayPrefersTheFewestSites() {
        var connection = active(node.connect("b", "c", "10.61.0.0/24", Map.of()));
        assertThat(names(connection.at("/path/in_use"))).containsExactly("b", "a", "c");
    }

    @Test
    void noMoreIsCarriedThanWasOrderedInEitherDirection() {
        var connection = active(node.connect("b", "d", "10.62.0.0/24", Map.of("bandwidth_mbps", 20)));
        try (var inB = vnf(connection, "local", "p3", "");
                var inD = vnf(connection, "remote", "p4", "")) {
            await("packets flow").atMost(LIMIT).until(() -> inB.ping(inD, 1).received() == 1);
            assertThat(Gateways.arrivingMbps(inB, inD, 40)).isBetween(18.0, 22.0);
            assertThat(Gateways.arrivingMbps(inD, inB, 40)).isBetween(18.0, 22.0);
        }
        var vni = connection.get("vni").asInt();
        lab("gateway", "ssh", "b", "tc qdisc del dev vx" + vni + " root");
        node.call("POST", "/v1/connections/" + id(connection) + "/reconcile", null)
                .expect(202);
        await("the limit is there again")
                .atMost(LIMIT)
                .until(() -> World.of(World.snapshot(lab), "b").stream()
                        .anyMatch(line -> line.contains("queue vx" + vni + " tbf")));
    }

    private static void assertCrossed(Vnf from, Vnf to, List<String> crossed, List<String> avoided) {
        int pings = 20;
        int bytes = 1200;
        var before = crossed.stream().map(PathLabTest::sent).toList();
        var beside = avoided.stream().map(PathLabTest::sent).toList();
        assertThat(from.ping(to, pings, "-s", "" + bytes).received()).isEqualTo(pings);
        for (int hop = 0; hop < crossed.size(); hop++) {
            assertThat(sent(crossed.get(hop)) - before.get(hop))
                    .as("bytes over " + crossed.get(hop))
                    .isGreaterThan((long) pings * bytes);
        }
        for (int hop = 0; hop < avoided.size(); hop++) {
            assertThat(sent(avoided.get(hop)) - beside.get(hop))
                    .as("bytes over " + avoided.get(hop))
                    .isLessThan((long) pings * bytes / 2);
        }
    }

    private static long sent(String hop) {
        return Gateways.sentBytes(hop.substring(0, 1), hop.substring(1));
    }

    private void lab(String... words) {
        var command = new java.util.ArrayList<>(List.of(lab.labCommand()));
        command.addAll(List.of(words));
        Command.run(LIMIT, command).orFail();
    }

    private static String id(JsonNode connection) {
        return connection.get("id").asString();
    }

    private static List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
