package io.isthmus.cli.backup;

import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import java.util.List;
import java.util.Optional;

/** What is asked of a backup, as options. */
final class ConstraintOptions {
    private final Setting<Double> maxLatency;
    private final Setting<Integer> minBandwidth;
    private final Setting<Double> minDistance;
    private final Setting<Double> maxDistance;
    private final Setting<List<String>> excludedSites;
    private final Setting<List<String>> excludedDomains;
    private final Setting<Integer> vcpus;
    private final Setting<Integer> ram;
    private final Setting<Integer> disk;
    private final Setting<List<String>> userSites;
    private final Setting<List<String>> connections;
    private final Setting<String> level;
    private final Setting<List<String>> weights;

    ConstraintOptions(Syntax syntax) {
        maxLatency = syntax.decimal("--max-latency", "MS", "One way over the path between both.");
        minBandwidth = syntax.number("--min-bandwidth", "MBPS", "Free on every link of that path.");
        minDistance = syntax.decimal("--min-distance", "KM", "Along the great circle.");
        maxDistance = syntax.decimal("--max-distance", "KM", "Along the great circle.");
        excludedSites = syntax.repeated("--exclude-site", "SITE", "No backup; may be repeated.");
        excludedDomains = syntax.repeated("--exclude-failure-domain", "NAME", "No backup in it; may be repeated.");
        vcpus = syntax.number("--vcpus", "N", "What the spare needs: vCPUs, ...");
        ram = syntax.number("--ram", "MB", "... memory, ...");
        disk = syntax.number("--disk", "GB", "... and disk.");
        userSites = syntax.repeated(
                "--user-site",
                "ID",
                "Users of the active site are there; the path to the backup keeps clear of theirs; may be repeated.");
        connections = syntax.repeated(
                "--clear-of", "CONNECTION", "Keep clear of this connection's path too (its id); may be repeated.");
        level = syntax.oneOf(
                "--disjoint",
                List.of("link", "node", "shared_risk"),
                "What the path must not share with the users' paths (default: link).");
        weights = syntax.repeated(
                "--weight",
                "CRITERION=N",
                "How much a criterion counts: latency_ms, free_capacity, shared_risk, spare_balance, cost.");
    }

    void fill(Document document) {
        document.put("/constraints/max_latency_ms", maxLatency.name(), maxLatency.value())
                .put("/constraints/min_bandwidth_mbps", minBandwidth.name(), minBandwidth.value())
                .put("/constraints/min_distance_km", minDistance.name(), minDistance.value())
                .put("/constraints/max_distance_km", maxDistance.name(), maxDistance.value())
                .put("/constraints/exclude_sites", excludedSites.name(), excludedSites.value())
                .put("/constraints/exclude_failure_domains", excludedDomains.name(), excludedDomains.value())
                .put("/constraints/resources/vcpus", vcpus.name(), vcpus.value())
                .put("/constraints/resources/ram_mb", ram.name(), ram.value())
                .put("/constraints/resources/disk_gb", disk.name(), disk.value())
                .put("/constraints/disjoint_from/user_sites", userSites.name(), userSites.value())
                .put("/constraints/disjoint_from/connections", connections.name(), connections.value())
                .put("/constraints/disjoint_from/level", level.name(), level.value());
        weights.value().orElseGet(List::of).forEach(weight -> putWeight(document, weight));
    }

    private void putWeight(Document document, String weight) {
        var parts = weight.split("=", 2);
        try {
            document.put(
                    "/weights/" + parts[0].strip(),
                    weights.name(),
                    Optional.of(Double.valueOf(parts[parts.length - 1])));
        } catch (NumberFormatException noNumber) {
            throw Failure.usage("A weight is written CRITERION=NUMBER: " + weight);
        }
    }
}
