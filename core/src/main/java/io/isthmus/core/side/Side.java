package io.isthmus.core.side;

import io.isthmus.core.site.SiteId;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One site's share of a connection, as last seen.
 *
 * @param touchedParts to which anything was ever sent for this connection, so that there may be something to remove
 * @param facts what the site allocated, by field name: {@code network_id}, {@code segmentation_id}, {@code mtu}, …
 * @param drift what audits found to be otherwise than wanted: all that still is, and what was repaired last
 */
public record Side(
        SideRole role,
        SiteId site,
        SideStatus status,
        Set<Part> touchedParts,
        SortedMap<String, String> facts,
        Optional<StepError> lastError,
        List<Drift> drift) {
    public Side {
        touchedParts = Set.copyOf(touchedParts);
        drift = List.copyOf(drift);
        facts = Collections.unmodifiableSortedMap(new TreeMap<>(facts));
    }

    public static Side pending(SideRole role, SiteId site) {
        return new Side(
                role, site, SideStatus.PENDING, Set.of(), Collections.emptySortedMap(), Optional.empty(), List.of());
    }

    /** Whether there may be anything to remove. */
    public boolean touched() {
        return !touchedParts.isEmpty();
    }

    /** Stored before the first request that may change {@code part} is sent. */
    public Side applying(Part part) {
        var parts = EnumSet.of(part);
        parts.addAll(touchedParts);
        return new Side(role, site, SideStatus.APPLYING, parts, facts, lastError, drift);
    }

    /** To be read back again before anybody calls it applied. */
    public Side inDoubt() {
        return new Side(role, site, SideStatus.APPLYING, touchedParts, facts, lastError, drift);
    }

    /** Everything wanted was read back, so both parts have something to remove, whoever made it. */
    public Side applied(SortedMap<String, String> found) {
        return new Side(role, site, SideStatus.APPLIED, EnumSet.allOf(Part.class), found, Optional.empty(), drift);
    }

    public Side removing() {
        return new Side(role, site, SideStatus.REMOVING, touchedParts, facts, lastError, drift);
    }

    public Side removed() {
        return new Side(role, site, SideStatus.REMOVED, Set.of(), Collections.emptySortedMap(), lastError, List.of());
    }

    public Side failed(StepError error) {
        return new Side(role, site, status, touchedParts, facts, Optional.of(error), drift);
    }

    public Side drifted(List<Drift> found) {
        return new Side(role, site, status, touchedParts, facts, lastError, found);
    }
}
