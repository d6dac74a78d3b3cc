package io.isthmus.server.api;

import io.isthmus.core.path.Path;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * What would be done for a connection.
 *
 * @param localVlan empty where it is the VLAN of a network that has to be read first
 * @param mtu what the joined networks could send in one packet
 */
public record Plan(
        Path path,
        int mtu,
        int vni,
        Optional<Integer> localVlan,
        Optional<Integer> remoteVlan,
        int bandwidthMbps,
        List<Change> changes) {
    public Plan {
        changes = List.copyOf(changes);
    }

    /** One thing that would be made, changed or removed at a site. */
    public record Change(SiteId site, String step, String detail) {}
}
