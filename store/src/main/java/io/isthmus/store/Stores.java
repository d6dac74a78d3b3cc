package io.isthmus.store;

import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.idempotency.IdempotencyStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import io.isthmus.store.site.SiteStore;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** All stores of one node over one database. */
public record Stores(
        Database database,
        EventStore events,
        SiteStore sites,
        LinkStore links,
        EndpointStore endpoints,
        OperationStore operations,
        ConnectionStore connections,
        IdempotencyStore idempotency,
        QuotaStore quotas)
        implements AutoCloseable {
    /** How long operations that are over are kept. */
    public static final Duration OPERATIONS_KEPT = Duration.ofDays(30);

    public static Stores open(Path file) {
        return over(Database.open(file));
    }

    public static Stores over(Database database) {
        var events = new EventStore(database);
        var endpoints = new EndpointStore(database, events);
        var operations = new OperationStore(database, events);
        return new Stores(
                database,
                events,
                new SiteStore(database, events),
                new LinkStore(database, events),
                endpoints,
                operations,
                new ConnectionStore(database, events, endpoints, operations),
                new IdempotencyStore(database),
                new QuotaStore(database, events));
    }

    /** Removes what has been kept long enough; to be called now and then. */
    public void housekeep(Instant now) {
        operations.forgetOverSince(now.minus(OPERATIONS_KEPT));
    }

    /** Wakes who waits for events and closes the database. */
    @Override
    public void close() {
        events.close();
        database.close();
    }
}
