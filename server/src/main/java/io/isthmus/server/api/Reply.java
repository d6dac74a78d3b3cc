package io.isthmus.server.api;

import io.isthmus.store.Stored;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What a handler answers: a status, headers and a JSON document, or none. */
record Reply(int status, Map<String, String> headers, JsonNode body) {
    private static final JsonNode NOTHING = MissingNode.getInstance();

    static Reply ok(JsonNode body) {
        return new Reply(200, Map.of(), body);
    }

    static Reply accepted(JsonNode body) {
        return new Reply(202, Map.of(), body);
    }

    static Reply created(String location, JsonNode body) {
        return new Reply(201, Map.of("Location", location), body);
    }

    /** Text that is not JSON. */
    static Reply text(String mediaType, String text) {
        return new Reply(200, Map.of("Content-Type", mediaType), StringNode.valueOf(text));
    }

    static Reply empty() {
        return new Reply(204, Map.of(), NOTHING);
    }

    Reply with(String header, String value) {
        var more = new TreeMap<>(headers);
        more.put(header, value);
        return new Reply(status, more, body);
    }

    /** Says which revision it is. */
    Reply at(long revision) {
        return with("ETag", "\"" + revision + "\"");
    }

    boolean isEmpty() {
        return body.isMissingNode();
    }

    /** Adds to a document what every stored thing has. */
    static ObjectNode withRecord(ObjectNode document, Stored<?> stored) {
        document.put("created_at", stored.createdAt().toString());
        document.put("updated_at", stored.updatedAt().toString());
        document.put("revision", stored.revision());
        var tags = document.putArray("tags");
        stored.tags().forEach(tags::add);
        return document;
    }
}
