package io.isthmus.core.endpoint;

import io.isthmus.core.site.SiteId;
import java.util.UUID;

/**
 * One end of a connection: a site and the network there that is to be joined.
 *
 * @param byAdmin whether an administrator named the network
 */
public record Endpoint(UUID id, String name, String projectId, SiteId site, EndpointNetwork network, boolean byAdmin) {
    /** As what it reaches for networks and routers that were there before. */
    public Claim claim() {
        return new Claim(projectId, byAdmin);
    }

    /** The same end, its network named by somebody else. */
    public Endpoint named(boolean byAdmin) {
        return new Endpoint(id, name, projectId, site, network, byAdmin);
    }

    public boolean isAtTheSameNetworkAs(Endpoint other) {
        return site.equals(other.site) && network.equals(other.network);
    }
}
