package io.isthmus.core.connection;

import io.isthmus.core.endpoint.AllocationPools;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.l3.Transit;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.Translator;
import io.isthmus.core.side.Tunnel;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import java.util.List;
import java.util.Optional;

/** What one side must have for a reserved connection: in its Neutron, and on its gateway. */
public record SideIntents(NetworkIntent network, GatewayIntent gateway) {
    /**
     * The probe ports' addresses, link-local (RFC 3927) so that they fit no network of a tenant. Every connection has its own
     * layer-2 network, so the same pair serves them all.
     */
    private static final IpAddress LOCAL_PROBE = new IpAddress("169.254.252.1");

    private static final IpAddress REMOTE_PROBE = new IpAddress("169.254.252.2");

    /** One end of the connection: its endpoint and the site that this names. */
    public record End(Endpoint endpoint, Site site) {}

    public static SideIntents of(Connection connection, Reservation reservation, SideRole role, End local, End remote) {
        var own = role == SideRole.LOCAL ? local : remote;
        var other = role == SideRole.LOCAL ? remote : local;
        var far = other.site().gateway().orElseThrow();
        return new SideIntents(
                network(connection, reservation, role, local, remote),
                reservation
                        .transit()
                        .map(transit -> gateway(connection, reservation, role, own, far, transit))
                        .orElseGet(() -> gateway(connection, reservation, role, own, far)));
    }

    private static GatewayIntent gateway(
            Connection connection, Reservation reservation, SideRole role, End own, Gateway far) {
        var near = own.site().gateway().orElseThrow();
        return new GatewayIntent(
                near,
                connection.id(),
                reservation.vlan(role),
                reservation.vni(),
                far.tunnelAddress(),
                reservation.mtu(),
                role == SideRole.LOCAL ? LOCAL_PROBE : REMOTE_PROBE,
                role == SideRole.LOCAL ? REMOTE_PROBE : LOCAL_PROBE,
                tunnel(reservation, role, near, far));
    }

    /** The probe port stands in the transit, and what it asks is the other side's router itself. */
    private static GatewayIntent gateway(
            Connection connection, Reservation reservation, SideRole role, End own, Gateway far, Transit transit) {
        var near = own.site().gateway().orElseThrow();
        return new GatewayIntent(
                near,
                connection.id(),
                reservation.vlan(role),
                reservation.vni(),
                far.tunnelAddress(),
                reservation.mtu(),
                transit.probe(role),
                transit.router(role.other()),
                tunnel(reservation, role, near, far),
                Transit.LENGTH,
                transit.translates() ? Optional.of(translator(transit, role)) : Optional.empty());
    }

    private static Translator translator(Transit transit, SideRole role) {
        return new Translator(
                transit.translator(role),
                Transit.LENGTH,
                transit.router(role),
                transit.translator(role.other()),
                transit.share(role).prefixes(),
                transit.destinations(role),
                transit.share(role).translations());
    }

    private static Tunnel tunnel(Reservation reservation, SideRole role, Gateway own, Gateway other) {
        var pathAddress = Steering.address(reservation.vni(), role);
        return reservation.steered()
                ? new Tunnel(
                        pathAddress,
                        Steering.address(reservation.vni(), role.other()),
                        Optional.of(pathAddress),
                        Steering.instructions(reservation, role),
                        reservation.bandwidthMbps())
                : new Tunnel(
                        own.tunnelAddress(),
                        other.tunnelAddress(),
                        Optional.of(pathAddress),
                        List.of(),
                        reservation.bandwidthMbps());
    }

    private static NetworkIntent network(
            Connection connection, Reservation reservation, SideRole role, End local, End remote) {
        var own = role == SideRole.LOCAL ? local : remote;
        var cloud = own.site().cloud();
        if (reservation.transit().isPresent()) {
            return transit(
                    connection, reservation, role, cloud, reservation.transit().get());
        }
        return switch (own.endpoint().network()) {
            case EndpointNetwork.Create create ->
                new NetworkIntent.ProviderNetwork(
                        cloud,
                        connection.id(),
                        mark(connection),
                        create.name().orElse(connection.name()),
                        reservation.vlan(role),
                        reservation.mtu(),
                        create.cidr(),
                        pool(create, role, local, remote),
                        create.gatewayIp(),
                        create.enableDhcp());
            case EndpointNetwork.Existing existing ->
                new NetworkIntent.ExistingNetwork(
                        cloud, connection.id(), existing.networkId(), reservation.vlan(role), reservation.mtu());
            case EndpointNetwork.External external ->
                new NetworkIntent.ExternalSubnet(
                        cloud,
                        connection.id(),
                        mark(connection),
                        connection.name(),
                        external.externalNetworkId(),
                        reservation.vlan(role),
                        reservation.mtu(),
                        external.cidr(),
                        pool(external.subnet(), role, local, remote));
            case EndpointNetwork.Router _ -> throw new IllegalStateException("an L2 connection joins no router");
        };
    }

    private static String mark(Connection connection) {
        return "isthmus connection " + connection.id();
    }

    private static NetworkIntent transit(
            Connection connection, Reservation reservation, SideRole role, Cloud cloud, Transit transit) {
        // Neutron wants a pool; nobody makes ports here but Isthmus, and with addresses that it names.
        var pool = new AddressRange(transit.probe(SideRole.REMOTE), transit.probe(SideRole.REMOTE));
        return new NetworkIntent.RoutedTransit(
                new NetworkIntent.ProviderNetwork(
                        cloud,
                        connection.id(),
                        mark(connection),
                        connection.name(),
                        reservation.vlan(role),
                        reservation.mtu(),
                        transit.prefix(),
                        pool,
                        Optional.empty(),
                        false),
                transit.share(role).routerId(),
                transit.router(role),
                transit.nextHop(role),
                transit.destinations(role));
    }

    private static AddressRange pool(EndpointNetwork.Create own, SideRole role, End local, End remote) {
        var here = local.endpoint().network().subnetToMake();
        var there = remote.endpoint().network().subnetToMake();
        if (here.isPresent() && there.isPresent()) {
            return switch (AllocationPools.divide(here.get(), there.get())) {
                case AllocationPools.Result.Divided(var pools) ->
                    role == SideRole.LOCAL ? pools.local() : pools.remote();
                case AllocationPools.Result.Impossible(var field, var detail) ->
                    throw new IllegalStateException("planned with pools that cannot be: " + field + ": " + detail);
            };
        }
        return own.allocationPool()
                .orElseThrow(); // The planner asks for it where the other side joins a network it has.
    }
}
