package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * Finds the best path over the underlay: least latency, then least cost, then fewest hops, then first by name. No path
 * passes a site twice. Constraints are applied one after another, so that the answer to an impossible request names the
 * constraint that took the last candidate away: {@code links} (there is no chain of links at all), {@code admin_state_up},
 * {@code path.avoid_sites}, {@code path.avoid_failure_domains}, {@code path.disjoint_from}, {@code mtu},
 * {@code bandwidth_mbps}, {@code path.include_sites}, {@code max_latency_ms}.
 *
 * <p>Exact and fast (Dijkstra) with no site to include, exact in polynomial time (two disjoint paths) with one. With more the
 * question is NP-hard; answers are still exact, but the search is limited and says so when it ends without one
 * ({@link IncludedSites}).
 */
public final class PathFinder {

    /** What the search found. */
    public sealed interface Result {
        record Found(Path path) implements Result {}

        /** {@code field} is the constraint, in the API's words, that removed the last candidate. */
        record NoPath(String field, String detail) implements Result {}

        /** The search reached its limit: a path may or may not exist. {@code field} is what makes the search hard. */
        record Undecided(String field, String detail) implements Result {}
    }

    private final UnderlayGraph graph;

    /**
     * Searches in this underlay.
     *
     * @param bookedMbps what connections have booked on links, by link id
     */
    public PathFinder(Collection<Site> sites, Collection<Link> links, Map<UUID, Integer> bookedMbps) {
        this(new UnderlayGraph(sites, links, bookedMbps));
    }

    public PathFinder(UnderlayGraph graph) {
        this.graph = graph;
    }

    public Result find(PathRequest request) {
        var ends = Ends.of(graph, request);
        if (ends.isEmpty()) {
            return LinkConstraints.unlinked(request);
        }
        int from = ends.get().from();
        int to = ends.get().to();
        var constraints = new LinkConstraints(graph, request, from, to);
        var left = constraints.left();
        var include = request.constraints().includeSites().stream()
                .filter(site -> !site.equals(request.from()) && !site.equals(request.to()))
                .distinct()
                .sorted()
                .toList();
        if (include.isEmpty()) {
            return new LeastWeight(graph)
                    .firstByName(from, to, left)
                    .map(path -> withinLatency(request, graph.path(from, path)))
                    .orElseGet(constraints::reason);
        }
        if (!graph.joins(from, to, left)) {
            return constraints.reason();
        }
        return through(request, include, new IncludedSites(graph, from, to, left));
    }

    private record Ends(int from, int to) {
        static Optional<Ends> of(UnderlayGraph graph, PathRequest request) {
            return graph.find(request.from())
                    .flatMap(from -> graph.find(request.to()).map(to -> new Ends(from, to)));
        }
    }

    private Result through(PathRequest request, List<SiteId> include, IncludedSites search) {
        return switch (search.find(include)) {
            case IncludedSites.Result.Found(var path) -> withinLatency(request, path);
            case IncludedSites.Result.Missed(var detail) ->
                LinkConstraints.noPath(request, "path.include_sites", detail);
            case IncludedSites.Result.Limited(var atLeastNanos, var _)
            when isTooSlow(request, atLeastNanos) ->
                LinkConstraints.noPath(
                        request,
                        "max_latency_ms",
                        "through %s it takes at least %s ms one way"
                                .formatted(include, Weight.latencyMs(atLeastNanos)));
            case IncludedSites.Result.Limited(var _, var detail) ->
                new Result.Undecided(
                        "path.include_sites",
                        "no answer for %s to %s within the limits of the search: %s"
                                .formatted(request.from(), request.to(), detail));
        };
    }

    private static Result withinLatency(PathRequest request, Path path) {
        return isTooSlow(request, path.latencyNanos())
                ? new Result.NoPath(
                        "max_latency_ms",
                        "the fastest path from %s to %s takes %s ms one way, over %s"
                                .formatted(request.from(), request.to(), path.latencyMs(), path.sites()))
                : new Result.Found(path);
    }

    static boolean isTooSlow(PathRequest request, long latencyNanos) {
        return request.maxLatencyMs().isPresent()
                && latencyNanos > Weight.nanos(request.maxLatencyMs().get());
    }

    /** The path with the largest MTU among those that satisfy everything else that is asked; the best of them. */
    public Optional<Path> widest(PathRequest request) {
        int[] mtus = graph.mtus();
        Optional<Path> widest = Optional.empty();
        int low = 0;
        int high = mtus.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            if (find(request.withMtu(mtus[middle])) instanceof Result.Found(var path)) {
                widest = Optional.of(path);
                low = middle + 1;
            } else {
                high = middle - 1;
            }
        }
        return widest;
    }
}
