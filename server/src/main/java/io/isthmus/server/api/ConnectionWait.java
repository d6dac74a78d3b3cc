package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Predicate;

/** Holds a request back until a connection is as wanted; wakes at its events and asks nobody in between. */
final class ConnectionWait {
    static final int MOST_WAITERS = 2_000;
    private static final String DELETED = "deleted";

    private final Stores stores;
    private final Authentication authentication;
    private final Duration recheck;
    private final Places places;

    ConnectionWait(Stores stores, Authentication authentication, ApiLimits limits) {
        this.stores = stores;
        this.authentication = authentication;
        this.recheck = limits.recheck();
        this.places = new Places("requests that wait", MOST_WAITERS, limits.waitsPerCaller());
    }

    /** Whether waiting for a status may end here: it is there, or it will not come. */
    static Predicate<ConnectionFacts> until(String wanted) {
        if (!wanted.equals(DELETED)
                && Arrays.stream(ConnectionStatus.values())
                        .noneMatch(status -> Json.word(status).equals(wanted))) {
            throw Request.wrongParameter("wait", "wait is a status of connections, or deleted");
        }
        return facts -> switch (facts.status()) {
            case ERROR -> true;
            case ROLLED_BACK -> !wanted.equals(DELETED);
            case REQUESTED, RESERVING, PROVISIONING, ACTIVE, UPDATING, SUSPENDED, ROLLING_BACK, DELETING ->
                Json.word(facts.status()).equals(wanted);
        };
    }

    /**
     * The connection once it is as wanted or the time is up; empty once it is gone.
     *
     * @throws Problem.Unauthorized soon after the caller's token stops to hold
     */
    Optional<Stored<ConnectionFacts>> await(
            Request request, ConnectionId id, Predicate<ConnectionFacts> wanted, Duration atMost)
            throws InterruptedException {
        try (var _ = places.take(RequestScope.currentCaller());
                var watch = stores.events().watch(id.toString())) {
            var end = System.nanoTime() + atMost.toNanos();
            while (true) {
                var stored = stores.connections().findStored(id);
                var left = end - System.nanoTime();
                if (stored.isEmpty()
                        || wanted.test(stored.get().value())
                        || left <= 0
                        || stores.events().isClosed()) {
                    return stored;
                }
                watch.await(Duration.ofNanos(Math.min(left, recheck.toNanos())));
                Policy.SHOW_CONNECTION.check(authentication.authenticate(request::header));
            }
        }
    }
}
