package io.isthmus.server.backup;

import io.isthmus.core.backup.BackupFacts;
import io.isthmus.core.backup.Health;
import io.isthmus.core.backup.SpareUse;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.SiteHealth;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads what backups are chosen from, as it is now. */
public final class BackupSources {
    private final Stores stores;
    private final SiteHealth health;
    private final InstantSource clock;

    public BackupSources(Stores stores, SiteHealth health, InstantSource clock) {
        this.stores = stores;
        this.health = health;
        this.clock = clock;
    }

    /** With the links as they are seen: one that was seen down is left out, one that is slower than declared is. */
    public Underlay underlay() {
        return new Underlay(sites(), links(), stores.connections().bookedMbps());
    }

    private List<Link> links() {
        var sights = stores.sights().all();
        var now = clock.instant();
        return stores.links().list(ListQuery.ALL).stream()
                .map(Stored::value)
                .flatMap(link -> Optional.ofNullable(sights.get(link.id()))
                        .filter(sight -> sight.isFresh(now))
                        .map(sight -> asSeen(link, sight).stream())
                        .orElseGet(() -> Stream.of(link)))
                .toList();
    }

    private static Optional<Link> asSeen(Link link, LinkSight sight) {
        return sight.answers()
                ? Optional.of(link.withLatencyMs(Math.clamp(sight.latencyMs(), link.latencyMs(), 10_000)))
                : Optional.empty();
    }

    private List<Site> sites() {
        return stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList();
    }

    /** @param spares that have their site already */
    public BackupFacts facts(Underlay underlay, List<SpareUse> spares) {
        return new BackupFacts(
                new UnderlayGraph(underlay.sites(), underlay.links(), underlay.bookedMbps()),
                underlay.sites(),
                health(),
                measured(),
                spares);
    }

    /** The spares of all backups that are chosen. */
    public List<SpareUse> spares() {
        return stores.choices().list(ListQuery.ALL).stream()
                .map(stored -> stored.value().choice().spare())
                .toList();
    }

    /** What the clouds have free, where they tell. */
    public Map<SiteId, Capacity> measured() {
        var all = new HashMap<SiteId, Capacity>();
        sites().forEach(site -> health.free(site.id()).ifPresent(free -> all.put(site.id(), free)));
        return all;
    }

    /** Of every site, as it was last seen. */
    public Map<SiteId, Health> health() {
        var all = new HashMap<SiteId, Health>();
        for (var site : sites()) {
            all.put(
                    site.id(),
                    switch (health.of(site.id()).status()) {
                        case UNKNOWN -> Health.UNKNOWN;
                        case ONLINE -> Health.ONLINE;
                        case DEGRADED -> Health.DEGRADED;
                        case UNREACHABLE -> Health.UNREACHABLE;
                    });
        }
        return all;
    }
}
