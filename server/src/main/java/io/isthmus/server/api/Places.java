package io.isthmus.server.api;

import java.util.HashMap;
import java.util.Map;

/** Places that requests hold for long: so many in all, and so many for one caller. */
final class Places {
    private final String what;
    private final int most;
    private final int mostPerCaller;
    /** Guarded by itself. */
    private final Map<String, Integer> held = new HashMap<>();

    private int all;

    Places(String what, int most, int mostPerCaller) {
        this.what = what;
        this.most = most;
        this.mostPerCaller = mostPerCaller;
    }

    /** A place; closing it gives it back. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /** @throws Problem.OverLimit if no place is left for this caller */
    Place take(Caller caller) {
        var key = caller.key();
        synchronized (held) {
            if (held.getOrDefault(key, 0) >= mostPerCaller) {
                throw new Problem.OverLimit(
                        ProblemCode.TOO_MANY_REQUESTS, "one caller may have %d %s".formatted(mostPerCaller, what));
            }
            if (all >= most) {
                throw new Problem.OverLimit(
                        ProblemCode.TOO_MANY_REQUESTS, "there may be %d %s in all".formatted(most, what));
            }
            all++;
            held.merge(key, 1, Integer::sum);
        }
        return () -> giveBack(key);
    }

    private void giveBack(String key) {
        synchronized (held) {
            all--;
            held.computeIfPresent(key, (caller, count) -> count > 1 ? count - 1 : null);
        }
    }
}
