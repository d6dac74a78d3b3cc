package io.isthmus.server.api;

import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.store.Change;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.connection.EndpointUse;
import io.isthmus.store.endpoint.EndpointStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/endpoints}. */
final class EndpointsApi {
    private static final Logger LOG = LoggerFactory.getLogger(EndpointsApi.class);
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "project_id",
            "site",
            "network",
            "connection_id",
            "role",
            "network_id",
            "subnet_id",
            "segmentation_id",
            "mtu",
            "status",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private static final Set<String> DERIVED =
            Set.of("connection_id", "role", "network_id", "subnet_id", "segmentation_id", "mtu", "status");

    private final EndpointStore endpoints;
    private final ConnectionStore connections;
    private final EndpointReader reader;
    private final SiteLookup sites;
    private final InstantSource clock;

    EndpointsApi(
            EndpointStore endpoints,
            ConnectionStore connections,
            EndpointReader reader,
            SiteLookup sites,
            InstantSource clock) {
        this.endpoints = endpoints;
        this.connections = connections;
        this.reader = reader;
        this.sites = sites;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/endpoints", this::list);
        routes.post("/v1/endpoints", this::create);
        routes.get("/v1/endpoints/{id}", this::show);
        routes.put("/v1/endpoints/{id}", this::replace);
        routes.patch("/v1/endpoints/{id}", this::change);
        routes.delete("/v1/endpoints/{id}", this::delete);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "endpoints",
                        FIELDS,
                        EndpointStore.listFields(),
                        DERIVED,
                        query -> endpoints.list(sites.inFilter(Projects.own(query), "site")),
                        this::views));
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var tags = fields.tags();
        var id = RequestScope.newId();
        var endpoint = reader.read(fields, id, RequestScope.currentCaller().projectId(), "endpoint-" + id);
        var change = endpoints.create(endpoint, tags, clock.instant());
        var stored = change instanceof Change.Exists<Endpoint>(var there)
                ? there
                : Changes.done(change, ProblemCode.ENDPOINT_NOT_FOUND);
        LOG.info("endpoint {} created at site {}", id, endpoint.site());
        return Reply.created("/v1/endpoints/" + id, view(stored)).at(stored.revision());
    }

    private Reply show(Request request) {
        request.allowQueries();
        var stored = find(request);
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply replace(Request request) {
        request.allowQueries();
        return save(request, find(request), request.body());
    }

    private Reply change(Request request) {
        request.allowQueries();
        var stored = find(request);
        var changed = MergePatch.apply(writable(stored), request.body().node());
        return save(request, stored, Fields.of(changed, ""));
    }

    private Reply save(Request request, Stored<Endpoint> before, Fields fields) {
        var old = before.value();
        var tags = fields.tags();
        var read = reader.read(fields, old.id(), old.projectId(), "endpoint-" + old.id());
        // Who changes something else does not vouch for the network.
        var endpoint = read.isAtTheSameNetworkAs(old) ? read.named(old.byAdmin()) : read;
        var stored = Changes.done(
                endpoints.update(endpoint, tags, request.revision(before.revision()), clock.instant()),
                ProblemCode.ENDPOINT_NOT_FOUND);
        LOG.info("endpoint {} changed, revision {}", old.id(), stored.revision());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var stored = find(request);
        var id = stored.value().id();
        Changes.done(
                endpoints.delete(id, request.revision(stored.revision()), clock.instant()),
                ProblemCode.ENDPOINT_NOT_FOUND);
        LOG.info("endpoint {} deleted", id);
        return Reply.empty();
    }

    private Stored<Endpoint> find(Request request) {
        var id = request.pathId(ProblemCode.ENDPOINT_NOT_FOUND);
        return endpoints
                .find(id)
                .filter(stored ->
                        RequestScope.currentCaller().sees(stored.value().projectId()))
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.ENDPOINT_NOT_FOUND, "there is no endpoint " + id));
    }

    private static ObjectNode writable(Stored<Endpoint> stored) {
        var document = Json.MAPPER.createObjectNode();
        document.put("name", stored.value().name());
        document.put("site", stored.value().site().name());
        document.set("network", Json.MAPPER.valueToTree(stored.value().network()));
        var tags = document.putArray("tags");
        stored.tags().forEach(tags::add);
        return document;
    }

    private ObjectNode view(Stored<Endpoint> stored) {
        return views(List.of(stored)).getFirst();
    }

    private List<ObjectNode> views(List<Stored<Endpoint>> page) {
        Map<UUID, EndpointUse> uses = connections.uses(
                page.stream().map(stored -> stored.value().id()).toList());
        return page.stream()
                .map(stored ->
                        view(stored, Optional.ofNullable(uses.get(stored.value().id()))))
                .toList();
    }

    private static ObjectNode view(Stored<Endpoint> stored, Optional<EndpointUse> use) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        document.remove("by_admin");
        document.put(
                "connection_id", use.map(each -> each.connection().toString()).orElse(null));
        document.put("role", use.map(each -> Json.word(each.side().role())).orElse(null));
        document.put("status", use.map(each -> Json.word(each.side().status())).orElse("unused"));
        SideFacts.addTo(document, use.map(each -> each.side().facts()).orElse(SideFacts.NONE));
        return Reply.withRecord(document, stored);
    }
}
