package io.isthmus.server.api;

import io.isthmus.core.backup.BackupChoice;
import io.isthmus.core.backup.BackupChooser;
import io.isthmus.core.backup.BackupConstraints;
import io.isthmus.core.backup.BackupFacts;
import io.isthmus.core.backup.Readiness;
import io.isthmus.core.backup.Weights;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.backup.BackupSources;
import java.util.Map;

/**
 * {@code /v1/backup-selections}: ranks the sites that could back one up. Changes nothing. Where a VNF is named by its server,
 * the clouds of the sites that keep all other limits are asked for its flavour and its image.
 */
final class BackupSelectionsApi {
    private final BackupSources sources;
    private final BackupReader reader;
    private final SiteLookup sites;
    private final VnfPort vnfs;

    BackupSelectionsApi(BackupSources sources, BackupReader reader, SiteLookup sites, VnfPort vnfs) {
        this.sources = sources;
        this.reader = reader;
        this.sites = sites;
        this.vnfs = vnfs;
    }

    void addTo(Routes routes) {
        routes.post("/v1/backup-selections", this::select);
    }

    private Reply select(Request request) {
        request.allowQueries();
        var fields = request.body();
        var active = reader.active(fields);
        var underlay = sources.underlay();
        var constraints =
                reader.constraints(fields.findObject("constraints"), active.site(), active.resources(), underlay);
        var weights = BackupReader.weights(fields.findObject("weights"));
        fields.end();
        var facts = sources.facts(underlay, sources.spares());
        var choice = new BackupChooser(facts).choose(active.site(), constraints, weights);
        if (active.vnf().isEmpty()) {
            return Reply.ok(BackupView.of(choice));
        }
        var ready = readiness(active, choice);
        return Reply.ok(BackupView.of(active, choose(facts, active, constraints, weights, ready), ready));
    }

    private Map<SiteId, Readiness> readiness(BackupReader.Active active, BackupChoice choice) {
        return vnfs.readiness(
                sites.stored(active.site()),
                active.vnf().orElseThrow(),
                choice.candidates().stream()
                        .map(candidate -> sites.stored(candidate.site()))
                        .toList());
    }

    private static BackupChoice choose(
            BackupFacts facts,
            BackupReader.Active active,
            BackupConstraints constraints,
            Weights weights,
            Map<SiteId, Readiness> ready) {
        return new BackupChooser(facts.withReadiness(ready)).choose(active.site(), constraints, weights);
    }
}
