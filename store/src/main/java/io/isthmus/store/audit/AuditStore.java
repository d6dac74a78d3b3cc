package io.isthmus.store.audit;

import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery.InvalidQuery;
import io.isthmus.store.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/**
 * The trail of who did what. It only grows, and loses its oldest records when it has too many. Each record's hash covers
 * the record and the hash before it, so that one that was changed, left out or put in between is noticed; who can write the
 * database can also compute the whole chain anew, so note the newest hash elsewhere now and then.
 */
public final class AuditStore {
    /** How many records are kept, unless told otherwise. */
    public static final int KEPT = 500_000;

    private static final int READ_AT_A_TIME = 1_000;
    private static final Map<String, String> COLUMNS = Map.of(
            "user_id", "user_id",
            "project_id", "project_id",
            "request_id", "request_id",
            "address", "address",
            "method", "method",
            "route", "route",
            "operation", "operation",
            "resource_id", "resource_id",
            "status", "status",
            "code", "code");

    private final Database database;
    private final int kept;

    public AuditStore(Database database) {
        this(database, KEPT);
    }

    public AuditStore(Database database, int kept) {
        this.database = database;
        this.kept = kept;
    }

    /** The fields that a list may be searched by. */
    public static Set<String> listFields() {
        return COLUMNS.keySet();
    }

    /** Appends records in this order; they are on the disk when this returns. */
    public void append(List<AuditRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        database.write(transaction -> {
            var sql = transaction.sql();
            var seq = last(sql);
            var hash = hashOf(sql, seq);
            for (var record : records) {
                seq++;
                hash = chained(hash, record.at(seq, ""));
                insert(sql, record.at(seq, hash));
            }
            sql.execute("update counter set value = ? where name = 'audit'", seq);
            return seq;
        });
    }

    /** Removes the oldest, where there are more than are kept. The first that stays vouches for nothing before it. */
    public void prune() {
        database.write(transaction ->
                transaction.sql().execute("delete from audit where seq <= ?", last(transaction.sql()) - kept));
    }

    /**
     * Records, newest first.
     *
     * @param before the place before which to begin
     * @param visibleTo the project whose records are wanted; everybody's where it is empty
     */
    public List<AuditRecord> list(
            OptionalLong before, int limit, Optional<String> visibleTo, Map<String, String> equal) {
        var where = new StringBuilder("1 = 1");
        equal.forEach((field, value) -> {
            if (!COLUMNS.containsKey(field)) {
                throw new InvalidQuery(field, "there is no field " + field + " to list by");
            }
            if (field.equals("status") && !value.matches("\\d{3}")) {
                throw new InvalidQuery(field, "not a status: " + value);
            }
            where.append(" and ").append(field).append(" = :").append(field);
        });
        visibleTo.ifPresent(project -> where.append(" and project_id = :visible"));
        before.ifPresent(place -> where.append(" and seq < :before"));
        return database.read(sql -> {
            var query = sql.createQuery("select * from audit where " + where + " order by seq desc limit :limit")
                    .bind("limit", limit);
            equal.forEach((field, value) -> {
                if (field.equals("status")) {
                    query.bind(field, Integer.parseInt(value));
                } else {
                    query.bind(field, value);
                }
            });
            visibleTo.ifPresent(project -> query.bind("visible", project));
            before.ifPresent(place -> query.bind("before", place));
            return query.map((row, context) -> record(row)).list();
        });
    }

    /**
     * What checking the chain found.
     *
     * @param records how many there are
     * @param first the place of the oldest; 0 if there is none
     * @param last the place of the newest
     * @param head the newest hash, to be noted elsewhere
     * @param brokenAt the first record that does not fit to the one before it
     */
    public record Verification(long records, long first, long last, String head, OptionalLong brokenAt) {}

    /** Computes every hash anew. The oldest record's hash is taken as it is, since what was before it may be removed. */
    public Verification verify() {
        return database.read(sql -> {
            long count = 0;
            long first = 0;
            long place = 0;
            var hash = "";
            while (true) {
                var rows = sql.createQuery("select * from audit where seq > :place order by seq limit :limit")
                        .bind("place", place)
                        .bind("limit", READ_AT_A_TIME)
                        .map((row, context) -> record(row))
                        .list();
                for (var record : rows) {
                    var isFirst = count == 0;
                    if (isFirst) {
                        first = record.seq();
                    }
                    var vouched = isFirst && record.seq() > 1;
                    var follows = isFirst || record.seq() == place + 1;
                    var fits = vouched
                            || chained(hash, record.at(record.seq(), "")).equals(record.hash());
                    if (!follows || !fits) {
                        return new Verification(count, first, place, hash, OptionalLong.of(record.seq()));
                    }
                    place = record.seq();
                    hash = record.hash();
                    count++;
                }
                if (rows.size() < READ_AT_A_TIME) {
                    var cutOff = place < last(sql) ? OptionalLong.of(place + 1) : OptionalLong.empty();
                    return new Verification(count, first, place, hash, cutOff);
                }
            }
        });
    }

    private static long last(Handle sql) {
        return sql.createQuery("select value from counter where name = 'audit'")
                .mapTo(Long.class)
                .one();
    }

    private static String hashOf(Handle sql, long seq) {
        return sql.createQuery("select hash from audit where seq = :seq")
                .bind("seq", seq)
                .mapTo(String.class)
                .findOne()
                .orElse("");
    }

    private static String chained(String before, AuditRecord record) {
        try {
            var text = before + "\n" + Json.write(record);
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void insert(Handle sql, AuditRecord record) {
        sql.createUpdate("""
                insert into audit (seq, at_micros, request_id, user_id, project_id, roles, system_scope, address,
                    method, route, operation, resource_id, status, code, hash)
                values (:seq, :at, :request, :user, :project, :roles, :system, :address, :method, :route, :operation,
                    :resource, :status, :code, :hash)""")
                .bind("seq", record.seq())
                .bind("at", Micros.of(record.at()))
                .bind("request", record.requestId())
                .bind("user", record.userId())
                .bind("project", record.projectId())
                .bind("roles", Json.write(record.roles()))
                .bind("system", record.systemScope() ? 1 : 0)
                .bind("address", record.address())
                .bind("method", record.method())
                .bind("route", record.route())
                .bind("operation", record.operation())
                .bind("resource", record.resourceId())
                .bind("status", record.status())
                .bind("code", record.code())
                .bind("hash", record.hash())
                .execute();
    }

    private static AuditRecord record(ResultSet row) throws SQLException {
        return new AuditRecord(
                row.getLong("seq"),
                Micros.time(row.getLong("at_micros")),
                row.getString("request_id"),
                Optional.ofNullable(row.getString("user_id")),
                Optional.ofNullable(row.getString("project_id")),
                Json.readStrings(row.getString("roles")),
                row.getInt("system_scope") == 1,
                row.getString("address"),
                row.getString("method"),
                row.getString("route"),
                row.getString("operation"),
                Optional.ofNullable(row.getString("resource_id")),
                row.getInt("status"),
                Optional.ofNullable(row.getString("code")),
                row.getString("hash"));
    }
}
