package io.isthmus.store.quota;

import io.isthmus.core.quota.Amounts;
import io.isthmus.core.quota.Quota;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Listing;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import io.isthmus.store.Transaction;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The quotas that were set, and what each project has. What is created or made larger is held against them in its own transaction. */
public final class QuotaStore {
    private static final Listing LISTING = Listing.of("quota")
            .with("connections", Listing.Type.INTEGER)
            .with("endpoints", Listing.Type.INTEGER)
            .with("bandwidth_mbps", Listing.Type.INTEGER)
            .with("project_id", "id", Listing.Type.TEXT);

    private final Database database;
    private final EventStore events;
    private final Amounts standard;

    /** @param standard what a project may have for which nobody has said otherwise */
    public QuotaStore(Database database, EventStore events, Amounts standard) {
        this.database = database;
        this.events = events;
        this.standard = standard;
    }

    /** The quota of a project for which nobody has said otherwise. */
    public Quota standard(String project) {
        return new Quota(project, standard);
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** The quota that was set for a project. */
    public Optional<Stored<Quota>> find(String project) {
        return database.read(sql -> find(sql, project));
    }

    public List<Stored<Quota>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> quota(row)));
    }

    public Amounts used(String project) {
        return database.read(sql -> used(sql, project));
    }

    /**
     * Sets a project's quota, for the first time or again.
     *
     * @param revision what its setter saw, if they said so; 0 for none
     * @return {@link Change.Done} or {@link Change.Stale}
     */
    public Change<Quota> set(Quota quota, OptionalLong revision, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), quota.projectId());
            var seen = there.map(Stored::revision).orElse(0L);
            if (revision.isPresent() && revision.getAsLong() != seen) {
                return new Change.Stale<>(seen);
            }
            var stored = there.map(before -> before.next(quota, List.of(), now))
                    .orElseGet(() -> Stored.first(quota, List.of(), now));
            delete(transaction.sql(), quota.projectId());
            insert(transaction.sql(), stored);
            announce(transaction, there.isPresent() ? "updated" : "created", stored);
            return new Change.Done<>(stored);
        });
    }

    /** Gives a project the defaults again. {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}. */
    public Change<Quota> reset(String project, OptionalLong revision, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), project);
            var seen = there.map(Stored::revision).orElse(0L);
            if (revision.isPresent() && revision.getAsLong() != seen) {
                return new Change.Stale<>(seen);
            }
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            delete(transaction.sql(), project);
            announce(transaction, "deleted", there.get().next(there.get().value(), List.of(), now));
            return new Change.Done<>(there.get());
        });
    }

    /** What a change would have too much of just now. */
    public Optional<Quota.Exceeded> exceeded(String project, Amounts asked) {
        return database.read(sql -> exceeded(sql, project, asked));
    }

    /** What a change within this transaction would have too much of. */
    public Optional<Quota.Exceeded> exceeded(Handle sql, String project, Amounts asked) {
        var quota = find(sql, project).map(Stored::value).orElseGet(() -> standard(project));
        return quota.exceeded(used(sql, project), asked);
    }

    /** A connection that was rolled back counts until it is deleted, but holds no bandwidth. */
    private static Amounts used(Handle sql, String project) {
        var connections = sql.createQuery("""
                select count(*) as number, sum(case when goal = 'rolled_back' and settled = 1 then 0
                    else coalesce(bandwidth_mbps, 0) end) as mbps
                from connection where project_id = :project and goal <> 'tombstone'""")
                .bind("project", project)
                .map((row, context) -> List.of(row.getLong("number"), row.getLong("mbps")))
                .one();
        var endpoints = sql.createQuery("select count(*) from endpoint where project_id = :project")
                .bind("project", project)
                .mapTo(Long.class)
                .one();
        return new Amounts(connections.getFirst(), endpoints, connections.getLast());
    }

    private static Optional<Stored<Quota>> find(Handle sql, String project) {
        return sql.createQuery("select * from quota where id = :id")
                .bind("id", project)
                .map((row, context) -> quota(row))
                .findOne();
    }

    private static void delete(Handle sql, String project) {
        sql.createUpdate("delete from quota where id = :id").bind("id", project).execute();
    }

    private static void insert(Handle sql, Stored<Quota> stored) {
        var limits = stored.value().limits();
        sql.createUpdate("""
                insert into quota (id, connections, endpoints, bandwidth_mbps, created_micros, updated_micros, revision)
                values (:id, :connections, :endpoints, :bandwidth_mbps, :created, :updated, :revision)""")
                .bind("id", stored.value().projectId())
                .bind("connections", limits.connections())
                .bind("endpoints", limits.endpoints())
                .bind("bandwidth_mbps", limits.bandwidthMbps())
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision())
                .execute();
    }

    private void announce(Transaction transaction, String change, Stored<Quota> stored) {
        var quota = stored.value();
        events.append(
                transaction,
                Event.of(
                        "quota",
                        change,
                        quota.projectId(),
                        Optional.of(quota.projectId()),
                        stored.revision(),
                        Map.of(
                                "connections", Long.toString(quota.limits().connections()),
                                "endpoints", Long.toString(quota.limits().endpoints()),
                                "bandwidth_mbps", Long.toString(quota.limits().bandwidthMbps())),
                        stored.updatedAt()));
    }

    private static Stored<Quota> quota(ResultSet row) throws SQLException {
        return new Stored<>(
                new Quota(
                        row.getString("id"),
                        new Amounts(
                                row.getLong("connections"), row.getLong("endpoints"), row.getLong("bandwidth_mbps"))),
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                List.of());
    }
}
