package io.isthmus.store.event;

import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Micros;
import io.isthmus.store.Transaction;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import tools.jackson.core.type.TypeReference;

/** The stream of what changed, in the order of commits; the newest events are kept. Who waits wakes up at a commit. */
public final class EventStore {
    /** How many events are kept, unless told otherwise. */
    public static final int KEPT = 100_000;

    /** The columns of the fields that a list may be searched by. */
    private static final Map<String, String> COLUMNS = Map.of(
            "id", "seq",
            "at", "at_micros",
            "kind", "kind",
            "resource_type", "resource_type",
            "resource_id", "resource_id",
            "project_id", "project_id",
            "revision", "revision");

    private static final int BETWEEN_PRUNINGS = 1_000;
    private static final TypeReference<SortedMap<String, String>> DATA = new TypeReference<>() {};

    private final Database database;
    private final int kept;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition grown = lock.newCondition();
    private final Map<String, Map<Watch, Condition>> watches = new HashMap<>();
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

    /** The fields that a list may be searched by. */
    public static Set<String> listFields() {
        return COLUMNS.keySet();
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
        transaction.afterCommit(() -> wake(seq, event.resourceId()));
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

    /**
     * A part of the stream.
     *
     * @param marker the place beside which to begin, itself left out; from the newest or the oldest on where it is empty
     * @param visibleTo the project whose events are wanted, and those of nobody; everybody's where it is empty
     * @param equal values that fields must have
     */
    public List<Event> list(
            OptionalLong marker,
            int limit,
            boolean newestFirst,
            Optional<String> visibleTo,
            Map<String, String> equal) {
        var where = new StringBuilder("1 = 1");
        for (var field : equal.keySet()) {
            if (!COLUMNS.containsKey(field)) {
                throw new ListQuery.InvalidQuery(
                        field, "there is no field " + field + " to list by; there are " + COLUMNS.keySet());
            }
            where.append(" and ").append(COLUMNS.get(field)).append(" = :").append(field);
        }
        if (visibleTo.isPresent()) {
            where.append(" and (project_id is null or project_id = :visible)");
        }
        if (marker.isPresent()) {
            where.append(newestFirst ? " and seq < :marker" : " and seq > :marker");
        }
        var order = newestFirst ? "desc" : "asc";
        return database.read(sql -> {
            var query = sql.createQuery(
                            "select * from event where " + where + " order by seq " + order + " limit :limit")
                    .bind("limit", limit);
            equal.forEach((field, text) -> query.bind(field, value(field, text)));
            visibleTo.ifPresent(project -> query.bind("visible", project));
            marker.ifPresent(place -> query.bind("marker", place));
            return query.map((row, context) -> event(row)).list();
        });
    }

    private static Object value(String field, String text) {
        try {
            return switch (field) {
                case "id", "revision" -> Long.parseLong(text);
                case "at" -> Micros.of(Instant.parse(text));
                default -> text;
            };
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException wrong) {
            throw new ListQuery.InvalidQuery(field, "not a value of " + field + ": " + text);
        }
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

    /** Tells from now on, until closed, when something about one resource is committed. */
    public Watch watch(String resourceId) {
        return new Watch(resourceId);
    }

    /** One listener's interest in one resource. */
    public final class Watch implements AutoCloseable {
        private final String resourceId;
        private boolean changed;

        private Watch(String resourceId) {
            this.resourceId = resourceId;
            lock.lock();
            try {
                watches.computeIfAbsent(resourceId, id -> new HashMap<>()).put(this, lock.newCondition());
            } finally {
                lock.unlock();
            }
        }

        /** Waits for a change since the last wait, at most so long; answers whether there was one. */
        public boolean await(Duration atMost) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                var condition = watches.getOrDefault(resourceId, Map.of()).get(this);
                if (condition == null) {
                    throw new IllegalStateException("the watch is closed");
                }
                var left = atMost.toNanos();
                while (!changed && !closed && left > 0) {
                    left = condition.awaitNanos(left);
                }
                var result = changed;
                changed = false;
                return result;
            } finally {
                lock.unlock();
            }
        }

        @Override
        public void close() {
            lock.lock();
            try {
                watches.computeIfPresent(resourceId, (id, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
            } finally {
                lock.unlock();
            }
        }
    }

    public boolean isClosed() {
        lock.lock();
        try {
            return closed;
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
            watches.values().forEach(all -> all.values().forEach(Condition::signalAll));
        } finally {
            lock.unlock();
        }
    }

    private void wake(long seq, String resourceId) {
        lock.lock();
        try {
            last = Math.max(last, seq);
            grown.signalAll();
            watches.getOrDefault(resourceId, Map.of()).forEach((watch, condition) -> {
                watch.changed = true;
                condition.signalAll();
            });
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
