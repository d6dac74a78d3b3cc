package io.isthmus.server.api;

import io.isthmus.core.backup.BackupChooser;
import io.isthmus.server.backup.BackupSources;
import java.util.List;

/** {@code /v1/backup-selections}: ranks the sites that could back one up. Changes nothing. */
final class BackupSelectionsApi {
    private final BackupSources sources;
    private final BackupReader reader;

    BackupSelectionsApi(BackupSources sources, BackupReader reader) {
        this.sources = sources;
        this.reader = reader;
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
        var choice = new BackupChooser(sources.facts(underlay, List.of())).choose(active.site(), constraints, weights);
        return Reply.ok(BackupView.of(choice));
    }
}
