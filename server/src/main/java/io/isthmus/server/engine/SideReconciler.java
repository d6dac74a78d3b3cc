package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.LateRemoval;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.server.engine.PartConverger.Converged;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import io.isthmus.store.connection.ConnectionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Works on one side of one connection: its network in the site's Neutron and its part of the site's gateway. It touches no
 * other site. It looks again each time it is woken, also at a side that was applied: drift is a difference like any other.
 */
final class SideReconciler implements Reconciler<SideKey> {
    private static final Logger log = LoggerFactory.getLogger(SideReconciler.class);

    private static final String LEAVE_STEP = "leave network to its users";

    private final ConnectionStore connections;
    private final EndsFinder endsFinder;
    private final Drivers drivers;
    private final GatewaySightings sightings;
    private final PathsInUse pathsInUse;
    private final Journal journal;
    private final Consumer<ConnectionId> wakeConnection;
    private final BiConsumer<ConnectionId, StepError> refused;
    private final LateArrivals lateArrivals;
    private final InstantSource clock;

    /** Makes one; {@code refused} hears of what will not work however often it is asked for. */
    SideReconciler(
            ConnectionStore connections,
            EndsFinder endsFinder,
            Drivers drivers,
            GatewaySightings sightings,
            PathsInUse pathsInUse,
            Journal journal,
            Consumer<ConnectionId> wakeConnection,
            BiConsumer<ConnectionId, StepError> refused,
            LateArrivals lateArrivals,
            InstantSource clock) {
        this.connections = connections;
        this.endsFinder = endsFinder;
        this.drivers = drivers;
        this.sightings = sightings;
        this.pathsInUse = pathsInUse;
        this.journal = journal;
        this.wakeConnection = wakeConnection;
        this.refused = refused;
        this.lateArrivals = lateArrivals;
        this.clock = clock;
    }

    @Override
    public Result reconcile(SideKey key) throws InterruptedException {
        var found = connections.find(key.connection());
        if (found.isEmpty() || found.get().reservation().isEmpty()) {
            return Result.SETTLED;
        }
        var facts = found.get();
        if (facts.goal() == ConnectionGoal.PRESENT && facts.status() == ConnectionStatus.ERROR) {
            return Result.SETTLED; // A person was asked for; reconcile takes it up again.
        }
        return facts.goal() == ConnectionGoal.PRESENT ? present(facts, key.role()) : absent(facts, key.role());
    }

    private Result present(ConnectionFacts facts, SideRole role) throws InterruptedException {
        if (facts.side(role).status() == SideStatus.APPLIED && !facts.settled()) {
            wakeConnection.accept(facts.id()); // Just read back; audits begin once the connection is active.
            return Result.SETTLED;
        }
        var ends = endsFinder.of(facts);
        var work = work(ends, role);
        var intents = ends.intents(role);
        var gatewayDriver = drivers.of(intents.gateway().gateway()).orElseThrow();
        var open =
                facts.desired().adminStateUp(); // Suspended: its networks stay, but no gateway carries their traffic.
        // The gateway is the faster one. Read back at the end, FRR has settled by then, and Neutron is not held up.
        var networkDone = new CountDownLatch(1);
        var both = Parallel.two(
                () -> {
                    try {
                        return PartConverger.converge(
                                drivers.cloud(),
                                intents.network(),
                                Goal.PRESENT,
                                "network",
                                work.sending(Part.NETWORK),
                                work.listener());
                    } finally {
                        networkDone.countDown();
                    }
                },
                () -> PartConverger.converge(
                        gatewayDriver,
                        intents.gateway(),
                        open ? Goal.PRESENT : Goal.ABSENT,
                        "gateway",
                        open ? work.sending(Part.GATEWAY, networkDone) : PartConverger.Sending.FREELY,
                        work.listener()),
                Both::new);
        if (both.network() instanceof Converged.Reached network
                && both.gateway() instanceof Converged.Reached gateway) {
            var found = new TreeMap<>(gateway.facts());
            found.putAll(network.facts());
            pathsInUse.addTo(found, ends, role);
            if (!work.applied(found)) {
                return new Result.Again(java.time.Duration.ZERO); // It is wanted otherwise now.
            }
            lateArrivals.forget(work.key());
            if (facts.settled() && network.stepsDone() + gateway.stepsDone() > 0) {
                log.warn(
                        "connection {} side {} had drifted: {} steps repaired it",
                        facts.id(),
                        work.site(),
                        network.stepsDone() + gateway.stepsDone());
            }
            wakeConnection.accept(facts.id());
            return Result.SETTLED;
        }
        return failed(facts, work, both.worse());
    }

    private record Both(Converged network, Converged gateway) {
        /** Of two faults the one that will not pass by itself. */
        Converged worse() {
            var gatewayIsWorse = gateway instanceof Converged.Refused
                    || network instanceof Converged.Reached
                    || network instanceof Converged.Overtaken;
            return gatewayIsWorse && !(gateway instanceof Converged.Reached) ? gateway : network;
        }
    }

    /** The network goes first: while tenants' ports are on it, it refuses to go, and the traffic goes on. */
    private Result absent(ConnectionFacts facts, SideRole role) throws InterruptedException {
        if (!facts.side(role).touched()) {
            wakeConnection.accept(facts.id());
            return Result.SETTLED;
        }
        var ends = endsFinder.of(facts);
        var work = work(ends, role);
        if (facts.side(role).status() != SideStatus.REMOVING) {
            work.save(work.side().removing());
        }
        var intents = ends.intents(role);
        var touched = facts.side(role).touchedParts();
        if (touched.contains(Part.NETWORK)) {
            var network = removeNetwork(intents.network(), work);
            if (network instanceof Converged.Refused(var _, var why)
                    && LateRemoval.USED.contains(why.code())
                    && facts.goal().leavesWhatIsUsed()) {
                network = leaveNetwork(intents.network(), work);
            }
            if (!(network instanceof Converged.Reached)) {
                return failed(facts, work, network);
            }
        }
        if (touched.contains(Part.GATEWAY)) {
            var driver = drivers.of(intents.gateway().gateway()).orElseThrow();
            var gateway = PartConverger.converge(
                    driver, intents.gateway(), Goal.ABSENT, "gateway", PartConverger.Sending.FREELY, work.listener());
            if (!(gateway instanceof Converged.Reached)) {
                return failed(facts, work, gateway);
            }
        }
        var wait = lateArrivals.stillPossibleFor(work.key(), facts.side(role), clock.instant());
        if (wait.isPositive()) {
            return new Result.Again(wait); // Absent now, but what was sent before may still come.
        }
        work.save(work.side().removed());
        lateArrivals.forget(work.key());
        wakeConnection.accept(facts.id());
        return Result.SETTLED;
    }

    private Converged removeNetwork(NetworkIntent intent, SideWork work) throws InterruptedException {
        return PartConverger.converge(
                drivers.cloud(), intent, Goal.ABSENT, "network", PartConverger.Sending.FREELY, work.listener());
    }

    private Converged leaveNetwork(NetworkIntent intent, SideWork work) throws InterruptedException {
        var facts = work.ends().facts();
        var step = journal.start(facts.id(), Optional.of(work.ends().site(work.role())), LEAVE_STEP);
        return switch (drivers.cloud().leave(intent)) {
            case Outcome.Done<List<String>>(var users) -> {
                step.done("still used by " + String.join(", ", users));
                log.info("connection {} side {}: the network is left to those who use it", facts.id(), work.site());
                yield removeNetwork(intent, work);
            }
            case Outcome.Refused<?>(var failure) -> notLeft(step, failure);
            case Outcome.Unreachable<?>(var failure) -> notLeft(step, failure);
            case Outcome.Unknown<?>(var failure) -> notLeft(step, failure);
        };
    }

    private static Converged notLeft(Journal.Entry step, Failure failure) {
        step.failed(failure.detail());
        return new Converged.NotYet(LEAVE_STEP, failure);
    }

    private SideWork work(Ends ends, SideRole role) {
        return new SideWork(connections, journal, lateArrivals, clock, ends, role);
    }

    private Result failed(ConnectionFacts facts, SideWork work, Converged how) {
        work.ends().end(work.role()).site().gateway().ifPresent(sightings::doubt);
        return switch (how) {
            case Converged.Reached _ -> throw new IllegalStateException("a part that reached its goal did not fail");
            case Converged.Refused(var step, var failure) -> {
                work.told(step, failure);
                var error = work.failed(step, failure);
                refused.accept(facts.id(), error);
                wakeConnection.accept(facts.id());
                yield new Result.Failed(error.detail());
            }
            case Converged.Overtaken() -> {
                wakeConnection.accept(facts.id());
                yield Result.SETTLED;
            }
            case Converged.NotYet(var step, var failure) ->
                new Result.Failed(work.failed(step, failure).detail());
        };
    }
}
