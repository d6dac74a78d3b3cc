package io.isthmus.server.api;

import io.isthmus.store.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396, section 2). */
final class MergePatch {
    private MergePatch() {}

    /**
     * What {@code target} becomes; the target itself stays as it is. A field that is to be removed and is not there stays as
     * null, so that whoever reads the result can refuse one that nothing has.
     */
    static JsonNode apply(JsonNode target, JsonNode patch) {
        var result = merged(target, patch);
        if (result instanceof ObjectNode object && patch.isObject()) {
            patch.properties().stream()
                    .filter(entry -> entry.getValue().isNull() && !target.has(entry.getKey()))
                    .forEach(entry -> object.putNull(entry.getKey()));
        }
        return result;
    }

    private static JsonNode merged(JsonNode target, JsonNode patch) {
        if (!patch.isObject()) {
            return patch;
        }
        ObjectNode result = target instanceof ObjectNode object ? object.deepCopy() : Json.MAPPER.createObjectNode();
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                result.remove(entry.getKey());
            } else {
                var before = result.has(entry.getKey()) ? result.get(entry.getKey()) : Json.MAPPER.nullNode();
                result.set(entry.getKey(), merged(before, entry.getValue()));
            }
        });
        return result;
    }
}
