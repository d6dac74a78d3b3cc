package io.isthmus.store.backup;

import io.isthmus.core.backup.ChosenBackup;
import io.isthmus.core.backup.Standing;
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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** The backups that owners have chosen, and how each stands. */
public final class ChoiceStore {
    private static final Listing LISTING = Listing.of("backup_choice")
            .with("name", Listing.Type.TEXT)
            .with("project_id", Listing.Type.TEXT)
            .with("site", Listing.Type.TEXT)
            .with("backup", Listing.Type.TEXT)
            .with("status", "phase", Listing.Type.TEXT);

    /** A choice and how it stands. */
    public record Watched(ChosenBackup choice, Standing standing) {}

    private final Database database;
    private final EventStore events;

    public ChoiceStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** {@link Change.Done}, or {@link Change.Exists} where the id is taken. */
    public Change<Watched> create(ChosenBackup choice, List<String> tags, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), choice.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            var stored = Stored.first(new Watched(choice, Standing.kept(Micros.round(now))), tags, now);
            transaction
                    .sql()
                    .createUpdate("""
                    insert into backup_choice (id, name, project_id, site, backup, phase, document, standing, tags,
                        created_micros, updated_micros, revision)
                    values (:id, :name, :project, :site, :backup, :phase, :document, :standing, :tags,
                        :created, :updated, :revision)""")
                    .bind("id", choice.id().toString())
                    .bind("name", choice.name())
                    .bind("project", choice.projectId())
                    .bind("site", choice.site().name())
                    .bind("backup", choice.backup().name())
                    .bind("phase", Json.word(stored.value().standing().phase()))
                    .bind("document", Json.write(choice))
                    .bind("standing", Json.write(stored.value().standing()))
                    .bind("tags", Json.write(tags))
                    .bind("created", Micros.of(stored.createdAt()))
                    .bind("updated", Micros.of(stored.updatedAt()))
                    .bind("revision", stored.revision())
                    .execute();
            announce(transaction, "created", stored, Map.of());
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<Watched>> find(UUID id) {
        return database.read(sql -> find(sql, id));
    }

    public int countOf(String projectId) {
        return database.read(sql -> sql.createQuery("select count(*) from backup_choice where project_id = :project")
                .bind("project", projectId)
                .mapTo(Integer.class)
                .one());
    }

    public int count() {
        return database.read(sql -> sql.createQuery("select count(*) from backup_choice")
                .mapTo(Integer.class)
                .one());
    }

    public List<Stored<Watched>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> watched(row)));
    }

    /**
     * Keeps how a choice stands, if nobody has changed the choice since it was read.
     *
     * @param news what is told with it: the event's kind and data; nothing where that is empty
     */
    public void keep(Stored<Watched> before, Standing standing, Optional<News> news, Instant now) {
        database.write(transaction -> {
            var choice = before.value().choice();
            var stored = before.next(new Watched(choice, standing), before.tags(), now);
            int changed = transaction
                    .sql()
                    .createUpdate("""
                    update backup_choice set phase = :phase, standing = :standing, updated_micros = :updated,
                        revision = :revision
                    where id = :id and revision = :revision - 1""")
                    .bind("id", choice.id().toString())
                    .bind("phase", Json.word(standing.phase()))
                    .bind("standing", Json.write(standing))
                    .bind("updated", Micros.of(stored.updatedAt()))
                    .bind("revision", stored.revision())
                    .execute();
            if (changed == 1) {
                news.ifPresent(told -> announce(transaction, told.kind(), stored, told.data()));
            }
            return changed;
        });
    }

    /** Something to tell about a choice. */
    public record News(String kind, Map<String, String> data) {}

    /** {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}. */
    public Change<Watched> delete(UUID id, long revision, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            transaction
                    .sql()
                    .createUpdate("delete from backup_choice where id = :id")
                    .bind("id", id.toString())
                    .execute();
            announce(
                    transaction,
                    "deleted",
                    there.get().next(there.get().value(), there.get().tags(), now),
                    Map.of());
            return new Change.Done<>(there.get());
        });
    }

    private static Optional<Stored<Watched>> find(Handle sql, UUID id) {
        return sql.createQuery("select * from backup_choice where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> watched(row))
                .findOne();
    }

    private void announce(Transaction transaction, String change, Stored<Watched> stored, Map<String, String> more) {
        var choice = stored.value().choice();
        var data = new HashMap<>(more);
        data.put("name", choice.name());
        data.put("site", choice.site().name());
        data.put("backup", choice.backup().name());
        data.put("status", Json.word(stored.value().standing().phase()));
        events.append(
                transaction,
                Event.of(
                        "backup_choice",
                        change,
                        choice.id().toString(),
                        Optional.of(choice.projectId()),
                        stored.revision(),
                        data,
                        stored.updatedAt()));
    }

    private static Stored<Watched> watched(ResultSet row) throws SQLException {
        return new Stored<>(
                new Watched(
                        Json.read(row.getString("document"), ChosenBackup.class),
                        Json.read(row.getString("standing"), Standing.class)),
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
