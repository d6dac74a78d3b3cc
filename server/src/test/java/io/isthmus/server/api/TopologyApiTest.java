package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What RFC 8345 asks of a network: every reference names something that is there, and every id is unique. */
final class TopologyApiTest extends ApiTest {
    @Test
    void everyLinkIsTwoDirectionsBetweenTerminationPointsThatAreThere() {
        addSites("a", "b", "c");
        var id = link("a", "b");
        link("a", "b");
        link("b", "c");
        var networks = get("/v1/topology")
                .with(200)
                .body()
                .get("ietf-network:networks")
                .get("network");
        assertThat(networks).hasSize(1);
        var network = networks.get(0);
        var points = new HashSet<String>();
        for (var node : network.get("node")) {
            for (var point : node.get("ietf-network-topology:termination-point")) {
                assertThat(points.add(text(node, "node-id") + " " + text(point, "tp-id")))
                        .isTrue();
            }
        }
        assertThat(points).hasSize(6);
        var links = new HashSet<String>();
        for (var link : network.get("ietf-network-topology:link")) {
            assertThat(links.add(text(link, "link-id"))).isTrue();
            var source = link.get("source");
            var destination = link.get("destination");
            assertThat(points)
                    .contains(
                            text(source, "source-node") + " " + text(source, "source-tp"),
                            text(destination, "dest-node") + " " + text(destination, "dest-tp"));
            assertThat(text(source, "source-node")).isNotEqualTo(text(destination, "dest-node"));
        }
        assertThat(links).hasSize(6).containsAll(Set.of(id + ":a:b", id + ":b:a"));
        assertThat(network.get("network-types").propertyNames())
                .containsExactly("ietf-l3-unicast-topology:l3-unicast-topology");
    }

    @Test
    void anEmptyTopologyIsANetworkWithoutNodes() {
        var network = get("/v1/topology").with(200).body().at("/ietf-network:networks/network/0");
        assertThat(text(network, "network-id")).isEqualTo("isthmus");
        assertThat(network.get("node")).isEmpty();
    }

    private String link(String a, String z) {
        return post(
                        "/v1/links",
                        "{\"a_site\":\"%s\",\"z_site\":\"%s\",\"latency_ms\":3,\"capacity_mbps\":1000}".formatted(a, z))
                .with(201)
                .text("id");
    }

    private static String text(JsonNode node, String field) {
        return node.required(field).asString();
    }
}
