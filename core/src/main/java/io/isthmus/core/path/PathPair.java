package io.isthmus.core.path;

/** Two paths between the same sites as the numbers of their links. */
final class PathPair {
    private final int[] first;
    private final int[] second;
    private final Weight weight;
    private final long slowestNanos;

    private PathPair(int[] first, int[] second, Weight weight, long slowestNanos) {
        this.first = first;
        this.second = second;
        this.weight = weight;
        this.slowestNanos = slowestNanos;
    }

    static PathPair of(UnderlayGraph graph, int[] one, int[] other) {
        var weightOfOne = graph.weigh(one);
        var weightOfOther = graph.weigh(other);
        return new PathPair(
                one,
                other,
                weightOfOne.plus(weightOfOther),
                Math.max(weightOfOne.latencyNanos(), weightOfOther.latencyNanos()));
    }

    int[] first() {
        return first;
    }

    int[] second() {
        return second;
    }

    /** Of both together. */
    Weight weight() {
        return weight;
    }

    boolean isWithin(long mostNanos) {
        return slowestNanos <= mostNanos;
    }
}
