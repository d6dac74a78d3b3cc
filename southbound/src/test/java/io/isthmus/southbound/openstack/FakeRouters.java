package io.isthmus.southbound.openstack;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.southbound.openstack.FakeNetworks.Refusal;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** What routers of a {@link FakeNetworks} can and cannot, as the real one's words have it (release 21). */
final class FakeRouters {
    private static final String INTERFACE = "network:router_interface";

    private final FakeNetworks networks;

    FakeRouters(FakeNetworks networks) {
        this.networks = networks;
    }

    static Map<String, Object> newRouter() {
        var item = new LinkedHashMap<String, Object>();
        item.put("admin_state_up", true);
        item.put("status", "ACTIVE");
        item.put("routes", List.of());
        item.put("external_gateway_info", Optional.empty());
        return item;
    }

    static List<Map<String, String>> routes(JsonNode value) {
        var routes = new ArrayList<Map<String, String>>();
        value.forEach(route -> routes.add(Map.of(
                "destination", route.path("destination").asString(""),
                "nexthop", route.path("nexthop").asString(""))));
        return routes;
    }

    static void revise(Map<String, Object> item) {
        item.put("revision_number", Integer.parseInt(String.valueOf(item.get("revision_number"))) + 1);
    }

    Reply act(Map<String, Object> router, String action, JsonNode body) {
        switch (action) {
            case "add_router_interface" -> addInterface(router, body);
            case "remove_router_interface" ->
                removeInterface(router, body.path("port_id").asString(""));
            case "add_extraroutes" -> {
                var asked = body.path("router").path("routes");
                demandReachable(router, asked);
                var all = new ArrayList<>(present(router));
                routes(asked).stream().filter(route -> !all.contains(route)).forEach(all::add);
                router.put("routes", List.copyOf(all));
            }
            case "remove_extraroutes" -> {
                var gone = routes(body.path("router").path("routes"));
                router.put(
                        "routes",
                        present(router).stream()
                                .filter(route -> !gone.contains(route))
                                .toList());
            }
            default -> throw new Refusal(404, "HTTPNotFound", "The resource could not be found.");
        }
        revise(router);
        return Reply.json(200, Map.of("router", router));
    }

    private void addInterface(Map<String, Object> router, JsonNode body) {
        var port = body.has("port_id")
                ? networks.item("ports", body.path("port_id").asString(""))
                : gatewayPort(body.path("subnet_id").asString(""));
        if (!"".equals(port.get("device_id"))) {
            throw new Refusal(
                    409,
                    "PortInUse",
                    "Unable to complete operation on port " + port.get("id") + " for network "
                            + port.get("network_id") + ". Port already has an attached device "
                            + port.get("device_id") + ".");
        }
        for (var mine : subnets(port)) {
            for (var other : subnets(router)) {
                if (mine.overlaps(other)) {
                    throw new Refusal(
                            400,
                            "BadRequest",
                            "Bad router request: Cidr " + mine + " of subnet overlaps with cidr " + other + ".");
                }
            }
        }
        port.put("device_id", router.get("id"));
        port.put("device_owner", INTERFACE);
    }

    private Map<String, Object> gatewayPort(String subnetId) {
        var subnet = networks.item("subnets", subnetId);
        var port = new LinkedHashMap<String, Object>();
        var id = java.util.UUID.randomUUID().toString();
        port.put("id", id);
        port.put("name", "");
        port.put("description", "");
        port.put("project_id", subnet.get("project_id"));
        port.put("network_id", subnet.get("network_id"));
        port.put("admin_state_up", true);
        port.put("device_id", "");
        port.put("device_owner", "");
        port.put("revision_number", 1);
        port.put(
                "fixed_ips",
                List.of(Map.of("subnet_id", subnetId, "ip_address", String.valueOf(subnet.get("gateway_ip")))));
        networks.table("ports").put(id, port);
        return port;
    }

    private void removeInterface(Map<String, Object> router, String portId) {
        var port = networks.item("ports", portId);
        if (!String.valueOf(router.get("id")).equals(port.get("device_id"))) {
            throw new Refusal(
                    404,
                    "RouterInterfaceNotFound",
                    "Router " + router.get("id") + " does not have an interface with id " + portId);
        }
        for (var subnet : subnets(port)) {
            for (var route : present(router)) {
                if (subnet.contains(new IpAddress(String.valueOf(route.get("nexthop"))))) {
                    throw new Refusal(
                            409,
                            "RouterInterfaceInUseByRoute",
                            "Router interface for subnet " + subnet + " on router " + router.get("id")
                                    + " cannot be deleted, as it is required by one or more routes.");
                }
            }
        }
        networks.table("ports").remove(portId);
    }

    void demandReachable(Map<String, Object> router, JsonNode asked) {
        var cidrs = networks.table("ports").values().stream()
                .filter(port -> String.valueOf(router.get("id")).equals(port.get("device_id")))
                .flatMap(port -> subnets(port).stream())
                .toList();
        for (var route : routes(asked)) {
            var nextHop = new IpAddress(String.valueOf(route.get("nexthop")));
            if (cidrs.stream().noneMatch(cidr -> cidr.contains(nextHop))) {
                throw new Refusal(
                        400,
                        "InvalidRoutes",
                        "Invalid format for routes: " + route + ", the nexthop is not connected with router");
            }
        }
    }

    /** A router with interfaces stays, and so does a port that is one. */
    void demandDeletable(String items, Map<String, Object> item) {
        if (items.equals("routers")
                && networks.table("ports").values().stream()
                        .anyMatch(port -> String.valueOf(item.get("id")).equals(port.get("device_id")))) {
            throw new Refusal(409, "RouterInUse", "Router " + item.get("id") + " still has ports");
        }
        if (items.equals("ports") && INTERFACE.equals(item.get("device_owner"))) {
            throw new Refusal(
                    409,
                    "ServicePortInUse",
                    "Port " + item.get("id") + " cannot be deleted directly via the port API: has device owner "
                            + INTERFACE + ".");
        }
    }

    /** The addresses that a new port asks for; none if it asks for none. */
    List<Map<String, String>> addresses(String networkId, JsonNode asked) {
        var addresses = new ArrayList<Map<String, String>>();
        for (var address : asked) {
            var text = address.path("ip_address").asString("");
            var isTaken = networks.ofNetwork("ports", networkId).stream()
                    .anyMatch(port -> String.valueOf(port.get("fixed_ips")).contains("ip_address=" + text + "}")
                            || String.valueOf(port.get("fixed_ips")).contains("ip_address=" + text + ","));
            if (isTaken) {
                throw new Refusal(
                        409,
                        "IpAddressAlreadyAllocated",
                        "IP address " + text + " already allocated in subnet "
                                + address.path("subnet_id").asString(""));
            }
            addresses.add(Map.of("subnet_id", address.path("subnet_id").asString(""), "ip_address", text));
        }
        return addresses;
    }

    /** The prefixes that a port, or all ports of a router, are in. */
    private List<Cidr> subnets(Map<String, Object> item) {
        if (!item.containsKey("fixed_ips")) {
            return networks.table("ports").values().stream()
                    .filter(port -> String.valueOf(item.get("id")).equals(port.get("device_id")))
                    .flatMap(port -> subnets(port).stream())
                    .toList();
        }
        var cidrs = new ArrayList<Cidr>();
        if (item.get("fixed_ips") instanceof List<?> addresses) {
            for (var address : addresses) {
                if (address instanceof Map<?, ?> fields) {
                    cidrs.add(new Cidr(String.valueOf(networks.item("subnets", String.valueOf(fields.get("subnet_id")))
                            .get("cidr"))));
                }
            }
        }
        return cidrs;
    }

    private static List<Map<String, String>> present(Map<String, Object> router) {
        var routes = new ArrayList<Map<String, String>>();
        if (router.get("routes") instanceof List<?> list) {
            for (var route : list) {
                if (route instanceof Map<?, ?> fields) {
                    routes.add(Map.of(
                            "destination", String.valueOf(fields.get("destination")),
                            "nexthop", String.valueOf(fields.get("nexthop"))));
                }
            }
        }
        return routes;
    }
}
