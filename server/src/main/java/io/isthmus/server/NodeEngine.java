package io.isthmus.server;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.JoinedNetwork;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Service;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.connection.Taken;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.DiagnosisPort;
import io.isthmus.server.api.EnginePort;
import io.isthmus.server.api.Plan;
import io.isthmus.server.api.Problem;
import io.isthmus.server.api.VnfPort;
import io.isthmus.server.engine.Engine;
import io.isthmus.server.engine.OtherPaths;
import io.isthmus.server.engine.ReadPlan;
import io.isthmus.server.engine.TransitPlan;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What the API asks of the engine, answered from the store and passed on to the engine. */
final class NodeEngine implements EnginePort {
    private final Stores stores;
    private final Engine engine;
    private final DiagnosisPort diagnosis;
    private final VnfPort vnfs;

    NodeEngine(Stores stores, Engine engine, DiagnosisPort diagnosis, VnfPort vnfs) {
        this.stores = stores;
        this.engine = engine;
        this.diagnosis = diagnosis;
        this.vnfs = vnfs;
    }

    @Override
    public VnfPort vnfs() {
        return vnfs;
    }

    @Override
    public DiagnosisPort diagnosis() {
        return diagnosis;
    }

    @Override
    public Map<SiteId, List<String>> usersOf(ConnectionFacts facts) throws InterruptedException {
        return engine.usersOf(facts);
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
        return planned(connection, local, remote).plan();
    }

    @Override
    public Plan dryRun(Connection connection, Endpoint local, Endpoint remote) throws InterruptedException {
        var stored = planned(connection, local, remote);
        var plans = engine.plans();
        return switch (plans.reading(connection, stored.local(), stored.remote())) {
            case ReadPlan.Planned(var reservation) ->
                stored.with(reservation).plan(plans.towards(connection, reservation, stored.local(), stored.remote()));
            case ReadPlan.Impossible(var problem) ->
                throw Problem.ofPlanner(problem.code(), problem.field(), problem.detail(), problem.hint());
            case ReadPlan.Unusable unusable -> {
                var refusal = SiteAnswer.refusal(unusable.role(), unusable.failure(), unusable.lasting());
                if (refusal.isPresent()) {
                    throw refusal.get();
                }
                yield stored.unread(unusable.site(), unusable.step(), unusable.failure());
            }
            case ReadPlan.Silent() -> stored.unread();
        };
    }

    @Override
    public List<Plan.Change> changes(ConnectionFacts facts, Connection wanted, Reservation reservation)
            throws InterruptedException {
        return PlannedChanges.read(facts, engine.plans().towards(facts, wanted, reservation));
    }

    @Override
    public List<Plan.Change> removals(ConnectionFacts facts) throws InterruptedException {
        return PlannedChanges.read(facts, engine.plans().removal(facts));
    }

    private PlannedConnection planned(Connection connection, Endpoint local, Endpoint remote) {
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
                        notReadYet(connection, local),
                        notReadYet(connection, remote),
                        taken,
                        wanted.avoided())) {
            case ConnectionPlanner.Result.Impossible(var code, var field, var detail, var hint) ->
                throw Problem.ofPlanner(code, field, detail, hint);
            case ConnectionPlanner.Result.Planned(var plain, var path) -> {
                var here = end(underlay, local);
                var there = end(underlay, remote);
                var reservation = withTransit(connection, plain, here, there);
                yield new PlannedConnection(connection, path, reservation, here, there);
            }
        };
    }

    /** The routers are read now: what stands in the way of joining them is the caller's to know before anything is stored. */
    private Reservation withTransit(
            Connection connection, Reservation plain, SideIntents.End local, SideIntents.End remote) {
        if (connection.service() == Service.L2) {
            return plain;
        }
        return switch (TransitAnswer.of(() -> engine.planTransit(connection, local, remote))) {
            case TransitPlan.Planned(var transit) -> plain.with(transit);
            case TransitPlan.Impossible(var code, var field, var detail, var hint) ->
                throw Problem.ofPlanner(code, field, detail, hint);
            case TransitPlan.Unusable unusable -> throw TransitAnswer.problem(unusable);
        };
    }

    @Override
    public Reservation planUpdate(ConnectionFacts facts, Connection wanted) {
        var held = facts.reservation().orElseThrow();
        var booked = new HashMap<>(stores.connections().bookedMbps());
        held.links().forEach(link -> booked.merge(link, -held.bandwidthMbps(), Integer::sum));
        var underlay = new Underlay(
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                booked);
        var clear = new OtherPaths(stores.connections()).of(wanted, underlay);
        return switch (new ConnectionPlanner(underlay)
                .plan(
                        clear.connection(),
                        endpoint(wanted.localEndpoint()),
                        endpoint(wanted.remoteEndpoint()),
                        Optional.of(new JoinedNetwork(held.localVlan(), 0)),
                        Optional.of(new JoinedNetwork(held.remoteVlan(), 0)),
                        Taken.NOTHING,
                        clear.avoided())) {
            case ConnectionPlanner.Result.Impossible(var code, var field, var detail, var hint) ->
                throw Problem.ofPlanner(code, field, detail, hint);
            case ConnectionPlanner.Result.Planned(var reservation, var _) -> reservation.withVni(held.vni());
        };
    }

    private Endpoint endpoint(UUID id) {
        return stores.endpoints().find(id).orElseThrow().value();
    }

    private Set<Integer> reservedVlans(Underlay underlay, Endpoint endpoint) {
        return underlay.site(endpoint.site())
                .map(site -> stores.connections()
                        .reservedVlans(site.id(), site.cloud().physicalNetwork()))
                .orElse(Set.of());
    }

    /** The VLAN and MTU of a network that is there are read from its Neutron when the connection is made, not for a plan. */
    private static Optional<JoinedNetwork> notReadYet(Connection connection, Endpoint endpoint) {
        return stretchesWhatIsThere(connection, endpoint) ? Optional.of(new JoinedNetwork(0, 0)) : Optional.empty();
    }

    static boolean stretchesWhatIsThere(Connection connection, Endpoint endpoint) {
        return connection.service() == Service.L2 && !(endpoint.network() instanceof EndpointNetwork.Create);
    }

    private static SideIntents.End end(Underlay underlay, Endpoint endpoint) {
        return new SideIntents.End(endpoint, underlay.site(endpoint.site()).orElseThrow());
    }
}
