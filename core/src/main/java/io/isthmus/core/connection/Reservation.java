package io.isthmus.core.connection;

import io.isthmus.core.link.Link;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What a connection has for itself, on both sides, before anything is sent.
 *
 * @param vni the VXLAN network identifier, unique over all sites
 * @param localVlan unique on the local site's physical network
 * @param remoteVlan unique on the remote site's physical network
 * @param sites the path's sites, from local to remote
 * @param links the path's links, in that order
 * @param latencyMs the path's latency, one way
 * @param mtu what the joined networks may send in one packet, computed over path and encapsulation
 * @param bandwidthMbps booked on every link of the path; zero for best effort
 * @param asns the AS numbers of the gateways of the path's sites, in that order, where traffic has to be steered onto the
 *     path; empty where the underlay takes it by itself
 */
public record Reservation(
        int vni,
        int localVlan,
        int remoteVlan,
        List<SiteId> sites,
        List<UUID> links,
        double latencyMs,
        int mtu,
        int bandwidthMbps,
        List<Long> asns) {
    public Reservation {
        sites = List.copyOf(sites);
        links = List.copyOf(links);
        asns = List.copyOf(asns);
        if (!asns.isEmpty() && asns.size() != sites.size()) {
            throw new IllegalArgumentException("every site of a steered path has an AS number: " + sites);
        }
    }

    /** Over a path that the underlay takes by itself. */
    public Reservation(
            int vni,
            int localVlan,
            int remoteVlan,
            List<SiteId> sites,
            List<UUID> links,
            double latencyMs,
            int mtu,
            int bandwidthMbps) {
        this(vni, localVlan, remoteVlan, sites, links, latencyMs, mtu, bandwidthMbps, List.of());
    }

    public boolean steered() {
        return !asns.isEmpty();
    }

    /**
     * The path with what its links are now.
     *
     * @param known every link of the path, and others
     * @throws IllegalArgumentException if a link of the path is not among them
     */
    public Path path(Collection<Link> known) {
        var byId = known.stream().collect(Collectors.toMap(Link::id, Function.identity()));
        return new Path(
                sites,
                links.stream()
                        .map(id -> Optional.ofNullable(byId.get(id))
                                .orElseThrow(() -> new IllegalArgumentException("link " + id + " is not known")))
                        .toList());
    }

    public int vlan(SideRole role) {
        return switch (role) {
            case LOCAL -> localVlan;
            case REMOTE -> remoteVlan;
        };
    }
}
