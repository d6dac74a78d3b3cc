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
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;

/** Holds a request back until a connection is as wanted; wakes at its events and asks nobody in between. */
final class ConnectionWait {
    static final int MOST_WAITERS = 2_000;
    private static final String DELETED = "deleted";

    private final Stores stores;
    private final Semaphore places = new Semaphore(MOST_WAITERS);

    ConnectionWait(Stores stores) {
        this.stores = stores;
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

    /** The connection once it is as wanted or the time is up; empty once it is gone. */
    Optional<Stored<ConnectionFacts>> await(ConnectionId id, Predicate<ConnectionFacts> wanted, Duration atMost)
            throws InterruptedException {
        if (!places.tryAcquire()) {
            throw new Problem.OverLimit(
                    ProblemCode.TOO_MANY_REQUESTS, "at most " + MOST_WAITERS + " requests wait at a time");
        }
        try (var watch = stores.events().watch(id.toString())) {
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
                watch.await(Duration.ofNanos(left));
            }
        } finally {
            places.release();
        }
    }
}
