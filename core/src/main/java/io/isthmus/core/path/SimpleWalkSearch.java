package io.isthmus.core.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Finds the simple path of least weight that passes all of some sites, by relaxing "simple" and taking the relaxation back
 * where it matters (decremental state space relaxation: Righini, Salani, "New dynamic programming algorithms for the resource
 * constrained elementary shortest path problem", Networks 51(3), 2008; Boland, Dethridge, Dumitrescu, "Accelerated label
 * setting algorithms for the elementary resource constrained shortest path problem", Operations Research Letters 34(1),
 * 2006). A label is a walk; it remembers which of the included and of the tracked sites it has passed and passes none of
 * those twice. Of the labels at a site that passed the same included sites, one that weighs no more and passed no other
 * tracked site dominates. If the walk of least weight passes a site twice, that site is tracked and the search begins again;
 * if it passes none twice, it is the answer. Labels are taken in the order of a lower bound over all orders of the included
 * sites that are missing (Held, Karp, "A dynamic programming approach to sequencing problems", J. SIAM 10(1), 1962).
 */
final class SimpleWalkSearch {
    /** So many labels are taken before the search gives up. */
    static final int MOST_LABELS = 60_000;

    private static final int MOST_TRACKED = Long.SIZE - 1;

    /** What the search found. */
    sealed interface Result {
        record Found(List<Integer> links) implements Result {}

        record Missed() implements Result {}

        /** A path, if there is one, weighs at least so much. */
        record Limited(Weight atLeast) implements Result {}
    }

    /** @param passed the included sites in its low bits, then the tracked ones */
    private record Label(
            int site,
            long passed,
            Weight soFar,
            Weight bound,
            int hops,
            int link,
            @Nullable Label before,
            int number) implements Comparable<Label> {
        @Override
        public int compareTo(Label other) {
            int byBound = bound.compareTo(other.bound);
            return byBound != 0 ? byBound : Integer.compare(number, other.number);
        }
    }

    private record Place(int site, long included) {}

    private final UnderlayGraph graph;
    private final int from;
    private final int to;
    private final BitSet left;
    private final long allIncluded;
    private final int mostLabels;
    private final IncludeBounds bounds;
    private final int[] bitOf;
    private int bits;
    private int taken;
    private Weight atLeast = Weight.ZERO;

    SimpleWalkSearch(UnderlayGraph graph, int from, int to, BitSet left, int[] include) {
        this(graph, from, to, left, include, MOST_LABELS);
    }

    SimpleWalkSearch(UnderlayGraph graph, int from, int to, BitSet left, int[] include, int mostLabels) {
        this.mostLabels = mostLabels;
        this.graph = graph;
        this.from = from;
        this.to = to;
        this.left = left;
        bounds = new IncludeBounds(graph, from, to, left, include);
        allIncluded = (1L << include.length) - 1;
        bitOf = new int[graph.siteCount()];
        Arrays.fill(bitOf, -1);
        for (int site : include) {
            bitOf[site] = bits++;
        }
    }

    Result find() {
        while (true) {
            var walk = leastWalk();
            if (walk.isEmpty()) {
                return taken >= mostLabels ? new Result.Limited(atLeast) : new Result.Missed();
            }
            int[] path = links(walk.get());
            var twice = passedTwice(path);
            if (twice.isEmpty()) {
                return new Result.Found(Arrays.stream(path).boxed().toList());
            }
            if (bits + twice.cardinality() > MOST_TRACKED) {
                return new Result.Limited(atLeast);
            }
            twice.stream().forEach(site -> bitOf[site] = bits++);
        }
    }

    private Optional<Label> leastWalk() {
        var queue = new PriorityQueue<Label>();
        var settled = new HashMap<Place, List<Long>>();
        int numbers = 0;
        queue.add(new Label(from, 0, Weight.ZERO, bounds.at(from, allIncluded), 0, -1, null, numbers++));
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (taken >= mostLabels) {
                return Optional.empty();
            }
            taken++;
            atLeast = Weight.greatest(atLeast, next.bound());
            if (next.site() == to) {
                return Optional.of(next);
            }
            if (isDominated(next.site(), next.passed(), settled)) {
                continue;
            }
            settled.computeIfAbsent(place(next.site(), next.passed()), _ -> new ArrayList<>())
                    .add(next.passed());
            for (int link : graph.linksOf(next.site())) {
                if (left.get(link)) {
                    int beyond = graph.across(link, next.site());
                    long passed = passing(beyond, next.passed());
                    if (passed < 0 || isDominated(beyond, passed, settled)) {
                        continue;
                    }
                    var soFar = next.soFar().plus(graph.weight(link));
                    var rest = bounds.at(beyond, allIncluded & ~passed);
                    if (rest.isReachable()) {
                        queue.add(new Label(
                                beyond, passed, soFar, soFar.plus(rest), next.hops() + 1, link, next, numbers++));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** What a label has passed after {@code site}; negative if it must not go there. */
    private long passing(int site, long passed) {
        if (site == from || (site == to && (passed & allIncluded) != allIncluded)) {
            return -1;
        }
        if (bitOf[site] < 0) {
            return passed;
        }
        long bit = 1L << bitOf[site];
        return (passed & bit) != 0 ? -1 : passed | bit;
    }

    /** Labels at one place are taken lightest first, so whatever was settled before weighs no more. */
    private boolean isDominated(int site, long passed, Map<Place, List<Long>> settled) {
        for (long other : settled.getOrDefault(place(site, passed), List.of())) {
            if ((other & ~passed) == 0) {
                return true;
            }
        }
        return false;
    }

    private Place place(int site, long passed) {
        return new Place(site, passed & allIncluded);
    }

    private static int[] links(Label last) {
        int[] path = new int[last.hops()];
        for (var label = last; label.before() != null; label = label.before()) {
            path[label.hops() - 1] = label.link();
        }
        return path;
    }

    private BitSet passedTwice(int[] path) {
        var once = new BitSet();
        var twice = new BitSet();
        for (int site : graph.sitesAlong(from, path)) {
            (once.get(site) ? twice : once).set(site);
        }
        return twice;
    }
}
