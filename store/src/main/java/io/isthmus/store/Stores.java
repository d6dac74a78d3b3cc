package io.isthmus.store;

import io.isthmus.core.quota.Amounts;
import io.isthmus.core.quota.Quota;
import io.isthmus.store.audit.AuditStore;
import io.isthmus.store.backup.ChoiceStore;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.credential.CredentialStore;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.idempotency.IdempotencyStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.link.SightStore;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import io.isthmus.store.site.SiteStore;
import io.isthmus.store.webhook.WebhookStore;
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
        CredentialStore credentials,
        AuditStore audit,
        WebhookStore webhooks,
        QuotaStore quotas,
        ChoiceStore choices,
        SightStore sights)
        implements AutoCloseable {
    /** How long operations that are over are kept. */
    public static final Duration OPERATIONS_KEPT = Duration.ofDays(30);

    public static Stores open(Path file) {
        return open(file, Quota.DEFAULT);
    }

    /** @param standardQuota what a project may have for which nobody has said otherwise */
    public static Stores open(Path file, Amounts standardQuota) {
        return over(Database.open(file), standardQuota);
    }

    public static Stores over(Database database) {
        return over(database, Quota.DEFAULT);
    }

    private static Stores over(Database database, Amounts standardQuota) {
        var events = new EventStore(database);
        var quotas = new QuotaStore(database, events, standardQuota);
        var endpoints = new EndpointStore(database, events, quotas);
        var operations = new OperationStore(database, events);
        return new Stores(
                database,
                events,
                new SiteStore(database, events),
                new LinkStore(database, events),
                endpoints,
                operations,
                new ConnectionStore(database, events, endpoints, operations, quotas),
                new IdempotencyStore(database),
                new CredentialStore(database),
                new AuditStore(database),
                new WebhookStore(database),
                quotas,
                new ChoiceStore(database, events),
                new SightStore(database, events));
    }

    /** Removes what has been kept long enough; to be called now and then. */
    public void housekeep(Instant now) {
        operations.forgetOverSince(now.minus(OPERATIONS_KEPT));
        audit.prune();
    }

    /** Wakes who waits for events and closes the database. */
    @Override
    public void close() {
        events.close();
        database.close();
    }
}
