package io.isthmus.southbound.openstack;

import java.net.URI;
import java.time.Instant;
import java.util.SortedMap;

/**
 * A token that Keystone gave, with what it opens. Its text form never shows the token.
 *
 * @param usableUntil on this node's clock, some time before the token expires
 * @param neutrons the URL of each region's Neutron
 */
record Session(String token, String projectId, Instant usableUntil, SortedMap<String, URI> neutrons) {

    /** The Neutron of a region of the catalogue. */
    URI neutron(String region) throws NotDone {
        var url = neutrons.get(region);
        if (url == null) {
            throw NotDone.refused(
                    "region_not_in_catalog",
                    neutrons.isEmpty()
                            ? "Keystone's catalogue has no network service in any region"
                            : "Keystone's catalogue has no network service in region " + region + "; it has "
                                    + String.join(", ", neutrons.keySet()),
                    "Correct the site's region_name, or add the region's network endpoint to Keystone's catalogue.");
        }
        return url;
    }

    @Override
    public String toString() {
        return "Session[project " + projectId + " until " + usableUntil + "]";
    }
}
