package io.isthmus.core.path;

import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.site.SiteId;
import java.util.Optional;

/**
 * What a path has to satisfy.
 *
 * @param bandwidthMbps what every link must have free; zero asks for none
 * @param mtu the underlay packet, in bytes and with its encapsulation, that every link must carry whole; zero asks for none
 * @param maxLatencyMs one way over the whole path
 * @param avoided the path of the connection that {@code constraints.disjointFrom} names
 */
public record PathRequest(
        SiteId from,
        SiteId to,
        int bandwidthMbps,
        int mtu,
        Optional<Double> maxLatencyMs,
        PathConstraints constraints,
        Optional<Avoided> avoided) {
    public PathRequest {
        if (from.equals(to)) {
            throw new IllegalArgumentException("a path joins two different sites: " + from);
        }
        if (constraints.disjointFrom().isPresent() && avoided.isEmpty()) {
            throw new IllegalArgumentException("the path to be disjoint from is not given: "
                    + constraints.disjointFrom().get());
        }
    }

    /** A request that any MTU serves and that is disjoint from nothing. */
    public PathRequest(
            SiteId from, SiteId to, int bandwidthMbps, Optional<Double> maxLatencyMs, PathConstraints constraints) {
        this(from, to, bandwidthMbps, 0, maxLatencyMs, constraints, Optional.empty());
    }

    PathRequest withMtu(int other) {
        return new PathRequest(from, to, bandwidthMbps, other, maxLatencyMs, constraints, avoided);
    }
}
