package io.isthmus.store.link;

import io.isthmus.core.link.Link;
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
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The links of the underlay. */
public final class LinkStore {
    private static final Listing LISTING = Listing.of("link")
            .with("name", Listing.Type.TEXT)
            .with("a_site", Listing.Type.TEXT)
            .with("z_site", Listing.Type.TEXT)
            .with("latency_ms", Listing.Type.REAL)
            .with("capacity_mbps", Listing.Type.INTEGER)
            .with("mtu", Listing.Type.INTEGER)
            .with("cost", Listing.Type.INTEGER)
            .with("admin_state_up", Listing.Type.BOOLEAN);

    private final Database database;
    private final EventStore events;

    public LinkStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** {@link Change.Done}, {@link Change.Exists}, or {@link Change.Unknown} where a site is not there. */
    public Change<Link> create(Link link, List<String> tags, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, link.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            var missing = missingSite(sql, link);
            if (missing.isPresent()) {
                return new Change.Unknown<>("site", missing.get().name());
            }
            var stored = Stored.first(link, tags, now);
            bound(sql.createUpdate("""
                    insert into link (id, name, a_site, z_site, latency_ms, capacity_mbps, mtu, cost, failure_domains,
                        admin_state_up, tags, created_micros, updated_micros, revision)
                    values (:id, :name, :a_site, :z_site, :latency_ms, :capacity_mbps, :mtu, :cost, :failure_domains,
                        :admin_state_up, :tags, :created, :updated, :revision)"""), stored).execute();
            announce(transaction, "created", stored);
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<Link>> find(UUID id) {
        return database.read(sql -> find(sql, id));
    }

    public List<Stored<Link>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> link(row)));
    }

    /**
     * {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, {@link Change.Unknown} site, or {@link
     * Change.InUse} where connections run over it and its sites would change or its capacity fall below what is booked.
     */
    public Change<Link> update(Link link, List<String> tags, long revision, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, link.id());
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var missing = missingSite(sql, link);
            if (missing.isPresent()) {
                return new Change.Unknown<>("site", missing.get().name());
            }
            var users = users(sql, link.id());
            if (!users.isEmpty() && !mayBecome(sql, there.get().value(), link)) {
                return new Change.InUse<>("connection", users);
            }
            var stored = there.get().next(link, tags, now);
            bound(sql.createUpdate("""
                    update link set name = :name, a_site = :a_site, z_site = :z_site, latency_ms = :latency_ms,
                        capacity_mbps = :capacity_mbps, mtu = :mtu, cost = :cost, failure_domains = :failure_domains,
                        admin_state_up = :admin_state_up, tags = :tags, created_micros = :created,
                        updated_micros = :updated, revision = :revision
                    where id = :id and revision = :revision - 1"""), stored).execute();
            announce(transaction, "updated", stored);
            return new Change.Done<>(stored);
        });
    }

    /** {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, or {@link Change.InUse} by connections. */
    public Change<Link> delete(UUID id, long revision, Instant now) {
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
            sql.createUpdate("delete from link_sight where link_id = :id")
                    .bind("id", id.toString())
                    .execute();
            sql.createUpdate("delete from link where id = :id")
                    .bind("id", id.toString())
                    .execute();
            announce(
                    transaction,
                    "deleted",
                    there.get().next(there.get().value(), there.get().tags(), now));
            return new Change.Done<>(there.get());
        });
    }

    private static boolean mayBecome(Handle sql, Link now, Link then) {
        var booked = sql.createQuery("select coalesce(sum(mbps), 0) from booking where link_id = :id")
                .bind("id", now.id().toString())
                .mapTo(Long.class)
                .one();
        return now.aSite().equals(then.aSite()) && now.zSite().equals(then.zSite()) && then.capacityMbps() >= booked;
    }

    private static List<String> users(Handle sql, UUID id) {
        return sql.createQuery("select connection_id from booking where link_id = :id order by connection_id")
                .bind("id", id.toString())
                .mapTo(String.class)
                .list();
    }

    private static Optional<SiteId> missingSite(Handle sql, Link link) {
        return List.of(link.aSite(), link.zSite()).stream()
                .filter(site -> sql.createQuery("select id from site where id = :id")
                        .bind("id", site.name())
                        .mapTo(String.class)
                        .findOne()
                        .isEmpty())
                .findFirst();
    }

    private static Optional<Stored<Link>> find(Handle sql, UUID id) {
        return sql.createQuery("select * from link where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> link(row))
                .findOne();
    }

    private void announce(Transaction transaction, String change, Stored<Link> stored) {
        var link = stored.value();
        events.append(
                transaction,
                Event.of(
                        "link",
                        change,
                        link.id().toString(),
                        Optional.empty(),
                        stored.revision(),
                        Map.of(
                                "name", link.name(),
                                "a_site", link.aSite().name(),
                                "z_site", link.zSite().name()),
                        stored.updatedAt()));
    }

    private static Update bound(Update update, Stored<Link> stored) {
        var link = stored.value();
        return update.bind("id", link.id().toString())
                .bind("name", link.name())
                .bind("a_site", link.aSite().name())
                .bind("z_site", link.zSite().name())
                .bind("latency_ms", link.latencyMs())
                .bind("capacity_mbps", link.capacityMbps())
                .bind("mtu", link.mtu())
                .bind("cost", link.cost())
                .bind("failure_domains", Json.write(link.failureDomains()))
                .bind("admin_state_up", link.adminStateUp() ? 1 : 0)
                .bind("tags", Json.write(stored.tags()))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision());
    }

    private static Stored<Link> link(ResultSet row) throws SQLException {
        var link = new Link(
                UUID.fromString(row.getString("id")),
                row.getString("name"),
                new SiteId(row.getString("a_site")),
                new SiteId(row.getString("z_site")),
                row.getDouble("latency_ms"),
                row.getInt("capacity_mbps"),
                row.getInt("mtu"),
                row.getInt("cost"),
                Json.readStrings(row.getString("failure_domains")),
                row.getInt("admin_state_up") != 0);
        return new Stored<>(
                link,
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
