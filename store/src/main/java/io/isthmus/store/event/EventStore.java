package io.isthmus.store.event;

import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.Micros;
import io.isthmus.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.type.TypeReference;

/** The stream of what changed, in the order of commits; the newest events are kept. Who waits wakes up at a commit. */
public final class EventStore {
    /** How many events are kept, unless told otherwise. */
    public static final int KEPT = 100_000;

    private static final int BETWEEN_PRUNINGS = 1_000;
    private static final TypeReference<SortedMap<String, String>> DATA = new TypeReference<>() {};

    private final Database database;
    private final int kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private long last;
    private boolean closed;

    public EventStore(Database database) {
        this(database, KEPT);
    }

    public EventStore(Database database, int kept) {
        this.database = database;
        this.kept = kept;
        this.last = database.read(sql -> sql.createQuery("select value from counter where name = 'event'")
                .mapTo(Long.class)
                .one());
    }

    /** Appends within the transaction that makes the change; returns its place in the stream. */
    public long append(Transaction transaction, Event event) {
        var sql = transaction.sql();
        sql.execute("update counter set value = value + 1 where name = 'event'");
        var seq = sql.createQuery("select value from counter where name = 'event'")
                .mapTo(Long.class)
                .one();
        sql.createUpdate("""
                insert into event (seq, at_micros, kind, resource_type, resource_id, project_id, revision, data)
                values (:seq, :at, :kind, :type, :id, :project, :revision, :data)""")
                .bind("seq", seq)
                .bind("at", Micros.of(event.at()))
                .bind("kind", event.kind())
                .bind("type", event.resourceType())
                .bind("id", event.resourceId())
                .bind("project", event.project())
                .bind("revision", event.revision())
                .bind("data", Json.write(event.data()))
                .execute();
        if (seq % BETWEEN_PRUNINGS == 0) {
            sql.execute("delete from event where seq <= ?", seq - kept);
        }
        transaction.afterCommit(() -> wake(seq));
        return seq;
    }

    /** At most {@code limit} events whose place is after {@code seq}, in order. */
    public List<Event> after(long seq, int limit) {
        return database.read(sql -> sql.createQuery("select * from event where seq > :seq order by seq limit :limit")
                .bind("seq", seq)
                .bind("limit", limit)
                .map((row, context) -> event(row))
                .list());
    }

    /** The place of the newest event; 0 if there never was one. */
    public long last() {
        lock.lock();
        try {
            return last;
        } finally {
            lock.unlock();
        }
    }

    /** The place of the oldest event that is kept; empty if there is none. */
    public Optional<Long> first() {
        return database.read(sql ->
                sql.createQuery("select min(seq) from event").mapTo(Long.class).findOne());
    }

    /** Waits until there is an event after {@code seq}, at most so long, or until closed; answers whether there is one. */
    public boolean awaitAfter(long seq, Duration atMost) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            var left = atMost.toNanos();
            while (last <= seq && !closed && left > 0) {
                left = grown.awaitNanos(left);
            }
            return last > seq;
        } finally {
            lock.unlock();
        }
    }

    /** Wakes everybody who waits; nobody waits any more. */
    public void close() {
        lock.lock();
        try {
            closed = true;
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void wake(long seq) {
        lock.lock();
        try {
            last = Math.max(last, seq);
            grown.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private static Event event(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("seq"),
                Micros.time(row.getLong("at_micros")),
                row.getString("kind"),
                row.getString("resource_type"),
                row.getString("resource_id"),
                Optional.ofNullable(row.getString("project_id")),
                row.getLong("revision"),
                Json.read(row.getString("data"), DATA));
    }
}
