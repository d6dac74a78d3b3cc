package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.southbound.Failure;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.Reserving;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides about one connection as a whole: takes it up, reserves for both sides, lets the sides work, probes, and settles it
 * or gives it up. It sends nothing that changes a site.
 */
final class ConnectionReconciler implements Reconciler<ConnectionId> {
    private static final Logger log = LoggerFactory.getLogger(ConnectionReconciler.class);
    private static final Duration AT_ONCE = Duration.ZERO;

    private final ConnectionStore connections;
    private final EndsFinder endsFinder;
    private final Planning planning;
    private final Prober prober;
    private final Journal journal;
    private final Consumer<SideKey> wakeSide;
    private final InstantSource clock;
    private final EngineSettings settings;
    private final ConnectionRemoval removal;

    ConnectionReconciler(
            ConnectionStore connections,
            EndsFinder endsFinder,
            Planning planning,
            Prober prober,
            Journal journal,
            Consumer<SideKey> wakeSide,
            InstantSource clock,
            EngineSettings settings) {
        this.connections = connections;
        this.endsFinder = endsFinder;
        this.planning = planning;
        this.prober = prober;
        this.journal = journal;
        this.wakeSide = wakeSide;
        this.clock = clock;
        this.settings = settings;
        this.removal = new ConnectionRemoval(connections, journal, wakeSide, clock, settings.removalLimit());
    }

    @Override
    public Result reconcile(ConnectionId id) throws InterruptedException {
        var found = connections.find(id);
        if (found.isEmpty()) {
            return Result.SETTLED;
        }
        var facts = found.get();
        return switch (facts.goal()) {
            case PRESENT -> facts.settled() ? Result.SETTLED : towardsPresent(facts);
            case ROLLED_BACK -> facts.settled() ? Result.SETTLED : removal.reconcile(facts);
            case DELETED, DELETED_BY_FORCE, TOMBSTONE -> removal.reconcile(facts);
        };
    }

    private Result towardsPresent(ConnectionFacts facts) throws InterruptedException {
        var now = clock.instant();
        if (!facts.started()) {
            log.info("connection {} taken up", facts.id());
            connections.start(facts.id(), Optional.of(now.plus(settings.provisioningLimit())), now);
            return new Result.Again(AT_ONCE);
        }
        if (facts.deadlineAt().isPresent() && !now.isBefore(facts.deadlineAt().get())) {
            return giveUp(facts, whyLate(facts, now));
        }
        var ends = endsFinder.of(facts);
        if (facts.reservation().isEmpty()) {
            return reserve(ends);
        }
        if (!facts.bothApplied()) {
            facts.sides().stream()
                    .filter(side -> side.status() != SideStatus.APPLIED)
                    .forEach(side -> wakeSide.accept(new SideKey(facts.id(), side.role())));
            return untilDeadline(facts, now);
        }
        if (!facts.desired().adminStateUp()) {
            activate(facts); // Nothing passes, so there is nothing to probe.
            return new Result.Again(AT_ONCE);
        }
        return probe(ends);
    }

    /** The sides wake this connection when they are done; without them it looks again when its time is up. */
    private static Result untilDeadline(ConnectionFacts facts, Instant now) {
        return facts.deadlineAt()
                .<Result>map(deadline -> new Result.Again(Duration.between(now, deadline)))
                .orElse(Result.SETTLED);
    }

    private Result reserve(Ends ends) throws InterruptedException {
        var facts = ends.facts();
        var step = journal.start(facts.id(), Optional.empty(), "reserve");
        return switch (planning.plan(ends)) {
            case Planning.Result.Unusable(var role, var survey) -> {
                step.failed(survey.failure().detail());
                yield unusable(facts, role, survey);
            }
            case Planning.Result.Impossible(var problem) -> {
                step.failed(problem.detail());
                yield giveUp(facts, impossible(problem));
            }
            case Planning.Result.Planned(var reservation) -> reserve(facts, reservation, step);
        };
    }

    private Result reserve(ConnectionFacts facts, Reservation reservation, Journal.Entry step) {
        switch (connections.reserve(facts.id(), reservation, clock.instant())) {
            case Reserving.Reserved _ -> {
                step.done(describe(reservation));
                log.info("connection {} reserved {}", facts.id(), describe(reservation));
            }
            // Another connection was faster: plan again with what is left.
            case Reserving.Taken taken -> log.info("connection {} plans again: {} is taken", facts.id(), taken);
            case Reserving.NoCapacity none ->
                log.info("connection {} plans again: {} is full", facts.id(), none.link());
        }
        return new Result.Again(AT_ONCE);
    }

    private Result unusable(ConnectionFacts facts, SideRole role, Surveyor.Survey.Unusable survey) {
        var error = error(survey.step(), survey.failure());
        connections.saveError(facts.id(), role, error, clock.instant());
        return survey.lasting() ? giveUp(facts, error) : new Result.Failed(error.detail());
    }

    private static String describe(Reservation reservation) {
        return "VNI %d, VLAN %d and %d, MTU %d, path %s"
                .formatted(
                        reservation.vni(),
                        reservation.localVlan(),
                        reservation.remoteVlan(),
                        reservation.mtu(),
                        reservation.sites());
    }

    private Result probe(Ends ends) throws InterruptedException {
        var facts = ends.facts();
        var step = journal.start(facts.id(), Optional.empty(), ConnectionFacts.PROBE_STEP);
        return switch (prober.probe(ends)) {
            case Prober.Result.NotSent(var role, var failure) -> {
                step.failed(failure.detail());
                connections.saveError(facts.id(), role, error(ConnectionFacts.PROBE_STEP, failure), clock.instant());
                yield new Result.Failed(failure.detail());
            }
            case Prober.Result.Measured(var report) -> {
                connections.saveProbe(facts.id(), report, clock.instant());
                if (!report.passes()) {
                    step.failed(describe(ends, report));
                    yield new Result.Failed("probes do not pass yet");
                }
                step.done(describe(ends, report));
                activate(facts);
                yield new Result.Again(AT_ONCE);
            }
        };
    }

    private void activate(ConnectionFacts facts) {
        journal.close(facts.id());
        if (connections.activate(facts.id(), clock.instant())) {
            log.info("connection {} {}", facts.id(), facts.desired().adminStateUp() ? "active" : "suspended");
            if (facts.previous().isPresent() || facts.updateWasTakenBack()) {
                // Routes settle a moment after the gateways were told: what is in use then is read now.
                for (var role : SideRole.values()) {
                    wakeSide.accept(new SideKey(facts.id(), role));
                }
            }
        }
    }

    static String describe(Ends ends, ProbeReport report) {
        return "%s to %s: %s; %s to %s: %s"
                .formatted(
                        ends.site(SideRole.LOCAL),
                        ends.site(SideRole.REMOTE),
                        describe(report.localToRemote()),
                        ends.site(SideRole.REMOTE),
                        ends.site(SideRole.LOCAL),
                        describe(report.remoteToLocal()));
    }

    private static String describe(ProbeReport.Direction direction) {
        if (direction.loss() >= 1) {
            return "no reply";
        }
        var mtu = direction.mtu();
        return "RTT %.1f ms, loss %.0f %%, MTU %s"
                .formatted(
                        direction.rttMs(),
                        direction.loss() * 100,
                        mtu.isPresent() ? "" + mtu.getAsInt() : "none passes");
    }

    /** Nothing more is made: either everything is put back, or a person is asked. */
    private Result giveUp(ConnectionFacts facts, StepError why) {
        log.warn("connection {} gives up at {}: {}", facts.id(), why.step(), why.detail());
        journal.close(facts.id());
        if (facts.previous().isPresent()) {
            var now = clock.instant();
            connections.takeBack(facts.id(), why, now.plus(settings.provisioningLimit()), now);
            return new Result.Again(AT_ONCE);
        }
        if (facts.activatedAt().isPresent()) {
            connections.failAfterUpdate(facts.id(), why, clock.instant());
            return Result.SETTLED;
        }
        return switch (facts.desired().onFailure()) {
            case ROLLBACK -> {
                var now = clock.instant();
                connections.rollBack(facts.id(), why, now.plus(settings.removalLimit()), now);
                yield new Result.Again(AT_ONCE);
            }
            case RETRY -> {
                connections.fail(facts.id(), why, clock.instant());
                yield Result.SETTLED;
            }
        };
    }

    /** A side that was refused for good asks for this; a connection that was active before is not torn down for it. */
    void sideRefused(ConnectionId id, StepError why) {
        connections
                .find(id)
                .filter(facts -> facts.goal() == ConnectionGoal.PRESENT && !facts.settled())
                .filter(facts ->
                        facts.activatedAt().isEmpty() || facts.previous().isPresent())
                .ifPresent(facts -> giveUp(facts, why));
    }

    private StepError whyLate(ConnectionFacts facts, Instant now) {
        return facts.sides().stream()
                .map(Side::lastError)
                .flatMap(Optional::stream)
                .max(Comparator.comparing(StepError::at))
                .orElseGet(() -> facts.probe()
                        .filter(report -> !report.passes())
                        .map(report -> new StepError(
                                "probe",
                                "probe_failed",
                                "both sides are applied, but probes do not pass: "
                                        + describe(endsFinder.of(facts), report),
                                "call diagnose, or look at the gateways' EVPN sessions and at the links of the path",
                                now))
                        .orElseGet(() -> new StepError(
                                "provision",
                                "deadline_passed",
                                "not finished within " + settings.provisioningLimit(),
                                "look at the steps of the connection's operation",
                                now)));
    }

    private StepError impossible(ConnectionPlanner.Result.Impossible problem) {
        return new StepError("reserve", problem.code(), problem.detail(), problem.hint(), clock.instant());
    }

    private StepError error(String step, Failure failure) {
        return new StepError(step, failure.code(), failure.detail(), failure.hint(), clock.instant());
    }
}
