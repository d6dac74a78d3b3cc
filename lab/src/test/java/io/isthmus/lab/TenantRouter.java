package io.isthmus.lab;

import java.util.List;
import java.util.Map;

/** A tenant's network behind a router of a site, as tenants make them; removed with everything on the router. */
final class TenantRouter implements AutoCloseable {
    private final Neutron neutron;
    private final String networkId;
    private final String subnetId;
    private final String routerId;
    private final String gateway;

    private TenantRouter(Neutron neutron, String networkId, String subnetId, String routerId, String gateway) {
        this.neutron = neutron;
        this.networkId = networkId;
        this.subnetId = subnetId;
        this.routerId = routerId;
        this.gateway = gateway;
    }

    /** {@code prefix} is a /24 without its last number: {@code 10.81.0}. */
    static TenantRouter make(LabDescription lab, String site, String prefix) {
        var neutron = new Neutron(lab, site);
        var network = made(neutron, "network", Map.of("name", "tenant-" + site));
        var subnet = made(
                neutron,
                "subnet",
                Map.of(
                        "network_id",
                        network,
                        "ip_version",
                        4,
                        "cidr",
                        prefix + ".0/24",
                        "gateway_ip",
                        prefix + ".1",
                        "enable_dhcp",
                        false));
        var router = made(neutron, "router", Map.of("name", "router-" + site));
        neutron.call("PUT", "/routers/" + router + "/add_router_interface", Map.of("subnet_id", subnet))
                .expect(200);
        return new TenantRouter(neutron, network, subnet, router, prefix + ".1");
    }

    private static String made(Neutron neutron, String kind, Map<String, Object> fields) {
        return neutron.call("POST", "/" + kind + "s", Map.of(kind, fields))
                .expect(201)
                .body()
                .at("/" + kind + "/id")
                .asString();
    }

    String networkId() {
        return networkId;
    }

    String routerId() {
        return routerId;
    }

    String gateway() {
        return gateway;
    }

    /** The destinations of its extra routes. */
    List<String> destinations() {
        return neutron.call("GET", "/routers/" + routerId, null)
                .expect(200)
                .body()
                .at("/router/routes")
                .valueStream()
                .map(route -> route.get("destination").asString())
                .sorted()
                .toList();
    }

    /** A route of the tenant's own, by a machine in their network. */
    void addOwnRoute(String destination) {
        neutron.call(
                        "PUT",
                        "/routers/" + routerId + "/add_extraroutes",
                        Map.of(
                                "router",
                                Map.of(
                                        "routes",
                                        List.of(Map.of(
                                                "destination",
                                                destination,
                                                "nexthop",
                                                gateway.replaceAll("\\.1$", ".77"))))))
                .expect(200);
    }

    @Override
    public void close() {
        neutron.call("PUT", "/routers/" + routerId, Map.of("router", Map.of("routes", List.of())))
                .expect(200);
        neutron.call("PUT", "/routers/" + routerId + "/remove_router_interface", Map.of("subnet_id", subnetId))
                .expect(200);
        neutron.call("DELETE", "/routers/" + routerId, null).expect(204);
        neutron.call("DELETE", "/networks/" + networkId, null).expect(204);
    }
}
