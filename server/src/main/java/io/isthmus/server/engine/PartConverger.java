package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.side.Goal;
import io.isthmus.southbound.Driver;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Brings one part of a side to its goal: observe, do what is missing, and observe again until nothing is. What was never
 * worked on is made first and then observed: there is nothing to see before.
 */
final class PartConverger {
    /** One to make it, one to find it made; one more for a reply that was lost or another's change in between. */
    private static final int ROUNDS = 3;

    /** How far a part came. */
    sealed interface Converged {
        record Reached(SortedMap<String, String> facts, int stepsDone) implements Converged {}

        /** Asking again unchanged will not help. */
        record Refused(String step, Failure failure) implements Converged {}

        /** It may work later. */
        record NotYet(String step, Failure failure) implements Converged {}

        /** The goal has changed meanwhile: nothing more was sent. */
        record Overtaken() implements Converged {}
    }

    /** Told of each round of requests that may change something. */
    interface Sending {
        /** Whether nothing was ever sent for the part. */
        default boolean first() {
            return false;
        }

        /** Which of the steps that would reach the goal are to be carried out; none, if all that differs may stay. */
        default List<Step> choose(Observed observed) {
            return observed.steps();
        }

        /** Called when all was acknowledged, before it is read back; it may wait for what should come first. */
        default void beforeReadingBack() throws InterruptedException {}

        /** For what goes away: nobody needs to know whether such a request comes late. */
        Sending FREELY = new Sending() {
            @Override
            public boolean granted() {
                return true;
            }

            @Override
            public void answered() {}
        };

        /** Asked before anything is sent; what it stores must be durable when it answers. */
        boolean granted();

        /** Nothing of what was sent can still take effect later than now. */
        void answered();
    }

    private PartConverger() {}

    static <I> Converged converge(
            Driver<I> driver, I intent, Goal goal, String part, Sending sending, StepListener listener)
            throws InterruptedException {
        var stepsDone = 0;
        var unseen = goal == Goal.PRESENT && sending.first() ? driver.fromNothing(intent) : List.<Step>of();
        for (int round = 1; ; round++) {
            Outcome<Observed> seen = round == 1 && !unseen.isEmpty()
                    ? new Outcome.Done<>(new Observed(unseen, new TreeMap<>()))
                    : driver.observe(intent, goal);
            switch (seen) {
                case Outcome.Refused<?>(var failure) -> {
                    return new Converged.Refused(ConnectionFacts.OBSERVE_STEP + part, failure);
                }
                case Outcome.Unreachable<?>(var failure) -> {
                    return new Converged.NotYet(ConnectionFacts.OBSERVE_STEP + part, failure);
                }
                case Outcome.Unknown<?>(var failure) -> {
                    return new Converged.NotYet(ConnectionFacts.OBSERVE_STEP + part, failure);
                }
                case Outcome.Done<Observed>(var observed) -> {
                    var steps = sending.choose(observed);
                    if (steps.isEmpty()) {
                        return new Converged.Reached(observed.facts(), stepsDone);
                    }
                    if (round == ROUNDS) {
                        return new Converged.NotYet("read back " + part, stillMissing(steps));
                    }
                    if (!sending.granted()) {
                        return new Converged.Overtaken();
                    }
                    var current = new CurrentStep(listener, steps.getFirst());
                    switch (driver.apply(intent, steps, current)) {
                        case Outcome.Done<Driver.Applied>(var applied) -> {
                            sending.answered();
                            stepsDone += steps.size();
                            // The acknowledgements may tell of the whole part as it is now: that is reading back.
                            if (applied.result().filter(Observed::goalReached).isPresent()) {
                                return new Converged.Reached(
                                        applied.result().get().facts(), stepsDone);
                            }
                            sending.beforeReadingBack();
                        }
                        case Outcome.Refused<?>(var failure) -> {
                            sending.answered();
                            return new Converged.Refused(current.name(), failure);
                        }
                        case Outcome.Unreachable<?>(var failure) -> {
                            sending.answered();
                            return new Converged.NotYet(current.name(), failure);
                        }
                        case Outcome.Unknown<?>(var failure) -> {
                            // It may have happened: the next round looks, unless this was the last word.
                            if (round + 1 == ROUNDS) {
                                return new Converged.NotYet(current.name(), failure);
                            }
                        }
                    }
                }
            }
        }
    }

    private static Failure stillMissing(List<Step> steps) {
        return new Failure(
                "read_back_differs",
                "every step was acknowledged, but reading back still asks for: "
                        + steps.stream().map(Step::name).distinct().collect(Collectors.joining(", ")),
                "look for another program that changes the same object, then call reconcile");
    }

    /** Remembers the step under way, so that a failure names it. */
    private static final class CurrentStep implements StepListener {
        private final StepListener listener;
        private volatile Step step;

        CurrentStep(StepListener listener, Step first) {
            this.listener = listener;
            this.step = first;
        }

        String name() {
            return step.name();
        }

        @Override
        public void started(Step started) {
            step = started;
            listener.started(started);
        }

        @Override
        public void done(Step done) {
            listener.done(done);
        }
    }
}
