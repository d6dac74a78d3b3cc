package io.isthmus.core.quota;

import java.util.List;
import java.util.Optional;

/**
 * What a project may have at most; {@link #UNLIMITED} of a resource is no limit.
 *
 * @param limits one for each resource
 */
public record Quota(String projectId, Amounts limits) {
    public static final long UNLIMITED = -1;
    /** What a project may have where neither the operator nor an administrator has said otherwise. */
    public static final Amounts DEFAULT = new Amounts(1_000, 2_000, UNLIMITED);

    public Quota {
        check(limits);
    }

    /**
     * Whether these can be limits.
     *
     * @throws IllegalArgumentException if one is less than none
     */
    public static void check(Amounts limits) {
        for (var limit : List.of(limits.connections(), limits.endpoints(), limits.bandwidthMbps())) {
            if (limit < UNLIMITED) {
                throw new IllegalArgumentException("a limit is a number, or -1 for none: " + limit);
            }
        }
    }

    /** One resource of which more is asked for than is left. */
    public record Exceeded(String resource, long limit, long used, long asked) {}

    /** The first resource of which there would be too much; a resource of which nothing is asked cannot be the one. */
    public Optional<Exceeded> exceeded(Amounts used, Amounts asked) {
        return exceeded("connections", limits.connections(), used.connections(), asked.connections())
                .or(() -> exceeded("endpoints", limits.endpoints(), used.endpoints(), asked.endpoints()))
                .or(() -> exceeded(
                        "bandwidth_mbps", limits.bandwidthMbps(), used.bandwidthMbps(), asked.bandwidthMbps()));
    }

    private static Optional<Exceeded> exceeded(String resource, long limit, long used, long asked) {
        return asked > 0 && limit != UNLIMITED && used + asked > limit
                ? Optional.of(new Exceeded(resource, limit, used, asked))
                : Optional.empty();
    }
}
