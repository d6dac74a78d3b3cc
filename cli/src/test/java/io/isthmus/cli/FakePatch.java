package io.isthmus.cli;

import tools.jackson.databind.node.ObjectNode;

/** JSON merge patch (RFC 7396). */
final class FakePatch {
    private FakePatch() {}

    static void merge(ObjectNode object, ObjectNode patch) {
        patch.properties().forEach(entry -> {
            if (entry.getValue().isNull()) {
                object.remove(entry.getKey());
            } else if (entry.getValue() instanceof ObjectNode inner
                    && object.path(entry.getKey()) instanceof ObjectNode existing) {
                merge(existing, inner);
            } else {
                object.set(entry.getKey(), entry.getValue());
            }
        });
    }
}
