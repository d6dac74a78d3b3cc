package io.isthmus.core.quota;

/**
 * How much of each resource with a quota: what there may be, what there is, or what is asked for.
 *
 * @param bandwidthMbps the sum of what connections have for themselves
 */
public record Amounts(long connections, long endpoints, long bandwidthMbps) {
    public static final Amounts ONE_ENDPOINT = new Amounts(0, 1, 0);

    /** What a change of bandwidth asks for; to have less asks for nothing. */
    public static Amounts moreBandwidth(int beforeMbps, int afterMbps) {
        return new Amounts(0, 0, Math.max(0, afterMbps - beforeMbps));
    }
}
