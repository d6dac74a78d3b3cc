package io.isthmus.server.api;

import io.isthmus.core.backup.ChosenBackup;
import io.isthmus.core.backup.Criterion;
import io.isthmus.core.backup.Standing;
import io.isthmus.core.site.Capacity;
import io.isthmus.server.backup.BackupSources;
import io.isthmus.store.Change;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.backup.ChoiceStore;
import io.isthmus.store.backup.ChoiceStore.Watched;
import java.time.InstantSource;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/backup-choices}: backups that owners have chosen, whose limits are watched. */
final class BackupChoicesApi {
    private static final Logger LOG = LoggerFactory.getLogger(BackupChoicesApi.class);
    /** Every look at a choice is a search of the underlay. */
    private static final int MOST = 1_000;

    private static final int MOST_OF_A_PROJECT = 200;

    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "project_id",
            "site",
            "backup",
            "constraints",
            "weights",
            "status",
            "since",
            "breach",
            "proposal",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private static final Set<String> READ_ONLY =
            Set.of("id", "project_id", "status", "since", "breach", "proposal", "created_at", "updated_at", "revision");

    private final ChoiceStore choices;
    private final BackupSources sources;
    private final BackupReader reader;
    private final SiteLookup sites;
    private final InstantSource clock;

    BackupChoicesApi(
            ChoiceStore choices, BackupSources sources, BackupReader reader, SiteLookup sites, InstantSource clock) {
        this.choices = choices;
        this.sources = sources;
        this.reader = reader;
        this.sites = sites;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/backup-choices", this::list);
        routes.post("/v1/backup-choices", this::create);
        routes.get("/v1/backup-choices/{id}", this::show);
        routes.delete("/v1/backup-choices/{id}", this::delete);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "backup_choices",
                        FIELDS,
                        ChoiceStore.listFields(),
                        Set.of("since", "proposal"),
                        query -> choices.list(Projects.own(query)),
                        page -> page.stream().map(BackupChoicesApi::view).toList()));
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var tags = fields.tags();
        var choice = read(fields);
        mayHaveOneMore(choice.projectId());
        var change = choices.create(choice, tags, clock.instant());
        var stored = change instanceof Change.Exists<Watched>(var there)
                ? there
                : Changes.done(change, ProblemCode.BACKUP_CHOICE_NOT_FOUND);
        LOG.info("backup choice {}: {} backs {} up", choice.id(), choice.backup(), choice.site());
        return Reply.created("/v1/backup-choices/" + choice.id(), view(stored)).at(stored.revision());
    }

    private void mayHaveOneMore(String projectId) {
        if (choices.countOf(projectId) >= MOST_OF_A_PROJECT) {
            throw new Problem.OverLimit(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "a project may have %d choices: delete one first".formatted(MOST_OF_A_PROJECT));
        }
        if (choices.count() >= MOST) {
            throw new Problem.OverLimit(
                    ProblemCode.TOO_MANY_REQUESTS, "no more than %d choices are watched in all".formatted(MOST));
        }
    }

    private ChosenBackup read(Fields fields) {
        var site = sites.find(fields, "site").id();
        var backup = sites.find(fields, "backup").id();
        var constraints = reader.constraints(fields.findObject("constraints"), site, Capacity.NONE, sources.underlay());
        if (!constraints.users().isEmpty()) {
            throw Problem.ofPlanner(
                    "not_supported", "constraints.disjoint_from", "paths of users are not watched yet", "leave it out");
        }
        var weights = BackupReader.weights(fields.findObject("weights"));
        var choice = fields.make(() -> new ChosenBackup(
                RequestScope.newId(),
                fields.findText("name").filter(name -> !name.isBlank()).orElse(site + "-" + backup),
                RequestScope.currentCaller().projectId(),
                site,
                backup,
                constraints,
                weights));
        fields.end(READ_ONLY);
        return choice;
    }

    private Reply show(Request request) {
        request.allowQueries();
        var stored = find(request);
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var stored = find(request);
        var id = stored.value().choice().id();
        Changes.done(
                choices.delete(id, request.revision(stored.revision()), clock.instant()),
                ProblemCode.BACKUP_CHOICE_NOT_FOUND);
        LOG.info("backup choice {} deleted", id);
        return Reply.empty();
    }

    private Stored<Watched> find(Request request) {
        var id = request.pathId(ProblemCode.BACKUP_CHOICE_NOT_FOUND);
        return choices.find(id)
                .filter(stored -> RequestScope.currentCaller()
                        .sees(stored.value().choice().projectId()))
                .orElseThrow(() ->
                        new Problem.NotFound(ProblemCode.BACKUP_CHOICE_NOT_FOUND, "there is no backup choice " + id));
    }

    private static ObjectNode view(Stored<Watched> stored) {
        var choice = stored.value().choice();
        var document = Json.MAPPER.createObjectNode();
        document.put("id", choice.id().toString())
                .put("name", choice.name())
                .put("project_id", choice.projectId())
                .put("site", choice.site().name())
                .put("backup", choice.backup().name());
        ObjectNode constraints = Json.MAPPER.valueToTree(choice.constraints());
        constraints.remove("users");
        document.set("constraints", constraints);
        var weights = document.putObject("weights");
        for (var criterion : Criterion.values()) {
            weights.put(
                    Json.word(criterion),
                    choice.weights().byCriterion().getOrDefault(criterion, criterion.usualWeight()));
        }
        addStanding(document, stored.value().standing());
        return Reply.withRecord(document, stored);
    }

    private static void addStanding(ObjectNode document, Standing standing) {
        document.put("status", Json.word(standing.phase()))
                .put("since", standing.since().toString());
        standing.breach()
                .ifPresentOrElse(
                        breach -> document.set("breach", Json.MAPPER.valueToTree(breach)),
                        () -> document.putNull("breach"));
        standing.proposal()
                .ifPresentOrElse(
                        proposal -> document.put("proposal", proposal.name()), () -> document.putNull("proposal"));
    }
}
