package io.isthmus.server.api;

import io.isthmus.core.backup.FleetPlanner;
import io.isthmus.core.backup.FleetVnf;
import io.isthmus.core.backup.Survives;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.backup.BackupSources;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** {@code /v1/backup-plans}: gives every VNF of a fleet its backup, on paper. Changes nothing. */
final class BackupPlansApi {
    static final int MOST_VNFS = 5_000;
    /** A plan for a large fleet takes many seconds of a processor. */
    private static final int AT_A_TIME = 1;

    private final BackupSources sources;
    private final BackupReader reader;
    private final Semaphore underWay = new Semaphore(AT_A_TIME);

    BackupPlansApi(BackupSources sources, BackupReader reader) {
        this.sources = sources;
        this.reader = reader;
    }

    void addTo(Routes routes) {
        routes.post("/v1/backup-plans", this::plan);
    }

    private Reply plan(Request request) {
        request.allowQueries();
        var fields = request.body();
        var underlay = sources.underlay();
        var vnfs = vnfs(fields, underlay);
        var constraints = reader.constraints(
                fields.findObject("constraints"), vnfs.getFirst().active(), Capacity.NONE, underlay);
        if (!constraints.users().isEmpty()) {
            throw fields.invalid("constraints", "disjoint_from is of one active site, and a plan has many");
        }
        if (!constraints.resources().equals(Capacity.NONE)) {
            throw fields.invalid("constraints", "resources are given for each VNF here");
        }
        var weights = BackupReader.weights(fields.findObject("weights"));
        var survives = fields.findChoice("survives", Survives.class).orElse(Survives.SITE);
        fields.end();
        if (!underWay.tryAcquire()) {
            throw new Problem.OverLimit(ProblemCode.TOO_MANY_REQUESTS, "another plan is being made");
        }
        try {
            var plan = new FleetPlanner(sources.facts(underlay, List.of())).plan(vnfs, constraints, weights, survives);
            return Reply.ok(BackupPlanView.of(plan));
        } finally {
            underWay.release();
        }
    }

    private static List<FleetVnf> vnfs(Fields fields, Underlay underlay) {
        var known = underlay.sites().stream().map(Site::id).collect(Collectors.toSet());
        var names = new HashSet<String>();
        fields.require("vnfs");
        var vnfs = fields.objects("vnfs", MOST_VNFS).stream()
                .map(each -> vnf(each, known, names))
                .toList();
        if (vnfs.isEmpty()) {
            throw fields.invalid("vnfs", "a plan is for one VNF at the least");
        }
        return vnfs;
    }

    private static FleetVnf vnf(Fields fields, Set<SiteId> known, Set<String> names) {
        var name = fields.text("name");
        if (!names.add(name)) {
            throw fields.invalid("name", "another VNF has the name " + name);
        }
        var site = fields.value("site", SiteId::new);
        if (!known.contains(site)) {
            throw new Problem.NotFound(ProblemCode.SITE_NOT_FOUND, fields.pointer("site"), "there is no site " + site);
        }
        var resources = BackupReader.resources(fields);
        fields.end();
        return new FleetVnf(name, site, resources);
    }
}
