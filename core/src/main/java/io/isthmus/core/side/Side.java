package io.isthmus.core.side;

import io.isthmus.core.site.SiteId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One site's share of a connection, as last seen.
 *
 * @param touched whether anything was ever sent to the site for this connection, so that there may be something to remove
 * @param facts what the site allocated, by field name: {@code network_id}, {@code segmentation_id}, {@code mtu}, …
 */
public record Side(
        SideRole role,
        SiteId site,
        SideStatus status,
        boolean touched,
        SortedMap<String, String> facts,
        Optional<StepError> lastError) {
    public Side {
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Side pending(SideRole role, SiteId site) {
        return new Side(role, site, SideStatus.PENDING, false, Collections.emptySortedMap(), Optional.empty());
    }

    /** Stored before the first request that may change something is sent. */
    public Side applying() {
        return new Side(role, site, SideStatus.APPLYING, true, facts, lastError);
    }

    public Side applied(SortedMap<String, String> found) {
        return new Side(role, site, SideStatus.APPLIED, true, found, Optional.empty());
    }

    public Side removing() {
        return new Side(role, site, SideStatus.REMOVING, touched, facts, lastError);
    }

    public Side removed() {
        return new Side(role, site, SideStatus.REMOVED, false, Collections.emptySortedMap(), lastError);
    }

    public Side failed(StepError error) {
        return new Side(role, site, status, touched, facts, Optional.of(error));
    }
}
