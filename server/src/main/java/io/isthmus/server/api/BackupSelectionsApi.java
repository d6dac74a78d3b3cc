package io.isthmus.server.api;

import io.isthmus.core.backup.BackupChooser;
import io.isthmus.core.backup.BackupFacts;
import io.isthmus.core.backup.Health;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** {@code /v1/backup-selections}: ranks the sites that could back one up. Changes nothing. */
final class BackupSelectionsApi {
    private final Stores stores;
    private final SiteHealth health;
    private final BackupReader reader;

    BackupSelectionsApi(Stores stores, SiteHealth health, BackupReader reader) {
        this.stores = stores;
        this.health = health;
        this.reader = reader;
    }

    void addTo(Routes routes) {
        routes.post("/v1/backup-selections", this::select);
    }

    private Reply select(Request request) {
        request.allowQueries();
        var fields = request.body();
        var active = reader.active(fields);
        var underlay = underlay();
        var constraints =
                reader.constraints(fields.findObject("constraints"), active.site(), active.resources(), underlay);
        var weights = BackupReader.weights(fields.findObject("weights"));
        fields.end();
        var choice = new BackupChooser(facts(underlay)).choose(active.site(), constraints, weights);
        return Reply.ok(BackupView.of(choice));
    }

    private Underlay underlay() {
        return new Underlay(
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList(),
                stores.connections().bookedMbps());
    }

    private BackupFacts facts(Underlay underlay) {
        return new BackupFacts(
                new UnderlayGraph(underlay.sites(), underlay.links(), underlay.bookedMbps()),
                underlay.sites(),
                healthOf(underlay.sites()),
                List.of());
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
