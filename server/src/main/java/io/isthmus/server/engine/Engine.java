package io.isthmus.server.engine;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.site.SiteStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine of a node: its work queues, a patrol, and what they need. */
public final class Engine implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(Engine.class);
    private static final long EXPIRE_EVERY_MS = 1_000;
    private static final int MOST_EXPIRED = 1_000;

    private final ConnectionStore connections;
    private final EndsFinder endsFinder;
    private final Prober prober;
    private final Journal journal;
    private final LivenessWatch liveness;
    private final WorkQueue<ConnectionId> connectionQueue;
    private final WorkQueue<SideKey> sideQueue;
    private final WorkQueue<ConnectionId> probeQueue;
    private final ScheduledExecutorService patrol;
    private final InstantSource clock;
    private final EngineSettings settings;
    private final TransitPlanning transits;

    public Engine(
            SiteStore sites,
            LinkStore links,
            EndpointStore endpoints,
            ConnectionStore connections,
            OperationStore operations,
            Drivers drivers,
            GatewaySightings sightings,
            InstantSource clock,
            EngineSettings settings) {
        this.connections = connections;
        this.clock = clock;
        this.settings = settings;
        this.endsFinder = new EndsFinder(endpoints, sites);
        this.transits = new TransitPlanning(sites, connections, drivers, settings.addressPools());
        var planning = new Planning(sites, links, connections, new Surveyor(drivers, sightings), transits);
        this.prober = new Prober(drivers, new NarrowLinks(sites, drivers), clock);
        this.journal = new Journal(operations, clock);
        var backoff = new Backoff(settings.retryFirst(), settings.retryMost());
        this.connectionQueue =
                new WorkQueue<>("connections", backoff, settings.placesForConnections(), connections::sites);
        this.sideQueue = new WorkQueue<>("sides", backoff, settings.placesForSides(), this::site);
        this.probeQueue = new WorkQueue<>("probes", backoff, settings.placesForConnections(), connections::sites);
        this.patrol = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("patrol").factory());
        var connectionReconciler = new ConnectionReconciler(
                connections, endsFinder, planning, prober, journal, sideQueue::wake, clock, settings);
        var sideReconciler = new SideReconciler(
                connections,
                endsFinder,
                drivers,
                sightings,
                new PathsInUse(sites),
                journal,
                connectionQueue::wake,
                connectionReconciler::sideRefused,
                new LateArrivals(settings.lateArrivalLimit()),
                clock);
        this.liveness = new LivenessWatch(connections, sites, endsFinder, drivers, this::lookAt, clock);
        probeQueue.start(this::probe);
        connectionQueue.start(new UnderRequest<>("connection", operations, id -> id, connectionReconciler));
        sideQueue.start(new UnderRequest<>("side", operations, SideKey::connection, sideReconciler));
    }

    /** Takes up what was left unfinished, and begins to look after what is there. */
    public void start() {
        var unsettled = connections.unsettled();
        log.info("{} connections to go on with", unsettled.size());
        unsettled.forEach(connectionQueue::wake);
        later(this::patrol, settings.patrolInterval());
        var _ = patrol.scheduleWithFixedDelay(this::expire, 0, EXPIRE_EVERY_MS, TimeUnit.MILLISECONDS);
        liveness.start();
    }

    /** Reads both routers of an L3 connection and plans what joins them; changes nothing. */
    public TransitPlan planTransit(Connection connection, SideIntents.End local, SideIntents.End remote)
            throws InterruptedException {
        return transits.plan(connection, local, remote);
    }

    /** Looks at a connection soon; called after every change of what is desired. */
    public void wake(ConnectionId id) {
        connectionQueue.wake(id);
    }

    /** Reads both sides back and repairs what differs; takes a connection up again that had been given up. */
    public void reconcile(ConnectionId id) {
        var found = connections.find(id);
        if (found.isEmpty() || found.get().goal() != ConnectionGoal.PRESENT) {
            return;
        }
        var now = clock.instant();
        connections.takeUpAgain(id, Optional.of(now.plus(settings.provisioningLimit())), now);
        lookAt(id);
        connectionQueue.wake(id);
    }

    /** Probes a connection soon, in both directions, and stores what was measured. */
    public void verifySoon(ConnectionId id) {
        probeQueue.wake(id);
    }

    private Reconciler.Result probe(ConnectionId id) throws InterruptedException {
        var found = connections.find(id);
        if (found.isEmpty()
                || found.get().goal() != ConnectionGoal.PRESENT
                || !found.get().desired().adminStateUp()
                || !found.get().bothApplied()) {
            return Reconciler.Result.SETTLED;
        }
        switch (prober.probe(endsFinder.of(found.get()))) {
            case Prober.Result.Measured(var report) -> connections.saveProbe(id, report, clock.instant());
            case Prober.Result.NotSent(var role, var failure) ->
                connections.saveError(
                        id,
                        role,
                        new StepError(
                                ConnectionFacts.PROBE_STEP,
                                failure.code(),
                                failure.detail(),
                                failure.hint(),
                                clock.instant()),
                        clock.instant());
        }
        return Reconciler.Result.SETTLED;
    }

    /** Active connections are read back and probed again, so that what is said of them stays true. */
    private void patrol() {
        var next = settings.patrolInterval();
        try {
            var round = PatrolRound.over(
                    connections.toAudit(), settings.patrolInterval(), EngineSettings.LOOKS_AT_ONE_SITE_APART);
            round.looks().forEach(look -> later(() -> lookAt(look.connection()), look.after()));
            next = round.length().compareTo(next) > 0 ? round.length() : next;
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            log.error("a patrol failed unexpectedly", fault);
        }
        later(this::patrol, next);
    }

    private void lookAt(ConnectionId id) {
        for (var role : SideRole.values()) {
            sideQueue.wake(new SideKey(id, role));
        }
        probeQueue.wake(id);
    }

    private void later(Runnable work, Duration delay) {
        try {
            var _ = patrol.schedule(work, delay.toMillis(), TimeUnit.MILLISECONDS);
        } catch (RejectedExecutionException _) {
            log.debug("the engine closes: no more patrols");
        }
    }

    private List<SiteId> site(SideKey key) {
        var sites = connections.sites(key.connection());
        if (sites.isEmpty()) {
            return List.of();
        }
        return List.of(key.role() == SideRole.LOCAL ? sites.getFirst() : sites.getLast());
    }

    /** Deletes what was ordered until now. Another node may do the same: the second finds nothing to do. */
    private void expire() {
        try {
            var now = clock.instant();
            for (var id : connections.expired(now, MOST_EXPIRED)) {
                log.info("connection {} has expired", id);
                connections.requestDeletion(id, OptionalLong.empty(), UUID.randomUUID(), Optional.empty(), now);
                connectionQueue.wake(id);
            }
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            log.error("a look for what has expired failed unexpectedly", fault);
        }
    }

    /** The engine's queues as they are now. */
    public List<QueueState> queues() {
        return List.of(connectionQueue.state(), sideQueue.state(), probeQueue.state());
    }

    @Override
    public void close() {
        patrol.shutdownNow();
        liveness.close();
        connectionQueue.close();
        sideQueue.close();
        probeQueue.close();
        journal.close();
    }
}
