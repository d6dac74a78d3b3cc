package io.isthmus.core.path;

import io.isthmus.core.link.Link;

/**
 * What a path counts: its latency first, then its cost, then its hops. Weights add up and compare lexicographically, so
 * every algorithm that asks of its lengths no more than an ordered group works with them. Latency is in whole nanoseconds:
 * sums of those do not depend on the order of adding.
 */
record Weight(long latencyNanos, long cost, int hops) implements Comparable<Weight> {
    static final Weight ZERO = new Weight(0, 0, 0);

    /** More than any path counts, and safe to add to. */
    static final Weight UNREACHABLE = new Weight(Long.MAX_VALUE / 8, 0, 0);

    static Weight of(Link link) {
        return new Weight(nanos(link.latencyMs()), link.cost(), 1);
    }

    static long nanos(double latencyMs) {
        return Math.round(latencyMs * 1e6);
    }

    static double latencyMs(long nanos) {
        return nanos / 1e6;
    }

    boolean isReachable() {
        return latencyNanos < UNREACHABLE.latencyNanos / 2;
    }

    Weight plus(Weight other) {
        return new Weight(latencyNanos + other.latencyNanos, cost + other.cost, hops + other.hops);
    }

    Weight minus(Weight other) {
        return new Weight(latencyNanos - other.latencyNanos, cost - other.cost, hops - other.hops);
    }

    boolean isLessThan(Weight other) {
        return compareTo(other) < 0;
    }

    static Weight least(Weight one, Weight other) {
        return other.isLessThan(one) ? other : one;
    }

    static Weight greatest(Weight one, Weight other) {
        return one.isLessThan(other) ? other : one;
    }

    @Override
    public int compareTo(Weight other) {
        if (latencyNanos != other.latencyNanos) {
            return Long.compare(latencyNanos, other.latencyNanos);
        }
        return cost != other.cost ? Long.compare(cost, other.cost) : Integer.compare(hops, other.hops);
    }
}
