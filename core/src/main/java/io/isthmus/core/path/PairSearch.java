package io.isthmus.core.path;

import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Finds the disjoint pair of least weight by branching on what two paths share (conflict-based search: Sharon, Stern, Felner,
 * Sturtevant, "Conflict-based search for optimal multi-agent pathfinding", Artificial Intelligence 219, 2015). Each branch
 * has a set of links for either path and the two paths of least weight in them. If these share something, one of the two has
 * to give it up: two branches. Branches are taken in the order of their weight, so the first one without a conflict is the
 * best. On the way, each new path is paired with the lightest one disjoint from it, so that there is an answer, if not a
 * proven one, when the limit is reached.
 */
final class PairSearch {
    /** So many branches are taken before the search gives up. */
    static final int MOST_BRANCHES = 400;

    /**
     * What the search found.
     *
     * @param proven whether the best is the best there is, or there is none
     * @param atLeast what any pair weighs at the least
     */
    record Outcome(Optional<PathPair> best, boolean proven, Weight atLeast) {}

    private record Branch(BitSet firstLeft, BitSet secondLeft, PathPair pair, int number)
            implements Comparable<Branch> {
        @Override
        public int compareTo(Branch other) {
            int byWeight = pair.weight().compareTo(other.pair.weight());
            return byWeight != 0 ? byWeight : Integer.compare(number, other.number);
        }
    }

    private final Footprints footprints;
    private final UnderlayGraph graph;
    private final BitSet left;
    private final long mostNanos;
    private final int mostBranches;
    private final LeastWeight leastWeight;
    private final Weight[] bounds;
    private final PriorityQueue<Branch> branches = new PriorityQueue<>();
    private Optional<PathPair> best = Optional.empty();
    private int numbers;

    PairSearch(Footprints footprints, BitSet left, long mostNanos, int mostBranches) {
        this.footprints = footprints;
        this.graph = footprints.graph();
        this.left = left;
        this.mostNanos = mostNanos;
        this.mostBranches = mostBranches;
        leastWeight = new LeastWeight(graph);
        bounds = leastWeight.distancesTo(footprints.to(), left, new BitSet());
    }

    /** Searches; no pair is known to weigh less than {@code atLeast}. */
    Outcome find(Weight atLeast) {
        path(left).ifPresent(path -> add(left, left, PathPair.of(graph, path, path)));
        var bound = atLeast;
        for (int taken = 0; ; taken++) {
            var next = branches.poll();
            if (next == null) {
                return new Outcome(best, true, best.map(PathPair::weight).orElse(Weight.UNREACHABLE));
            }
            bound = Weight.greatest(bound, next.pair().weight());
            if (best.isPresent() && !bound.isLessThan(best.get().weight())) {
                return new Outcome(best, true, best.get().weight());
            }
            if (taken == mostBranches) {
                return new Outcome(best, false, bound);
            }
            branch(next);
        }
    }

    private void branch(Branch branch) {
        var shared = footprints.shared(branch.pair().first(), branch.pair().second());
        if (shared.isEmpty()) {
            consider(branch.pair());
            return;
        }
        var given = mostTelling(shared, branch);
        var secondLeft = without(branch.secondLeft(), given);
        path(secondLeft).ifPresent(path -> {
            pairUp(path);
            add(branch.firstLeft(), secondLeft, PathPair.of(graph, branch.pair().first(), path));
        });
        // While both have the same links, it does not matter which one gives way.
        if (!branch.firstLeft().equals(branch.secondLeft())) {
            var firstLeft = without(branch.firstLeft(), given);
            path(firstLeft).ifPresent(path -> {
                pairUp(path);
                add(
                        firstLeft,
                        branch.secondLeft(),
                        PathPair.of(graph, path, branch.pair().second()));
            });
        }
    }

    /** What one of the two cannot do without leaves only one branch, or none; otherwise the first. */
    private BitSet mostTelling(List<BitSet> shared, Branch branch) {
        for (var given : shared) {
            if (!joins(without(branch.firstLeft(), given)) || !joins(without(branch.secondLeft(), given))) {
                return given;
            }
        }
        return shared.getFirst();
    }

    private boolean joins(BitSet links) {
        return graph.joins(footprints.from(), footprints.to(), links);
    }

    private void add(BitSet firstLeft, BitSet secondLeft, PathPair pair) {
        if (best.isEmpty() || pair.weight().isLessThan(best.get().weight())) {
            branches.add(new Branch(firstLeft, secondLeft, pair, numbers++));
        }
    }

    private void pairUp(int[] path) {
        path(without(left, footprints.of(path))).ifPresent(other -> consider(PathPair.of(graph, path, other)));
    }

    private void consider(PathPair pair) {
        if (best.isEmpty() || pair.weight().isLessThan(best.get().weight())) {
            best = Optional.of(pair);
        }
    }

    /** The path of least weight over these links; empty if it takes too long. */
    private Optional<int[]> path(BitSet links) {
        return leastWeight
                .towards(footprints.from(), footprints.to(), links, bounds)
                .filter(path -> graph.weigh(path).latencyNanos() <= mostNanos);
    }

    private static BitSet without(BitSet links, BitSet taken) {
        var result = (BitSet) links.clone();
        result.andNot(taken);
        return result;
    }
}
