package io.isthmus.store.connection;

import io.isthmus.core.connection.ProbeReport;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import java.util.List;

/** Figures about all connections together, for those who watch a node. */
public final class ConnectionSurvey {
    private final Database database;

    public ConnectionSurvey(Database database) {
        this.database = database;
    }

    /** How many connections are in the same three states. */
    public record Count(String status, String operStatus, String syncStatus, long connections) {}

    /** What was last measured of a connection. */
    public record Probed(String connection, ProbeReport report) {}

    public List<Count> counts() {
        return database.read(sql -> sql.createQuery("""
                select status, oper_status, sync_status, count(*) as connections from connection
                where goal <> 'tombstone' group by status, oper_status, sync_status order by status, oper_status, sync_status""")
                .map((row, context) -> new Count(
                        row.getString("status"),
                        row.getString("oper_status"),
                        row.getString("sync_status"),
                        row.getLong("connections")))
                .list());
    }

    /** At most {@code limit} connections that were probed, those first that are not well. */
    public List<Probed> probes(int limit) {
        return database.read(sql -> sql.createQuery("""
                select id, probe from connection where probe is not null
                order by case when oper_status = 'up' then 1 else 0 end, id limit :limit""")
                .bind("limit", limit)
                .map((row, context) ->
                        new Probed(row.getString("id"), Json.read(row.getString("probe"), ProbeReport.class)))
                .list());
    }

    /** How many connections were probed. */
    public long probed() {
        return database.read(sql -> sql.createQuery("select count(*) from connection where probe is not null")
                .mapTo(Long.class)
                .one());
    }
}
