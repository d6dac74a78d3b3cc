package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Routers of b and d joined; tenants' stand-ins behind them reach each other, translated where their addresses collide. */
final class L3LabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    @Test
    void tenantsBehindTheRoutersOfBothSitesReachEachOther() {
        withRouters("10.81.0", "10.82.0", (inB, inD) -> {
            inB.addOwnRoute("172.31.0.0/16");
            var before = World.snapshot(lab);
            var connection = active(routed(inB, Map.of("network_id", inD.networkId()), Map.of())
                    .expect(202)
                    .body());

            assertThat(connection.get("oper_status").asString()).isEqualTo("up");
            assertThat(connection.get("nat")).isEmpty();
            assertThat(inB.destinations()).containsExactly("10.82.0.0/24", "172.31.0.0/16");
            assertThat(inD.destinations()).containsExactly("10.81.0.0/24");
            try (var one = vnf(inB, "b", "r1");
                    var other = vnf(inD, "d", "r2")) {
                await("packets flow")
                        .atMost(LIMIT)
                        .until(() -> one.ping(other, 1).received() == 1);
                assertThat(one.ping(other, 20).received()).isEqualTo(20);
                assertThat(other.ping(one, 20).received()).isEqualTo(20);
                assertThat(one.passes(other, 1450)).isTrue();
                assertOverlapIsRefused(inB, inD);
            }
            node.deleteAndWait(connection.get("id").asString());
            assertThat(inB.destinations()).containsExactly("172.31.0.0/16");
            worldBecomes(before);
        });
    }

    /** What d was given by the first connection cannot come a second time. */
    private void assertOverlapIsRefused(TenantRouter inB, TenantRouter inD) {
        var again = routed(inB, Map.of("router_id", inD.routerId()), Map.of()).expect(422);
        assertThat(again.body().get("code").asString()).isEqualTo("prefix_overlap");
        assertThat(again.body().get("detail").asString()).contains("10.81.0.0/24", "a prefix of connection routed");
    }

    @Test
    void bothSidesWithOnePrefixReachEachOtherByTheirTranslatedAddresses() {
        withRouters("10.0.0", "10.0.0", (inB, inD) -> {
            var before = World.snapshot(lab);
            var remote = Map.<String, Object>of("router_id", inD.routerId());
            var refused = routed(inB, remote, Map.of()).expect(422).body();
            assertThat(refused.get("code").asString()).isEqualTo("prefix_overlap");
            assertThat(refused.get("detail").asString()).contains("10.0.0.0/24", "site b", "site d");
            assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);

            var connection = active(routed(inB, remote, Map.of("address_policy", "nat"))
                    .expect(202)
                    .body());
            var here = translated(connection, "local");
            var there = translated(connection, "remote");
            try (var one = vnf(inB, "b", "n1");
                    var other = vnf(inD, "d", "n2")) {
                var otherSeenHere = other.address().replaceFirst("^10\\.0\\.0\\.", there);
                var oneSeenThere = one.address().replaceFirst("^10\\.0\\.0\\.", here);
                await("packets flow")
                        .atMost(LIMIT)
                        .until(() -> one.ping(otherSeenHere, 1).received() == 1);
                assertThat(one.ping(otherSeenHere, 20).received()).isEqualTo(20);
                assertThat(other.ping(oneSeenThere, 20).received()).isEqualTo(20);
            }
            node.deleteAndWait(connection.get("id").asString());
            worldBecomes(before);
        });
    }

    /** The translated prefix of a side without its last number, with a point: {@code 100.64.0.}. */
    private static String translated(JsonNode connection, String side) {
        return connection
                .get("nat")
                .valueStream()
                .filter(each -> each.get("side").asString().equals(side))
                .peek(each -> assertThat(each.get("prefix").asString()).isEqualTo("10.0.0.0/24"))
                .map(each -> each.get("translated_prefix").asString().replaceFirst("0/24$", ""))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void anExternalNetworkIsJoinedByAFurtherSubnet() {
        var neutron = new Neutron(lab, "b");
        var before = World.snapshot(lab);
        var external = neutron.call(
                        "POST",
                        "/networks",
                        Map.of(
                                "network",
                                Map.of(
                                        "name",
                                        "outside",
                                        "router:external",
                                        true,
                                        "mtu",
                                        1450,
                                        "provider:network_type",
                                        "vlan",
                                        "provider:physical_network",
                                        "interdc",
                                        "provider:segmentation_id",
                                        2803)))
                .expect(201)
                .body()
                .at("/network/id")
                .asString();
        try {
            var withNetwork = World.snapshot(lab);
            var connection = active(node.call(
                            "POST",
                            "/v1/connections",
                            Map.of(
                                    "name",
                                    "outside",
                                    "local_endpoint",
                                    Map.of(
                                            "site",
                                            "b",
                                            "network",
                                            Map.of("external_network_id", external, "cidr", "10.83.0.0/24")),
                                    "remote_endpoint",
                                    Map.of("site", "d", "network", Map.of("create", Map.of("cidr", "10.83.0.0/24")))))
                    .expect(202)
                    .body());
            try (var one = vnf(connection, "local", "x1", "");
                    var other = vnf(connection, "remote", "x2", "")) {
                await("packets flow")
                        .atMost(LIMIT)
                        .until(() -> one.ping(other, 1).received() == 1);
            }
            node.deleteAndWait(connection.get("id").asString());
            assertThat(World.snapshot(lab)).containsExactlyElementsOf(withNetwork);
        } finally {
            neutron.call("DELETE", "/networks/" + external, null).expect(204);
        }
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
    }

    @Test
    void aWanLinkThatCarriesLessThanItSaysIsNamed() {
        var connection = active(node.connect("b", "d", "10.84.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        assertThat(connection.get("oper_status").asString()).isEqualTo("up");
        try {
            linkMtu("a", "d", 1400);
            await("the cut is seen")
                    .atMost(LIMIT)
                    .until(() -> verified(id).at("/mtu/measured").asInt() < 1450);
            var cut = verified(id);
            assertThat(cut.get("oper_status").asString()).isEqualTo("degraded");
            assertThat(cut.at("/mtu/computed").asInt()).isEqualTo(1450);
            assertThat(cut.at("/mtu/measured").asInt()).isEqualTo(1350);
            assertThat(cut.at("/mtu/limited_by/from").asString()).isEqualTo("a");
            assertThat(cut.at("/mtu/limited_by/to").asString()).isEqualTo("d");
            assertThat(cut.at("/mtu/limited_by/mtu").asInt()).isEqualTo(1400);
        } finally {
            linkMtu("a", "d", 1500);
            for (var site : List.of("a", "b", "d")) {
                ip(site, "route", "flush", "cache");
            }
        }
        await("the link is whole")
                .atMost(LIMIT)
                .until(() -> verified(id).get("oper_status").asString().equals("up"));
    }

    private JsonNode verified(String id) {
        return node.call("POST", "/v1/connections/" + id + "/verify?timeout_s=30", null)
                .expect(200)
                .body();
    }

    /** Both ends of the link, as an operator of a carrier might by mistake. */
    private void linkMtu(String one, String other, int mtu) {
        ip(one, "link", "set", "wan-" + other, "mtu", "" + mtu);
        ip(other, "link", "set", "wan-" + one, "mtu", "" + mtu);
    }

    private void ip(String site, String... words) {
        var command = new java.util.ArrayList<>(
                List.of("ip", "-n", lab.site(site).gateway().gatewayNetns()));
        command.addAll(List.of(words));
        Command.run(LIMIT, command).orFail();
    }

    private Http.Reply routed(TenantRouter inB, Map<String, Object> remote, Map<String, Object> more) {
        var body = new java.util.HashMap<String, Object>(Map.of(
                "name",
                "routed",
                "service",
                "l3",
                "local_endpoint",
                Map.of("site", "b", "network", Map.of("router_id", inB.routerId())),
                "remote_endpoint",
                Map.of("site", "d", "network", remote)));
        body.putAll(more);
        return node.call("POST", "/v1/connections", body);
    }

    private Vnf vnf(TenantRouter tenant, String site, String name) {
        var vnf = Vnf.start(lab, site, name, tenant.networkId(), "");
        await("port of " + name + " is ACTIVE").atMost(PORT_LIMIT).until(vnf::active);
        vnf.defaultRoute(tenant.gateway());
        return vnf;
    }

    private interface WithRouters {
        void run(TenantRouter inB, TenantRouter inD);
    }

    /** Routers of tenants for one test; the agents for routers remove what was theirs a moment later. */
    private void withRouters(String prefixInB, String prefixInD, WithRouters test) {
        var before = World.snapshot(lab);
        try (var inB = TenantRouter.make(lab, "b", prefixInB);
                var inD = TenantRouter.make(lab, "d", prefixInD)) {
            try (var ready = vnf(inB, "b", "rb");
                    var there = vnf(inD, "d", "rd")) {
                await("both routers run")
                        .atMost(LIMIT)
                        .until(() -> ready.ping(inB.gateway(), 1).received() == 1
                                && there.ping(inD.gateway(), 1).received() == 1);
            }
            test.run(inB, inD);
        }
        worldBecomes(before);
    }

    private void worldBecomes(List<String> wanted) {
        await("the world is as it was")
                .atMost(LIMIT)
                .pollInterval(Duration.ofSeconds(1))
                .untilAsserted(() -> assertThat(World.snapshot(lab)).containsExactlyElementsOf(wanted));
    }
}
