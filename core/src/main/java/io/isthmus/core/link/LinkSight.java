package io.isthmus.core.link;

import java.time.Duration;
import java.time.Instant;

/**
 * What probes between the gateways at a link's ends say of it.
 *
 * @param latencyMs one way, half of the median round trip; it moves only where more than noise moved it
 * @param samples how many replies it is the median of
 * @param at when the link was last probed
 * @param answers false after rounds without any reply
 * @param slow whether the link was told to be slower than declared
 */
public record LinkSight(double latencyMs, int samples, Instant at, boolean answers, boolean slow) {
    /** An older one says nothing of the link as it is. */
    public static final Duration FRESH = Duration.ofMinutes(5);

    public LinkSight {
        if (!(latencyMs >= 0) || samples < 1) {
            throw new IllegalArgumentException("a latency has at least one sample: " + latencyMs + " ms, " + samples);
        }
    }

    public boolean isFresh(Instant now) {
        return now.isBefore(at.plus(FRESH));
    }

    LinkSight at(Instant now, boolean answering) {
        return new LinkSight(latencyMs, samples, now, answering, slow);
    }
}
