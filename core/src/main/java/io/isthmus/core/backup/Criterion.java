package io.isthmus.core.backup;

/** What makes one backup better than another. Each gives a candidate 0 to 1, however good the others are. */
public enum Criterion {
    /** The path's latency; 10 ms are worth half. */
    LATENCY_MS(3),
    /** The part of the site's capacity that is left with the spare on it; none is worth nothing. */
    FREE_CAPACITY(2),
    /** How many failure domains the site has in common with the active one; one is worth half. */
    SHARED_RISK(3),
    /** The part of the active site's spares that are there already: its death should not need one other site for all. */
    SPARE_BALANCE(1),
    /** The cost of the path's links together; 10 are worth half. */
    COST(1);

    private final double usualWeight;

    Criterion(double usualWeight) {
        this.usualWeight = usualWeight;
    }

    public double usualWeight() {
        return usualWeight;
    }
}
