package io.isthmus.server.backup;

import io.isthmus.core.backup.BackupFacts;
import io.isthmus.core.backup.Health;
import io.isthmus.core.backup.SpareUse;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.SiteHealth;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads what backups are chosen from, as it is now. */
public final class BackupSources {
    private final Stores stores;
    private final SiteHealth health;

    public BackupSources(Stores stores, SiteHealth health) {
        this.stores = stores;
        this.health = health;
    }

    public Underlay underlay() {
        return new Underlay(
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.connections().bookedMbps());
    }

    /** @param spares that have their site already */
    public BackupFacts facts(Underlay underlay, List<SpareUse> spares) {
        return new BackupFacts(
                new UnderlayGraph(underlay.sites(), underlay.links(), underlay.bookedMbps()),
                underlay.sites(),
                healthOf(underlay.sites()),
                spares);
    }

    private Map<SiteId, Health> healthOf(List<Site> sites) {
        var all = new HashMap<SiteId, Health>();
        for (var site : sites) {
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
