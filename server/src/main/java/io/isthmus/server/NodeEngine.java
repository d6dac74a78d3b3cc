package io.isthmus.server;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.JoinedNetwork;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.connection.Taken;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.server.api.DiagnosisPort;
import io.isthmus.server.api.EnginePort;
import io.isthmus.server.api.Plan;
import io.isthmus.server.api.Problem;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.OtherPaths;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What the API asks of the engine, answered from the store and passed on to the engine. */
final class NodeEngine implements EnginePort {
    private final Stores stores;
    private final Engine engine;
    private final DiagnosisPort diagnosis;

    NodeEngine(Stores stores, Engine engine, DiagnosisPort diagnosis) {
        this.stores = stores;
        this.engine = engine;
        this.diagnosis = diagnosis;
    }

    @Override
    public DiagnosisPort diagnosis() {
        return diagnosis;
    }

    @Override
    public void wake(ConnectionId id) {
        engine.wake(id);
    }

    @Override
    public void reconcile(ConnectionId id) {
        engine.reconcile(id);
    }

    @Override
    public void verify(ConnectionId id) {
        engine.verifySoon(id);
    }

    @Override
    public Plan plan(Connection connection, Endpoint local, Endpoint remote) {
        var underlay = new Underlay(
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.connections().bookedMbps());
        var taken = new Taken(
                reservedVlans(underlay, local),
                reservedVlans(underlay, remote),
                stores.connections().reservedVnis());
        var wanted = new OtherPaths(stores.connections()).of(connection, underlay);
        return switch (new ConnectionPlanner(underlay)
                .plan(
                        wanted.connection(),
                        local,
                        remote,
                        notReadYet(local),
                        notReadYet(remote),
                        taken,
                        wanted.avoided())) {
            case ConnectionPlanner.Result.Impossible(var code, var field, var detail, var hint) ->
                throw Problem.ofPlanner(code, field, detail, hint);
            case ConnectionPlanner.Result.Planned(var reservation, var path) ->
                new Plan(
                        path,
                        reservation.mtu(),
                        reservation.vni(),
                        vlan(local, reservation.localVlan()),
                        vlan(remote, reservation.remoteVlan()),
                        reservation.bandwidthMbps(),
                        changes(connection, reservation, end(underlay, local), end(underlay, remote)));
        };
    }

    private Set<Integer> reservedVlans(Underlay underlay, Endpoint endpoint) {
        return underlay.site(endpoint.site())
                .map(site -> stores.connections()
                        .reservedVlans(site.id(), site.cloud().physicalNetwork()))
                .orElse(Set.of());
    }

    /** The VLAN and MTU of a network that is there are read from its Neutron when the connection is made, not for a plan. */
    private static Optional<JoinedNetwork> notReadYet(Endpoint endpoint) {
        return endpoint.network() instanceof EndpointNetwork.Existing
                ? Optional.of(new JoinedNetwork(0, 0))
                : Optional.empty();
    }

    private static Optional<Integer> vlan(Endpoint endpoint, int vlan) {
        return endpoint.network() instanceof EndpointNetwork.Existing ? Optional.empty() : Optional.of(vlan);
    }

    private static SideIntents.End end(Underlay underlay, Endpoint endpoint) {
        return new SideIntents.End(endpoint, underlay.site(endpoint.site()).orElseThrow());
    }

    private static List<Plan.Change> changes(
            Connection connection, Reservation reservation, SideIntents.End local, SideIntents.End remote) {
        var changes = new ArrayList<Plan.Change>();
        for (var role : SideRole.values()) {
            var site = role == SideRole.LOCAL ? local.site() : remote.site();
            var intents = SideIntents.of(connection, reservation, role, local, remote);
            if (intents.network() instanceof NetworkIntent.ProviderNetwork network) {
                changes.add(change(
                        site,
                        "create network",
                        "%s: VLAN %d on %s, MTU %d"
                                .formatted(
                                        network.name(),
                                        network.vlan(),
                                        network.cloud().physicalNetwork(),
                                        network.mtu())));
                changes.add(change(
                        site, "create subnet", "%s, gives out %s".formatted(network.cidr(), network.allocationPool())));
            }
            var gateway = intents.gateway();
            changes.add(change(
                    site,
                    "program gateway",
                    "%s: hand-off, bridge and VXLAN with VNI %d to %s, route target %s, probe port %s"
                            .formatted(
                                    gateway.gateway().name(),
                                    gateway.vni(),
                                    gateway.remoteTunnelAddress(),
                                    gateway.routeTarget(),
                                    gateway.probeAddress())));
        }
        return changes;
    }

    private static Plan.Change change(Site site, String step, String detail) {
        return new Plan.Change(site.id(), step, detail);
    }
}
