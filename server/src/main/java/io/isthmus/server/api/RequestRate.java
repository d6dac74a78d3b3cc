package io.isthmus.server.api;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A token bucket for each caller: {@code burst} requests at once, {@code perSecond} in the long run. Buckets of callers that
 * were not heard of for longest are forgotten; they would be full again by then, or nearly.
 */
final class RequestRate {
    static final int MOST_CALLERS = 10_000;

    private final int perSecond;
    private final int burst;
    private final Map<String, Bucket> buckets = new Bounded();

    RequestRate(int perSecond, int burst) {
        this.perSecond = perSecond;
        this.burst = burst;
    }

    private record Bucket(double level, Instant at) {}

    private static final class Bounded extends LinkedHashMap<String, Bucket> {
        private static final long serialVersionUID = 1;

        Bounded() {
            super(16, 0.75f, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > MOST_CALLERS;
        }
    }

    /** Takes one request of a caller; answers how long it has to wait first, which is zero if it may come now. */
    synchronized Duration take(String caller, Instant now) {
        if (perSecond == 0) {
            return Duration.ZERO;
        }
        var bucket = buckets.getOrDefault(caller, new Bucket(burst, now));
        var rested = Math.max(0, Duration.between(bucket.at(), now).toNanos() / 1e9);
        var level = Math.min(burst, bucket.level() + rested * perSecond);
        if (level < 1) {
            buckets.put(caller, new Bucket(level, now));
            return Duration.ofNanos((long) Math.ceil((1 - level) / perSecond * 1e9));
        }
        buckets.put(caller, new Bucket(level - 1, now));
        return Duration.ZERO;
    }
}
