package io.isthmus.core.link;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Decides what rounds of probes say of a link, and what is worth telling. A link is slow when its latency exceeds the declared
 * one by {@code factor} and {@code marginMs}, and no longer when it is within half of that; in between it stays as it was.
 *
 * @param rounds how many rounds the latency is the median of, and how many in a row without a reply tell that it is down
 */
public record LatencyPolicy(double factor, double marginMs, int rounds) {
    public static final LatencyPolicy USUAL = new LatencyPolicy(0.25, 1, 3);

    /** Less is noise. */
    private static final double NOISE_MS = 0.2;

    private static final double NOISE_FACTOR = 0.05;

    /**
     * One round of probes.
     *
     * @param medianMs one way; zero without replies
     */
    public record Round(double medianMs, int replies) {
        public static final Round SILENT = new Round(0, 0);
    }

    /** What is told. */
    public enum News {
        LATENCY_EXCEEDED,
        LATENCY_RESTORED,
        DOWN,
        UP
    }

    /** @param next empty while no probe was answered yet */
    public record Decision(Optional<LinkSight> next, Optional<News> news) {}

    /** The latency above which a link is slow. */
    public double limitMs(double declaredMs) {
        return declaredMs * (1 + factor) + marginMs;
    }

    /**
     * Decides after a round.
     *
     * @param before what was known
     * @param recent the last rounds, as many as {@code rounds} or fewer, the newest last
     */
    public Decision decide(double declaredMs, Optional<LinkSight> before, List<Round> recent, Instant now) {
        var answered = recent.stream().filter(round -> round.replies() > 0).toList();
        if (recent.isEmpty() || (answered.isEmpty() && before.isEmpty())) {
            return new Decision(before, Optional.empty());
        }
        if (recent.getLast().replies() == 0) {
            return whenSilent(before, recent, answered, now);
        }
        var measured = median(answered);
        var latency = before.map(LinkSight::latencyMs)
                .filter(known -> Math.abs(known - measured) <= Math.max(NOISE_MS, known * NOISE_FACTOR))
                .orElse(measured);
        int samples = answered.stream().mapToInt(Round::replies).sum();
        boolean wasSlow = before.map(LinkSight::slow).orElse(false);
        boolean slow = answered.size() < rounds ? wasSlow : isSlow(declaredMs, latency, wasSlow);
        var next = new LinkSight(latency, samples, now, true, slow);
        if (before.isPresent() && !before.get().answers()) {
            // How fast it is now is told after the next round.
            return new Decision(Optional.of(new LinkSight(latency, samples, now, true, wasSlow)), Optional.of(News.UP));
        }
        return new Decision(
                Optional.of(next),
                slow == wasSlow ? Optional.empty() : Optional.of(slow ? News.LATENCY_EXCEEDED : News.LATENCY_RESTORED));
    }

    private Decision whenSilent(Optional<LinkSight> before, List<Round> recent, List<Round> answered, Instant now) {
        boolean down = recent.size() >= rounds && answered.isEmpty();
        return new Decision(
                before.map(known -> down ? known.at(now, false) : known),
                before.filter(known -> known.answers() && down).map(_ -> News.DOWN));
    }

    private boolean isSlow(double declaredMs, double latencyMs, boolean wasSlow) {
        return wasSlow ? latencyMs > declaredMs * (1 + factor / 2) + marginMs / 2 : latencyMs > limitMs(declaredMs);
    }

    private static double median(List<Round> rounds) {
        var sorted = rounds.stream().mapToDouble(Round::medianMs).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
