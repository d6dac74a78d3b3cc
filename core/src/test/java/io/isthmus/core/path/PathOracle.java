package io.isthmus.core.path;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Answers by looking at every path, constraint by constraint. */
record PathOracle(RandomUnderlay underlay) {

    /** The field that took away the last candidate, if one did, and otherwise the candidates that are left. */
    record Answer(Optional<String> field, List<Path> left) {}

    Answer answer(PathRequest request) {
        var left = SimplePaths.between(request.from(), request.to(), underlay.links());
        if (left.isEmpty()) {
            return new Answer(Optional.of("links"), List.of());
        }
        for (var constraint : constraints(request).entrySet()) {
            left = left.stream().filter(constraint.getValue()).toList();
            if (left.isEmpty()) {
                return new Answer(Optional.of(constraint.getKey()), List.of());
            }
        }
        return new Answer(
                Optional.empty(), left.stream().sorted(SimplePaths.BEST_FIRST).toList());
    }

    private Map<String, Predicate<Path>> constraints(PathRequest request) {
        var wanted = request.constraints();
        var constraints = new LinkedHashMap<String, Predicate<Path>>();
        constraints.put(
                "admin_state_up",
                path -> path.links().stream().allMatch(link -> link.adminStateUp())
                        && path.sites().stream()
                                .allMatch(site -> underlay.site(site).adminStateUp()));
        constraints.put("path.avoid_sites", path -> Collections.disjoint(path.sites(), wanted.avoidSites()));
        constraints.put(
                "path.avoid_failure_domains",
                path -> Collections.disjoint(domains(path), wanted.avoidFailureDomains()));
        constraints.put(
                "path.disjoint_from",
                path -> request.avoided()
                        .map(avoided -> isClearOf(path, avoided))
                        .orElse(true));
        constraints.put("mtu", path -> path.mtu() >= request.mtu());
        constraints.put(
                "bandwidth_mbps",
                path -> path.links().stream()
                        .allMatch(link ->
                                link.capacityMbps() - underlay.bookedMbps().getOrDefault(link.id(), 0)
                                        >= request.bandwidthMbps()));
        constraints.put("path.include_sites", path -> path.sites().containsAll(wanted.includeSites()));
        constraints.put(
                "max_latency_ms",
                path -> path.latencyMs() <= request.maxLatencyMs().orElse(Double.MAX_VALUE));
        return constraints;
    }

    private boolean isClearOf(Path path, Avoided avoided) {
        if (path.links().stream().anyMatch(link -> avoided.links().contains(link.id()))) {
            return false;
        }
        var ends = Set.of(path.sites().getFirst(), path.sites().getLast());
        var sharedEnds = new HashSet<>(Set.of(avoided.sites().getFirst()));
        sharedEnds.add(avoided.sites().getLast());
        sharedEnds.retainAll(ends);
        var sites = new ArrayList<>(path.sites());
        sites.removeAll(sharedEnds);
        return (avoided.level() == Disjointness.LINK || Collections.disjoint(sites, avoided.sites()))
                && (avoided.level() != Disjointness.SHARED_RISK
                        || Collections.disjoint(domains(path), avoided.failureDomains()));
    }

    private Set<String> domains(Path path) {
        var domains = new HashSet<String>();
        path.links().forEach(link -> domains.addAll(link.failureDomains()));
        underlay.transit(path).forEach(site -> domains.addAll(site.failureDomains()));
        return domains;
    }

    /** The least weight of two disjoint ones among {@code candidates}. */
    Optional<Weight> leastPair(List<Path> candidates, Disjointness level) {
        Optional<Weight> least = Optional.empty();
        for (int one = 0; one < candidates.size(); one++) {
            for (int other = one + 1; other < candidates.size(); other++) {
                var weight = SimplePaths.weight(candidates.get(one)).plus(SimplePaths.weight(candidates.get(other)));
                if ((least.isEmpty() || weight.isLessThan(least.get()))
                        && areDisjoint(candidates.get(one), candidates.get(other), level)) {
                    least = Optional.of(weight);
                }
            }
        }
        return least;
    }

    boolean areDisjoint(Path one, Path other, Disjointness level) {
        return isClearOf(one, Avoided.of(other, underlay.sites(), level));
    }
}
