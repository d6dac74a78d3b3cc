package io.isthmus.server.engine;

import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.site.SiteStore;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Names the sites that packets of a connection cross now, from the AS numbers that its gateways see on the way. */
final class PathsInUse {
    static final String AS_PATH = "as_path";

    private final SiteStore sites;

    PathsInUse(SiteStore sites) {
        this.sites = sites;
    }

    /** Adds the path to what was read of a side whose gateway told the AS numbers. */
    void addTo(SortedMap<String, String> facts, Ends ends, SideRole role) {
        var numbers = Arrays.stream(facts.getOrDefault(AS_PATH, "").split(" "))
                .filter(number -> !number.isEmpty())
                .map(Long::valueOf)
                .toList();
        if (numbers.isEmpty()) {
            return;
        }
        var expected = onPath(ends.facts().reservation().orElseThrow());
        var known = expected.keySet().containsAll(numbers) ? expected : all();
        facts.put(
                "path",
                Stream.concat(
                                Stream.of(ends.site(role).name()),
                                numbers.stream()
                                        .map(number -> Optional.ofNullable(known.get(number))
                                                .map(SiteId::name)
                                                .orElse("AS" + number)))
                        .collect(Collectors.joining(" ")));
    }

    private Map<Long, SiteId> onPath(Reservation reservation) {
        return byNumber(reservation.sites().stream().flatMap(id -> sites.find(id).stream()));
    }

    private Map<Long, SiteId> all() {
        return byNumber(sites.list(ListQuery.ALL).stream());
    }

    private static Map<Long, SiteId> byNumber(Stream<Stored<io.isthmus.core.site.Site>> stored) {
        var byNumber = new HashMap<Long, SiteId>();
        stored.map(Stored::value)
                .forEach(site -> site.gateway().ifPresent(gateway -> byNumber.put(gateway.asn(), site.id())));
        return byNumber;
    }
}
