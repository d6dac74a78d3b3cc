package io.isthmus.server.api;

import io.isthmus.store.Json;
import java.util.List;

/** {@code /} and {@code /v1/}: which versions there are, and what this one has. */
final class VersionsApi {
    private static final List<String> RESOURCES =
            List.of("sites", "links", "endpoints", "connections", "backup-selections", "operations", "events");

    void addTo(Routes routes) {
        routes.open("/", request -> versions());
        routes.open("/v1", request -> resources());
    }

    private static Reply versions() {
        var body = Json.MAPPER.createObjectNode();
        var version = body.putArray("versions").addObject();
        version.put("id", "v1")
                .put("status", "CURRENT")
                .put("service_type", "georedundancy")
                .put("min_version", "1.0")
                .put("max_version", "1.0");
        version.putArray("links").addObject().put("rel", "self").put("href", "/v1/");
        version.withArray("links").addObject().put("rel", "describedby").put("href", "/openapi");
        return Reply.ok(body);
    }

    private static Reply resources() {
        var body = Json.MAPPER.createObjectNode();
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
                .put("event_streams_max", EventsApi.MOST_STREAMS);
        return Reply.ok(body);
    }
}
