package io.isthmus.southbound;

import io.isthmus.core.side.Goal;
import java.util.List;

/**
 * One technology's way to make one part of a side what it should be. A driver keeps no state about connections: it reads,
 * compares and changes, and every step may be repeated. Every call has a time limit of the driver's own.
 *
 * @param <I> what it can be asked for
 */
public interface Driver<I> {

    /** Reads what is there and answers the steps that are missing; changes nothing. */
    Outcome<Observed> observe(I intent, Goal goal) throws InterruptedException;

    /** Carries the steps out in order and stops at the first that is not done; the caller observes again afterwards. */
    Outcome<Applied> apply(I intent, List<Step> steps, StepListener listener) throws InterruptedException;

    /** All steps were acknowledged. */
    record Applied(int steps) {}
}
