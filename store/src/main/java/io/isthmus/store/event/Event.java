package io.isthmus.store.event;

import io.isthmus.store.Micros;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Something that changed.
 *
 * @param seq its place in the stream; later ones are greater
 * @param kind such as {@code connection.updated}
 * @param project whose it is; nobody's for sites and links
 * @param revision the resource's after the change
 * @param data what a listener is most likely to ask for next, such as {@code status}
 */
public record Event(
        long seq,
        Instant at,
        String kind,
        String resourceType,
        String resourceId,
        Optional<String> project,
        long revision,
        SortedMap<String, String> data) {
    public Event {
        at = Micros.round(at);
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    /** An event that has no place in the stream yet. */
    public static Event of(
            String resourceType,
            String change,
            String resourceId,
            Optional<String> project,
            long revision,
            Map<String, String> data,
            Instant at) {
        return new Event(
                0, at, resourceType + "." + change, resourceType, resourceId, project, revision, new TreeMap<>(data));
    }
}
