package io.isthmus.server.webhook;

import java.time.Duration;

/**
 * How patient the node is with those who want events.
 *
 * @param attempts so often an event is sent before it is given up
 * @param firstPause after the first attempt that failed; doubled each time, up to {@code longestPause}, and varied by a half
 * @param answerWithin how long a receiver may take
 */
public record WebhookSettings(int attempts, Duration firstPause, Duration longestPause, Duration answerWithin) {
    /** Some ten minutes in all. */
    public static final WebhookSettings DEFAULT =
            new WebhookSettings(9, Duration.ofSeconds(2), Duration.ofMinutes(5), Duration.ofSeconds(10));

    Duration pause(int failures, double random) {
        var doubled = firstPause.multipliedBy(1L << Math.min(20, failures - 1));
        var most = doubled.compareTo(longestPause) < 0 ? doubled : longestPause;
        return Duration.ofNanos((long) (most.toNanos() * (0.5 + random / 2)));
    }
}
