package io.isthmus.core.connection;

import io.isthmus.core.endpoint.AllocationPools;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.Tunnel;
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
        var gateway = own.site().gateway().orElseThrow();
        return new SideIntents(
                network(connection, reservation, role, local, remote),
                new GatewayIntent(
                        gateway,
                        connection.id(),
                        reservation.vlan(role),
                        reservation.vni(),
                        other.site().gateway().orElseThrow().tunnelAddress(),
                        reservation.mtu(),
                        role == SideRole.LOCAL ? LOCAL_PROBE : REMOTE_PROBE,
                        role == SideRole.LOCAL ? REMOTE_PROBE : LOCAL_PROBE,
                        tunnel(
                                reservation,
                                role,
                                gateway,
                                other.site().gateway().orElseThrow())));
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
        return switch (own.endpoint().network()) {
            case EndpointNetwork.Create create ->
                new NetworkIntent.ProviderNetwork(
                        cloud,
                        connection.id(),
                        "isthmus connection " + connection.id(),
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
            case EndpointNetwork.Router _ -> throw new IllegalStateException("an L2 connection joins no router");
            case EndpointNetwork.External _ ->
                throw new IllegalStateException("an L2 connection joins no external network");
        };
    }

    private static AddressRange pool(EndpointNetwork.Create own, SideRole role, End local, End remote) {
        if (local.endpoint().network() instanceof EndpointNetwork.Create here
                && remote.endpoint().network() instanceof EndpointNetwork.Create there) {
            return switch (AllocationPools.divide(here, there)) {
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
