package io.isthmus.store.endpoint;

import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.quota.Amounts;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Listing;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import io.isthmus.store.Transaction;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.quota.QuotaStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The endpoints, those that were made on their own and those that came with a connection. */
public final class EndpointStore {
    private static final Listing LISTING = Listing.of("endpoint")
            .with("name", Listing.Type.TEXT)
            .with("project_id", Listing.Type.TEXT)
            .with("site", Listing.Type.TEXT);

    private final Database database;
    private final EventStore events;
    private final QuotaStore quotas;

    public EndpointStore(Database database, EventStore events, QuotaStore quotas) {
        this.database = database;
        this.events = events;
        this.quotas = quotas;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /**
     * {@link Change.Done}, {@link Change.Exists}, {@link Change.Unknown} where its site is not there, or {@link
     * Change.OverQuota}.
     */
    public Change<Endpoint> create(Endpoint endpoint, List<String> tags, Instant now) {
        return database.write(transaction -> insert(transaction, endpoint, tags, Optional.empty(), now));
    }

    /** Creates it within a greater change; {@code madeWith} is the connection with which it shall go. */
    public Change<Endpoint> insert(
            Transaction transaction, Endpoint endpoint, List<String> tags, Optional<UUID> madeWith, Instant now) {
        var sql = transaction.sql();
        var there = find(sql, endpoint.id());
        if (there.isPresent()) {
            return new Change.Exists<>(there.get());
        }
        if (!siteExists(sql, endpoint.site())) {
            return new Change.Unknown<>("site", endpoint.site().name());
        }
        var exceeded = quotas.exceeded(sql, endpoint.projectId(), Amounts.ONE_ENDPOINT);
        if (exceeded.isPresent()) {
            return new Change.OverQuota<>(exceeded.get());
        }
        var stored = Stored.first(endpoint, tags, now);
        sql.createUpdate("""
                insert into endpoint (id, name, project_id, site, network, by_admin, made_with, tags, created_micros,
                    updated_micros, revision)
                values (:id, :name, :project, :site, :network, :by_admin, :made_with, :tags, :created, :updated,
                    :revision)""")
                .bind("id", endpoint.id().toString())
                .bind("name", endpoint.name())
                .bind("project", endpoint.projectId())
                .bind("site", endpoint.site().name())
                .bind("network", Json.write(endpoint.network()))
                .bind("by_admin", endpoint.byAdmin() ? 1 : 0)
                .bind("made_with", madeWith.map(UUID::toString))
                .bind("tags", Json.write(tags))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision())
                .execute();
        announce(transaction, "created", stored);
        return new Change.Done<>(stored);
    }

    public Optional<Stored<Endpoint>> find(UUID id) {
        return database.read(sql -> find(sql, id));
    }

    /** Finds it within a greater change. */
    public Optional<Stored<Endpoint>> find(Handle sql, UUID id) {
        return sql.createQuery("select * from endpoint where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> endpoint(row))
                .findOne();
    }

    public List<Stored<Endpoint>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> endpoint(row)));
    }

    /**
     * {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, {@link Change.Unknown} site, or {@link
     * Change.InUse} where a connection has it and its site or network would change.
     */
    public Change<Endpoint> update(Endpoint endpoint, List<String> tags, long revision, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, endpoint.id());
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            if (!siteExists(sql, endpoint.site())) {
                return new Change.Unknown<>("site", endpoint.site().name());
            }
            var before = there.get().value();
            var users = users(sql, endpoint.id());
            if (!users.isEmpty() && !before.isAtTheSameNetworkAs(endpoint)) {
                return new Change.InUse<>("connection", users);
            }
            var stored = there.get().next(endpoint, tags, now);
            sql.createUpdate("""
                    update endpoint set name = :name, site = :site, network = :network, by_admin = :by_admin, tags = :tags,
                        updated_micros = :updated, revision = :revision
                    where id = :id""")
                    .bind("id", endpoint.id().toString())
                    .bind("name", endpoint.name())
                    .bind("site", endpoint.site().name())
                    .bind("network", Json.write(endpoint.network()))
                    .bind("by_admin", endpoint.byAdmin() ? 1 : 0)
                    .bind("tags", Json.write(tags))
                    .bind("updated", Micros.of(stored.updatedAt()))
                    .bind("revision", stored.revision())
                    .execute();
            announce(transaction, "updated", stored);
            return new Change.Done<>(stored);
        });
    }

    /** {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, or {@link Change.InUse} by a connection. */
    public Change<Endpoint> delete(UUID id, long revision, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var users = users(sql, id);
            if (!users.isEmpty()) {
                return new Change.InUse<>("connection", users);
            }
            remove(transaction, there.get(), now);
            return new Change.Done<>(there.get());
        });
    }

    /** Removes, within a greater change, the endpoints that came with a connection. */
    public void removeMadeWith(Transaction transaction, UUID connection, Instant now) {
        transaction
                .sql()
                .createQuery("select * from endpoint where made_with = :connection order by id")
                .bind("connection", connection.toString())
                .map((row, context) -> endpoint(row))
                .list()
                .forEach(stored -> remove(transaction, stored, now));
    }

    private void remove(Transaction transaction, Stored<Endpoint> stored, Instant now) {
        transaction
                .sql()
                .createUpdate("delete from endpoint where id = :id")
                .bind("id", stored.value().id().toString())
                .execute();
        announce(transaction, "deleted", stored.next(stored.value(), stored.tags(), now));
    }

    private static List<String> users(Handle sql, UUID id) {
        return sql.createQuery("select connection_id from side where endpoint_id = :id")
                .bind("id", id.toString())
                .mapTo(String.class)
                .list();
    }

    /** Whether an endpoint may be there, asked within a greater change. */
    public boolean siteExists(Handle sql, SiteId id) {
        return sql.createQuery("select id from site where id = :id")
                .bind("id", id.name())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private void announce(Transaction transaction, String change, Stored<Endpoint> stored) {
        var endpoint = stored.value();
        events.append(
                transaction,
                Event.of(
                        "endpoint",
                        change,
                        endpoint.id().toString(),
                        Optional.of(endpoint.projectId()),
                        stored.revision(),
                        Map.of("name", endpoint.name(), "site", endpoint.site().name()),
                        stored.updatedAt()));
    }

    private static Stored<Endpoint> endpoint(ResultSet row) throws SQLException {
        var endpoint = new Endpoint(
                UUID.fromString(row.getString("id")),
                row.getString("name"),
                row.getString("project_id"),
                new SiteId(row.getString("site")),
                Json.read(row.getString("network"), EndpointNetwork.class),
                row.getInt("by_admin") == 1);
        return new Stored<>(
                endpoint,
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
