package io.isthmus.server.engine;

import java.time.Duration;

/**
 * How long to wait after failures in a row: {@code first}, then twice as long each time, up to {@code most}.
 *
 * <p>With 200 ms and 5 s: 0.2, 0.4, 0.8, 1.6, 3.2, 5, 5, … seconds.
 */
record Backoff(Duration first, Duration most) {
    private static final int DOUBLINGS = 30;

    Backoff {
        if (first.isNegative() || first.isZero() || most.compareTo(first) < 0) {
            throw new IllegalArgumentException("a backoff starts above zero and does not fall: " + first + ", " + most);
        }
    }

    /** The wait after {@code failures} in a row, of which there is at least one. */
    Duration after(int failures) {
        var doubled = first.multipliedBy(1L << Math.min(DOUBLINGS, Math.max(0, failures - 1)));
        return doubled.compareTo(most) < 0 ? doubled : most;
    }
}
