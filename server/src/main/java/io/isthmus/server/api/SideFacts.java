package io.isthmus.server.api;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import tools.jackson.databind.node.ObjectNode;

/** What a site allocated for a side, as fields of their own; null until it did. */
final class SideFacts {
    static final SortedMap<String, String> NONE = Collections.emptySortedMap();
    private static final List<String> TEXTS = List.of("network_id", "subnet_id");
    private static final List<String> NUMBERS = List.of("segmentation_id", "mtu");

    private SideFacts() {}

    static void addTo(ObjectNode document, SortedMap<String, String> facts) {
        for (var name : TEXTS) {
            document.put(name, facts.get(name));
        }
        for (var name : NUMBERS) {
            var text = facts.get(name);
            if (text != null && text.matches("\\d{1,9}")) {
                document.put(name, Integer.parseInt(text));
            } else {
                document.putNull(name);
            }
        }
    }
}
