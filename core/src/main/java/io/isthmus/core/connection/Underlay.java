package io.isthmus.core.connection;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * The sites and links that a connection can be planned over.
 *
 * @param bookedMbps what connections have booked on links, by link id
 */
public record Underlay(List<Site> sites, List<Link> links, Map<UUID, Integer> bookedMbps) {
    public Underlay {
        sites = List.copyOf(sites);
        links = List.copyOf(links);
        bookedMbps = Map.copyOf(bookedMbps);
    }

    public Optional<Site> site(SiteId id) {
        return sites.stream().filter(site -> site.id().equals(id)).findFirst();
    }
}
