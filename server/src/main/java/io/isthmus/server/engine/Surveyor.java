package io.isthmus.server.engine;

import io.isthmus.core.connection.JoinedNetwork;
import io.isthmus.core.connection.Service;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.Cidr;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at both sites before anything is reserved: whether their Neutrons and gateways answer, and which numbers are in use
 * there. A site that cannot be worked with is found here, before anything is made anywhere. Neutron, where others take VLANs
 * all the time, is asked each time; a gateway that was seen well a moment ago is not asked again.
 */
final class Surveyor {
    /** How long a look at a gateway counts; the site watch looks more often than that. */
    private static final Duration GATEWAY_FRESH = Duration.ofSeconds(45);

    private final Drivers drivers;
    private final GatewaySightings sightings;

    Surveyor(Drivers drivers, GatewaySightings sightings) {
        this.drivers = drivers;
        this.sightings = sightings;
    }

    /** What a survey of one site found. */
    sealed interface Survey {
        /**
         * The site can be worked with.
         *
         * @param joined the endpoint's network, where that was there before
         */
        record Usable(Set<Integer> vlans, Set<Integer> vnis, Optional<JoinedNetwork> joined) implements Survey {}

        /** {@code lasting}: asking again unchanged will not help. */
        record Unusable(String step, Failure failure, boolean lasting) implements Survey {}
    }

    record Surveys(Survey local, Survey remote) {}

    Surveys both(Service service, SideIntents.End local, SideIntents.End remote) throws InterruptedException {
        return Parallel.two(() -> survey(service, local), () -> survey(service, remote), Surveys::new);
    }

    private Survey survey(Service service, SideIntents.End end) throws InterruptedException {
        return Parallel.two(
                () -> service == Service.L3 ? usedVlans(end) : cloud(end), () -> gateway(end), Surveyor::merged);
    }

    private Survey cloud(SideIntents.End end) throws InterruptedException {
        var cloud = end.site().cloud();
        return switch (end.endpoint().network()) {
            case EndpointNetwork.Existing(var networkId) ->
                survey(
                        "look up network",
                        drivers.cloud().find(cloud, networkId, end.endpoint().claim()),
                        found -> new Survey.Usable(Set.of(), Set.of(), Optional.of(joined(found))));
            case EndpointNetwork.Create _ -> usedVlans(end);
            case EndpointNetwork.External(var networkId, var cidr) ->
                survey(
                        "look up network",
                        drivers.cloud().find(cloud, networkId, end.endpoint().claim()),
                        found -> external(end, found, cidr));
            case EndpointNetwork.Router _ ->
                throw new IllegalStateException("the planner joins no router for an L2 connection");
        };
    }

    /** For a network that Isthmus makes: one to join routers, too. */
    private Survey usedVlans(SideIntents.End end) throws InterruptedException {
        return survey(
                "look at used VLANs",
                drivers.cloud().usedVlans(end.site().cloud()),
                vlans -> new Survey.Usable(vlans, Set.of(), Optional.empty()));
    }

    private static Survey external(SideIntents.End end, CloudDriver.FoundNetwork found, Cidr cidr) {
        var site = end.site().id();
        if (!found.external()) {
            return unusable(
                    "network_not_external",
                    "network %s (%s) at site %s is not external".formatted(found.name(), found.networkId(), site),
                    "name an external network, or join this one by its network_id");
        }
        return found.cidrs().stream()
                .filter(cidr::overlaps)
                .findFirst()
                .map(other -> unusable(
                        "prefix_overlap",
                        "%s (the endpoint's cidr at site %s) overlaps %s (a subnet of external network %s there)"
                                .formatted(cidr, site, other, found.networkId()),
                        "choose another cidr for both ends"))
                .orElseGet(() -> new Survey.Usable(Set.of(), Set.of(), Optional.of(joined(found))));
    }

    private static Survey unusable(String code, String detail, String hint) {
        return new Survey.Unusable("look up network", new Failure(code, detail, hint), true);
    }

    private static JoinedNetwork joined(CloudDriver.FoundNetwork found) {
        return new JoinedNetwork(found.vlan(), found.mtu());
    }

    private Survey gateway(SideIntents.End end) throws InterruptedException {
        var gateway = end.site().gateway().orElseThrow();
        var driver = drivers.of(gateway);
        if (driver.isEmpty()) {
            return new Survey.Unusable(
                    "look at gateway",
                    new Failure(
                            "driver_unknown",
                            "gateway %s wants driver %s, which this node does not have"
                                    .formatted(gateway.name(), gateway.driver()),
                            "change the gateway's driver; this node has "
                                    + drivers.gateways().keySet()),
                    true);
        }
        var fresh = sightings.within(GATEWAY_FRESH, gateway);
        if (fresh.isPresent()) {
            return new Survey.Usable(Set.of(), fresh.get(), Optional.empty());
        }
        return survey(
                "look at gateway",
                sightings.look(driver.get(), gateway),
                vnis -> new Survey.Usable(Set.of(), vnis, Optional.empty()));
    }

    private static <T> Survey survey(String step, Outcome<T> outcome, java.util.function.Function<T, Survey> usable) {
        return switch (outcome) {
            case Outcome.Done<T>(var value) -> usable.apply(value);
            case Outcome.Refused<T>(var failure) -> new Survey.Unusable(step, failure, true);
            case Outcome.Unreachable<T>(var failure) -> new Survey.Unusable(step, failure, false);
            case Outcome.Unknown<T>(var failure) -> new Survey.Unusable(step, failure, false);
        };
    }

    private static Survey merged(Survey cloud, Survey gateway) {
        if (cloud instanceof Survey.Usable inCloud && gateway instanceof Survey.Usable onGateway) {
            return new Survey.Usable(inCloud.vlans(), onGateway.vnis(), inCloud.joined());
        }
        // Of two faults the one that will not pass by itself is the one to tell.
        if (gateway instanceof Survey.Unusable fault && (fault.lasting() || cloud instanceof Survey.Usable)) {
            return gateway;
        }
        return cloud instanceof Survey.Unusable ? cloud : gateway;
    }
}
