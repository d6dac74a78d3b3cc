package io.isthmus.server.engine;

import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Requests that were sent and not answered, which may therefore still take effect: a Neutron that was frozen carries out what
 * waits in its sockets when it goes on. So a part that may have such a request under way counts as gone only when it was
 * absent twice, {@code limit} apart.
 *
 * <p>Soft state: what a former process sent is not known here, so after a start every touched part is in doubt that was never
 * read back.
 */
final class LateArrivals {
    private final Map<Place, Integer> unanswered = new ConcurrentHashMap<>();
    private final Map<Place, Instant> firstSeenAbsent = new ConcurrentHashMap<>();
    private final Duration limit;

    LateArrivals(Duration limit) {
        this.limit = limit;
    }

    private record Place(SideKey side, Part part) {}

    /** To be called before requests that make something are sent. */
    void sending(SideKey side, Part part) {
        firstSeenAbsent.remove(new Place(side, part));
        unanswered.merge(new Place(side, part), 1, Integer::sum);
    }

    /** All that was sent since {@link #sending} has been answered, so nothing of it comes later. */
    void answered(SideKey side, Part part) {
        unanswered.merge(new Place(side, part), -1, Integer::sum);
    }

    /** For how long something may still come of what was sent for parts that are absent now; zero if nothing can any more. */
    Duration stillPossibleFor(SideKey key, Side side, Instant now) {
        var longest = Duration.ZERO;
        for (var part : side.touchedParts()) {
            var place = new Place(key, part);
            if (inDoubt(unanswered.get(place), side)) {
                var since = firstSeenAbsent.computeIfAbsent(place, _ -> now);
                var left = limit.minus(Duration.between(since, now));
                longest = left.compareTo(longest) > 0 ? left : longest;
            }
        }
        return longest;
    }

    private static boolean inDoubt(@Nullable Integer outstanding, Side side) {
        return outstanding == null ? side.facts().isEmpty() : outstanding > 0;
    }

    /** The side was read back whole, or is gone for good. */
    void forget(SideKey side) {
        for (var part : Part.values()) {
            unanswered.remove(new Place(side, part));
            firstSeenAbsent.remove(new Place(side, part));
        }
    }
}
