package io.isthmus.server.api;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.EndpointInterface;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Location;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.store.Change;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.site.SiteStore;
import java.net.URI;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code /v1/sites}. */
final class SitesApi {
    private static final Logger LOG = LoggerFactory.getLogger(SitesApi.class);
    private static final Set<String> READ_ONLY = Set.of("status", "conditions", "created_at", "updated_at", "revision");
    private static final Set<String> FIELDS = Set.of(
            "id",
            "name",
            "location",
            "failure_domains",
            "cloud",
            "gateways",
            "admin_state_up",
            "capacity",
            "status",
            "conditions",
            "created_at",
            "updated_at",
            "revision",
            "tags");
    private static final int MAX_MANAGEMENT_TEXT = 4_096;

    private final SiteStore sites;
    private final ConnectionStore connections;
    private final SiteHealth health;
    private final GatewayCheck gatewayCheck;
    private final InstantSource clock;

    SitesApi(
            SiteStore sites,
            ConnectionStore connections,
            SiteHealth health,
            GatewayCheck gatewayCheck,
            InstantSource clock) {
        this.sites = sites;
        this.connections = connections;
        this.health = health;
        this.gatewayCheck = gatewayCheck;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.get("/v1/sites", this::list);
        routes.post("/v1/sites", this::create);
        routes.get("/v1/sites/{id}", this::show);
        routes.put("/v1/sites/{id}", this::replace);
        routes.patch("/v1/sites/{id}", this::change);
        routes.delete("/v1/sites/{id}", this::delete);
    }

    private Reply list(Request request) {
        return Lists.list(
                request,
                new Lists.Source<>(
                        "sites",
                        FIELDS,
                        SiteStore.listFields(),
                        Set.of("status"),
                        sites::list,
                        page -> page.stream().map(this::view).toList()));
    }

    private Reply create(Request request) {
        request.allowQueries();
        var fields = request.body();
        var tags = fields.tags();
        var site = site(fields, fields.value("id", SiteId::new));
        var change = sites.create(site, tags, clock.instant());
        if (change instanceof Change.Exists<Site>) {
            throw new Problem.Conflict(
                    ProblemCode.ID_TAKEN,
                    "/id",
                    "there is a site " + site.id(),
                    List.of(site.id().name()));
        }
        var stored = Changes.done(change, ProblemCode.SITE_NOT_FOUND);
        LOG.info("site {} created", site.id());
        return Reply.created("/v1/sites/" + site.id(), view(stored)).at(stored.revision());
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
        var changed =
                MergePatch.apply(writable(stored), Fields.of(request.json(), "").node());
        return save(request, stored, Fields.of(changed, ""));
    }

    private Reply save(Request request, Stored<Site> before, Fields fields) {
        var id = fields.findValue("id", SiteId::new).orElse(before.value().id());
        if (!id.equals(before.value().id())) {
            throw fields.invalid("id", "the id of a site cannot be changed");
        }
        var tags = fields.tags();
        var site = site(fields, id);
        var stored = Changes.done(
                sites.update(site, tags, request.revision(before.revision()), clock.instant()),
                ProblemCode.SITE_NOT_FOUND);
        LOG.info("site {} changed, revision {}", id, stored.revision());
        return Reply.ok(view(stored)).at(stored.revision());
    }

    private Reply delete(Request request) {
        request.allowQueries();
        var stored = find(request);
        var id = stored.value().id();
        Changes.done(
                sites.delete(id, request.revision(stored.revision()), clock.instant()), ProblemCode.SITE_NOT_FOUND);
        LOG.info("site {} deleted", id);
        return Reply.empty();
    }

    private Stored<Site> find(Request request) {
        var text = request.pathPart("id");
        return SiteLookup.asId(text)
                .flatMap(sites::find)
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.SITE_NOT_FOUND, "there is no site " + text));
    }

    private Site site(Fields fields, SiteId id) {
        var site = fields.make(() -> new Site(
                id,
                fields.findText("name").filter(name -> !name.isBlank()).orElse(id.name()),
                fields.findObject("location").map(SitesApi::location),
                fields.texts("failure_domains"),
                cloud(fields.object("cloud")),
                fields.objects("gateways").stream().map(this::gateway).toList(),
                fields.findTruth("admin_state_up").orElse(true),
                fields.findObject("capacity").map(BackupReader::capacity)));
        fields.end(READ_ONLY);
        return site;
    }

    private static Location location(Fields fields) {
        var location = fields.make(() -> new Location(
                fields.number("latitude"),
                fields.number("longitude"),
                fields.findText("country").orElse("")));
        fields.end();
        return location;
    }

    private static Cloud cloud(Fields fields) {
        var cloud = fields.make(() -> new Cloud(
                fields.choice("kind", CloudKind.class),
                fields.value("auth_url", SitesApi::url),
                fields.text("region_name"),
                fields.findText("cell").filter(cell -> !cell.isBlank()),
                fields.findChoice("endpoint_interface", EndpointInterface.class),
                fields.findText("network_service_name").filter(name -> !name.isBlank()),
                fields.findValue("network_endpoint_override", SitesApi::url),
                Certificates.find(fields, "ca_certificate"),
                fields.text("physical_network"),
                fields.value("vlan_range", VlanRange::parse),
                fields.text("credential_id")));
        fields.end();
        return cloud;
    }

    /** A URL may hold a password, which would then be shown to everybody. */
    private static URI url(String text) {
        var url = URI.create(text);
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("a URL must not hold a user or password");
        }
        return url;
    }

    private Gateway gateway(Fields fields) {
        var gateway = fields.make(() -> new Gateway(
                fields.text("name"),
                fields.text("driver"),
                fields.textByName("management", MAX_MANAGEMENT_TEXT),
                fields.value("tunnel_address", IpAddress::new),
                fields.findLong("asn").orElseThrow(() -> fields.missing("asn")),
                fields.integer("max_mtu"),
                fields.integer("capacity_mbps")));
        fields.end();
        try {
            gatewayCheck.check(gateway);
        } catch (IllegalArgumentException refused) {
            throw fields.invalid("management", String.valueOf(refused.getMessage()));
        }
        return gateway;
    }

    private static ObjectNode writable(Stored<Site> stored) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        var tags = document.putArray("tags");
        stored.tags().forEach(tags::add);
        return document;
    }

    private List<SiteHealth.Condition> conditions(SiteId site, SiteHealth.Report report) {
        var conditions = new ArrayList<>(report.conditions());
        for (var tombstone : connections.tombstonesAt(site)) {
            conditions.add(new SiteHealth.Condition(
                    "tombstones",
                    "not_cleaned",
                    "connection " + tombstone.connection()
                            + " was deleted while this site could not be cleaned; that is tried again by itself"
                            + tombstone.lastError().map(error -> ": " + error).orElse(""),
                    tombstone.since()));
        }
        return conditions;
    }

    private ObjectNode view(Stored<Site> stored) {
        ObjectNode document = Json.MAPPER.valueToTree(stored.value());
        var report = health.of(stored.value().id());
        document.put("status", stored.value().adminStateUp() ? Json.word(report.status()) : "maintenance");
        document.set(
                "conditions", Json.MAPPER.valueToTree(conditions(stored.value().id(), report)));
        if (!RequestScope.currentCaller().isAdmin()) {
            document.withArray("gateways").forEach(gateway -> ((ObjectNode) gateway).putNull("management"));
        }
        return Reply.withRecord(document, stored);
    }
}
