package io.isthmus.core.path;

import java.util.Arrays;
import java.util.BitSet;

/** What a walk over included sites that are still missing, in any order, and on to the target weighs at least. */
final class IncludeBounds {
    private final Weight[] toTarget;
    private final Weight[][] toIncluded;
    /** By the set of sites that are missing after it, and the included site. */
    private final Weight[][] after;

    IncludeBounds(UnderlayGraph graph, int from, int to, BitSet left, int[] include) {
        var ends = new BitSet();
        ends.set(from);
        ends.set(to);
        var search = new LeastWeight(graph);
        toTarget = search.distancesTo(to, left, ends);
        toIncluded = Arrays.stream(include)
                .mapToObj(site -> search.distancesTo(site, left, ends))
                .toArray(Weight[][]::new);
        after = new Weight[1 << include.length][include.length];
        for (int missing = 0; missing < after.length; missing++) {
            for (int site = 0; site < include.length; site++) {
                after[missing][site] = at(include[site], missing);
            }
        }
    }

    /** The bound at a site, with the included sites of the set {@code missing} ahead. */
    Weight at(int site, long missing) {
        if (missing == 0) {
            return toTarget[site];
        }
        var least = Weight.UNREACHABLE;
        for (int next = 0; next < toIncluded.length; next++) {
            if ((missing & 1L << next) != 0) {
                least = Weight.least(least, toIncluded[next][site].plus(after[(int) missing & ~(1 << next)][next]));
            }
        }
        return least;
    }
}
