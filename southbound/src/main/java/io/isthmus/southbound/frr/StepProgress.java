package io.isthmus.southbound.frr;

import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.util.List;

/** Follows a script through its steps by the lines that it prints. */
final class StepProgress {
    private static final String BEGIN = "=== begin ";
    private static final String END = "=== end ";

    private final List<Step> steps;
    private final StepListener listener;
    private int done;

    StepProgress(List<Step> steps, StepListener listener) {
        this.steps = steps;
        this.listener = listener;
    }

    void line(String line) {
        if (done < steps.size() && line.equals(BEGIN + done)) {
            listener.started(steps.get(done));
        } else if (done < steps.size() && line.equals(END + done)) {
            listener.done(steps.get(done));
            done++;
        }
    }

    int done() {
        return done;
    }

    boolean complete() {
        return done == steps.size();
    }

    /** The step at which it is or stopped, such as {@code create vxlan vx50000}. */
    String current() {
        if (complete()) {
            return "the last step";
        }
        var step = steps.get(done);
        return step.name() + " " + step.identity();
    }
}
