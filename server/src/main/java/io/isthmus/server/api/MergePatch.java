package io.isthmus.server.api;

import io.isthmus.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396, section 2). */
final class MergePatch {
    private MergePatch() {}

    /** What {@code target} becomes; the target itself stays as it is. */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.MAPPER.createObjectNode();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                var before = result.has(entry.getKey()) ? result.get(entry.getKey()) : Json.MAPPER.nullNode();
                result.set(entry.getKey(), apply(before, entry.getValue()));
            }
        });
        return result;
    }
}
