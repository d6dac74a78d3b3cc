package io.isthmus.southbound.openstack;

import java.time.Duration;

/** The moment by which a call of the driver must have answered, on the machine's monotonic clock. */
record Deadline(long nanos) {

    static Deadline after(Duration duration) {
        return new Deadline(System.nanoTime() + duration.toNanos());
    }

    /** What is left until then, but no more than {@code limit}; zero or less if it has passed. */
    Duration left(Duration limit) {
        var left = Duration.ofNanos(nanos - System.nanoTime());
        return left.compareTo(limit) < 0 ? left : limit;
    }

    /** Waits for {@code pause}; answers false, without waiting, if the deadline would pass meanwhile. */
    boolean pause(Duration pause) throws InterruptedException {
        if (left(pause).compareTo(pause) < 0) {
            return false;
        }
        Thread.sleep(pause);
        return true;
    }
}
