package io.isthmus.core.backup;

import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.path.PathsFrom;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.ToIntFunction;

/** Finds the first constraint that a site breaks, with the value that breaks it. */
final class SiteLimits {
    private static final Measure UNKNOWN = new Measure.Unknown();

    private final BackupFacts facts;
    private final Site active;
    private final BackupConstraints constraints;
    private final PathsFrom paths;

    SiteLimits(BackupFacts facts, Site active, BackupConstraints constraints, PathsFrom paths) {
        this.facts = facts;
        this.active = active;
        this.constraints = constraints;
        this.paths = paths;
    }

    Optional<Rejected> brokenBy(Site site) {
        return excluded(site)
                .or(() -> notInService(site))
                .or(() -> misplaced(site))
                .or(() -> tooSmall(site))
                .or(() -> outOfReach(site))
                .or(() -> unready(site));
    }

    private Optional<Rejected> excluded(Site site) {
        if (constraints.excludeSites().contains(site.id())) {
            var all = String.join(
                    ", ",
                    new TreeSet<>(constraints.excludeSites())
                            .stream().map(Object::toString).toList());
            return rejected(
                    site,
                    Limit.EXCLUDE_SITES,
                    Measure.of(site.id().name()),
                    Measure.of(all),
                    "it is one of the sites to exclude");
        }
        var domains = new TreeSet<>(site.failureDomains());
        domains.retainAll(constraints.excludeFailureDomains());
        if (!domains.isEmpty()) {
            return rejected(
                    site,
                    Limit.EXCLUDE_FAILURE_DOMAINS,
                    Measure.of(String.join(", ", domains)),
                    Measure.of(String.join(", ", new TreeSet<>(constraints.excludeFailureDomains()))),
                    "it is in the failure domain " + String.join(", ", domains) + ", which is excluded");
        }
        return Optional.empty();
    }

    private Optional<Rejected> notInService(Site site) {
        if (!site.adminStateUp()) {
            return rejected(
                    site,
                    Limit.ADMIN_STATE_UP,
                    Measure.of("maintenance"),
                    Measure.of("online"),
                    "it is in maintenance (admin_state_up is false)");
        }
        return switch (facts.health(site.id())) {
            case UNKNOWN, ONLINE -> Optional.empty();
            case DEGRADED -> sick(site, "degraded", "a part of it does not answer");
            case UNREACHABLE -> sick(site, "unreachable", "it does not answer");
        };
    }

    private static Optional<Rejected> sick(Site site, String status, String why) {
        return rejected(site, Limit.STATUS, Measure.of(status), Measure.of("online"), why);
    }

    private Optional<Rejected> misplaced(Site site) {
        if (constraints.minDistanceKm().isEmpty() && constraints.maxDistanceKm().isEmpty()) {
            return Optional.empty();
        }
        double least = constraints.minDistanceKm().orElse(0.0);
        double most = constraints.maxDistanceKm().orElse(Double.MAX_VALUE);
        var criterion = constraints.minDistanceKm().isPresent() ? Limit.MIN_DISTANCE_KM : Limit.MAX_DISTANCE_KM;
        var limit = Measure.of(constraints.minDistanceKm().orElse(most));
        if (active.location().isEmpty() || site.location().isEmpty()) {
            var who = active.location().isEmpty() ? "the active site " + active.id() : "it";
            return rejected(site, criterion, UNKNOWN, limit, "how far it is is not known: " + who + " has no location");
        }
        double distance = active.location().get().distanceKm(site.location().get());
        var value = Measure.of(Math.round(distance * 10) / 10.0);
        if (distance < least) {
            return rejected(
                    site,
                    Limit.MIN_DISTANCE_KM,
                    value,
                    Measure.of(least),
                    "it is too near, %.1f km along the great circle".formatted(distance));
        }
        if (distance > most) {
            return rejected(
                    site,
                    Limit.MAX_DISTANCE_KM,
                    value,
                    Measure.of(most),
                    "it is too far, %.1f km along the great circle".formatted(distance));
        }
        return Optional.empty();
    }

    private Optional<Rejected> tooSmall(Site site) {
        return lacks(site, Limit.VCPUS, "vCPUs", Capacity::vcpus)
                .or(() -> lacks(site, Limit.RAM_MB, "MB of RAM", Capacity::ramMb))
                .or(() -> lacks(site, Limit.DISK_GB, "GB of disk", Capacity::diskGb));
    }

    private Optional<Rejected> lacks(Site site, Limit criterion, String unit, ToIntFunction<Capacity> part) {
        int needed = part.applyAsInt(constraints.resources());
        if (needed == 0) {
            return Optional.empty();
        }
        var free = facts.free(site);
        if (free.isEmpty()) {
            return rejected(
                    site,
                    criterion,
                    UNKNOWN,
                    Measure.of(needed),
                    "what it has free is not known: it has no capacity declared, and its cloud does not tell");
        }
        int there = part.applyAsInt(free.get());
        return there >= needed
                ? Optional.empty()
                : rejected(
                        site,
                        criterion,
                        Measure.of(there),
                        Measure.of(needed),
                        "it has %d %s free, and %d are needed".formatted(there, unit, needed));
    }

    private Optional<Rejected> outOfReach(Site site) {
        var path = paths.to(site.id());
        if (path.isEmpty()) {
            return noPath(site);
        }
        double latency = path.get().latencyMs();
        if (constraints.maxLatencyMs().isPresent()
                && latency > constraints.maxLatencyMs().get()) {
            return rejected(
                    site,
                    Limit.MAX_LATENCY_MS,
                    Measure.of(latency),
                    Measure.of(constraints.maxLatencyMs().get()),
                    "the fastest path takes %s ms one way, over %s"
                            .formatted(latency, path.get().sites()));
        }
        return Optional.empty();
    }

    /** Where no path is left, the value counts those that satisfy the constraint. */
    private Optional<Rejected> noPath(Site site) {
        return switch (paths.obstacle(site.id())) {
            case LINKS ->
                rejected(
                        site,
                        Limit.LINKS,
                        Measure.of(0),
                        Measure.of(1),
                        "no chain of links joins it with " + active.id());
            case ADMIN_STATE ->
                rejected(
                        site,
                        Limit.LINKS_UP,
                        Measure.of(0),
                        Measure.of(1),
                        "the links or sites between it and %s are administratively down".formatted(active.id()));
            case DISJOINTNESS ->
                rejected(
                        site,
                        Limit.DISJOINT_FROM,
                        Measure.of(0),
                        Measure.of(1),
                        "every path to it shares something with the paths that the users of %s take"
                                .formatted(active.id()));
            case BANDWIDTH -> {
                int widest = paths.widestMbps(site.id());
                yield rejected(
                        site,
                        Limit.MIN_BANDWIDTH_MBPS,
                        Measure.of(widest),
                        Measure.of(constraints.minBandwidthMbps()),
                        "the widest path has %d Mbit/s free".formatted(widest));
            }
        };
    }

    private Optional<Rejected> unready(Site site) {
        return facts.readiness(site.id())
                .flatMap(ready -> missing(site, Limit.FLAVOR, "the flavour", ready.flavor())
                        .or(() -> ready.image().flatMap(image -> missing(site, Limit.IMAGE, "the image", image))));
    }

    private static Optional<Rejected> missing(Site site, Limit criterion, String what, Readiness.Part part) {
        return switch (part) {
            case Readiness.Part.Present _, Readiness.Part.Copyable _ -> Optional.empty();
            case Readiness.Part.Missing(var reason) ->
                rejected(
                        site,
                        criterion,
                        Measure.of("missing"),
                        Measure.of("present or copyable"),
                        what + " is not there and cannot be brought there: " + reason);
        };
    }

    private static Optional<Rejected> rejected(
            Site site, Limit criterion, Measure value, Measure limit, String reason) {
        return Optional.of(new Rejected(site.id(), reason, criterion, value, limit));
    }
}
