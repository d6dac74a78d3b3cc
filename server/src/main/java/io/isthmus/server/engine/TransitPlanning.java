package io.isthmus.server.engine;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.l3.AddressPools;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.l3.Place;
import io.isthmus.core.l3.RouterUse;
import io.isthmus.core.l3.TransitPlanner;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.site.SiteStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Gathers what the transit of an L3 connection is decided on: both routers as they are, what other connections have on them,
 * and the networks of the underlay. It changes nothing anywhere.
 */
final class TransitPlanning {
    private final SiteStore sites;
    private final ConnectionStore connections;
    private final Drivers drivers;
    private final AddressPools pools;

    TransitPlanning(SiteStore sites, ConnectionStore connections, Drivers drivers, AddressPools pools) {
        this.sites = sites;
        this.connections = connections;
        this.drivers = drivers;
        this.pools = pools;
    }

    /** A router and the networks of the gateway that its site has. */
    private record Seen(Outcome<JoinedRouter> router, Outcome<List<Cidr>> gateway) {}

    private record Both(Seen local, Seen remote) {}

    TransitPlan plan(Connection connection, SideIntents.End local, SideIntents.End remote) throws InterruptedException {
        var seen = Parallel.two(() -> look(local), () -> look(remote), Both::new);
        var unusable = unusable(SideRole.LOCAL, local, seen.local())
                .or(() -> unusable(SideRole.REMOTE, remote, seen.remote()));
        if (unusable.isPresent()) {
            return unusable.get();
        }
        var uses = connections
                .routerUses(List.of(local.site().id(), remote.site().id()))
                .stream()
                .filter(use -> !use.connection().equals(connection.id()))
                .toList();
        var underlay = new ArrayList<>(tunnelAddresses());
        underlay.addAll(networks(local.site(), seen.local()));
        underlay.addAll(networks(remote.site(), seen.remote()));
        var planned = TransitPlanner.plan(
                pools,
                connection.addressPolicy(),
                end(local, seen.local(), uses),
                end(remote, seen.remote(), uses),
                new TransitPlanner.Occupied(
                        uses, underlay, connections.reservedTransits(), connections.reservedNatBlocks()));
        return switch (planned) {
            case TransitPlanner.Result.Planned(var transit) -> new TransitPlan.Planned(transit);
            case TransitPlanner.Result.Impossible(var code, var field, var detail, var hint) ->
                new TransitPlan.Impossible(code, field, detail, hint);
        };
    }

    private Seen look(SideIntents.End end) throws InterruptedException {
        return Parallel.two(() -> router(end), () -> networks(end.site()), Seen::new);
    }

    private Outcome<JoinedRouter> router(SideIntents.End end) throws InterruptedException {
        var cloud = end.site().cloud();
        var claim = end.endpoint().claim();
        return switch (end.endpoint().network()) {
            case EndpointNetwork.Router router -> drivers.cloud().router(cloud, router.routerId(), claim);
            case EndpointNetwork.Existing network -> drivers.cloud().routerOf(cloud, network.networkId(), claim);
            case EndpointNetwork.Create _, EndpointNetwork.External _ ->
                throw new IllegalStateException("an L3 connection joins what is there");
        };
    }

    private Outcome<List<Cidr>> networks(Site site) throws InterruptedException {
        var gateway = site.gateway().orElseThrow();
        var driver = drivers.of(gateway);
        return driver.isPresent() ? driver.get().networks(gateway) : new Outcome.Done<>(List.of());
    }

    private static Optional<TransitPlan> unusable(SideRole role, SideIntents.End end, Seen seen) {
        return unusable(role, end, "look at router", seen.router())
                .or(() -> unusable(role, end, "look at gateway", seen.gateway()));
    }

    private static Optional<TransitPlan> unusable(SideRole role, SideIntents.End end, String step, Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> Optional.empty();
            case Outcome.Refused<?>(var failure) -> Optional.of(unusable(role, end, step, failure, true));
            case Outcome.Unreachable<?>(var failure) -> Optional.of(unusable(role, end, step, failure, false));
            case Outcome.Unknown<?>(var failure) -> Optional.of(unusable(role, end, step, failure, false));
        };
    }

    private static TransitPlan unusable(
            SideRole role, SideIntents.End end, String step, Failure failure, boolean lasting) {
        return new TransitPlan.Unusable(role, end.site().id(), step, failure, lasting);
    }

    private static TransitPlanner.End end(SideIntents.End end, Seen seen, List<RouterUse> uses) {
        var router = value(seen.router());
        var network = end.endpoint().network();
        var prefixes = TransitPlanner.prefixes(
                end.site().id(),
                router,
                network instanceof EndpointNetwork.Router named ? named.prefixes() : List.of(),
                network instanceof EndpointNetwork.Existing existing
                        ? Optional.of(existing.networkId())
                        : Optional.empty(),
                uses);
        return new TransitPlanner.End(end.site().id(), router, prefixes);
    }

    private List<Place> tunnelAddresses() {
        return sites.list(ListQuery.ALL).stream()
                .map(Stored::value)
                .flatMap(site -> site.gateway().stream()
                        .filter(gateway -> gateway.tunnelAddress().version() == 4)
                        .map(gateway -> new Place(
                                new Cidr(gateway.tunnelAddress() + "/32"),
                                "the tunnel address of gateway " + gateway.name() + " at site " + site.id())))
                .toList();
    }

    private static List<Place> networks(Site site, Seen seen) {
        return value(seen.gateway()).stream()
                .map(cidr -> new Place(cidr, "a network of gateway " + name(site) + " itself at site " + site.id()))
                .toList();
    }

    private static String name(Site site) {
        return site.gateway().orElseThrow().name();
    }

    private static <T> T value(Outcome<T> outcome) {
        if (outcome instanceof Outcome.Done<T>(var value)) {
            return value;
        }
        throw new IllegalStateException("only looked at where everything was read");
    }
}
