package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Regions, cells and an instance with a Keystone of its own are connected with each other, named by what their clouds are. */
final class CloudKindsLabTest extends LabTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final Map<String, Object> REGION_A = Map.of("region_name", "RegionA");
    private static final Map<String, Object> CELL_B = Map.of("region_name", "RegionBC", "cell", "cell-b");
    private static final Map<String, Object> CELL_C = Map.of("cell", "cell-c");

    private Map<String, Object> instanceD() {
        return Map.of("auth_url", lab.keystoneOf("d").authUrl());
    }

    private static Map<String, Object> connection(String name, Object local, Object remote, String cidr) {
        return Map.of("name", name, "local_endpoint", endpoint(local, cidr), "remote_endpoint", endpoint(remote, cidr));
    }

    private static Map<String, Object> endpoint(Object site, String cidr) {
        return Map.of("site", site, "network", Map.of("create", Map.of("cidr", cidr)));
    }

    @Test
    void anyTwoKindsAreConnectedAndPacketsFlowBothWays() {
        var wanted = List.of(
                connection("region-cell", REGION_A, CELL_B, "10.81.0.0/24"),
                connection("region-instance", "region:RegionA", instanceD(), "10.82.0.0/24"),
                connection("cell-cell", "cell:cell-b", CELL_C, "10.83.0.0/24"),
                connection("cell-instance", CELL_B, "region:RegionOne", "10.84.0.0/24"));
        var ordered = wanted.stream()
                .map(body ->
                        node.call("POST", "/v1/connections", body).expect(202).body())
                .toList();
        assertThat(ordered.stream().map(CloudKindsLabTest::ends)).containsExactly("a-b", "a-d", "b-c", "b-d");
        var number = 0;
        for (var each : ordered) {
            var connection = active(each);
            assertNetworksAreWhereTheSitesAre(connection);
            number++;
            try (var local = vnf(connection, "local", "kind-l" + number, "");
                    var remote = vnf(connection, "remote", "kind-r" + number, "")) {
                await("packets flow")
                        .atMost(SOON)
                        .until(() -> local.ping(remote, 1).received() == 1);
                assertThat(local.ping(remote, 5).received()).isEqualTo(5);
                assertThat(remote.ping(local, 5).received()).isEqualTo(5);
            }
        }
    }

    private static String ends(JsonNode connection) {
        return connection.at("/sides/local/site").asString() + "-"
                + connection.at("/sides/remote/site").asString();
    }

    /** Each network is in the Neutron of its own site and in no other: not in that of the other cell of the region either. */
    private void assertNetworksAreWhereTheSitesAre(JsonNode connection) {
        for (var role : new String[] {"local", "remote"}) {
            var side = connection.at("/sides/" + role);
            var id = side.get("network_id").asString();
            var having = new ArrayList<String>();
            for (var site : lab.sites()) {
                if (new Neutron(lab, site.id()).networkIds().contains(id)) {
                    having.add(site.id());
                }
            }
            assertThat(having).containsExactly(side.get("site").asString());
        }
    }

    @Test
    void aRegionOfCellsWithoutACellIsAmbiguousAndNothingIsMade() {
        var before = World.snapshot(lab);
        var refused = node.call(
                        "POST",
                        "/v1/connections",
                        connection("x", "a", Map.of("region_name", "RegionBC"), "10.85.0.0/24"))
                .expect(409)
                .body();
        assertThat(refused.get("code").asString()).isEqualTo("ambiguous_site");
        assertThat(refused.get("candidates").toString()).isEqualTo("[\"b\",\"c\"]");
        var missed = node.call(
                        "POST",
                        "/v1/connections",
                        connection("x", "a", Map.of("region_name", "RegionBC", "cell", "cell-d"), "10.85.0.0/24"))
                .expect(404)
                .body();
        assertThat(missed.at("/errors/0/pointer").asString()).isEqualTo("/remote_endpoint/site/cell");
        assertThat(missed.get("detail").asString()).contains("cell-b, cell-c");
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
    }

    @Test
    void aSitesNeutronIsFoundByCellByNameOrByItsAddressAndAMissIsExplained() {
        awaitStatus("c", "online");
        change("c", Map.of("network_service_name", "neutron-cell-x"));
        awaitStatus("c", "degraded");
        var site = node.call("GET", "/v1/sites/c", null).expect(200).body();
        assertThat(site.get("conditions").toString())
                .contains("network_service_missing", "RegionBC", "neutron-cell-b, neutron-cell-c");

        change("c", Map.of("network_service_name", "neutron-cell-c", "endpoint_interface", "internal"));
        awaitStatus("c", "online");
        change("c", Map.of("endpoint_interface", "admin"));
        awaitStatus("c", "degraded");
        change("c", Map.of("network_endpoint_override", lab.site("c").neutronUrl()));
        awaitStatus("c", "online");
        var nothing = new java.util.HashMap<String, Object>();
        for (var field :
                List.of("network_service_name", "endpoint_interface", "network_endpoint_override", "ca_certificate")) {
            nothing.put(field, null);
        }
        change("c", nothing);
        awaitStatus("c", "online");
    }

    private void change(String site, Map<String, Object> cloud) {
        node.call("PATCH", "/v1/sites/" + site, Map.of("cloud", cloud)).expect(200);
    }

    private void awaitStatus(String site, String status) {
        await("site " + site + " is " + status)
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> node.call("GET", "/v1/sites/" + site, null)
                        .body()
                        .path("status")
                        .asString("")
                        .equals(status));
    }
}
