package io.isthmus.southbound.openstack;

import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import io.isthmus.southbound.Driver.Applied;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.StepListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * One look at, or one change of, what one side's Neutron has for an L3 connection: the transit network, the router's port in
 * it, and the router's routes. Made in that order and removed in the reverse one, because Neutron lets no route point out of
 * the router's subnets, and deletes no network with a router's port in it.
 */
final class RoutedTransitWork {
    private static final String PORT = "port";
    private static final String INTERFACE = "router_interface";
    private static final String ROUTES = "extra_routes";

    private final NeutronRouters routers;
    private final RoutedTransit intent;
    private final ProviderNetworkWork network;
    private Optional<String> createdPort = Optional.empty();

    RoutedTransitWork(Neutron neutron, NeutronRouters routers, RoutedTransit intent) {
        this.routers = routers;
        this.intent = intent;
        this.network = new ProviderNetworkWork(neutron, intent.transit());
    }

    Observed observe(Goal goal) throws NotDone, InterruptedException {
        return switch (goal) {
            case PRESENT -> toPresent();
            case ABSENT -> toAbsent();
        };
    }

    Applied apply(List<Step> steps, StepListener listener) throws NotDone, InterruptedException {
        return new Applied(StepRun.run(steps, listener, this::carryOut));
    }

    private Observed toPresent() throws NotDone, InterruptedException {
        var router = routers.demand(intent.routerId());
        var seen = network.observe(Goal.PRESENT);
        var steps = new ArrayList<>(seen.steps());
        var facts = new TreeMap<>(seen.facts());
        facts.put("router_id", router.id());
        facts.put("router_address", intent.address().text());
        var networkId = seen.facts().get("network_id");
        var isReplaced = steps.stream().anyMatch(step -> step.action() == Action.DELETE);
        var ports = networkId == null ? List.<NeutronInterface>of() : routers.interfaces("network_id", networkId);
        var port = isReplaced ? Optional.<NeutronInterface>empty() : ownPort(ports);
        if (port.isEmpty()) {
            steps.add(step(Action.CREATE, PORT, intent.transit().name(), portFields(facts)));
            steps.add(joining(""));
        } else if (!port.get().deviceId().equals(intent.routerId())) {
            demandFree(port.get());
            steps.add(joining(port.get().id()));
        }
        port.ifPresent(there -> {
            facts.put("port_id", there.id());
            var changes = portChanges(there);
            if (!changes.isEmpty()) {
                steps.add(step(Action.UPDATE, PORT, there.id(), changes));
            }
        });
        var missing = routes().stream()
                .filter(route -> !router.routes().contains(route))
                .toList();
        if (!missing.isEmpty()) {
            steps.add(step(Action.CREATE, ROUTES, intent.routerId(), wanted(missing)));
        }
        facts.put(
                "routes",
                text(routes().stream().filter(route -> !missing.contains(route)).toList()));
        var foreign = new ArrayList<>(seen.foreign());
        foreign.addAll(otherRoutes(router));
        foreign.addAll(otherPorts(ports));
        return new Observed(steps, facts, foreign);
    }

    /** Neutron balances between two routes to one destination, so that half of the traffic would go elsewhere. */
    private List<Observed.Foreign> otherRoutes(NeutronRouter router) {
        var destinations =
                routes().stream().map(NeutronRouter.Route::destination).toList();
        return router.routes().stream()
                .filter(route -> destinations.contains(route.destination()) && !routes().contains(route))
                .map(route -> new Observed.Foreign(ROUTES, router.id(), route.destination(), route.nextHop()))
                .toList();
    }

    /** Nothing but the two routers belongs into a transit. */
    private List<Observed.Foreign> otherPorts(List<NeutronInterface> ports) {
        return ports.stream()
                .filter(port -> !port.has(intent.address().text())
                        && !port.description().equals(intent.transit().mark())
                        && !port.isNeutronsOwn())
                .map(port -> new Observed.Foreign(
                        PORT,
                        port.id(),
                        "ip_address",
                        port.addresses().stream()
                                .map(NeutronInterface.Address::ipAddress)
                                .collect(Collectors.joining(", "))))
                .toList();
    }

    private List<FieldChange> portFields(SortedMap<String, String> facts) {
        var fields = new ArrayList<FieldChange>();
        for (var name : List.of("network_id", "subnet_id")) {
            var known = facts.get(name);
            if (known != null) {
                fields.add(new FieldChange(name, "", known));
            }
        }
        fields.add(new FieldChange("description", "", intent.transit().mark()));
        fields.add(new FieldChange("ip_address", "", intent.address().text()));
        return fields;
    }

    private List<FieldChange> portChanges(NeutronInterface port) {
        return java.util.stream.Stream.of(
                        new FieldChange("name", port.name(), intent.transit().name()),
                        new FieldChange(
                                "description",
                                port.description(),
                                intent.transit().mark()),
                        new FieldChange("admin_state_up", Boolean.toString(port.adminStateUp()), "true"))
                .filter(change -> !change.observed().equals(change.wanted()))
                .toList();
    }

    private Step joining(String portId) {
        return step(Action.CREATE, INTERFACE, intent.routerId(), List.of(new FieldChange("port_id", "", portId)));
    }

    private static List<FieldChange> wanted(List<NeutronRouter.Route> routes) {
        return routes.stream()
                .map(route -> new FieldChange(route.destination(), "", route.nextHop()))
                .toList();
    }

    /** A port with our address, whoever has taken its mark away: nobody else makes ports in our network. */
    private Optional<NeutronInterface> ownPort(List<NeutronInterface> ports) {
        return ports.stream().filter(port -> port.has(intent.address().text())).findFirst();
    }

    private void demandFree(NeutronInterface port) throws NotDone {
        if (!port.deviceId().isEmpty()) {
            throw NotDone.refused(
                    "port_taken",
                    "port " + port.id() + " with the address " + intent.address() + " belongs to device "
                            + port.deviceId() + " of " + port.deviceOwner(),
                    "Remove that port; then Isthmus goes on by itself.");
        }
    }

    private Observed toAbsent() throws NotDone, InterruptedException {
        var steps = new ArrayList<Step>();
        var router = routers.find(intent.routerId());
        var present = router.map(NeutronRouter::routes).orElse(List.of()).stream()
                .filter(routes()::contains)
                .toList();
        if (!present.isEmpty()) {
            steps.add(step(
                    Action.DELETE,
                    ROUTES,
                    intent.routerId(),
                    present.stream()
                            .map(route -> new FieldChange(route.destination(), route.nextHop(), ""))
                            .toList()));
        }
        var networks = network.observe(Goal.ABSENT);
        for (var step : networks.steps()) {
            for (var port : routers.interfaces("network_id", step.identity())) {
                if (port.isRouterInterface()) {
                    steps.add(step(
                            Action.DELETE,
                            INTERFACE,
                            port.deviceId(),
                            List.of(new FieldChange("port_id", port.id(), ""))));
                } else if (port.description().equals(intent.transit().mark())) {
                    steps.add(step(Action.DELETE, PORT, port.id(), List.of()));
                }
            }
        }
        steps.addAll(networks.steps());
        return new Observed(steps, networks.facts());
    }

    private void carryOut(Step step) throws NotDone, InterruptedException {
        var create = step.action() == Action.CREATE;
        switch (step.object()) {
            case PORT -> {
                switch (step.action()) {
                    case CREATE -> createdPort = Optional.of(createPort(step));
                    case UPDATE -> routers.updatePort(step.identity(), intent);
                    case DELETE -> routers.deletePort(step.identity());
                }
            }
            case INTERFACE -> {
                if (create) {
                    routers.addInterface(step.identity(), portOf(step));
                } else {
                    routers.removeInterface(step.identity(), observed(step, "port_id"));
                }
            }
            case ROUTES -> {
                if (create) {
                    routers.addRoutes(step.identity(), routesOf(step));
                } else {
                    routers.removeRoutes(step.identity(), routesOf(step));
                }
            }
            default -> network.carryOut(step);
        }
    }

    private String createPort(Step step) throws NotDone, InterruptedException {
        var networkId = network.createdNetworkId().orElseGet(() -> wanted(step, "network_id"));
        var subnetId = network.createdSubnetId().orElseGet(() -> wanted(step, "subnet_id"));
        try {
            return routers.createPort(intent, networkId, subnetId).id();
        } catch (NotDone notDone) {
            // An earlier attempt whose answer was lost has the address.
            if (notDone.is("neutron_conflict")
                    && ownPort(routers.interfaces("network_id", networkId)).isPresent()) {
                throw NotDone.unknown(
                        "changed_meanwhile",
                        notDone.failure().detail(),
                        "It was made meanwhile by an earlier attempt; Isthmus looks again by itself.");
            }
            throw notDone;
        }
    }

    private String portOf(Step step) {
        var named = wanted(step, "port_id");
        return named.isEmpty() ? createdPort.orElseThrow() : named;
    }

    private static List<NeutronRouter.Route> routesOf(Step step) {
        return step.changes().stream()
                .map(change -> new NeutronRouter.Route(
                        change.field(), change.wanted().isEmpty() ? change.observed() : change.wanted()))
                .toList();
    }

    private static String wanted(Step step, String field) {
        return value(step, field, FieldChange::wanted);
    }

    private static String observed(Step step, String field) {
        return value(step, field, FieldChange::observed);
    }

    private static String value(Step step, String field, java.util.function.Function<FieldChange, String> which) {
        return step.changes().stream()
                .filter(change -> change.field().equals(field))
                .map(which)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(step.name() + " names no " + field));
    }

    private List<NeutronRouter.Route> routes() {
        return intent.destinations().stream()
                .map(destination -> NeutronRouter.Route.of(destination, intent.nextHop()))
                .toList();
    }

    private static String text(List<NeutronRouter.Route> routes) {
        return routes.stream().map(NeutronRouter.Route::text).collect(Collectors.joining(", "));
    }

    private static Step step(Action action, String object, String identity, List<FieldChange> changes) {
        return new Step(action, object, identity, changes);
    }
}
