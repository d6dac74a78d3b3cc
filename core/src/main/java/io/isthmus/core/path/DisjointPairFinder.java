package io.isthmus.core.path;

import java.util.BitSet;
import java.util.Optional;

/**
 * Finds two paths between the same sites that have little or nothing in common, with the least weight together, each within
 * the request's constraints.
 *
 * <p>Link- and site-disjoint pairs are found in polynomial time ({@link DisjointFlow}). Pairs that share no failure domain
 * are NP-hard (Hu, "Diverse routing in optical mesh networks", IEEE Trans. Communications 51(3), 2003), and so are pairs with a
 * latency that neither may exceed; {@link PairSearch} is exact where it ends within its limit, and otherwise answers the best
 * pair it met, unproven, with what any pair takes at least.
 */
public final class DisjointPairFinder {

    /** What the search found. */
    public sealed interface Result {
        /**
         * Two disjoint paths, the lighter one first.
         *
         * @param proven whether no other pair is better
         * @param leastTotalLatencyMs what the two paths of any such pair take together at the least
         */
        record Found(Path first, Path second, boolean proven, double leastTotalLatencyMs) implements Result {}

        /** {@code field} is the constraint, in the API's words, that removed the last pair. */
        record NoPair(String field, String detail) implements Result {}

        /** The search reached its limit without any pair: there may or may not be one. */
        record Undecided(String field, String detail) implements Result {}
    }

    private static final String FIELD = "path.disjoint_from";

    private final UnderlayGraph graph;
    private final int mostBranches;

    public DisjointPairFinder(UnderlayGraph graph) {
        this(graph, PairSearch.MOST_BRANCHES);
    }

    DisjointPairFinder(UnderlayGraph graph, int mostBranches) {
        this.graph = graph;
        this.mostBranches = mostBranches;
    }

    /**
     * Searches for a pair.
     *
     * @param request what each of the two paths has to satisfy; it includes no sites
     * @throws IllegalArgumentException if it does
     */
    public Result find(PathRequest request, Disjointness level) {
        if (!request.constraints().includeSites().isEmpty()) {
            throw new IllegalArgumentException("a pair of paths cannot be asked to include sites");
        }
        var from = graph.find(request.from());
        var to = graph.find(request.to());
        if (from.isEmpty() || to.isEmpty()) {
            return noPair(LinkConstraints.unlinked(request));
        }
        var constraints = new LinkConstraints(graph, request, from.get(), to.get());
        var left = constraints.left();
        if (!graph.joins(from.get(), to.get(), left)) {
            return noPair(constraints.reason());
        }
        return new Search(request, level, from.get(), to.get(), left).find();
    }

    private static Result.NoPair noPair(PathFinder.Result.NoPath reason) {
        return new Result.NoPair(reason.field(), reason.detail());
    }

    private final class Search {
        private final PathRequest request;
        private final Disjointness level;
        private final int from;
        private final int to;
        private final BitSet left;

        Search(PathRequest request, Disjointness level, int from, int to, BitSet left) {
            this.request = request;
            this.level = level;
            this.from = from;
            this.to = to;
            this.left = left;
        }

        Result find() {
            var flow = flow(level.includes(Disjointness.NODE));
            if (flow.isEmpty()) {
                boolean linksSuffice =
                        level.includes(Disjointness.NODE) && flow(false).isPresent();
                return noneDisjoint(linksSuffice ? "a link or site" : "a link");
            }
            var best = flow.get();
            long most = request.maxLatencyMs().map(Weight::nanos).orElse(Long.MAX_VALUE);
            var footprints = new Footprints(graph, from, to, level);
            if (best.isWithin(most)
                    && footprints.shared(best.first(), best.second()).isEmpty()) {
                return found(best, true, best.weight());
            }
            var outcome = new PairSearch(footprints, left, most, mostBranches).find(best.weight());
            if (outcome.best().isPresent()) {
                return found(outcome.best().get(), outcome.proven(), outcome.atLeast());
            }
            if (!outcome.proven()) {
                return undecided();
            }
            return none(footprints);
        }

        private Optional<PathPair> flow(boolean siteDisjoint) {
            return new DisjointFlow(graph, left, siteDisjoint)
                    .between(from, to)
                    .map(paths -> PathPair.of(graph, paths.getFirst(), paths.getLast()));
        }

        /** There is no pair within the latency; whether there is one without a limit tells which constraint took it away. */
        private Result none(Footprints footprints) {
            if (request.maxLatencyMs().isEmpty()) {
                return noneDisjoint("a failure domain");
            }
            var unlimited = level == Disjointness.SHARED_RISK
                    ? new PairSearch(footprints, left, Long.MAX_VALUE, mostBranches).find(Weight.ZERO)
                    : new PairSearch.Outcome(flow(level.includes(Disjointness.NODE)), true, Weight.ZERO);
            if (unlimited.best().isEmpty() && unlimited.proven()) {
                return noneDisjoint("a failure domain");
            }
            return new Result.NoPair(
                    "max_latency_ms",
                    "no two disjoint paths from %s to %s take %s ms or less each"
                            .formatted(
                                    request.from(),
                                    request.to(),
                                    request.maxLatencyMs().get()));
        }

        private Result found(PathPair pair, boolean proven, Weight atLeast) {
            boolean inOrder = !graph.weigh(pair.second()).isLessThan(graph.weigh(pair.first()));
            return new Result.Found(
                    graph.path(from, inOrder ? pair.first() : pair.second()),
                    graph.path(from, inOrder ? pair.second() : pair.first()),
                    proven,
                    Weight.latencyMs(atLeast.latencyNanos()));
        }

        private Result noneDisjoint(String shared) {
            return new Result.NoPair(
                    FIELD, "every two paths from %s to %s share %s".formatted(request.from(), request.to(), shared));
        }

        private Result undecided() {
            return new Result.Undecided(
                    FIELD,
                    "no two disjoint paths from %s to %s were found within the limits of the search"
                            .formatted(request.from(), request.to()));
        }
    }
}
