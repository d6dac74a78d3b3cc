package io.isthmus.server.api;

import io.isthmus.core.quota.Amounts;
import io.isthmus.core.quota.Quota;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.quota.QuotaStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/quotas}: what projects may have. An administrator sets them; a project sees its own, and what it uses. */
final class QuotasApi {
    private static final Logger LOG = LoggerFactory.getLogger(QuotasApi.class);
    private static final Pattern PROJECT = Pattern.compile("[A-Za-z0-9_.:-]{1,64}");
    private static final Set<String> READ_ONLY =
            Set.of("id", "name", "project_id", "used", "is_default", "created_at", "updated_at", "revision", "tags");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "project_id",
            "connections",
            "endpoints",
            "bandwidth_mbps",
            "used",
            "is_default",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private final QuotaStore quotas;
    private final InstantSource clock;

    QuotasApi(QuotaStore quotas, InstantSource clock) {
        this.quotas = quotas;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/quotas", this::list);
        routes.get("/v1/quotas/{id}", this::show);
        routes.put("/v1/quotas/{id}", this::set);
        routes.delete("/v1/quotas/{id}", this::reset);
    }

    /** With system scope those that were set; in a project its own, be it set or not. */
    private Reply list(Request request) {
        var caller = RequestScope.currentCaller();
        return Lists.list(
                request,
                new Lists.Source<>(
                        "quotas",
                        FIELDS,
                        QuotaStore.listFields(),
                        Set.of("name", "is_default"),
                        query -> quotas.list(Projects.own(query)),
                        page -> page.isEmpty() && !caller.systemScope() && isFirstPage(request)
                                ? List.of(standard(caller.projectId()))
                                : page.stream().map(this::view).toList()));
    }

    /** A filter looks for what was set; without one a project always finds its own. */
    private static boolean isFirstPage(Request request) {
        return Set.of("limit", "fields", "sort_key", "sort_dir")
                .containsAll(request.queries().keySet());
    }

    private Reply show(Request request) {
        request.allowQueries();
        var project = project(request);
        var caller = RequestScope.currentCaller();
        if (!caller.sees(project) && !caller.isAdmin()) {
            throw new Problem.NotFound(ProblemCode.QUOTA_NOT_FOUND, "there is no quota of project " + project);
        }
        var stored = quotas.find(project);
        return Reply.ok(stored.map(this::view).orElseGet(() -> standard(project)))
                .at(stored.map(Stored::revision).orElse(0L));
    }

    private Reply set(Request request) {
        request.allowQueries();
        var project = project(request);
        var fields = request.body();
        var standard = quotas.standard(project).limits();
        var quota = fields.make(() -> new Quota(
                project,
                new Amounts(
                        limit(fields, "connections", standard.connections()),
                        limit(fields, "endpoints", standard.endpoints()),
                        limit(fields, "bandwidth_mbps", standard.bandwidthMbps()))));
        fields.end(READ_ONLY);
        var stored = Changes.done(quotas.set(quota, request.ifMatch(), clock.instant()), ProblemCode.QUOTA_NOT_FOUND);
        LOG.info("quota of project {} set: {}", project, quota.limits());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private static long limit(Fields fields, String field, long otherwise) {
        var limit = fields.findInteger(field).map(Integer::longValue).orElse(otherwise);
        if (limit < Quota.UNLIMITED) {
            throw fields.invalid(field, "a limit is a number, or -1 for none: " + limit);
        }
        return limit;
    }

    private Reply reset(Request request) {
        request.allowQueries();
        var project = project(request);
        var revision = request.ifMatch();
        Changes.done(quotas.reset(project, revision, clock.instant()), ProblemCode.QUOTA_NOT_FOUND);
        LOG.info("quota of project {} is the default again", project);
        return Reply.empty();
    }

    private static String project(Request request) {
        var project = request.pathPart("id");
        if (!PROJECT.matcher(project).matches()) {
            throw new Problem.NotFound(ProblemCode.QUOTA_NOT_FOUND, "there is no project " + project);
        }
        return project;
    }

    private ObjectNode view(Stored<Quota> stored) {
        var document = view(stored.value(), Optional.of(stored));
        return Reply.withRecord(document, stored);
    }

    private ObjectNode standard(String project) {
        var document = view(quotas.standard(project), Optional.empty());
        document.putNull("created_at");
        document.putNull("updated_at");
        document.put("revision", 0);
        document.putArray("tags");
        return document;
    }

    private ObjectNode view(Quota quota, Optional<Stored<Quota>> stored) {
        var project = quota.projectId();
        var document = Json.MAPPER.createObjectNode();
        document.put("id", project);
        document.put("name", project);
        document.put("project_id", project);
        put(document, quota.limits());
        put(document.putObject("used"), quotas.used(project));
        document.put("is_default", stored.isEmpty());
        return document;
    }

    private static void put(ObjectNode document, Amounts amounts) {
        document.put("connections", amounts.connections());
        document.put("endpoints", amounts.endpoints());
        document.put("bandwidth_mbps", amounts.bandwidthMbps());
    }
}
