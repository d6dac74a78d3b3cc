package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

final class ConnectLabTest extends LabTest {

    @Test
    void oneCallConnectsBAndDAndPacketsFlowBothWays() {
        var untouched = World.of(World.snapshot(lab), "a", "c");
        var connection = active(node.connect("b", "d", "10.70.0.0/24", Map.of()));

        assertThat(names(connection.at("/path/sites"))).containsExactly("b", "a", "d");
        assertThat(connection.at("/path/latency_ms").asDouble()).isEqualTo(17);
        assertThat(connection.at("/mtu/computed").asInt()).isEqualTo(1450);
        assertThat(connection.at("/mtu/measured").asInt()).isEqualTo(1450);
        assertThat(connection.get("oper_status").asString()).isEqualTo("up");
        assertThat(connection.get("sync_status").asString()).isEqualTo("in_sync");
        assertThat(connection.at("/measured/loss").asDouble()).isZero();
        assertThat(connection.at("/measured/rtt_ms").asDouble()).isGreaterThanOrEqualTo(34);

        try (var inB = vnf(connection, "local", "b1", "10.70.0.9");
                var inD = vnf(connection, "remote", "d1", "")) {
            await("packets flow")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> inB.ping(inD, 1).received() == 1);
            assertThat(inB.ping(inD, 20).received()).isEqualTo(20);
            assertThat(inD.ping(inB, 20).received()).isEqualTo(20);
            assertThat(inB.passes(inD, 1450)).isTrue();
            assertThat(inD.passes(inB, 1450)).isTrue();
        }
        assertThat(World.of(World.snapshot(lab), "a", "c"))
                .as("transit needs no change on a, and c has no part")
                .isNotEmpty()
                .containsExactlyElementsOf(untouched);
    }

    @Test
    void theTwoNeutronsGiveOutDifferentAddressesOfTheOnePrefix() {
        var connection = active(node.connect("b", "d", "10.71.0.0/29", Map.of()));
        var addresses = new TreeSet<String>();
        for (var role : new String[] {"local", "remote"}) {
            var side = connection.at("/sides/" + role);
            var neutron = new Neutron(lab, side.get("site").asString());
            var ports = new java.util.ArrayList<JsonNode>();
            for (int port = 0; port < 3; port++) {
                ports.add(neutron.createPort(side.get("network_id").asString(), "", "p" + port, ""));
            }
            ports.forEach(port -> {
                assertThat(addresses.add(port.at("/fixed_ips/0/ip_address").asString()))
                        .isTrue();
                neutron.deletePort(port.get("id").asString());
            });
        }
        assertThat(addresses).hasSize(6);
    }

    @Test
    void furtherConnectionsDoNotTouchTheFirst() throws Exception {
        var first = active(node.connect("b", "d", "10.72.0.0/24", Map.of()));
        try (var inB = vnf(first, "local", "b2", "");
                var inD = vnf(first, "remote", "d2", "");
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            await("packets flow")
                    .atMost(Duration.ofSeconds(15))
                    .until(() -> inB.ping(inD, 1).received() == 1);
            var watch = threads.submit(() -> inB.ping(inD, 120));
            var second = active(node.connect("b", "d", "10.73.0.0/24", Map.of("name", "second")));
            var third = active(node.connect("c", "d", "10.74.0.0/24", Map.of()));
            assertThat(names(third.at("/path/sites"))).containsExactly("c", "a", "d");
            try (var secondB = vnf(second, "local", "b3", "");
                    var secondD = vnf(second, "remote", "d3", "")) {
                await("packets flow")
                        .atMost(Duration.ofSeconds(15))
                        .until(() -> secondB.ping(secondD, 1).received() == 1);
            }
            node.deleteAndWait(second.get("id").asString());
            node.deleteAndWait(third.get("id").asString());
            var watched = watch.get();
            assertThat(watched.received()).as("pings of the first connection").isEqualTo(watched.sent());
        }
    }

    @Test
    void anExistingNetworkIsJoinedAndLeftAsItWas() {
        var before = World.snapshot(lab);
        var neutronB = new Neutron(lab, "b");
        var neutronD = new Neutron(lab, "d");
        var inB = existing(neutronB, 2801, "10.75.0.0/24", "10.75.0.10", "10.75.0.99");
        var inD = existing(neutronD, 2802, "10.75.0.0/24", "10.75.0.110", "10.75.0.199");
        try {
            var withNetworks = World.snapshot(lab);
            var body = Map.of(
                    "name",
                    "joined",
                    "service",
                    "l2",
                    "local_endpoint",
                    Map.of("site", "b", "network", Map.of("network_id", inB)),
                    "remote_endpoint",
                    Map.of("site", "d", "network", Map.of("network_id", inD)));
            var connection = active(
                    node.call("POST", "/v1/connections", body).expect(202).body());
            try (var one = vnf(connection, "local", "b4", "");
                    var other = vnf(connection, "remote", "d4", "")) {
                await("packets flow")
                        .atMost(Duration.ofSeconds(15))
                        .until(() -> one.ping(other, 1).received() == 1);
            }
            node.deleteAndWait(connection.get("id").asString());
            assertThat(World.snapshot(lab)).containsExactlyElementsOf(withNetworks);
        } finally {
            neutronB.call("DELETE", "/networks/" + inB, null);
            neutronD.call("DELETE", "/networks/" + inD, null);
        }
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
    }

    private static String existing(Neutron neutron, int vlan, String cidr, String start, String end) {
        var network = Map.of(
                "name", "was-there",
                "provider:network_type", "vlan",
                "provider:physical_network", "interdc",
                "provider:segmentation_id", vlan,
                "mtu", 1450);
        var id = neutron.call("POST", "/networks", Map.of("network", network))
                .expect(201)
                .body()
                .at("/network/id")
                .asString();
        var subnet = Map.of(
                "network_id",
                id,
                "ip_version",
                4,
                "cidr",
                cidr,
                "enable_dhcp",
                false,
                "allocation_pools",
                new Object[] {Map.of("start", start, "end", end)});
        neutron.call("POST", "/subnets", Map.of("subnet", subnet)).expect(201);
        return id;
    }

    private static java.util.List<String> names(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }
}
