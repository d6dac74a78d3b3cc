package io.isthmus.core.connection;

import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/** What a caller asks of a connection's path; empty lists ask nothing. */
public record PathConstraints(
        List<SiteId> includeSites,
        List<SiteId> avoidSites,
        List<String> avoidFailureDomains,
        Optional<ConnectionId> disjointFrom) {
    public static final PathConstraints NONE = new PathConstraints(List.of(), List.of(), List.of(), Optional.empty());

    public PathConstraints {
        includeSites = List.copyOf(includeSites);
        avoidSites = List.copyOf(avoidSites);
        avoidFailureDomains = List.copyOf(avoidFailureDomains);
        var both = includeSites.stream().filter(avoidSites::contains).findFirst();
        if (both.isPresent()) {
            throw new IllegalArgumentException("a path cannot both include and avoid site " + both.get());
        }
    }

    public PathConstraints withoutDisjointFrom() {
        return new PathConstraints(includeSites, avoidSites, avoidFailureDomains, Optional.empty());
    }
}
