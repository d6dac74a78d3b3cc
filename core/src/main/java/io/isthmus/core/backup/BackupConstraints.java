package io.isthmus.core.backup;

import io.isthmus.core.path.Avoided;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What a backup site must satisfy.
 *
 * @param maxLatencyMs one way over the path from the active site
 * @param minBandwidthMbps what every link of that path must have free; zero asks for none
 * @param minDistanceKm how far away it must be at the least, along the great circle
 * @param maxDistanceKm and at the most
 * @param resources what it must have room for
 * @param users the paths that the active site's users take, which the path to the backup must keep clear of
 */
public record BackupConstraints(
        Optional<Double> maxLatencyMs,
        int minBandwidthMbps,
        Set<String> excludeFailureDomains,
        Set<SiteId> excludeSites,
        Optional<Double> minDistanceKm,
        Optional<Double> maxDistanceKm,
        Capacity resources,
        List<Avoided> users) {
    public static final BackupConstraints NONE = new BackupConstraints(
            Optional.empty(), 0, Set.of(), Set.of(), Optional.empty(), Optional.empty(), Capacity.NONE, List.of());

    public BackupConstraints {
        excludeFailureDomains = Set.copyOf(excludeFailureDomains);
        excludeSites = Set.copyOf(excludeSites);
        users = List.copyOf(users);
        mustNotBeNegative("max_latency_ms", maxLatencyMs.orElse(0.0));
        mustNotBeNegative("min_bandwidth_mbps", minBandwidthMbps);
        mustNotBeNegative("min_distance_km", minDistanceKm.orElse(0.0));
        mustNotBeNegative("max_distance_km", maxDistanceKm.orElse(0.0));
        if (minDistanceKm.isPresent() && maxDistanceKm.isPresent() && minDistanceKm.get() > maxDistanceKm.get()) {
            throw new IllegalArgumentException(
                    "min_distance_km is more than max_distance_km: no site can be as far as that");
        }
    }

    /** The same with other needs. */
    public BackupConstraints needing(Capacity other) {
        return new BackupConstraints(
                maxLatencyMs,
                minBandwidthMbps,
                excludeFailureDomains,
                excludeSites,
                minDistanceKm,
                maxDistanceKm,
                other,
                users);
    }

    private static void mustNotBeNegative(String field, double value) {
        if (!(value >= 0)) {
            throw new IllegalArgumentException(field + " must not be negative: " + value);
        }
    }
}
