package io.isthmus.store.idempotency;

import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.Micros;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * First replies to requests that carry an idempotency key, for a day. The first caller of {@link #begin} works, and then
 * calls {@link #complete}, {@link #abandon} or {@link #leaveUnanswered}; until then others are told that it is under way. If the process ends in
 * between, the next caller begins again and is given the time of the first, to derive the same ids from.
 */
public final class IdempotencyStore {
    public static final Duration KEPT = Duration.ofHours(24);

    private final Database database;
    private final Set<Key> underWay = ConcurrentHashMap.newKeySet();

    public IdempotencyStore(Database database) {
        this.database = database;
    }

    private record Key(String project, String key) {}

    private record Row(String sha256, Optional<Reply> reply, Instant since) {}

    /** A reply as it was first given. */
    public record Reply(int status, Map<String, String> headers, String body) {
        public Reply {
            headers = Map.copyOf(headers);
        }
    }

    /** What a request with a key is to do. */
    public sealed interface Begun {
        /** Do the work; {@code since} is when the key was first seen. */
        record First(Instant since) implements Begun {}

        record Replay(Reply reply) implements Begun {}

        /** The key was used for another request. */
        record OtherRequest() implements Begun {}

        /** The first request with this key has not been answered yet. */
        record UnderWay() implements Begun {}
    }

    /** Claims a key; {@code sha256} stands for the whole request. */
    public Begun begin(String project, String key, String sha256, Instant now) {
        return database.write(transaction -> {
            var sql = transaction.sql();
            sql.createUpdate("delete from idempotency where created_micros <= :before")
                    .bind("before", Micros.of(now.minus(KEPT)))
                    .execute();
            var row = sql.createQuery("""
                    select request_sha256, reply, created_micros from idempotency
                    where project_id = :project and idempotency_key = :key""")
                    .bind("project", project)
                    .bind("key", key)
                    .map((line, context) -> new Row(
                            line.getString("request_sha256"),
                            Json.readOptional(line.getString("reply"), Reply.class),
                            Micros.time(line.getLong("created_micros"))))
                    .findOne();
            if (row.isPresent()) {
                return known(row.get(), sha256, new Key(project, key));
            }
            sql.createUpdate("""
                    insert into idempotency (project_id, idempotency_key, request_sha256, created_micros)
                    values (:project, :key, :sha256, :now)""")
                    .bind("project", project)
                    .bind("key", key)
                    .bind("sha256", sha256)
                    .bind("now", Micros.of(now))
                    .execute();
            underWay.add(new Key(project, key));
            return new Begun.First(Micros.round(now));
        });
    }

    /** Stores the reply for those who ask again. */
    public void complete(String project, String key, Reply reply) {
        database.write(transaction -> transaction
                .sql()
                .createUpdate("""
                update idempotency set reply = :reply where project_id = :project and idempotency_key = :key""")
                .bind("reply", Json.write(reply))
                .bind("project", project)
                .bind("key", key)
                .execute());
        underWay.remove(new Key(project, key));
    }

    /** Nothing was changed: the key may be used again, for any request. */
    public void abandon(String project, String key) {
        database.write(transaction -> transaction
                .sql()
                .createUpdate("delete from idempotency where project_id = :project and idempotency_key = :key")
                .bind("project", project)
                .bind("key", key)
                .execute());
        underWay.remove(new Key(project, key));
    }

    /** It is not known how far the work came: the next caller with this key begins again, as after a crash. */
    public void leaveUnanswered(String project, String key) {
        underWay.remove(new Key(project, key));
    }

    private Begun known(Row row, String sha256, Key key) {
        if (!row.sha256().equals(sha256)) {
            return new Begun.OtherRequest();
        }
        if (row.reply().isPresent()) {
            return new Begun.Replay(row.reply().get());
        }
        return underWay.add(key) ? new Begun.First(row.since()) : new Begun.UnderWay();
    }
}
