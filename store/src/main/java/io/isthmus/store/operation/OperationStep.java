package io.isthmus.store.operation;

import io.isthmus.core.site.SiteId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * One thing that an operation did or does at a site.
 *
 * @param site empty for what concerns no single site, such as reserving
 * @param durationMs empty while it runs
 * @param detail what came of it; empty text if there is nothing to say
 */
public record OperationStep(
        Optional<SiteId> site,
        String step,
        StepState state,
        Instant startedAt,
        Optional<Long> durationMs,
        String detail) {

    public static OperationStep started(Optional<SiteId> site, String step, Instant now) {
        return new OperationStep(site, step, StepState.RUNNING, now, Optional.empty(), "");
    }

    public OperationStep done(StepState outcome, String what, Instant now) {
        var took = Math.max(0, Duration.between(startedAt, now).toMillis());
        return new OperationStep(site, step, outcome, startedAt, Optional.of(took), what);
    }

    /** Whether it is this step, still running. */
    boolean isRunning(Optional<SiteId> where, String what) {
        return state == StepState.RUNNING && site.equals(where) && step.equals(what);
    }
}
