package io.isthmus.southbound;

import io.isthmus.core.side.Goal;
import java.util.List;
import java.util.Optional;

/**
 * One technology's way to make one part of a side what it should be. A driver keeps no state about connections: it reads,
 * compares and changes, and every step may be repeated. Every call has a time limit of the driver's own.
 *
 * @param <I> what it can be asked for
 */
public interface Driver<I> {

    /** Reads what is there and answers the steps that are missing; changes nothing. */
    Outcome<Observed> observe(I intent, Goal goal) throws InterruptedException;

    /**
     * The steps for what was never worked on, known without a look: they find out by themselves what is in their way, and harm
     * nothing if they were carried out before. Empty where only {@link #observe} can tell them.
     */
    default List<Step> fromNothing(I intent) {
        return List.of();
    }

    /** Carries the steps out in order and stops at the first that is not done; the caller observes again afterwards. */
    Outcome<Applied> apply(I intent, List<Step> steps, StepListener listener) throws InterruptedException;

    /**
     * All steps were acknowledged.
     *
     * @param result what the acknowledgements themselves told of the whole part, just as {@link #observe} would answer it now;
     *     empty where they did not tell all of it, so that the caller must observe
     */
    record Applied(int steps, Optional<Observed> result) {
        public Applied(int steps) {
            this(steps, Optional.empty());
        }
    }
}
