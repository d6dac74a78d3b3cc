package io.isthmus.server.site;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.SiteHealth;
import io.isthmus.server.engine.Drivers;
import io.isthmus.server.engine.GatewaySightings;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.site.SiteStore;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every site's cloud and gateways now and then, and soon after a site was described. What it knows is soft: after a
 * restart it looks again.
 */
public final class SiteWatch implements SiteHealth, AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(SiteWatch.class);

    private static final String CLOUD = "cloud";
    private static final Duration BETWEEN_CHECKS = Duration.ofSeconds(1);

    private final SiteStore sites;
    private final Drivers drivers;
    private final GatewaySightings sightings;
    private final InstantSource clock;
    private final Map<SiteId, Seen> seen = new ConcurrentHashMap<>();
    /** A site that hangs is looked at once at a time, and keeps no other waiting. */
    private final Set<SiteId> underWay = ConcurrentHashMap.newKeySet();

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("site-watch").factory());

    /** What a look at a site, as it was described then, found. */
    private record Seen(Site site, Instant at, Report report, Optional<Capacity> free) {}

    public SiteWatch(SiteStore sites, Drivers drivers, GatewaySightings sightings, InstantSource clock) {
        this.sites = sites;
        this.drivers = drivers;
        this.sightings = sightings;
        this.clock = clock;
    }

    public void start(Duration interval) {
        var _ = timer.scheduleWithFixedDelay(
                () -> lookWhereDue(interval), 0, BETWEEN_CHECKS.toMillis(), TimeUnit.MILLISECONDS);
    }

    @Override
    public Report of(SiteId site) {
        var known = seen.get(site);
        return known == null ? new Report(Status.UNKNOWN, List.of()) : known.report();
    }

    private void lookWhereDue(Duration interval) {
        try {
            var known = sites.list(ListQuery.ALL).stream().map(Stored::value).toList();
            seen.keySet()
                    .removeIf(id -> known.stream().noneMatch(site -> site.id().equals(id)));
            sightings.keepOnly(
                    known.stream().flatMap(site -> site.gateways().stream()).collect(Collectors.toSet()));
            known.stream()
                    .filter(site -> isDue(site, interval) && underWay.add(site.id()))
                    .forEach(site -> threads.execute(() -> look(site)));
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next round starts from nothing.
            log.error("looking at the sites failed unexpectedly", fault);
        }
    }

    private boolean isDue(Site site, Duration interval) {
        var known = seen.get(site.id());
        return known == null
                || !known.site().equals(site)
                || !known.at().plus(interval).isAfter(clock.instant());
    }

    private void look(Site site) {
        try {
            var report = report(site);
            var before = seen.put(site.id(), new Seen(site, clock.instant(), report, lookAtCapacity(site, report)));
            if (before == null || before.report().status() != report.status()) {
                log.info("site {} is {}", site.id(), report.status());
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            underWay.remove(site.id());
        }
    }

    @Override
    public Optional<Capacity> free(SiteId site) {
        return Optional.ofNullable(seen.get(site)).flatMap(Seen::free);
    }

    /** A cloud that did not answer is not asked more. That it does not tell its capacity is no fault of it. */
    private Optional<Capacity> lookAtCapacity(Site site, Report report) throws InterruptedException {
        if (report.conditions().stream().anyMatch(condition -> condition.part().equals(CLOUD))) {
            return Optional.empty();
        }
        return drivers.cloud().freeCapacity(site.cloud()) instanceof Outcome.Done<Capacity>(var free)
                ? Optional.of(free)
                : Optional.empty();
    }

    private Report report(Site site) throws InterruptedException {
        var before = of(site.id()).conditions();
        var conditions = new ArrayList<Condition>();
        failure(drivers.cloud().usedVlans(site.cloud())).ifPresent(f -> conditions.add(condition(CLOUD, f, before)));
        var parts = 1;
        for (var gateway : site.gateways()) {
            parts++;
            look(gateway).ifPresent(f -> conditions.add(condition(gateway.name(), f, before)));
        }
        if (conditions.isEmpty()) {
            return new Report(Status.ONLINE, conditions);
        }
        return new Report(conditions.size() == parts ? Status.UNREACHABLE : Status.DEGRADED, conditions);
    }

    private Optional<Failure> look(Gateway gateway) throws InterruptedException {
        var driver = drivers.of(gateway);
        return driver.isPresent()
                ? failure(sightings.look(driver.get(), gateway))
                : Optional.of(new Failure(
                        "driver_unknown",
                        "this node has no driver " + gateway.driver(),
                        "change the gateway's driver; this node has "
                                + drivers.gateways().keySet()));
    }

    /** A condition that goes on keeps the time when it began. */
    private Condition condition(String part, Failure failure, List<Condition> before) {
        var since = before.stream()
                .filter(known -> known.part().equals(part) && known.code().equals(failure.code()))
                .map(Condition::since)
                .findFirst()
                .orElseGet(this::now);
        return new Condition(part, failure.code(), failure.detail(), since);
    }

    private Instant now() {
        return clock.instant();
    }

    private static Optional<Failure> failure(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?> _ -> Optional.empty();
            case Outcome.Refused<?>(var failure) -> Optional.of(failure);
            case Outcome.Unreachable<?>(var failure) -> Optional.of(failure);
            case Outcome.Unknown<?>(var failure) -> Optional.of(failure);
        };
    }

    @Override
    public void close() {
        timer.shutdownNow();
        threads.shutdownNow();
    }
}
