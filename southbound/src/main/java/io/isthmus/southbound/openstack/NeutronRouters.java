package io.isthmus.southbound.openstack;

import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import tools.jackson.databind.node.ObjectNode;

/** The calls to a cloud's Neutron that are about routers, each with its failure as a {@link NotDone}. */
final class NeutronRouters {
    private static final String ATOMIC = "extraroute-atomic";
    private static final int TRIES = 8;

    private final NeutronWire wire;
    private final Neutron neutron;

    NeutronRouters(NeutronWire wire, Neutron neutron) {
        this.wire = wire;
        this.neutron = neutron;
    }

    /** An extension of Neutron's API. */
    private record Extension(String alias) {}

    Optional<NeutronRouter> find(String id) throws NotDone, InterruptedException {
        return id.matches("[A-Za-z0-9_-]{1,64}")
                ? wire.find("routers", id, "router", NeutronRouter.class)
                : Optional.empty();
    }

    NeutronRouter demand(String id) throws NotDone, InterruptedException {
        return find(id).orElseThrow(() -> NotDone.refused(
                "router_not_found",
                "this Neutron has no router " + id + " that the credential may see",
                "Check the router's id and the site; the credential's user must be allowed to see it."));
    }

    private static NotDone notForThem(String idOrName, Claim claim) {
        return NotDone.refused(
                "router_not_found",
                "this Neutron has no router " + idOrName + " that the credential may see and " + ExistingNetworks.WHOSE,
                claim.hint());
    }

    /** A router, named by its id or its name, with the subnets that it is connected to. */
    JoinedRouter describe(String idOrName, Claim claim) throws NotDone, InterruptedException {
        var router = named(idOrName, claim);
        var ports = interfaces("device_id", router.id()).stream()
                .filter(port -> port.isRouterInterface() || port.isRouterGateway())
                .toList();
        var networks =
                ports.stream().map(NeutronInterface::networkId).distinct().toList();
        var known = networks.isEmpty()
                ? java.util.Map.<String, NeutronSubnet>of()
                : neutron.subnets(networks).stream().collect(Collectors.toMap(NeutronSubnet::id, subnet -> subnet));
        var subnets = new ArrayList<JoinedRouter.Subnet>();
        for (var port : ports) {
            for (var address : port.addresses()) {
                var subnet = known.get(address.subnetId());
                if (subnet != null) {
                    subnets.add(new JoinedRouter.Subnet(port.networkId(), subnet.prefix(), port.isRouterGateway()));
                }
            }
        }
        return new JoinedRouter(
                router.id(),
                router.name(),
                subnets,
                router.routes().stream().map(NeutronRouter.Route::parsed).toList());
    }

    private NeutronRouter named(String idOrName, Claim claim) throws NotDone, InterruptedException {
        var byId = find(idOrName);
        if (byId.isPresent() || idOrName.isEmpty()) {
            return byId.filter(router -> isFor(claim, router)).orElseThrow(() -> notForThem(idOrName, claim));
        }
        var byName = wire.list("routers", NeutronRouter.class, List.of("name", idOrName), Optional.empty()).stream()
                .filter(router -> isFor(claim, router))
                .toList();
        if (byName.size() > 1) {
            throw NotDone.refused(
                    "router_ambiguous",
                    "several routers are called " + idOrName + ": "
                            + byName.stream().map(NeutronRouter::id).sorted().collect(Collectors.joining(", ")),
                    "Name one of them by its id.");
        }
        return byName.stream().findFirst().orElseThrow(() -> notForThem(idOrName, claim));
    }

    private static boolean isFor(Claim claim, NeutronRouter router) {
        return claim.covers(router.projectId(), router.tags());
    }

    /** The one router that serves a network. */
    JoinedRouter describeRouterOf(String networkId, Claim claim) throws NotDone, InterruptedException {
        var title = ExistingNetworks.demand(neutron, networkId, claim).title();
        var routers = interfaces("network_id", networkId).stream()
                .filter(NeutronInterface::isRouterInterface)
                .map(NeutronInterface::deviceId)
                .distinct()
                .sorted()
                .toList();
        if (routers.isEmpty()) {
            throw NotDone.refused(
                    "router_not_found",
                    "no router serves network " + title,
                    "Connect the network to a router, or name a router_id.");
        }
        if (routers.size() > 1) {
            throw NotDone.refused(
                    "router_ambiguous",
                    "several routers serve network " + title + ": " + String.join(", ", routers),
                    "Name one of them as router_id.");
        }
        return describe(routers.getFirst(), claim);
    }

    List<NeutronInterface> interfaces(String field, String value) throws NotDone, InterruptedException {
        return wire.list("ports", NeutronInterface.class, List.of(field, value), Optional.empty());
    }

    /** Makes the router's port in the transit; it belongs to no router yet. */
    NeutronInterface createPort(RoutedTransit intent, String networkId, String subnetId)
            throws NotDone, InterruptedException {
        var fields = wire.object()
                .put("network_id", networkId)
                .put("name", intent.transit().name())
                .put("description", intent.transit().mark());
        fields.putArray("fixed_ips")
                .addObject()
                .put("subnet_id", subnetId)
                .put("ip_address", intent.address().text());
        return wire.create("ports", "port", fields, NeutronInterface.class);
    }

    void updatePort(String id, RoutedTransit intent) throws NotDone, InterruptedException {
        var fields = wire.object()
                .put("name", intent.transit().name())
                .put("description", intent.transit().mark())
                .put("admin_state_up", true);
        wire.update("ports", id, "port", fields);
    }

    void deletePort(String id) throws NotDone, InterruptedException {
        wire.delete("ports", id);
    }

    void addInterface(String routerId, String portId) throws NotDone, InterruptedException {
        wire.act("routers", routerId, "add_router_interface", wire.object().put("port_id", portId));
    }

    /** Takes the port off the router; Neutron deletes it with that. */
    void removeInterface(String routerId, String portId) throws NotDone, InterruptedException {
        wire.act("routers", routerId, "remove_router_interface", wire.object().put("port_id", portId));
    }

    /** Adds routes and leaves all others as they are, whoever changes them meanwhile. */
    void addRoutes(String routerId, List<NeutronRouter.Route> routes) throws NotDone, InterruptedException {
        change(routerId, "add_extraroutes", routes, present -> {
            var all = new ArrayList<>(present);
            routes.stream().filter(route -> !present.contains(route)).forEach(all::add);
            return all;
        });
    }

    /** Removes routes, as far as they are there, and leaves all others as they are. */
    void removeRoutes(String routerId, List<NeutronRouter.Route> routes) throws NotDone, InterruptedException {
        change(
                routerId,
                "remove_extraroutes",
                routes,
                present -> present.stream()
                        .filter(route -> !routes.contains(route))
                        .toList());
    }

    /**
     * The list of a router's routes is one value that is written whole. Where Neutron can add to it and take from it by itself,
     * it does; elsewhere it is written only if the router's revision is still the one that was read.
     */
    private void change(
            String routerId,
            String action,
            List<NeutronRouter.Route> routes,
            UnaryOperator<List<NeutronRouter.Route>> change)
            throws NotDone, InterruptedException {
        if (wire.find("extensions", ATOMIC, "extension", Extension.class).isPresent()) {
            var body = wire.object();
            put(body.putObject("router"), routes);
            wire.act("routers", routerId, action, body);
            return;
        }
        for (int tries = 1; ; tries++) {
            var router = demand(routerId);
            var wanted = change.apply(router.routes());
            if (wanted.equals(router.routes())) {
                return;
            }
            var fields = wire.object();
            put(fields, wanted);
            try {
                wire.updateAt("routers", routerId, "router", fields, router.revisionNumber());
                return;
            } catch (NotDone notDone) {
                if (!notDone.is("changed_meanwhile") || tries == TRIES) {
                    throw notDone;
                }
            }
        }
    }

    private static void put(ObjectNode fields, List<NeutronRouter.Route> routes) {
        var array = fields.putArray("routes");
        routes.forEach(route ->
                array.addObject().put("destination", route.destination()).put("nexthop", route.nextHop()));
    }
}
