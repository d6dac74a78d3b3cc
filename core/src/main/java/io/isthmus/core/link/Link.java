package io.isthmus.core.link;

import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.UUID;

/**
 * An existing underlay adjacency between two sites, usable in both directions.
 *
 * @param latencyMs one way, in milliseconds
 * @param capacityMbps in each direction
 * @param mtu the largest IP packet, in bytes, that crosses it whole
 * @param cost what a path over it counts, where cost decides
 * @param failureDomains shared risks, such as ducts, that take it down together with others
 */
public record Link(
        UUID id,
        String name,
        SiteId aSite,
        SiteId zSite,
        double latencyMs,
        int capacityMbps,
        int mtu,
        int cost,
        List<String> failureDomains,
        boolean adminStateUp) {
    public Link {
        failureDomains = List.copyOf(failureDomains);
        if (aSite.equals(zSite)) {
            throw new IllegalArgumentException("a link joins two different sites: " + aSite);
        }
        if (!(latencyMs >= 0 && latencyMs <= 10_000)) {
            throw new IllegalArgumentException("latency_ms must be within 0 to 10000: " + latencyMs);
        }
        if (capacityMbps < 1) {
            throw new IllegalArgumentException("capacity_mbps must be positive: " + capacityMbps);
        }
        if (mtu < 1280 || mtu > 9216) {
            throw new IllegalArgumentException("mtu must be within 1280 to 9216 bytes: " + mtu);
        }
        if (cost < 0) {
            throw new IllegalArgumentException("cost must not be negative: " + cost);
        }
    }

    public Link withLatencyMs(double other) {
        return new Link(id, name, aSite, zSite, other, capacityMbps, mtu, cost, failureDomains, adminStateUp);
    }

    public boolean touches(SiteId site) {
        return aSite.equals(site) || zSite.equals(site);
    }

    /** The site at the other end. */
    public SiteId across(SiteId site) {
        return aSite.equals(site) ? zSite : aSite;
    }
}
