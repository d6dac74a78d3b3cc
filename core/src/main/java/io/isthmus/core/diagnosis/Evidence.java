package io.isthmus.core.diagnosis;

import io.isthmus.core.link.Link;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * Everything that an examination read.
 *
 * @param places the connection's two sides first, then the transit sites of its path; or one site that is examined by itself
 * @param crossings what probes came to, by direction; empty if none could be sent
 * @param path the sites of the connection's path in order; empty where no connection is examined
 * @param links the underlay links that the node knows
 * @param sites all sites that the node knows, to name a neighbour by its AS number
 */
public record Evidence(
        List<SiteEvidence> places, List<Crossing> crossings, List<SiteId> path, List<Link> links, List<Site> sites) {
    public Evidence {
        places = List.copyOf(places);
        crossings = List.copyOf(crossings);
        path = List.copyOf(path);
        links = List.copyOf(links);
        sites = List.copyOf(sites);
    }

    /**
     * What was read at one site.
     *
     * @param intent what its gateway should have for the connection; empty for a transit site
     * @param parts what it has for it
     * @param cloud empty for a transit site, whose cloud does not matter
     */
    public record SiteEvidence(
            Site site,
            Optional<SideRole> side,
            Optional<GatewayIntent> intent,
            Reading<GatewayReading> gateway,
            Reading<PartsReading> parts,
            Optional<CloudReading> cloud) {
        Place place() {
            return new Place(site.id(), side);
        }
    }

    Optional<Site> siteOf(long asn) {
        return sites.stream()
                .filter(site ->
                        site.gateway().filter(gateway -> gateway.asn() == asn).isPresent())
                .findFirst();
    }

    Optional<Link> link(SiteId one, SiteId other) {
        return links.stream()
                .filter(link -> link.touches(one) && link.across(one).equals(other))
                .findFirst();
    }

    /** Whether the planned path goes straight from one to the other; always where no path is examined. */
    boolean isOnPath(SiteId one, SiteId other) {
        int at = path.indexOf(one);
        int to = path.indexOf(other);
        return path.isEmpty() || (at >= 0 && to >= 0 && Math.abs(at - to) == 1);
    }

    Optional<SiteEvidence> at(SideRole role) {
        return places.stream()
                .filter(place -> place.side().equals(Optional.of(role)))
                .findFirst();
    }
}
