package io.isthmus.server.api;

import io.isthmus.server.audit.AuditTrail;
import io.isthmus.store.Json;
import io.isthmus.store.audit.AuditRecord;
import io.isthmus.store.audit.AuditStore;
import io.javalin.http.Context;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/audit}: who did what, from where, with what result. Requests are written down here, and read. */
final class AuditApi {
    private static final Set<String> FIELDS = Set.of(
            "id",
            "at",
            "request_id",
            "user_id",
            "project_id",
            "roles",
            "system_scope",
            "address",
            "method",
            "route",
            "operation",
            "resource_id",
            "status",
            "code",
            "hash");

    private final AuditStore store;

    AuditApi(AuditStore store) {
        this.store = store;
    }

    void addTo(Routes routes) {
        routes.get("/v1/audit", this::list);
        routes.get("/v1/audit/verification", this::verify);
    }

    /** Writes down what changed something, tried to, or was refused. Reading is not written down. */
    static void record(Context context, AuditTrail trail, InstantSource clock) {
        var status = context.statusCode();
        var isRead = Set.of("GET", "HEAD", "OPTIONS").contains(context.method().name());
        if (isRead && status != 401 && status != 403 && status != 429) {
            return;
        }
        var route = Routes.routeOf(context);
        var caller = Routes.callerOf(context);
        trail.add(new AuditRecord(
                clock.instant(),
                Routes.requestId(context),
                caller.map(Caller::userId),
                caller.map(Caller::projectId).filter(project -> !project.isEmpty()),
                caller.map(known -> known.roles().stream().sorted().toList()).orElse(List.of()),
                caller.map(Caller::systemScope).orElse(false),
                context.req().getRemoteAddr(),
                context.method().name(),
                route,
                Policy.find(context.method().name(), route)
                        .map(Policy::operationId)
                        .map(operation -> operation + ("true".equals(context.queryParam("force")) ? "?force=true" : ""))
                        .orElse("other"),
                resource(context, route),
                status,
                Routes.codeOf(context)));
    }

    private static Optional<String> resource(Context context, String route) {
        if (route.contains("{id}")) {
            return Optional.of(context.pathParam("id")).map(id -> id.substring(0, Math.min(255, id.length())));
        }
        return Optional.ofNullable(context.res().getHeader("Location"))
                .map(location -> location.substring(location.lastIndexOf('/') + 1));
    }

    /** Newest first. Administrators of a project see what its tokens did, those with system scope see everything. */
    private Reply list(Request request) {
        if (!Lists.isDescending(request, "desc")
                || !request.query("sort_key").orElse("id").equals("id")) {
            throw Request.wrongParameter("sort_dir", "the trail is read newest first");
        }
        var caller = RequestScope.currentCaller();
        var marker = request.query("marker").map(AuditApi::place);
        var limit = Lists.limit(request);
        var found = store.list(
                marker.map(OptionalLong::of).orElse(OptionalLong.empty()),
                limit + 1,
                caller.systemScope() ? Optional.empty() : Optional.of(caller.projectId()),
                Lists.filters(request, AuditStore.listFields()));
        var page = found.subList(0, Math.min(limit, found.size()));
        var wanted = Lists.wantedFields(request, FIELDS);
        var body = Json.MAPPER.createObjectNode();
        var items = body.putArray("audit");
        page.forEach(record -> {
            var document = view(record);
            items.add(wanted.map(document::retain).orElse(document));
        });
        Lists.addLinks(
                body,
                "audit",
                request,
                found.size() > limit ? Optional.of(Long.toString(page.getLast().seq())) : Optional.empty());
        return Reply.ok(body);
    }

    private static long place(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw Request.wrongParameter("marker", "marker is the id of a record");
        }
        return Long.parseLong(text);
    }

    private static ObjectNode view(AuditRecord record) {
        ObjectNode document = Json.MAPPER.valueToTree(record);
        document.remove("seq");
        return document.put("id", Long.toString(record.seq()));
    }

    private Reply verify(Request request) {
        request.allowQueries();
        var found = store.verify();
        var body = Json.MAPPER.createObjectNode();
        body.put("intact", found.brokenAt().isEmpty());
        body.put("records", found.records());
        body.put("first_id", Long.toString(found.first()));
        body.put("last_id", Long.toString(found.last()));
        body.put("head", found.head());
        body.put(
                "broken_at",
                found.brokenAt().isPresent() ? Long.toString(found.brokenAt().getAsLong()) : null);
        return Reply.ok(body);
    }
}
