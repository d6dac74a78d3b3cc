package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Predicate;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.graph.WeightedMultigraph;

/**
 * Finds the path of least latency over the underlay's graph. Constraints are applied one after another, so that the answer
 * to an impossible request names the constraint that took the last candidate away.
 */
public final class PathFinder {

    /** What the search found. */
    public sealed interface Result {
        record Found(Path path) implements Result {}

        /** {@code field} is the constraint, in the API's words, that removed the last candidate. */
        record NoPath(String field, String detail) implements Result {}
    }

    private record Constraint(String field, String detail, Predicate<Link> keeps) {}

    private final Collection<Site> sites;
    private final List<Link> links;
    private final Map<UUID, Integer> bookedMbps;

    /**
     * Searches in this underlay.
     *
     * @param bookedMbps what connections have booked on links, by link id
     */
    public PathFinder(Collection<Site> sites, Collection<Link> links, Map<UUID, Integer> bookedMbps) {
        this.sites = List.copyOf(sites);
        // The order decides between paths of equal latency: the answer must not depend on the store's order.
        this.links = links.stream()
                .sorted(Comparator.comparing(Link::aSite)
                        .thenComparing(Link::zSite)
                        .thenComparing(Link::name)
                        .thenComparing(Link::id))
                .toList();
        this.bookedMbps = Map.copyOf(bookedMbps);
    }

    public Result find(PathRequest request) {
        var left = links;
        for (var constraint : constraints(request)) {
            left = left.stream().filter(constraint.keeps()).toList();
            if (!joined(request, left)) {
                return new Result.NoPath(
                        constraint.field(),
                        "no path from %s to %s: %s".formatted(request.from(), request.to(), constraint.detail()));
            }
        }
        var path = leastLatency(request, left);
        if (request.maxLatencyMs().isPresent()
                && path.latencyMs() > request.maxLatencyMs().get()) {
            return new Result.NoPath(
                    "max_latency_ms",
                    "the fastest path from %s to %s takes %s ms one way, over %s"
                            .formatted(request.from(), request.to(), path.latencyMs(), path.sites()));
        }
        return new Result.Found(path);
    }

    private List<Constraint> constraints(PathRequest request) {
        var wanted = request.constraints();
        var constraints = new ArrayList<Constraint>();
        constraints.add(new Constraint("links", "no chain of links joins them", link -> true));
        constraints.add(new Constraint(
                "admin_state_up",
                "the links or sites between them are administratively down",
                link -> link.adminStateUp() && isUp(link.aSite()) && isUp(link.zSite())));
        constraints.add(new Constraint(
                "path.avoid_sites",
                "every path passes one of the sites to avoid, " + wanted.avoidSites(),
                link -> wanted.avoidSites().stream().noneMatch(link::touches)));
        constraints.add(new Constraint(
                "path.avoid_failure_domains",
                "every path shares a failure domain to avoid, " + wanted.avoidFailureDomains(),
                link -> link.failureDomains().stream().noneMatch(wanted.avoidFailureDomains()::contains)
                        && avoidsDomains(link.aSite(), request)
                        && avoidsDomains(link.zSite(), request)));
        constraints.add(new Constraint(
                "bandwidth_mbps",
                "no path has " + request.bandwidthMbps() + " Mbit/s free on every link",
                link -> freeMbps(link) >= request.bandwidthMbps()));
        return constraints;
    }

    private boolean isUp(SiteId id) {
        return sites.stream().filter(site -> site.id().equals(id)).allMatch(Site::adminStateUp);
    }

    /** A transit site in a failure domain to avoid does not serve; the ends are where they are. */
    private boolean avoidsDomains(SiteId id, PathRequest request) {
        if (id.equals(request.from()) || id.equals(request.to())) {
            return true;
        }
        return sites.stream()
                .filter(site -> site.id().equals(id))
                .flatMap(site -> site.failureDomains().stream())
                .noneMatch(request.constraints().avoidFailureDomains()::contains);
    }

    private int freeMbps(Link link) {
        return link.capacityMbps() - bookedMbps.getOrDefault(link.id(), 0);
    }

    private static boolean joined(PathRequest request, List<Link> left) {
        var graph = graph(request, left);
        return new DijkstraShortestPath<>(graph).getPath(request.from(), request.to()) != null;
    }

    private static Path leastLatency(PathRequest request, List<Link> left) {
        var found = new DijkstraShortestPath<>(graph(request, left)).getPath(request.from(), request.to());
        return new Path(found.getVertexList(), found.getEdgeList());
    }

    private static Graph<SiteId, Link> graph(PathRequest request, List<Link> left) {
        var graph = new WeightedMultigraph<SiteId, Link>(Link.class);
        graph.addVertex(request.from());
        graph.addVertex(request.to());
        for (var link : left) {
            graph.addVertex(link.aSite());
            graph.addVertex(link.zSite());
            graph.addEdge(link.aSite(), link.zSite(), link);
            graph.setEdgeWeight(link, link.latencyMs());
        }
        return graph;
    }
}
