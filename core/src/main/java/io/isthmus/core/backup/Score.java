package io.isthmus.core.backup;

import io.isthmus.core.backup.BackupChoice.Candidate;
import io.isthmus.core.backup.BackupChoice.Reason;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.Path;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * Scores a candidate: 0 to 100 points, of which each criterion gives its part. What a criterion gives does not depend on the
 * other candidates, so that a site's score does not change when another one comes or goes.
 */
final class Score {
    /** 100 points, in thousandths. */
    static final long WHOLE = 100_000;

    private static final double HALF_LATENCY_MS = 10;
    private static final double HALF_COST = 10;

    private final BackupFacts facts;
    private final Set<String> risks;
    private final Capacity needed;
    private final Weights weights;
    private final Map<SiteId, Long> spares;
    private final long allSpares;

    /** What one criterion says: the value as it is shown, and what it is worth, 0 to 1. */
    private record Worth(Measure value, double part) {}

    Score(BackupFacts facts, Site active, Capacity needed, Weights weights) {
        this.facts = facts;
        this.risks = Set.copyOf(active.failureDomains());
        this.needed = needed;
        this.weights = weights;
        this.spares = facts.sparesOf(active.id());
        this.allSpares = spares.values().stream().mapToLong(Long::longValue).sum();
    }

    Candidate of(Site site, Path path) {
        var reasons = new ArrayList<Reason>();
        long score = 0;
        for (var criterion : Criterion.values()) {
            var worth = worth(criterion, site, path);
            long points = Math.round(WHOLE * weights.part(criterion) * worth.part());
            reasons.add(new Reason(criterion, worth.value(), points));
            score += points;
        }
        return new Candidate(site.id(), score, reasons, path);
    }

    private Worth worth(Criterion criterion, Site site, Path path) {
        return switch (criterion) {
            case LATENCY_MS ->
                new Worth(Measure.of(path.latencyMs()), HALF_LATENCY_MS / (HALF_LATENCY_MS + path.latencyMs()));
            case FREE_CAPACITY -> freeCapacity(site);
            case SHARED_RISK -> {
                var shared = new HashSet<>(site.failureDomains());
                shared.retainAll(risks);
                yield new Worth(Measure.of(shared.size()), 1.0 / (1 + shared.size()));
            }
            case SPARE_BALANCE -> {
                long there = spares.getOrDefault(site.id(), 0L);
                yield new Worth(
                        Measure.of(thousandths(allSpares == 0 ? 0 : (double) there / allSpares)),
                        1 - (double) there / (allSpares + 1));
            }
            case COST -> {
                long cost = path.links().stream().mapToLong(Link::cost).sum();
                yield new Worth(Measure.of((double) cost), HALF_COST / (HALF_COST + cost));
            }
        };
    }

    /** The scarcest of the resources decides. A site whose capacity nobody knows gets nothing for it. */
    private Worth freeCapacity(Site site) {
        var all = site.capacity();
        var free = facts.free(site);
        if (all.isEmpty() || free.isEmpty()) {
            return new Worth(new Measure.Unknown(), 0);
        }
        var left = free.get().minus(needed);
        double least = Stream.<ToIntFunction<Capacity>>of(Capacity::vcpus, Capacity::ramMb, Capacity::diskGb)
                .filter(part -> part.applyAsInt(all.get()) > 0)
                .mapToDouble(part -> (double) part.applyAsInt(left) / part.applyAsInt(all.get()))
                .min()
                .orElse(0);
        return new Worth(Measure.of(thousandths(least)), least);
    }

    private static double thousandths(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
