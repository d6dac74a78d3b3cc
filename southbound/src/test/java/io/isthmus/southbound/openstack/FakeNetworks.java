package io.isthmus.southbound.openstack;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import io.isthmus.southbound.openstack.FakeServer.Request;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The networks, subnets and ports of a {@link FakeNeutron}. One request at a time. An empty {@code Optional} is null. */
final class FakeNetworks {
    private static final int MAX_MTU = 1500;
    private static final Set<String> NOT_FILTERS = Set.of("fields", "limit", "marker", "sort_key", "sort_dir");
    private static final Set<String> FILTERS = Set.of(
            "id",
            "name",
            "description",
            "project_id",
            "tenant_id",
            "network_id",
            "device_owner",
            "device_id",
            "cidr",
            "mtu",
            "status",
            "admin_state_up",
            "shared",
            "router:external",
            "ip_version",
            "gateway_ip",
            "enable_dhcp",
            "provider:network_type",
            "provider:physical_network",
            "provider:segmentation_id");

    private final String physicalNetwork;
    private final Map<String, Map<String, Map<String, Object>>> tables = Map.of(
            "networks", new TreeMap<>(),
            "subnets", new TreeMap<>(),
            "ports", new TreeMap<>(),
            "routers", new TreeMap<>());
    private final FakeRouters routers = new FakeRouters(this);

    FakeNetworks(String physicalNetwork) {
        this.physicalNetwork = physicalNetwork;
    }

    /** What Neutron says no with. */
    static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final int status;
        private final String type;

        Refusal(int status, String type, String message) {
            super(message);
            this.status = status;
            this.type = type;
        }

        int status() {
            return status;
        }

        String type() {
            return type;
        }
    }

    synchronized List<Map<String, Object>> all(String items) {
        return table(items).values().stream().map(item -> view(items, item)).toList();
    }

    /** Does something to an item: {@code PUT /v2.0/routers/ID/ACTION}, or {@code tags} instead of an action. */
    synchronized Reply act(Request request, String items, String id, String action) {
        if (action.equals("tags") && request.method().equals("PUT")) {
            var tags = new ArrayList<String>();
            request.json().path("tags").forEach(tag -> tags.add(tag.asString("")));
            item(items, id).put("tags", tags);
            return Reply.json(200, Map.of("tags", tags));
        }
        if (!items.equals("routers") || !request.method().equals("PUT")) {
            return new Reply(404, Map.of(), "The resource could not be found.");
        }
        return routers.act(item(items, id), action, request.json());
    }

    synchronized Reply answer(Request request, String items, String id, FakeKeystone.Granted who) {
        if (!tables.containsKey(items)) {
            return new Reply(404, Map.of(), "The resource could not be found.");
        }
        return switch (request.method()) {
            case "GET" -> id.isEmpty() ? list(request, items, who) : show(items, id, who);
            case "POST" -> create(request.json(), items, who);
            case "PUT" -> {
                demandRevision(item(items, id), request.header("if-match"));
                yield update(request.json(), items, id, who);
            }
            case "DELETE" -> delete(items, id);
            default -> new Reply(405, Map.of(), "");
        };
    }

    private static void demandRevision(Map<String, Object> item, String wanted) {
        if (!wanted.isEmpty() && !wanted.equals("revision_number=" + item.get("revision_number"))) {
            throw new Refusal(
                    412,
                    "RevisionNumberConstraintFailed",
                    "Constrained to " + wanted + ", but current revision is " + item.get("revision_number"));
        }
    }

    Map<String, Map<String, Object>> table(String items) {
        return Objects.requireNonNull(tables.get(items));
    }

    Map<String, Object> item(String items, String id) {
        var item = table(items).get(id);
        if (item == null) {
            var kind = items.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                    + single(items).substring(1);
            throw new Refusal(404, kind + "NotFound", kind + " " + id + " could not be found.");
        }
        return item;
    }

    private Reply show(String items, String id, FakeKeystone.Granted who) {
        return Reply.json(200, Map.of(single(items), visible(view(items, item(items, id)), who)));
    }

    /** Like the real one, it applies filters on provider fields only after it has cut the page. */
    private Reply list(Request request, String items, FakeKeystone.Granted who) {
        var query = request.query();
        for (var name : query.keySet()) {
            if (!NOT_FILTERS.contains(name) && !FILTERS.contains(name)) {
                throw new Refusal(400, "HTTPBadRequest", "['" + name + "'] is invalid attribute for filtering");
            }
        }
        int limit = Integer.parseInt(query.getOrDefault("limit", List.of("0")).getFirst());
        var marker = query.getOrDefault("marker", List.of("")).getFirst();
        var page = table(items).values().stream()
                .map(item -> view(items, item))
                .filter(item -> String.valueOf(item.get("id")).compareTo(marker) > 0)
                .filter(item -> who.isAdmin() || who.projectId().equals(item.get("project_id")))
                .filter(item -> matches(item, query, false))
                .limit(limit == 0 ? Long.MAX_VALUE : limit)
                .toList()
                .stream()
                .filter(item -> matches(item, query, true))
                .map(item -> visible(item, who))
                .toList();
        var answer = new LinkedHashMap<String, Object>();
        answer.put(
                items,
                page.stream().map(item -> only(item, query.get("fields"))).toList());
        if (limit > 0 && page.size() == limit) {
            var next = "http://proxy.invalid/v2.0/" + items + "?limit=" + limit + "&marker="
                    + page.getLast().get("id");
            answer.put(items + "_links", List.of(Map.of("rel", "next", "href", next)));
        }
        return Reply.json(200, answer);
    }

    private static boolean matches(
            Map<String, Object> item, Map<String, List<String>> query, boolean isProviderFilter) {
        return query.entrySet().stream()
                .filter(filter -> !NOT_FILTERS.contains(filter.getKey()))
                .filter(filter -> filter.getKey().startsWith("provider:") == isProviderFilter)
                .allMatch(filter -> filter.getValue().contains(String.valueOf(item.get(filter.getKey()))));
    }

    private static Map<String, Object> only(Map<String, Object> item, @Nullable List<String> fields) {
        if (fields == null) {
            return item;
        }
        var left = new LinkedHashMap<>(item);
        left.keySet().retainAll(fields);
        return left;
    }

    private static Map<String, Object> visible(Map<String, Object> item, FakeKeystone.Granted who) {
        if (who.isAdmin()) {
            return item;
        }
        var left = new LinkedHashMap<>(item);
        left.keySet().removeIf(name -> name.startsWith("provider:"));
        return left;
    }

    private Map<String, Object> view(String items, Map<String, Object> item) {
        var view = new LinkedHashMap<>(item);
        if (items.equals("networks")) {
            view.put(
                    "subnets",
                    ofNetwork("subnets", String.valueOf(item.get("id"))).stream()
                            .map(subnet -> subnet.get("id"))
                            .toList());
        }
        return view;
    }

    List<Map<String, Object>> ofNetwork(String items, String networkId) {
        return table(items).values().stream()
                .filter(item -> networkId.equals(item.get("network_id")))
                .toList();
    }

    private Reply create(JsonNode body, String items, FakeKeystone.Granted who) {
        var fields = body.path(single(items));
        var item = switch (items) {
            case "networks" -> newNetwork(fields, who);
            case "subnets" -> newSubnet(fields);
            case "routers" -> FakeRouters.newRouter();
            default -> newPort(fields);
        };
        var id = UUID.randomUUID().toString();
        item.put("id", id);
        item.put("name", fields.path("name").asString(""));
        item.put("description", fields.path("description").asString(""));
        item.put("project_id", who.projectId());
        item.put("tenant_id", who.projectId());
        item.put("tags", List.of());
        item.put("revision_number", 1);
        item.put("created_at", "2026-01-01T00:00:00Z");
        table(items).put(id, item);
        return Reply.json(201, Map.of(single(items), view(items, item)));
    }

    private Map<String, Object> newNetwork(JsonNode fields, FakeKeystone.Granted who) {
        if (!who.isAdmin() && fields.has("provider:network_type")) {
            throw new Refusal(
                    403,
                    "PolicyNotAuthorized",
                    "(rule:create_network and rule:create_network:provider:network_type) is disallowed by policy");
        }
        var item = new LinkedHashMap<String, Object>();
        item.put("admin_state_up", true);
        item.put("shared", false);
        item.put("router:external", fields.path("router:external").asBoolean(false));
        item.put("status", "ACTIVE");
        item.put("mtu", mtu(fields.path("mtu").asInt(MAX_MTU)));
        item.put("provider:network_type", fields.path("provider:network_type").asString("vxlan"));
        item.put("provider:physical_network", Optional.empty());
        item.put(
                "provider:segmentation_id",
                fields.path("provider:segmentation_id").asInt(77));
        if (fields.path("provider:network_type").asString("").equals("vlan")) {
            var network = fields.path("provider:physical_network").asString("");
            int vlan = fields.path("provider:segmentation_id").asInt(0);
            if (!network.equals(physicalNetwork)) {
                throw invalid("physical_network '" + network + "' unknown for VLAN provider network.");
            }
            if (vlanIsUsed(vlan)) {
                throw new Refusal(
                        409,
                        "VlanIdInUse",
                        "Unable to create the network. The VLAN " + vlan + " on physical network " + network
                                + " is in use.");
            }
            item.put("provider:physical_network", network);
        }
        return item;
    }

    private boolean vlanIsUsed(int vlan) {
        return table("networks").values().stream()
                .anyMatch(item -> "vlan".equals(item.get("provider:network_type"))
                        && Objects.equals(item.get("provider:segmentation_id"), vlan));
    }

    private static int mtu(int wanted) {
        if (wanted > MAX_MTU) {
            throw invalid("Requested MTU is too big, maximum is " + MAX_MTU + ".");
        }
        return wanted;
    }

    private Map<String, Object> newSubnet(JsonNode fields) {
        var networkId = fields.path("network_id").asString("");
        item("networks", networkId);
        var cidr = new Cidr(fields.path("cidr").asString(""));
        for (var other : ofNetwork("subnets", networkId)) {
            if (new Cidr(String.valueOf(other.get("cidr"))).overlaps(cidr)) {
                throw invalid("Requested subnet with cidr: " + cidr + " for network: " + networkId
                        + " overlaps with another subnet.");
            }
        }
        var item = new LinkedHashMap<String, Object>();
        item.put("network_id", networkId);
        item.put("ip_version", cidr.version());
        item.put("cidr", cidr.text());
        item.put("enable_dhcp", fields.path("enable_dhcp").asBoolean(true));
        item.put("gateway_ip", cidr.hosts().start().text());
        item.put(
                "allocation_pools",
                List.of(Map.of(
                        "start", cidr.hosts().start().text(),
                        "end", cidr.hosts().end().text())));
        item.put("ipv6_ra_mode", Optional.empty());
        item.put("ipv6_address_mode", Optional.empty());
        putAddresses(item, fields);
        return item;
    }

    private static void putAddresses(Map<String, Object> item, JsonNode fields) {
        var gateway = fields.has("gateway_ip")
                ? fields.path("gateway_ip").asString("")
                : String.valueOf(item.get("gateway_ip"));
        var pools = new ArrayList<AddressRange>();
        if (fields.has("allocation_pools")) {
            for (var pool : fields.path("allocation_pools")) {
                pools.add(new AddressRange(
                        new IpAddress(pool.path("start").asString("")),
                        new IpAddress(pool.path("end").asString(""))));
            }
            item.put(
                    "allocation_pools",
                    pools.stream()
                            .map(pool -> Map.of(
                                    "start",
                                    pool.start().text(),
                                    "end",
                                    pool.end().text()))
                            .toList());
        }
        if (fields.has("gateway_ip")) {
            for (var pool : pools) {
                if (!gateway.isEmpty() && pool.contains(new IpAddress(gateway))) {
                    throw new Refusal(
                            409,
                            "GatewayConflictWithAllocationPools",
                            "Gateway ip " + gateway + " conflicts with allocation pool " + pool + ".");
                }
            }
            item.put("gateway_ip", gateway.isEmpty() ? Optional.empty() : gateway);
        }
    }

    private Map<String, Object> newPort(JsonNode fields) {
        var networkId = fields.path("network_id").asString("");
        item("networks", networkId);
        var item = new LinkedHashMap<String, Object>();
        item.put("network_id", networkId);
        item.put("admin_state_up", true);
        item.put("device_owner", fields.path("device_owner").asString(""));
        item.put("device_id", fields.path("device_id").asString(""));
        item.put("fixed_ips", routers.addresses(networkId, fields.path("fixed_ips")));
        return item;
    }

    private Reply update(JsonNode body, String items, String id, FakeKeystone.Granted who) {
        var item = new LinkedHashMap<>(item(items, id));
        var fields = body.path(single(items));
        for (var name : fields.propertyNames()) {
            var value = fields.path(name);
            switch (name) {
                case "name", "description" -> item.put(name, value.asString(""));
                case "mtu" -> item.put(name, mtu(value.asInt()));
                case "admin_state_up", "enable_dhcp", "shared" -> item.put(name, value.asBoolean());
                case "routes" -> {
                    routers.demandReachable(item, value);
                    item.put("routes", FakeRouters.routes(value));
                }
                case "gateway_ip", "allocation_pools" -> {}
                default -> throw new Refusal(400, "HTTPBadRequest", "Cannot update read-only attribute " + name);
            }
        }
        putAddresses(item, fields);
        FakeRouters.revise(item);
        table(items).put(id, item);
        return Reply.json(200, Map.of(single(items), visible(view(items, item), who)));
    }

    private Reply delete(String items, String id) {
        routers.demandDeletable(items, item(items, id));
        var networkId = items.equals("subnets") ? String.valueOf(item(items, id).get("network_id")) : id;
        var users = ofNetwork("ports", networkId).stream()
                .filter(port -> !"network:dhcp".equals(port.get("device_owner")))
                .map(port -> String.valueOf(port.get("id")))
                .toList();
        if (items.equals("networks")) {
            if (!users.isEmpty()) {
                throw new Refusal(
                        409,
                        "NetworkInUse",
                        "Unable to complete operation on network " + id
                                + ". There are one or more ports still in use on the network, id for these ports is: "
                                + String.join(",", users) + ".");
            }
            table("subnets").values().removeIf(subnet -> id.equals(subnet.get("network_id")));
            table("ports").values().removeIf(port -> id.equals(port.get("network_id")));
        } else if (items.equals("subnets") && !users.isEmpty()) {
            throw new Refusal(
                    409,
                    "SubnetInUse",
                    "Unable to complete operation on subnet " + id
                            + ": One or more ports have an IP allocation from this subnet.");
        }
        table(items).remove(id);
        return Reply.empty(204);
    }

    static Refusal invalid(String text) {
        return new Refusal(400, "InvalidInput", "Invalid input for operation: " + text);
    }

    private static String single(String items) {
        return items.substring(0, items.length() - 1);
    }
}
