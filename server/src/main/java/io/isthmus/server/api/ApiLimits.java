package io.isthmus.server.api;

import java.time.Duration;

/**
 * How much callers may ask.
 *
 * @param requestsPerSecond of one caller in the long run; 0 for any number
 * @param burst how many at once after a rest
 * @param streamsPerCaller event streams that one caller may have open
 * @param waitsPerCaller requests of one caller that may wait at a time
 * @param recheck how often a token is asked about while its bearer waits
 */
public record ApiLimits(int requestsPerSecond, int burst, int streamsPerCaller, int waitsPerCaller, Duration recheck) {
    public static final ApiLimits DEFAULT = new ApiLimits(100, 1_000, 50, 500, Duration.ofSeconds(5));

    public ApiLimits {
        if (requestsPerSecond < 0) {
            throw new IllegalArgumentException("requests a second are 0 for any number, or more: " + requestsPerSecond);
        }
        if (burst < 1 || streamsPerCaller < 1 || waitsPerCaller < 1) {
            throw new IllegalArgumentException("burst, streams and waits of a caller are at least 1: %d, %d, %d"
                    .formatted(burst, streamsPerCaller, waitsPerCaller));
        }
        if (!recheck.isPositive()) {
            throw new IllegalArgumentException("recheck must be positive: " + recheck);
        }
    }

    public ApiLimits withRate(int perSecond, int atOnce) {
        return new ApiLimits(perSecond, atOnce, streamsPerCaller, waitsPerCaller, recheck);
    }
}
