package io.isthmus.southbound.openstack;

import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.util.List;

/** Carries steps out in order, stopping at the first that is not done. */
final class StepRun {
    /** How one step is done. */
    @FunctionalInterface
    interface Work {
        void carryOut(Step step) throws NotDone, InterruptedException;
    }

    private StepRun() {}

    /** Answers how many were done, which is all of them. */
    static int run(List<Step> steps, StepListener listener, Work work) throws NotDone, InterruptedException {
        int done = 0;
        for (var step : steps) {
            listener.started(step);
            try {
                work.carryOut(step);
            } catch (NotDone notDone) {
                // Unreachable says that nothing was changed, which is no longer so.
                throw done > 0 && notDone.kind() == NotDone.Kind.UNREACHABLE
                        ? notDone.as(NotDone.Kind.UNKNOWN)
                        : notDone;
            }
            done++;
            listener.done(step);
        }
        return done;
    }
}
