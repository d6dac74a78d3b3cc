package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What goes wrong in the world is told with side, step, code and hint, and nothing is left half-made. */
final class FailureLabTest extends LabTest {

    @Override
    String[] nodeOptions() {
        return new String[] {"--provisioning-limit", "20s"};
    }

    @Test
    void aNeutronThatIsDownIsNamedAndNothingIsMade() {
        lab("neutron", "stop", "d");
        try {
            var error = rolledBack(node.connect("b", "d", "10.90.0.0/24", Map.of()), "remote");
            assertThat(error.get("code").asString()).isEqualTo("neutron_unreachable");
            assertThat(error.get("detail").asString()).contains("RegionOne");
        } finally {
            lab("neutron", "start", "d");
        }
    }

    @Test
    void aNeutronThatHangsIsNamedAndNothingIsMade() {
        lab("neutron", "freeze", "d");
        try {
            rolledBack(node.connect("b", "d", "10.91.0.0/24", Map.of()), "remote");
        } finally {
            lab("neutron", "thaw", "d");
        }
    }

    @Test
    void aGatewayThatHangsIsNamedAndNothingIsMade() {
        lab("gateway", "freeze", "d");
        try {
            var error = rolledBack(node.connect("b", "d", "10.92.0.0/24", Map.of()), "remote");
            assertThat(error.get("code").asString()).startsWith("gateway_");
            assertThat(error.get("detail").asString()).contains("gw-d");
        } finally {
            lab("gateway", "thaw", "d");
        }
    }

    @Test
    void anSshKeyThatIsRefusedIsNamedAndNothingIsMade() {
        changeGateway("d", Map.of("username", "nobody"));
        try {
            var error = rolledBack(node.connect("b", "d", "10.93.0.0/24", Map.of()), "remote");
            assertThat(error.get("code").asString()).isEqualTo("ssh_key_refused");
            assertThat(error.get("hint").asString()).isNotBlank();
        } finally {
            changeGateway("d", Map.of());
        }
    }

    @Test
    void aForeignHostKeyIsRefused() {
        changeGateway("d", Map.of("host_key", lab.site("b").gateway().hostKey()));
        try {
            var error = rolledBack(node.connect("b", "d", "10.94.0.0/24", Map.of()), "remote");
            assertThat(error.get("code").asString()).isEqualTo("host_key_mismatch");
        } finally {
            changeGateway("d", Map.of());
        }
    }

    @Test
    void anExhaustedVlanRangeNamesTheSiteAndNothingIsMade() {
        var site = new HashMap<>(node.siteDocument(lab.site("d"), Map.of()));
        var cloud = new HashMap<>((Map<?, ?>) site.get("cloud"));
        var range = Map.of("vlan_range", "2990-2990");
        node.call("PATCH", "/v1/sites/d", Map.of("cloud", range)).expect(200);
        try {
            var first = active(node.connect("b", "d", "10.95.0.0/24", Map.of()));
            assertThat(first.at("/sides/remote/segmentation_id").asInt()).isEqualTo(2990);
            var refused = node.call("POST", "/v1/connections", IsthmusNode.stretched("c", "d", "10.96.0.0/24"));
            assertThat(refused.status()).isEqualTo(422);
            assertThat(refused.body().get("code").asString()).isEqualTo("vlan_exhausted");
            assertThat(refused.body().get("detail").asString()).contains("site d");
        } finally {
            node.call("PATCH", "/v1/sites/d", Map.of("cloud", Map.of("vlan_range", cloud.get("vlan_range"))))
                    .expect(200);
        }
    }

    @Test
    void aVlanThatSomebodyElseUsesIsLeftAlone() {
        var neutron = new Neutron(lab, "d");
        var network = Map.of(
                "name", "foreign",
                "provider:network_type", "vlan",
                "provider:physical_network", "interdc",
                "provider:segmentation_id", 2000);
        var id = neutron.call("POST", "/networks", Map.of("network", network))
                .expect(201)
                .body()
                .at("/network/id")
                .asString();
        try {
            var connection = active(node.connect("b", "d", "10.97.0.0/24", Map.of()));
            assertThat(connection.at("/sides/local/segmentation_id").asInt()).isEqualTo(2000);
            assertThat(connection.at("/sides/remote/segmentation_id").asInt()).isEqualTo(2001);
            node.deleteAndWait(connection.get("id").asString());
        } finally {
            neutron.call("DELETE", "/networks/" + id, null).expect(204);
        }
    }

    @Test
    void aSideThatDiesHalfWayIsRolledBackOnceItReturns() {
        var connection = node.connect("b", "d", "10.98.0.0/24", Map.of());
        var id = connection.get("id").asString();
        await("site d is being worked on")
                .atMost(Duration.ofSeconds(30))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> !node.connection(id)
                        .at("/sides/remote/status")
                        .asString()
                        .equals("pending"));
        lab("neutron", "freeze", "d");
        await("it is given up, or was already there")
                .atMost(Duration.ofSeconds(60))
                .until(() -> !node.connection(id).get("status").asString().equals("provisioning"));
        lab("neutron", "thaw", "d");
        var there = node.waitFor(id, "rolled_back");
        assertThat(there.get("status").asString()).isIn("rolled_back", "active");
    }

    @Test
    void somethingTakenAwayByHandIsFoundAndRepaired() {
        var connection = active(node.connect("b", "d", "10.99.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        var vni = connection.get("vni").asInt();
        lab("gateway", "ssh", "b", "ip link del vx" + vni);
        node.call("POST", "/v1/connections/" + id + "/reconcile", null).expect(202);
        await("the tunnel is there again")
                .atMost(Duration.ofSeconds(30))
                .until(() -> World.snapshot(lab).stream()
                        .anyMatch(line -> line.contains("vx" + vni)
                                && World.of(java.util.List.of(line), "b").size() == 1));
    }

    /** The last error of a side of a connection that could not be made. */
    private JsonNode rolledBack(JsonNode connection, String role) {
        var there = node.waitFor(connection.get("id").asString(), "active");
        assertThat(there.get("status").asString()).as(there.toPrettyString()).isEqualTo("rolled_back");
        assertThat(there.at("/last_error/hint").asString()).isNotBlank();
        var error = there.at("/sides/" + role + "/last_error");
        assertThat(error.get("step").asString()).isNotBlank();
        return error;
    }

    private void changeGateway(String site, Map<String, String> management) {
        var document = node.siteDocument(lab.site(site), management);
        node.call(
                        "PATCH",
                        "/v1/sites/" + site,
                        Map.of("gateways", java.util.Objects.requireNonNull(document.get("gateways"))))
                .expect(200);
    }

    private void lab(String... words) {
        var command = new java.util.ArrayList<>(java.util.List.of(lab.labCommand()));
        command.addAll(java.util.List.of(words));
        Command.run(Duration.ofSeconds(60), command).orFail();
    }
}
