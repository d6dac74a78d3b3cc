package io.isthmus.southbound.frr;

import java.time.Duration;

/**
 * How long the driver waits for a gateway, and how much it takes from it.
 *
 * @param connect until the TCP connection stands and the gateway has shown its host key
 * @param authentication until the gateway has accepted the key
 * @param execution for one script, from sending it to its end; the gateway itself ends it a second earlier
 * @param firstReply how long a probe waits for the other side to answer at all
 * @param channels how many scripts run on one gateway at once; OpenSSH's own limit is 10
 * @param outputBytes how much output of one script is read
 */
public record FrrLimits(
        Duration connect,
        Duration authentication,
        Duration execution,
        Duration firstReply,
        int channels,
        int outputBytes) {
    public static final FrrLimits DEFAULT = new FrrLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(4), 8, 4_000_000);

    /** A burst and, where packets do not pass whole, the search for those that do. */
    private static final Duration PROBE = Duration.ofSeconds(12);

    public FrrLimits {
        if (connect.isNegative() || authentication.isNegative() || execution.isNegative() || firstReply.isNegative()) {
            throw new IllegalArgumentException("a time limit is not negative");
        }
        if (channels < 1 || outputBytes < 1) {
            throw new IllegalArgumentException("channels and outputBytes must be positive");
        }
    }

    Duration probe() {
        return PROBE.plus(firstReply);
    }
}
