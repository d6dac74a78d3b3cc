package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.connection.ConnectionSites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** When each connection is to be read back within one round: evenly over the interval, and never too often at one site. */
record PatrolRound(List<Look> looks) {
    record Look(ConnectionId connection, Duration after) {}

    PatrolRound {
        looks = List.copyOf(looks);
    }

    /**
     * Spreads a round.
     *
     * @param gap the least time between two looks at one site; where a site has too many connections the round takes longer
     */
    static PatrolRound over(List<ConnectionSites> connections, Duration interval, Duration gap) {
        Map<SiteId, Duration> next = new HashMap<>();
        var looks = new ArrayList<Look>();
        for (int at = 0; at < connections.size(); at++) {
            var connection = connections.get(at);
            var after = interval.multipliedBy(at).dividedBy(connections.size());
            for (var site : List.of(connection.local(), connection.remote())) {
                var free = next.getOrDefault(site, Duration.ZERO);
                after = after.compareTo(free) < 0 ? free : after;
            }
            next.put(connection.local(), after.plus(gap));
            next.put(connection.remote(), after.plus(gap));
            looks.add(new Look(connection.id(), after));
        }
        return new PatrolRound(looks);
    }

    /** Until the last look. */
    Duration length() {
        return looks.stream().map(Look::after).max(Duration::compareTo).orElse(Duration.ZERO);
    }
}
