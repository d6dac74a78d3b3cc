package io.isthmus.core.path;

import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What a new path must keep clear of, because another connection's path runs over it.
 *
 * @param level how clear
 * @param sites the other path's sites from end to end, both included
 * @param links the ids of its links
 * @param failureDomains those of its links and transit sites
 */
public record Avoided(Disjointness level, List<SiteId> sites, Set<UUID> links, Set<String> failureDomains) {
    public Avoided {
        sites = List.copyOf(sites);
        links = Set.copyOf(links);
        failureDomains = Set.copyOf(failureDomains);
        if (sites.isEmpty()) {
            throw new IllegalArgumentException("a path to be disjoint from has at least one site");
        }
    }

    /** What {@code path} runs over; {@code sites} tells which failure domains its transit sites are in. */
    public static Avoided of(Path path, Collection<Site> sites, Disjointness level) {
        var transit = Set.copyOf(path.transit());
        var links = new HashSet<UUID>();
        var failureDomains = new HashSet<String>();
        for (var link : path.links()) {
            links.add(link.id());
            failureDomains.addAll(link.failureDomains());
        }
        sites.stream()
                .filter(site -> transit.contains(site.id()))
                .forEach(site -> failureDomains.addAll(site.failureDomains()));
        return new Avoided(level, path.sites(), links, failureDomains);
    }

    boolean endsAt(SiteId site) {
        return sites.getFirst().equals(site) || sites.getLast().equals(site);
    }
}
