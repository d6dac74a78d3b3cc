package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.SiteId;
import java.util.List;

/** The sites and links that a connection runs over, from its local to its remote site, both included. */
public record Path(List<SiteId> sites, List<Link> links) {
    public Path {
        sites = List.copyOf(sites);
        links = List.copyOf(links);
        if (sites.size() != links.size() + 1) {
            throw new IllegalArgumentException("a path has one site more than links: " + sites);
        }
        for (int hop = 0; hop < links.size(); hop++) {
            var link = links.get(hop);
            if (!link.touches(sites.get(hop)) || !link.across(sites.get(hop)).equals(sites.get(hop + 1))) {
                throw new IllegalArgumentException(
                        "link " + link.name() + " does not join hop " + hop + " of " + sites);
            }
        }
    }

    /** One way, in milliseconds. */
    public double latencyMs() {
        return Weight.latencyMs(latencyNanos());
    }

    long latencyNanos() {
        return links.stream().mapToLong(link -> Weight.nanos(link.latencyMs())).sum();
    }

    /** The largest underlay packet, in bytes, that crosses every link whole. */
    public int mtu() {
        return links.stream().mapToInt(Link::mtu).min().orElse(Integer.MAX_VALUE);
    }

    public List<SiteId> transit() {
        return sites.subList(1, Math.max(1, sites.size() - 1));
    }
}
