package io.isthmus.core.backup;

import java.util.EnumMap;
import java.util.Map;

/** How much each criterion counts, relative to the others. A criterion that is not named counts as it usually does. */
public record Weights(Map<Criterion, Double> byCriterion) {
    public static final Weights USUAL = new Weights(Map.of());
    private static final double MOST = 1_000;

    public Weights {
        var all = new EnumMap<Criterion, Double>(Criterion.class);
        for (var criterion : Criterion.values()) {
            double weight = byCriterion.getOrDefault(criterion, criterion.usualWeight());
            if (!(weight >= 0 && weight <= MOST)) {
                throw new IllegalArgumentException("a weight must be within 0 to 1000: " + weight);
            }
            all.put(criterion, weight);
        }
        if (all.values().stream().allMatch(weight -> weight == 0)) {
            throw new IllegalArgumentException("one weight at least must be more than 0");
        }
        byCriterion = Map.copyOf(all);
    }

    /** The part of all weights, 0 to 1. */
    double part(Criterion criterion) {
        double sum = 0;
        for (var each : Criterion.values()) {
            sum += weight(each);
        }
        return weight(criterion) / sum;
    }

    private double weight(Criterion criterion) {
        return byCriterion.getOrDefault(criterion, criterion.usualWeight());
    }
}
