package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.LateRemoval;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.DriftFinder;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.server.engine.PartConverger.Converged;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.store.connection.ConnectionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
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
        var work = new Work(ends, role);
        var intents = ends.intents(role);
        var gatewayDriver = drivers.of(intents.gateway().gateway()).orElseThrow();
        var open =
                facts.desired().adminStateUp(); // Suspended: its networks stay, but no gateway carries their traffic.
        var both = Parallel.two(
                () -> PartConverger.converge(
                        drivers.cloud(),
                        intents.network(),
                        Goal.PRESENT,
                        "network",
                        work.sending(Part.NETWORK),
                        work.listener()),
                () -> PartConverger.converge(
                        gatewayDriver,
                        intents.gateway(),
                        open ? Goal.PRESENT : Goal.ABSENT,
                        "gateway",
                        open ? work.sending(Part.GATEWAY) : PartConverger.Sending.FREELY,
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
            lateArrivals.forget(key(facts, role));
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
        var work = new Work(ends, role);
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
        var wait = lateArrivals.stillPossibleFor(key(facts, role), facts.side(role), clock.instant());
        if (wait.isPositive()) {
            return new Result.Again(wait); // Absent now, but what was sent before may still come.
        }
        work.save(work.side().removed());
        lateArrivals.forget(key(facts, role));
        wakeConnection.accept(facts.id());
        return Result.SETTLED;
    }

    private Converged removeNetwork(NetworkIntent intent, Work work) throws InterruptedException {
        return PartConverger.converge(
                drivers.cloud(), intent, Goal.ABSENT, "network", PartConverger.Sending.FREELY, work.listener());
    }

    private Converged leaveNetwork(NetworkIntent intent, Work work) throws InterruptedException {
        var facts = work.ends.facts();
        var step = journal.start(facts.id(), Optional.of(work.ends.site(work.role)), LEAVE_STEP);
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

    private static String word(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** Only what was made once is audited; until then every difference is work to do. */
    private static Optional<SideAudit> auditOf(Ends ends, SideRole role) {
        var facts = ends.facts();
        if (!facts.settled() || facts.goal() != ConnectionGoal.PRESENT) {
            return Optional.empty();
        }
        var otherPool = ends.intents(role.other()).network() instanceof NetworkIntent.ProviderNetwork other
                ? Optional.of(other.allocationPool())
                : Optional.<AddressRange>empty();
        var ownVlan = switch (ends.intents(role).network()) {
            case NetworkIntent.ProviderNetwork _, NetworkIntent.RoutedTransit _ -> true;
            case NetworkIntent.ExistingNetwork _, NetworkIntent.ExternalSubnet _ -> false;
        };
        return Optional.of(new SideAudit(new DriftFinder(facts.desired().driftPolicy(), otherPool), ownVlan));
    }

    private static SideKey key(ConnectionFacts facts, SideRole role) {
        return new SideKey(facts.id(), role);
    }

    private Result failed(ConnectionFacts facts, Work work, Converged how) {
        work.ends.end(work.role).site().gateway().ifPresent(sightings::doubt);
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

    /** One look at one side: what is stored of it, and the steps that it takes. */
    private final class Work {
        private final Ends ends;
        private final SideRole role;
        private final Optional<SideAudit> audit;
        private Side side;

        Work(Ends ends, SideRole role) {
            this.ends = ends;
            this.role = role;
            this.side = ends.facts().side(role);
            this.audit = auditOf(ends, role);
        }

        synchronized Side side() {
            return side;
        }

        String site() {
            return ends.site(role).name();
        }

        synchronized void save(Side next) {
            side = next;
            connections.saveSide(ends.facts().id(), next, clock.instant());
        }

        /**
         * Stored before anything is sent, so that after a crash there is no change that nobody looks for; and only while the
         * connection is still wanted, so that nothing is made behind the back of a roll-back.
         */
        private synchronized boolean mayChange(Part part) {
            if (!connections.touch(ends.facts().id(), role, part, clock.instant())) {
                return false;
            }
            side = side.applying(part);
            lateArrivals.sending(key(ends.facts(), role), part);
            return true;
        }

        /** What an audit finds is stored before anything is done about it. */
        private synchronized List<Step> choose(Part part, Observed observed) {
            if (audit.isEmpty()) {
                return observed.steps();
            }
            noteDrift(audit.get().drift(side.drift(), part, observed, clock.instant()));
            return audit.get().toRepair(part, observed.steps());
        }

        private void noteDrift(List<Drift> drift) {
            if (!drift.equals(side.drift())) {
                save(side.drifted(drift));
            }
        }

        /** Reading, or making anew, was refused for what is there: that is a finding, too. */
        synchronized void told(String step, Failure failure) {
            for (var part : Part.values()) {
                var refused =
                        step.equals(ConnectionFacts.OBSERVE_STEP + word(part)) || step.equals("create " + word(part));
                if (audit.isPresent() && refused) {
                    noteDrift(audit.get().drift(side.drift(), part, failure, clock.instant()));
                }
            }
        }

        synchronized boolean applied(SortedMap<String, String> found) {
            var drift = side.drift();
            for (var part : Part.values()) {
                drift = DriftFinder.repaired(drift, part);
            }
            side = side.applied(found).drifted(drift);
            return connections.saveApplied(ends.facts(), side, clock.instant());
        }

        PartConverger.Sending sending(Part part) {
            return new PartConverger.Sending() {
                @Override
                public List<Step> choose(Observed observed) {
                    return Work.this.choose(part, observed);
                }

                @Override
                public boolean granted() {
                    return mayChange(part);
                }

                @Override
                public void answered() {
                    lateArrivals.answered(key(ends.facts(), role), part);
                }
            };
        }

        StepError failed(String step, Failure failure) {
            var error = new StepError(step, failure.code(), failure.detail(), failure.hint(), clock.instant());
            save(side().failed(error));
            journal.start(ends.facts().id(), Optional.of(ends.site(role)), step).failed(failure.detail());
            return error;
        }

        io.isthmus.southbound.StepListener listener() {
            return journal.listener(ends.facts().id(), ends.site(role));
        }
    }
}
