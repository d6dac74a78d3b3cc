package io.isthmus.lab;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** What can be changed by hand in the Neutron of one side of a connection. Objects that were made anew have other ids. */
final class NeutronMutations extends Mutations {
    private static final String FOREIGN = "foreign-by-hand";

    private final Neutron neutron;
    private final Supplier<JsonNode> side;
    private String made = "";

    private NeutronMutations(LabDescription lab, String site, Supplier<JsonNode> side) {
        super(lab, site);
        this.neutron = new Neutron(lab, site);
        this.side = side;
    }

    /** Of a connection that made its network; {@code prefix} is its /24 without the last number. */
    static NeutronMutations ofStretched(
            LabDescription lab, String site, String connection, String prefix, Supplier<JsonNode> side) {
        var all = new NeutronMutations(lab, site, side);
        all.network(connection);
        all.subnet(prefix);
        all.foreign(connection);
        return all;
    }

    /** Of a connection of routers. */
    static NeutronMutations ofTransit(LabDescription lab, String site, TenantRouter tenant, Supplier<JsonNode> side) {
        var all = new NeutronMutations(lab, site, side);
        all.router(tenant);
        return all;
    }

    private void network(String connection) {
        repairedCall("network's name", "network", "name", random -> network("name", "mine-" + random.nextInt(1000)));
        repairedCall("network's MTU", "network", "mtu", random -> network("mtu", 1000 + random.nextInt(400)));
        repairedCall("network switched off", "network", "admin_state_up", _ -> network("admin_state_up", false));
        repairedCall("network deleted", "network", "presence", _ -> delete("networks", id("network_id")));
        repairedCall("a second network with the connection's mark", "network", "presence", random -> {
            var second =
                    new java.util.HashMap<>(vlanNetwork("isthmus connection " + connection, 3900 + random.nextInt(50)));
            second.put(
                    "project_id",
                    neutron.network(id("network_id")).get("project_id").asString());
            made("network", second);
        });
    }

    private void subnet(String prefix) {
        repairedCall("subnet's name", "subnet", "name", random -> subnet("name", "mine-" + random.nextInt(1000)));
        repairedCall("subnet's description", "subnet", "description", _ -> subnet("description", "mine"));
        repairedCall("subnet's DHCP", "subnet", "enable_dhcp", _ -> {
            var there = neutron.call("GET", "/subnets/" + id("subnet_id"), null)
                    .expect(200)
                    .body();
            subnet("enable_dhcp", !there.at("/subnet/enable_dhcp").asBoolean());
        });
        repairedCall(
                "subnet's pool",
                "subnet",
                "allocation_pool",
                random -> subnet(
                        "allocation_pools",
                        List.of(Map.of("start", prefix + "." + (20 + random.nextInt(20)), "end", prefix + ".50"))));
        repairedCall("subnet's gateway", "subnet", "gateway_ip", _ -> subnet("gateway_ip", outsideOfPool(prefix)));
        repairedCall("subnet deleted", "subnet", "presence", _ -> delete("subnets", id("subnet_id")));
    }

    /** Neutron refuses a gateway within the pool; each side's pool is one half of the prefix. */
    private String outsideOfPool(String prefix) {
        var first = neutron.call("GET", "/subnets/" + id("subnet_id"), null)
                .expect(200)
                .body()
                .at("/subnet/allocation_pools/0/start")
                .asString();
        var isLowerHalf = Integer.parseInt(first.substring(first.lastIndexOf('.') + 1)) < 128;
        return prefix + (isLowerHalf ? ".254" : ".9");
    }

    private void foreign(String connection) {
        leftAloneCall(
                "foreign: subnet in the network",
                "subnet",
                "cidr",
                () -> made = made(
                        "subnet",
                        Map.of(
                                "network_id",
                                id("network_id"),
                                "ip_version",
                                4,
                                "cidr",
                                "10.97.0.0/24",
                                "name",
                                FOREIGN)),
                () -> delete("subnets", made));
        leftAloneCall(
                "foreign: network that took the VLAN",
                "network",
                "vlan_in_use",
                () -> {
                    var vlan = neutron.network(id("network_id"))
                            .get("provider:segmentation_id")
                            .asInt();
                    delete("networks", id("network_id"));
                    made = made("network", vlanNetwork("", vlan));
                },
                () -> delete("networks", made));
        leftAloneCall(
                "foreign: mark of the network taken away",
                "network",
                "vlan_in_use",
                () -> {
                    made = id("network_id");
                    network("description", "mine");
                },
                () -> neutron.call(
                                "PUT",
                                "/networks/" + made,
                                Map.of("network", Map.of("description", "isthmus connection " + connection)))
                        .expect(200));
    }

    private void router(TenantRouter tenant) {
        repairedCall(
                "extra routes removed",
                "extra_routes",
                "presence",
                _ -> neutron.call("PUT", "/routers/" + tenant.routerId(), Map.of("router", Map.of("routes", List.of())))
                        .expect(200));
        repairedCall("router's interface removed", "port", "presence", _ -> {
            neutron.call("PUT", "/routers/" + tenant.routerId(), Map.of("router", Map.of("routes", List.of())))
                    .expect(200);
            neutron.call(
                            "PUT",
                            "/routers/" + tenant.routerId() + "/remove_router_interface",
                            Map.of("port_id", transitPort().get("id").asString()))
                    .expect(200);
        });
        repairedCall("router's port switched off", "port", "admin_state_up", _ -> port("admin_state_up", false));
        repairedCall("router's port without its mark", "port", "description", _ -> port("description", ""));
        repairedCall("transit's name", "network", "name", random -> network("name", "mine-" + random.nextInt(1000)));
        leftAloneCall(
                "foreign: port in the transit",
                "port",
                "ip_address",
                () -> made = made("port", Map.of("network_id", id("network_id"), "name", FOREIGN)),
                () -> delete("ports", made));
        leftAloneCall(
                "foreign: route to the same destination",
                "extra_routes",
                destination(tenant),
                () -> route(tenant, "add_extraroutes"),
                () -> route(tenant, "remove_extraroutes"));
    }

    private String destination(TenantRouter tenant) {
        return tenant.destinations().getFirst();
    }

    private void route(TenantRouter tenant, String action) {
        var elsewhere = Map.of(
                "destination", destination(tenant), "nexthop", tenant.gateway().replaceAll("\\.1$", ".77"));
        neutron.call(
                        "PUT",
                        "/routers/" + tenant.routerId() + "/" + action,
                        Map.of("router", Map.of("routes", List.of(elsewhere))))
                .expect(200);
    }

    private JsonNode transitPort() {
        return neutron.call(
                        "GET", "/ports?network_id=" + id("network_id") + "&device_owner=network:router_interface", null)
                .expect(200)
                .body()
                .at("/ports/0");
    }

    private void port(String field, Object value) {
        neutron.call("PUT", "/ports/" + transitPort().get("id").asString(), Map.of("port", Map.of(field, value)))
                .expect(200);
    }

    private String id(String field) {
        return side.get().get(field).asString();
    }

    private void network(String field, Object value) {
        neutron.call("PUT", "/networks/" + id("network_id"), Map.of("network", Map.of(field, value)))
                .expect(200);
    }

    private void subnet(String field, Object value) {
        neutron.call("PUT", "/subnets/" + id("subnet_id"), Map.of("subnet", Map.of(field, value)))
                .expect(200);
    }

    private void delete(String items, String id) {
        neutron.call("DELETE", "/" + items + "/" + id, null).expect(204);
    }

    private String made(String kind, Map<String, Object> fields) {
        return neutron.call("POST", "/" + kind + "s", Map.of(kind, fields))
                .expect(201)
                .body()
                .at("/" + kind + "/id")
                .asString();
    }

    private Map<String, Object> vlanNetwork(String description, int vlan) {
        return Map.of(
                "name",
                FOREIGN,
                "description",
                description,
                "provider:network_type",
                "vlan",
                "provider:physical_network",
                lab.site(site).physicalNetwork(),
                "provider:segmentation_id",
                vlan);
    }
}
