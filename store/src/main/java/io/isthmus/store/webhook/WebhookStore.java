package io.isthmus.store.webhook;

import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Listing;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import io.isthmus.store.event.Event;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;
import tools.jackson.core.type.TypeReference;

/** Webhooks, how far each is, and their dead letters. */
public final class WebhookStore {
    /** More dead letters than this are not kept of one webhook: the oldest go. */
    public static final int MOST_DEAD_LETTERS = 1_000;

    private static final TypeReference<SortedMap<String, String>> TEXTS = new TypeReference<>() {};
    private static final Listing LISTING = Listing.of("webhook")
            .with("name", Listing.Type.TEXT)
            .with("url", Listing.Type.TEXT)
            .with("admin_state_up", Listing.Type.BOOLEAN)
            .withOptional("project_id", Listing.Type.TEXT);

    private final Database database;

    public WebhookStore(Database database) {
        this.database = database;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    /** Begins with the event after {@code seq}; {@link Change.InUse} where the owner has {@code most} already. */
    public Change<Webhook> create(Webhook webhook, List<String> tags, long seq, int most, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, webhook.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            var others = sql.createQuery("select id from webhook where coalesce(project_id, '') = :project order by id")
                    .bind("project", webhook.project().orElse(""))
                    .mapTo(String.class)
                    .list();
            if (others.size() >= most) {
                return new Change.InUse<>("webhook", others);
            }
            var stored = Stored.first(webhook, tags, now);
            bound(sql.createUpdate("""
                    insert into webhook (id, name, project_id, url, kinds, sealed, key_id, admin_state_up,
                        delivered_seq, tags, created_micros, updated_micros, revision)
                    values (:id, :name, :project, :url, :kinds, :sealed, :key, :up, :seq, :tags, :created, :updated,
                        :revision)"""), stored).bind("seq", seq).execute();
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<Webhook>> find(UUID id) {
        return database.read(sql -> find(sql, id));
    }

    public List<Stored<Webhook>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> webhook(row)));
    }

    /** {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}. */
    public Change<Webhook> update(Webhook webhook, List<String> tags, long revision, Instant now) {
        return database.write(transaction -> {
            var there = find(transaction.sql(), webhook.id());
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (there.get().revision() != revision) {
                return new Change.Stale<>(there.get().revision());
            }
            var stored = there.get().next(webhook, tags, now);
            bound(transaction.sql().createUpdate("""
                    update webhook set name = :name, project_id = :project, url = :url, kinds = :kinds,
                        sealed = :sealed, key_id = :key, admin_state_up = :up, tags = :tags,
                        created_micros = :created, updated_micros = :updated, revision = :revision
                    where id = :id and revision = :revision - 1"""), stored).execute();
            return new Change.Done<>(stored);
        });
    }

    /** Its dead letters go with it. */
    public Change<Webhook> delete(UUID id, OptionalLong revision) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = find(sql, id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && there.get().revision() != revision.getAsLong()) {
                return new Change.Stale<>(there.get().revision());
            }
            sql.execute("delete from dead_letter where webhook_id = ?", id.toString());
            sql.execute("delete from webhook where id = ?", id.toString());
            return new Change.Done<>(there.get());
        });
    }

    /** Puts the same secret, sealed by another key, in place of that of {@code revision}; answers whether it did. */
    public boolean reseal(Webhook webhook, long revision) {
        return database.write(transaction -> transaction
                        .sql()
                        .createUpdate(
                                "update webhook set sealed = :sealed, key_id = :key where id = :id and revision = :at")
                        .bind("sealed", Json.write(webhook.sealed()))
                        .bind("key", webhook.keyId())
                        .bind("id", webhook.id().toString())
                        .bind("at", revision)
                        .execute()
                == 1);
    }

    public Optional<Webhook.Progress> progress(UUID id) {
        return database.read(sql -> sql.createQuery(
                        "select delivered_seq, last_error, last_success_micros from webhook where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> {
                    var success = row.getLong("last_success_micros");
                    return new Webhook.Progress(
                            row.getLong("delivered_seq"),
                            Optional.ofNullable(row.getString("last_error")),
                            success == 0 ? Optional.empty() : Optional.of(Micros.time(success)));
                })
                .findOne());
    }

    /** It is done with everything up to {@code seq}; {@code at}: when it took something, if it did. */
    public void delivered(UUID id, long seq, Optional<Instant> at) {
        database.write(transaction -> at.map(
                        time -> transaction.sql().createUpdate("""
                        update webhook set delivered_seq = :seq, last_error = null, last_success_micros = :at
                        where id = :id and delivered_seq < :seq""").bind("at", Micros.of(time)))
                .orElseGet(() -> transaction
                        .sql()
                        .createUpdate(
                                "update webhook set delivered_seq = :seq where id = :id and delivered_seq < :seq"))
                .bind("seq", seq)
                .bind("id", id.toString())
                .execute());
    }

    public void failed(UUID id, String error) {
        database.write(transaction ->
                transaction.sql().execute("update webhook set last_error = ? where id = ?", error, id.toString()));
    }

    /** Gives an event up, and goes on with the next one. */
    public void bury(UUID id, Event event, int attempts, String error, Instant now) {
        database.write(transaction -> {
            var sql = transaction.sql();
            if (find(sql, id).isEmpty()) {
                return 0;
            }
            sql.execute("delete from dead_letter where webhook_id = ? and seq = ?", id.toString(), event.seq());
            sql.createUpdate("""
                    insert into dead_letter (webhook_id, seq, event, attempts, error, wanted, at_micros)
                    values (:id, :seq, :event, :attempts, :error, 0, :at)""")
                    .bind("id", id.toString())
                    .bind("seq", event.seq())
                    .bind("event", Json.write(event))
                    .bind("attempts", attempts)
                    .bind("error", error)
                    .bind("at", Micros.of(now))
                    .execute();
            var tooOld = sql.createQuery(
                            "select seq from dead_letter where webhook_id = :id order by seq desc limit 1 offset :most")
                    .bind("id", id.toString())
                    .bind("most", MOST_DEAD_LETTERS)
                    .mapTo(Long.class)
                    .findOne();
            tooOld.ifPresent(seq ->
                    sql.execute("delete from dead_letter where webhook_id = ? and seq <= ?", id.toString(), seq));
            return sql.execute(
                    "update webhook set delivered_seq = ?, last_error = ? where id = ? and delivered_seq < ?",
                    event.seq(),
                    error,
                    id.toString(),
                    event.seq());
        });
    }

    /** The oldest first. */
    public List<Webhook.DeadLetter> deadLetters(UUID id, long afterSeq, int limit) {
        return database.read(sql -> sql.createQuery("""
                select * from dead_letter where webhook_id = :id and seq > :after order by seq limit :limit""")
                .bind("id", id.toString())
                .bind("after", afterSeq)
                .bind("limit", limit)
                .map((row, context) -> new Webhook.DeadLetter(
                        Json.read(row.getString("event"), Event.class),
                        row.getInt("attempts"),
                        row.getString("error"),
                        row.getInt("wanted") == 1,
                        Micros.time(row.getLong("at_micros"))))
                .list());
    }

    /** Wants all of them, or those named, delivered again; answers how many that are. */
    public int want(UUID id, List<Long> seqs) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            if (seqs.isEmpty()) {
                return sql.execute("update dead_letter set wanted = 1 where webhook_id = ?", id.toString());
            }
            return seqs.stream()
                    .mapToInt(seq -> sql.execute(
                            "update dead_letter set wanted = 1 where webhook_id = ? and seq = ?", id.toString(), seq))
                    .sum();
        });
    }

    /** It took a dead letter after all. */
    public void risen(UUID id, long seq, Instant at) {
        database.write(transaction -> {
            transaction.sql().execute("delete from dead_letter where webhook_id = ? and seq = ?", id.toString(), seq);
            return transaction
                    .sql()
                    .execute(
                            "update webhook set last_error = null, last_success_micros = ? where id = ?",
                            Micros.of(at),
                            id.toString());
        });
    }

    /** It did not take a dead letter this time either. */
    public void stillDead(UUID id, long seq, String error, Instant now) {
        database.write(transaction -> transaction
                .sql()
                .execute(
                        "update dead_letter set wanted = 0, attempts = attempts + 1, error = ?, at_micros = ?"
                                + " where webhook_id = ? and seq = ?",
                        error,
                        Micros.of(now),
                        id.toString(),
                        seq));
    }

    private static Optional<Stored<Webhook>> find(Handle sql, UUID id) {
        return sql.createQuery("select * from webhook where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> webhook(row))
                .findOne();
    }

    private static Update bound(Update update, Stored<Webhook> stored) {
        var webhook = stored.value();
        return update.bind("id", webhook.id().toString())
                .bind("name", webhook.name())
                .bind("project", webhook.project())
                .bind("url", webhook.url())
                .bind("kinds", Json.write(webhook.kinds()))
                .bind("sealed", Json.write(webhook.sealed()))
                .bind("key", webhook.keyId())
                .bind("up", webhook.adminStateUp() ? 1 : 0)
                .bind("tags", Json.write(stored.tags()))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision());
    }

    private static Stored<Webhook> webhook(ResultSet row) throws SQLException {
        return new Stored<>(
                new Webhook(
                        UUID.fromString(row.getString("id")),
                        row.getString("name"),
                        Optional.ofNullable(row.getString("project_id")),
                        row.getString("url"),
                        Json.readStrings(row.getString("kinds")),
                        Json.read(row.getString("sealed"), TEXTS),
                        row.getLong("key_id"),
                        row.getInt("admin_state_up") == 1),
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                Json.readStrings(row.getString("tags")));
    }
}
