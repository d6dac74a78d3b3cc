package io.isthmus.server.engine;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Disjointness;
import io.isthmus.store.connection.ConnectionStore;
import java.util.Optional;

/** What a connection has to keep clear of, because it is to be disjoint from another. */
public final class OtherPaths {
    private final ConnectionStore connections;

    public OtherPaths(ConnectionStore connections) {
        this.connections = connections;
    }

    /**
     * What to plan: the connection as it is wanted and what it keeps clear of. Where the other connection is gone, or will
     * never have a path, there is nothing to keep clear of.
     *
     * @param avoided the other connection's path as it is now; what becomes of it later changes nothing here
     */
    public record Wanted(Connection connection, Optional<Avoided> avoided) {}

    public Wanted of(Connection connection, Underlay underlay) {
        var avoided =
                connection.path().disjointFrom().flatMap(connections::find).flatMap(other -> path(other, underlay));
        return avoided.isPresent()
                ? new Wanted(connection, avoided)
                : new Wanted(connection.withPath(connection.path().withoutDisjointFrom()), avoided);
    }

    private static Optional<Avoided> path(ConnectionFacts other, Underlay underlay) {
        return other.goal() == ConnectionGoal.PRESENT
                ? other.reservation()
                        .map(held ->
                                Avoided.of(held.path(underlay.links()), underlay.sites(), Disjointness.SHARED_RISK))
                : Optional.empty();
    }
}
