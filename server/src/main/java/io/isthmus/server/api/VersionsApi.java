package io.isthmus.server.api;

import io.isthmus.store.Json;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** {@code /} and {@code /v1/}: which versions there are, and what this one has. */
final class VersionsApi {
    private static final List<String> RESOURCES = List.of(
            "sites",
            "links",
            "endpoints",
            "connections",
            "topology",
            "backup-selections",
            "backup-plans",
            "quotas",
            "operations",
            "events");

    private final ApiLimits limits;

    VersionsApi(ApiLimits limits) {
        this.limits = limits;
    }

    void addTo(Routes routes) {
        routes.open("/", request -> versions());
        routes.open("/v1", request -> resources());
    }

    private static Reply versions() {
        var body = Json.MAPPER.createObjectNode();
        body.putArray("versions").add(version());
        return Reply.ok(body);
    }

    /** As version discovery reads it (OpenStack API guidelines). */
    private static ObjectNode version() {
        var version = Json.MAPPER.createObjectNode();
        version.put("id", "v1.0")
                .put("status", "CURRENT")
                .put("service_type", Versions.SERVICE)
                .put("min_version", Versions.ONLY)
                .put("max_version", Versions.ONLY);
        version.putArray("links").addObject().put("rel", "self").put("href", "/v1/");
        version.withArray("links").addObject().put("rel", "describedby").put("href", "/openapi");
        return version;
    }

    private Reply resources() {
        var body = Json.MAPPER.createObjectNode();
        body.set("version", version());
        var resources = body.putArray("resources");
        RESOURCES.forEach(name -> resources.addObject().put("name", name).put("href", "/v1/" + name));
        body.putObject("limits")
                .put("body_bytes", Request.MAX_BODY)
                .put("page_default", Lists.DEFAULT_LIMIT)
                .put("page_max", Lists.MAX_LIMIT)
                .put("list_items_max", Fields.MAX_ITEMS)
                .put("text_max", Fields.MAX_TEXT)
                .put("wait_s_max", ConnectionsApi.LONGEST_WAIT_S)
                .put("waiters_max", ConnectionWait.MOST_WAITERS)
                .put("event_streams_max", EventsApi.MOST_STREAMS)
                .put("requests_per_s", limits.requestsPerSecond())
                .put("request_burst", limits.burst())
                .put("event_streams_per_caller", limits.streamsPerCaller())
                .put("waiters_per_caller", limits.waitsPerCaller());
        return Reply.ok(body);
    }
}
