package io.isthmus.core.connection;

import io.isthmus.core.side.Drift;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * All that is known of a connection at one moment. What is said of it (its status) is derived from this and stored nowhere.
 *
 * @param started whether the engine has taken it up
 * @param settled whether nothing is left to do towards the goal, error included
 * @param activatedAt when probes first passed in both directions
 * @param failure why it is being rolled back, or needs a person
 * @param deadlineAt until when the present waiting state may last
 * @param previous while an update is under way
 * @param liveness what the gateways see all the time; empty until something was amiss for the first time
 */
public record ConnectionFacts(
        Connection desired,
        ConnectionGoal goal,
        boolean started,
        boolean settled,
        Optional<Reservation> reservation,
        Side local,
        Side remote,
        Optional<ProbeReport> probe,
        Optional<Instant> activatedAt,
        Optional<StepError> failure,
        Optional<Instant> deadlineAt,
        Optional<Liveness> liveness,
        Optional<Settings> previous) {
    /** The step that sends probes from a side. */
    public static final String PROBE_STEP = "probe";

    /** How the step of a {@link #failure} begins that only took back an update: the connection is as it was before. */
    public static final String UPDATE_STEP = "update: ";

    /** How the steps that read a part of a side begin. */
    public static final String OBSERVE_STEP = "observe ";

    /** Nothing was amiss yet. */
    public ConnectionFacts(
            Connection desired,
            ConnectionGoal goal,
            boolean started,
            boolean settled,
            Optional<Reservation> reservation,
            Side local,
            Side remote,
            Optional<ProbeReport> probe,
            Optional<Instant> activatedAt,
            Optional<StepError> failure,
            Optional<Instant> deadlineAt) {
        this(
                desired,
                goal,
                started,
                settled,
                reservation,
                local,
                remote,
                probe,
                activatedAt,
                failure,
                deadlineAt,
                Optional.empty(),
                Optional.empty());
    }

    public ConnectionId id() {
        return desired.id();
    }

    public Side side(SideRole role) {
        return switch (role) {
            case LOCAL -> local;
            case REMOTE -> remote;
        };
    }

    public List<Side> sides() {
        return List.of(local, remote);
    }

    public boolean bothApplied() {
        return sides().stream().allMatch(side -> side.status() == SideStatus.APPLIED);
    }

    /** Nothing of this connection is left at either site. */
    public boolean nothingLeft() {
        return sides().stream().noneMatch(Side::touched);
    }

    public ConnectionStatus status() {
        return switch (goal) {
            case DELETED, DELETED_BY_FORCE, TOMBSTONE ->
                failure.isPresent() ? ConnectionStatus.ERROR : ConnectionStatus.DELETING;
            case ROLLED_BACK ->
                settled
                        ? ConnectionStatus.ROLLED_BACK
                        : isRolledBackLate() ? ConnectionStatus.ERROR : ConnectionStatus.ROLLING_BACK;
            case PRESENT -> statusTowardsPresent();
        };
    }

    private ConnectionStatus statusTowardsPresent() {
        if (settled && failure.isPresent() && !updateWasTakenBack()) {
            return ConnectionStatus.ERROR;
        }
        if (previous.isPresent()) {
            return ConnectionStatus.UPDATING;
        }
        if (!started) {
            return ConnectionStatus.REQUESTED;
        }
        if (reservation.isEmpty()) {
            return ConnectionStatus.RESERVING;
        }
        if (!desired.adminStateUp() && activatedAt.isPresent()) {
            return settled ? ConnectionStatus.SUSPENDED : ConnectionStatus.UPDATING;
        }
        return activatedAt.isPresent() ? ConnectionStatus.ACTIVE : ConnectionStatus.PROVISIONING;
    }

    /** Its roll-back did not end in time; it goes on, but nobody is to wait for it. */
    private boolean isRolledBackLate() {
        return goal == ConnectionGoal.ROLLED_BACK && !settled && deadlineAt.isEmpty();
    }

    /** The {@link #failure} as its owner is to hear it: of a late roll-back with what stands in its way. */
    public Optional<StepError> lastError() {
        return isRolledBackLate() ? failure.map(why -> withRest(why)) : failure;
    }

    private StepError withRest(StepError why) {
        var rest = sides().stream()
                .filter(Side::touched)
                .map(side -> "site %s (%s)"
                        .formatted(
                                side.site(),
                                side.lastError().map(StepError::detail).orElse("not read back yet")))
                .collect(Collectors.joining(" and "));
        return new StepError(
                why.step(),
                why.code(),
                "%s; what had been made could not be removed yet at %s".formatted(why.detail(), rest),
                "what is left is removed once that works again, and the status is rolled_back then; see to that site, or"
                        + " delete the connection",
                why.at());
    }

    /** The last update did not pass; everything is as it was before it. */
    public boolean updateWasTakenBack() {
        return failure.filter(why -> why.step().startsWith(UPDATE_STEP)).isPresent();
    }

    public OperStatus operStatus() {
        if (goal != ConnectionGoal.PRESENT || reservation.isEmpty()) {
            return OperStatus.UNKNOWN;
        }
        if (!desired.adminStateUp()) {
            return settled ? OperStatus.DOWN : OperStatus.UNKNOWN;
        }
        if (probe.isEmpty()) {
            return bothApplied() ? OperStatus.TESTING : OperStatus.UNKNOWN;
        }
        switch (liveness.map(Liveness::state).orElse(Liveness.State.UP)) {
            case UP -> {}
            case DOWN -> {
                return OperStatus.DOWN;
            }
            case UNKNOWN -> {
                return OperStatus.UNKNOWN;
            }
        }
        var report = probe.get();
        if (couldNotBeProbedSince(report.at())) {
            return OperStatus.UNKNOWN;
        }
        if (!report.passes()) {
            return OperStatus.DOWN;
        }
        var fullMtu = report.mtu().orElse(0) >= reservation.get().mtu();
        return report.loss() == 0 && fullMtu && runsOverItsPath() ? OperStatus.UP : OperStatus.DEGRADED;
    }

    /** The sites that packets from local to remote crossed when that was last read; empty if it is not known. */
    public List<String> pathInUse() {
        return sitesCrossed(local);
    }

    /** Where the underlay had to go round a failure, packets still arrive, but not as ordered. */
    private boolean runsOverItsPath() {
        var ordered =
                reservation.orElseThrow().sites().stream().map(SiteId::name).toList();
        return (sitesCrossed(local).isEmpty() || sitesCrossed(local).equals(ordered))
                && (sitesCrossed(remote).isEmpty()
                        || sitesCrossed(remote).reversed().equals(ordered));
    }

    private static List<String> sitesCrossed(Side side) {
        var path = side.facts().get("path");
        return path == null ? List.of() : List.of(path.split(" "));
    }

    public SyncStatus syncStatus() {
        if (sides().stream().allMatch(side -> side.status() == SideStatus.PENDING)) {
            return SyncStatus.UNOBSERVED;
        }
        if (settled && goal == ConnectionGoal.PRESENT && activatedAt.isPresent()) {
            return syncStatusOfWhatIsThere();
        }
        return settled && goal == ConnectionGoal.ROLLED_BACK ? SyncStatus.IN_SYNC : SyncStatus.RECONCILING;
    }

    /** What is known to differ comes before what is not known; where a repair failed, it differs. */
    private SyncStatus syncStatusOfWhatIsThere() {
        var status = bothApplied() ? SyncStatus.IN_SYNC : SyncStatus.RECONCILING;
        for (var side : sides()) {
            var failedStep = side.lastError().map(StepError::step).orElse(PROBE_STEP);
            var unread = failedStep.startsWith(OBSERVE_STEP);
            var failed = !unread && !failedStep.equals(PROBE_STEP);
            if (failed || side.drift().stream().anyMatch(Drift::lasts)) {
                return SyncStatus.DRIFTED;
            }
            if (unread) {
                status = SyncStatus.UNOBSERVED;
            } else if (status == SyncStatus.IN_SYNC && side.drift().stream().anyMatch(Drift::beingRepaired)) {
                status = SyncStatus.RECONCILING;
            }
        }
        return status;
    }

    /** What was measured before does not say how it is now. */
    private boolean couldNotBeProbedSince(Instant last) {
        return sides().stream()
                .flatMap(side -> side.lastError().stream())
                .anyMatch(error -> error.step().equals(PROBE_STEP) && error.at().isAfter(last));
    }
}
