package io.isthmus.southbound.openstack;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import tools.jackson.databind.JsonNode;

/**
 * What a cloud's Placement says is free. One request: a question for candidates for the smallest server there is, whose answer
 * sums up every host that could take one. Hosts that are full are not in it, and add nothing.
 */
final class Placement {
    private static final String QUESTION = "/allocation_candidates?resources=VCPU%3A1%2CMEMORY_MB%3A1&limit=5000";

    private final ServiceWire wire;
    private final Cloud cloud;

    Placement(ServiceWire wire, Cloud cloud) {
        this.wire = wire;
        this.cloud = cloud;
    }

    Capacity free() throws NotDone, InterruptedException {
        if (cloud.kind() == CloudKind.CELL) {
            throw NotDone.refused(
                    "placement_without_cells",
                    "Placement does not tell which host is in which cell",
                    "Declare the site's capacity.");
        }
        var summaries = wire.read(QUESTION).path("provider_summaries");
        if (!summaries.isObject()) {
            throw wire.error("answered with something that is not its JSON");
        }
        return new Capacity(free(summaries, "VCPU"), free(summaries, "MEMORY_MB"), free(summaries, "DISK_GB"));
    }

    /** The capacity has the allocation ratio and what is reserved taken into account already. */
    private static int free(JsonNode summaries, String resource) {
        long free = 0;
        for (var provider : summaries) {
            var has = provider.path("resources").path(resource);
            free += Math.max(
                    0, has.path("capacity").asLong(0) - has.path("used").asLong(0));
        }
        return (int) Math.min(Integer.MAX_VALUE, free);
    }
}
