package io.isthmus.server.engine;

import java.time.Duration;

/** Brings one thing closer to what is desired, and says when to look at it again. */
@FunctionalInterface
interface Reconciler<K> {
    Result reconcile(K key) throws InterruptedException;

    /** When to look again. */
    sealed interface Result {
        Result SETTLED = new Settled();

        /** Nothing is left to do until somebody wakes it. */
        record Settled() implements Result {}

        /** There is something to look at after {@code delay}; no fault. */
        record Again(Duration delay) implements Result {}

        /** The outside world failed; look again, the later the more often that happens. */
        record Failed(String reason) implements Result {}
    }
}
