package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;
import java.util.List;
import java.util.Optional;

/**
 * A prefix that is in use somewhere.
 *
 * @param where for people: {@code a subnet of router r1 at site b}
 */
public record Place(Cidr prefix, String where) {

    /** Two prefixes that may not be reachable from one router. */
    public record Overlap(Place one, Place other) {
        /** Names both prefixes and where they are. */
        public String text() {
            return "%s (%s) overlaps %s (%s)".formatted(one.prefix(), one.where(), other.prefix(), other.where());
        }
    }

    Optional<Overlap> firstOverlap(List<Place> others) {
        return others.stream()
                .filter(other -> other.prefix().overlaps(prefix))
                .findFirst()
                .map(other -> new Overlap(this, other));
    }

    static boolean free(Cidr prefix, List<Place> places) {
        return places.stream().noneMatch(place -> place.prefix().overlaps(prefix));
    }
}
