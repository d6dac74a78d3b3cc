package io.isthmus.core.site;

import java.util.List;
import java.util.Optional;

/**
 * One datacenter with one OpenStack cell, region or instance.
 *
 * @param capacity what it has for spares; empty where that is not declared
 */
public record Site(
        SiteId id,
        String name,
        Optional<Location> location,
        List<String> failureDomains,
        Cloud cloud,
        List<Gateway> gateways,
        boolean adminStateUp,
        Optional<Capacity> capacity) {
    public Site {
        failureDomains = List.copyOf(failureDomains);
        gateways = List.copyOf(gateways);
        if (gateways.stream().map(Gateway::name).distinct().count() != gateways.size()) {
            throw new IllegalArgumentException("two gateways of a site have the same name");
        }
    }

    /** A site whose capacity is not declared. */
    public Site(
            SiteId id,
            String name,
            Optional<Location> location,
            List<String> failureDomains,
            Cloud cloud,
            List<Gateway> gateways,
            boolean adminStateUp) {
        this(id, name, location, failureDomains, cloud, gateways, adminStateUp, Optional.empty());
    }

    /** The gateway that carries the site's connections: the first one. */
    public Optional<Gateway> gateway() {
        return gateways.stream().findFirst();
    }
}
