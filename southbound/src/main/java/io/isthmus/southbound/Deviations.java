package io.isthmus.southbound;

import io.isthmus.core.diagnosis.Deviation;

/** A step that is missing, seen as what is wrong without it. */
public final class Deviations {
    private Deviations() {}

    public static Deviation of(Step step) {
        var kind = switch (step.action()) {
            case CREATE -> Deviation.Kind.MISSING;
            case UPDATE -> Deviation.Kind.DIFFERENT;
            case DELETE -> Deviation.Kind.SURPLUS;
        };
        return new Deviation(
                kind,
                step.object(),
                step.identity(),
                step.changes().stream()
                        .map(change -> new Deviation.Field(change.field(), change.observed(), change.wanted()))
                        .toList());
    }
}
