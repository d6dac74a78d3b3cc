package io.isthmus.store.site;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Site;
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
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/** The sites. */
public final class SiteStore {
    private static final Listing LISTING = Listing.of("site")
            .with("name", Listing.Type.TEXT)
            .with("cloud_kind", Listing.Type.TEXT)
            .with("auth_url", Listing.Type.TEXT)
            .with("region_name", Listing.Type.TEXT)
            .withOptional("cell", Listing.Type.TEXT)
            .with("physical_network", Listing.Type.TEXT)
            .with("admin_state_up", Listing.Type.BOOLEAN);

    private final Database database;
    private final EventStore events;

    public SiteStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** {@link Change.Done}, or {@link Change.Exists} where the id is taken. */
    public Change<Site> create(Site site, List<String> tags, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, site.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            var stored = Stored.first(site, tags, now);
            bound(sql.createUpdate("""
                    insert into site (id, name, cloud_kind, auth_url, region_name, cell, physical_network, admin_state_up, document, tags,
                        created_micros, updated_micros, revision)
                    values (:id, :name, :cloud_kind, :auth_url, :region_name, :cell, :physical_network, :admin_state_up, :document, :tags,
                        :created, :updated, :revision)"""), stored).execute();
            announce(transaction, "created", stored);
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<Site>> find(SiteId id) {
        return database.read(sql -> find(sql, id));
    }

    public List<Stored<Site>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> site(row)));
    }

    /**
     * {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, or {@link Change.InUse} where another region, cell,
     * network service or physical network is named while connections end here: what they have there could not be found again.
     */
    public Change<Site> update(Site site, List<String> tags, long revision, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, site.id());
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            if (isAnotherNetwork(there.get().value().cloud(), site.cloud())) {
                var connections =
                        users(sql, "select connection_id from side where site = :id order by connection_id", site.id());
                if (!connections.isEmpty()) {
                    return new Change.InUse<>("connection", connections);
                }
            }
            var stored = there.get().next(site, tags, now);
            bound(sql.createUpdate("""
                    update site set name = :name, cloud_kind = :cloud_kind, auth_url = :auth_url,
                        region_name = :region_name, cell = :cell, physical_network = :physical_network, admin_state_up = :admin_state_up, document = :document,
                        tags = :tags, created_micros = :created, updated_micros = :updated, revision = :revision
                    where id = :id and revision = :revision - 1"""), stored).execute();
            announce(transaction, "updated", stored);
            return new Change.Done<>(stored);
        });
    }

    /** {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}, or {@link Change.InUse} by links or endpoints. */
    public Change<Site> delete(SiteId id, long revision, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var links = users(sql, "select id from link where a_site = :id or z_site = :id order by id", id);
            if (!links.isEmpty()) {
                return new Change.InUse<>("link", links);
            }
            var endpoints = users(sql, "select id from endpoint where site = :id order by id", id);
            if (!endpoints.isEmpty()) {
                return new Change.InUse<>("endpoint", endpoints);
            }
            sql.createUpdate("delete from site where id = :id")
                    .bind("id", id.name())
                    .execute();
            announce(
                    transaction,
                    "deleted",
                    there.get().next(there.get().value(), there.get().tags(), now));
            return new Change.Done<>(there.get());
        });
    }

    private static boolean isAnotherNetwork(Cloud one, Cloud other) {
        return !(one.physicalNetwork().equals(other.physicalNetwork())
                && one.regionName().equals(other.regionName())
                && one.cell().equals(other.cell())
                && one.networkServiceName().equals(other.networkServiceName()));
    }

    private static List<String> users(Handle sql, String query, SiteId id) {
        return sql.createQuery(query).bind("id", id.name()).mapTo(String.class).list();
    }

    private static Optional<Stored<Site>> find(Handle sql, SiteId id) {
        return sql.createQuery("select * from site where id = :id")
                .bind("id", id.name())
                .map((row, context) -> site(row))
                .findOne();
    }

    private void announce(Transaction transaction, String change, Stored<Site> stored) {
        events.append(
                transaction,
                Event.of(
                        "site",
                        change,
                        stored.value().id().name(),
                        Optional.empty(),
                        stored.revision(),
                        Map.of("name", stored.value().name()),
                        stored.updatedAt()));
    }

    private static Update bound(Update update, Stored<Site> stored) {
        var site = stored.value();
        return update.bind("id", site.id().name())
                .bind("name", site.name())
                .bind("cloud_kind", Json.word(site.cloud().kind()))
                .bind("auth_url", site.cloud().authUrl().toString())
                .bind("region_name", site.cloud().regionName())
                .bind("cell", site.cloud().cell().orElse(null))
                .bind("physical_network", site.cloud().physicalNetwork())
                .bind("admin_state_up", site.adminStateUp() ? 1 : 0)
                .bind("document", Json.write(site))
                .bind("tags", Json.write(stored.tags()))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision());
    }

    private static Stored<Site> site(ResultSet row) throws SQLException {
        return new Stored<>(
                Json.read(row.getString("document"), Site.class),
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
