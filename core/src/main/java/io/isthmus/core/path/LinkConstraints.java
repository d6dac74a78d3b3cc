package io.isthmus.core.path;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The constraints of a request that can be told link by link, in the order in which they are applied. The first one after
 * which the two sites are no longer joined removed the last candidate.
 */
final class LinkConstraints {
    /** {@code takesOut} are the links that the constraint, named in the API's words, does not allow. */
    private record Constraint(String field, String detail, BitSet takesOut) {}

    private final UnderlayGraph graph;
    private final PathRequest request;
    private final int from;
    private final int to;
    private final List<Constraint> constraints = new ArrayList<>();

    LinkConstraints(UnderlayGraph graph, PathRequest request, int from, int to) {
        this.graph = graph;
        this.request = request;
        this.from = from;
        this.to = to;
        var wanted = request.constraints();
        var down = graph.allLinks();
        down.andNot(graph.upLinks());
        add("admin_state_up", "the links or sites between them are administratively down", down);
        add(
                "path.avoid_sites",
                "every path passes one of the sites to avoid, " + wanted.avoidSites(),
                linksAt(wanted.avoidSites().stream()
                        .flatMap(site -> graph.find(site).stream())
                        .toList()));
        add(
                "path.avoid_failure_domains",
                "every path shares a failure domain to avoid, " + wanted.avoidFailureDomains(),
                linksInto(wanted.avoidFailureDomains()));
        request.avoided().ifPresent(this::addDisjointFrom);
        add(
                "mtu",
                "no path carries packets of " + request.mtu() + " bytes",
                where(link -> graph.link(link).mtu() < request.mtu()));
        add(
                "bandwidth_mbps",
                "no path has " + request.bandwidthMbps() + " Mbit/s free on every link",
                where(link -> graph.freeMbps(link) < request.bandwidthMbps()));
    }

    private void addDisjointFrom(Avoided avoided) {
        var takesOut = where(link -> avoided.links().contains(graph.link(link).id()));
        if (avoided.level().includes(Disjointness.NODE)) {
            takesOut.or(linksAt(avoided.sites().stream()
                    .filter(site ->
                            !(avoided.endsAt(site) && (site.equals(request.from()) || site.equals(request.to()))))
                    .flatMap(site -> graph.find(site).stream())
                    .toList()));
        }
        if (avoided.level().includes(Disjointness.SHARED_RISK)) {
            takesOut.or(linksInto(avoided.failureDomains()));
        }
        var shared = switch (avoided.level()) {
            case LINK -> "a link";
            case NODE -> "a link or site";
            case SHARED_RISK -> "a link, site or failure domain";
        };
        add(
                "path.disjoint_from",
                "every path shares %s with the path to be disjoint from, over %s".formatted(shared, avoided.sites()),
                takesOut);
    }

    private void add(String field, String detail, BitSet takesOut) {
        constraints.add(new Constraint(field, detail, takesOut));
    }

    private BitSet where(IntPredicate isTakenOut) {
        var result = new BitSet();
        for (int link = 0; link < graph.linkCount(); link++) {
            result.set(link, isTakenOut.test(link));
        }
        return result;
    }

    private BitSet linksAt(Collection<Integer> sites) {
        var result = new BitSet();
        sites.forEach(site -> result.or(graph.linksAt(site)));
        return result;
    }

    private BitSet linksInto(Collection<String> domains) {
        var result = new BitSet();
        domains.forEach(domain -> result.or(graph.linksInto(domain, from, to)));
        return result;
    }

    /** The links that every constraint allows. */
    BitSet left() {
        var left = graph.allLinks();
        constraints.forEach(constraint -> left.andNot(constraint.takesOut()));
        return left;
    }

    /** Why {@link #left()} does not join the two sites. */
    PathFinder.Result.NoPath reason() {
        var left = graph.allLinks();
        if (!graph.joins(from, to, left)) {
            return unlinked(request);
        }
        for (var constraint : constraints) {
            left.andNot(constraint.takesOut());
            if (!graph.joins(from, to, left)) {
                return noPath(request, constraint.field(), constraint.detail());
            }
        }
        throw new IllegalStateException("the links that are left join " + request.from() + " and " + request.to());
    }

    static PathFinder.Result.NoPath unlinked(PathRequest request) {
        return noPath(request, "links", "no chain of links joins them");
    }

    static PathFinder.Result.NoPath noPath(PathRequest request, String field, String detail) {
        return new PathFinder.Result.NoPath(
                field, "no path from %s to %s: %s".formatted(request.from(), request.to(), detail));
    }
}
