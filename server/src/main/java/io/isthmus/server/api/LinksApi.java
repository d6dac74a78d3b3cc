package io.isthmus.server.api;

import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.store.Change;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.link.SightStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/links}. */
final class LinksApi {
    private static final Logger LOG = LoggerFactory.getLogger(LinksApi.class);
    private static final Set<String> READ_ONLY =
            Set.of("id", "reserved_mbps", "oper_status", "measured", "created_at", "updated_at", "revision");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "a_site",
            "z_site",
            "latency_ms",
            "capacity_mbps",
            "reserved_mbps",
            "mtu",
            "cost",
            "failure_domains",
            "admin_state_up",
            "oper_status",
            "measured",
            "created_at",
            "updated_at",
            "revision",
            "tags");

    private final LinkStore links;
    private final SightStore sights;
    private final ConnectionStore connections;
    private final SiteLookup sites;
    private final InstantSource clock;

    LinksApi(LinkStore links, SightStore sights, ConnectionStore connections, SiteLookup sites, InstantSource clock) {
        this.links = links;
        this.sights = sights;
        this.connections = connections;
        this.sites = sites;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/links", this::list);
        routes.post("/v1/links", this::create);
        routes.get("/v1/links/{id}", this::show);
        routes.put("/v1/links/{id}", this::replace);
        routes.patch("/v1/links/{id}", this::change);
        routes.delete("/v1/links/{id}", this::delete);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "links",
                        FIELDS,
                        LinkStore.listFields(),
                        Set.of("reserved_mbps", "oper_status", "measured"),
                        query -> links.list(sites.inFilter(sites.inFilter(query, "a_site"), "z_site")),
                        this::views));
    }

    private List<ObjectNode> views(List<Stored<Link>> page) {
        var booked = connections.bookedMbps();
        var seen = sights.of(page.stream().map(stored -> stored.value().id()).toList());
        return page.stream().map(stored -> view(stored, booked, seen)).toList();
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var tags = fields.tags();
        var link = link(fields, RequestScope.newId());
        var change = links.create(link, tags, clock.instant());
        var stored = change instanceof Change.Exists<Link>(var there)
                ? there
                : Changes.done(change, ProblemCode.LINK_NOT_FOUND);
        LOG.info("link {} created: {} to {}", link.id(), link.aSite(), link.zSite());
        return Reply.created("/v1/links/" + link.id(), view(stored, Map.of(), Map.of()))
                .at(stored.revision());
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

    private Reply save(Request request, Stored<Link> before, Fields fields) {
        var tags = fields.tags();
        var link = link(fields, before.value().id());
        var stored = Changes.done(
                links.update(link, tags, request.revision(before.revision()), clock.instant()),
                ProblemCode.LINK_NOT_FOUND);
        LOG.info("link {} changed, revision {}", link.id(), stored.revision());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var stored = find(request);
        var id = stored.value().id();
        Changes.done(
                links.delete(id, request.revision(stored.revision()), clock.instant()), ProblemCode.LINK_NOT_FOUND);
        LOG.info("link {} deleted", id);
        return Reply.empty();
    }

    private Stored<Link> find(Request request) {
        var id = request.pathId(ProblemCode.LINK_NOT_FOUND);
        return links.find(id)
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.LINK_NOT_FOUND, "there is no link " + id));
    }

    private Link link(Fields fields, UUID id) {
        var a = sites.find(fields, "a_site").id();
        var z = sites.find(fields, "z_site").id();
        var link = fields.make(() -> new Link(
                id,
                fields.findText("name").filter(name -> !name.isBlank()).orElse(a + "-" + z),
                a,
                z,
                fields.number("latency_ms"),
                fields.integer("capacity_mbps"),
                fields.findInteger("mtu").orElse(1500),
                fields.findInteger("cost").orElse(1),
                fields.texts("failure_domains"),
                fields.findTruth("admin_state_up").orElse(true)));
        fields.end(READ_ONLY);
        return link;
    }

    private static ObjectNode writable(Stored<Link> stored) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        document.remove("id");
        var tags = document.putArray("tags");
        stored.tags().forEach(tags::add);
        return document;
    }

    private ObjectNode view(Stored<Link> stored) {
        return view(
                stored,
                connections.bookedMbps(),
                sights.of(List.of(stored.value().id())));
    }

    private ObjectNode view(Stored<Link> stored, Map<UUID, Integer> booked, Map<UUID, LinkSight> seen) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        document.put("reserved_mbps", booked.getOrDefault(stored.value().id(), 0));
        addSight(document, Optional.ofNullable(seen.get(stored.value().id())));
        return Reply.withRecord(document, stored);
    }

    private void addSight(ObjectNode document, Optional<LinkSight> seen) {
        document.put(
                "oper_status",
                seen.filter(sight -> sight.isFresh(clock.instant()))
                        .map(sight -> sight.answers() ? "up" : "down")
                        .orElse("unknown"));
        seen.ifPresentOrElse(
                sight -> document.putObject("measured")
                        .put("latency_ms", sight.latencyMs())
                        .put("samples", sight.samples())
                        .put("at", sight.at().toString())
                        .put("slow", sight.slow()),
                () -> document.putNull("measured"));
    }
}
