package io.isthmus.server.engine;

import io.isthmus.core.connection.JoinedNetwork;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.site.SiteId;
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

    Surveys both(SideIntents.End local, SideIntents.End remote) throws InterruptedException {
        return Parallel.two(() -> survey(local), () -> survey(remote), Surveys::new);
    }

    private Survey survey(SideIntents.End end) throws InterruptedException {
        return Parallel.two(() -> cloud(end), () -> gateway(end), Surveyor::merged);
    }

    private Survey cloud(SideIntents.End end) throws InterruptedException {
        var cloud = end.site().cloud();
        return switch (end.endpoint().network()) {
            case EndpointNetwork.Existing(var networkId) ->
                survey(
                        "look up network",
                        drivers.cloud().find(cloud, networkId),
                        found -> new Survey.Usable(Set.of(), Set.of(), Optional.of(joined(found))));
            case EndpointNetwork.Create _ ->
                survey(
                        "look at used VLANs",
                        drivers.cloud().usedVlans(cloud),
                        vlans -> new Survey.Usable(vlans, Set.of(), Optional.empty()));
            case EndpointNetwork.Router _, EndpointNetwork.External _ ->
                notYet(end.site().id());
        };
    }

    private static Survey notYet(SiteId site) {
        return new Survey.Unusable(
                "look at network",
                new Failure(
                        "not_supported",
                        "the endpoint at site " + site + " joins a router or an external network",
                        "use a network to create, or an existing VLAN network"),
                true);
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
