package io.isthmus.southbound.openstack;

import java.time.Instant;
import java.time.InstantSource;

/**
 * Passing time on the machine's monotonic clock, for lives of tokens: nobody sets it, and it tells nothing of the date. Only
 * differences of its times mean anything.
 */
public final class SteadyClock implements InstantSource {
    private final long start = System.nanoTime();

    @Override
    public Instant instant() {
        return Instant.EPOCH.plusNanos(System.nanoTime() - start);
    }
}
