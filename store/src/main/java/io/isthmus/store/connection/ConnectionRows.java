package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Liveness;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Settings;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Listing;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/** Connections and their sides as rows: reads them, writes them, decides nothing. */
final class ConnectionRows {
    static final Listing LISTING = Listing.of("connection")
            .with("name", Listing.Type.TEXT)
            .with("project_id", Listing.Type.TEXT)
            .withCondition("site", "id in (select connection_id from side where site = :site)")
            .with("local_endpoint", Listing.Type.TEXT)
            .with("remote_endpoint", Listing.Type.TEXT)
            .with("service", Listing.Type.TEXT)
            .withOptional("bandwidth_mbps", Listing.Type.INTEGER)
            .withOptional("max_latency_ms", Listing.Type.REAL)
            .with("encryption", Listing.Type.TEXT)
            .with("address_policy", Listing.Type.TEXT)
            .with("on_failure", Listing.Type.TEXT)
            .with("admin_state_up", Listing.Type.BOOLEAN)
            .with("status", Listing.Type.TEXT)
            .with("oper_status", Listing.Type.TEXT)
            .with("sync_status", Listing.Type.TEXT);

    private static final TypeReference<SortedMap<String, String>> FACTS = new TypeReference<>() {};
    private static final TypeReference<Set<Part>> PARTS = new TypeReference<>() {};

    private static final TypeReference<List<Drift>> DRIFT = new TypeReference<>() {};

    private ConnectionRows() {}

    /** A connection's row before its sides are added. */
    private record Bare(ConnectionId id, Function<Map<SideRole, Side>, Stored<ConnectionFacts>> with) {}

    static Optional<Stored<ConnectionFacts>> find(Handle sql, ConnectionId id) {
        return withSides(
                        sql,
                        sql.createQuery("select * from connection where id = :id")
                                .bind("id", id.toString())
                                .map((row, context) -> bare(row))
                                .list())
                .stream()
                .findFirst();
    }

    static List<Stored<ConnectionFacts>> list(Handle sql, ListQuery query) {
        return withSides(sql, LISTING.select(sql, query, (row, context) -> bare(row)));
    }

    static Map<UUID, EndpointUse> uses(Handle sql, List<UUID> endpoints) {
        if (endpoints.isEmpty()) {
            return Map.of();
        }
        return sql
                .createQuery("select * from side where endpoint_id in (<ids>)")
                .bindList("ids", endpoints.stream().map(UUID::toString).toList())
                .map((row, context) -> Map.entry(
                        UUID.fromString(row.getString("endpoint_id")),
                        new EndpointUse(ConnectionId.parse(row.getString("connection_id")), side(row))))
                .stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Where the sides of those connections are for which a condition on {@code c} holds, the oldest first. */
    static List<ConnectionSites> sites(Handle sql, String condition, Map<String, String> values) {
        return sql.createQuery("""
                select c.id, l.site as local_site, r.site as remote_site from connection c
                join side l on l.connection_id = c.id and l.role = 'local'
                join side r on r.connection_id = c.id and r.role = 'remote'
                where %s order by c.created_micros, c.id""".formatted(condition))
                .bindMap(values)
                .map((row, context) -> new ConnectionSites(
                        ConnectionId.parse(row.getString("id")),
                        new SiteId(row.getString("local_site")),
                        new SiteId(row.getString("remote_site"))))
                .list();
    }

    static void insert(Handle sql, Stored<ConnectionFacts> stored) {
        bind(sql.createUpdate("""
                insert into connection (id, name, project_id, local_endpoint, remote_endpoint, service, bandwidth_mbps,
                    max_latency_ms, encryption, address_policy, on_failure, admin_state_up, desired, goal, started,
                    settled, reservation, probe, failure, activated_micros, deadline_micros, status, oper_status,
                    sync_status, liveness, previous, expires_micros, tags, created_micros, updated_micros, revision)
                values (:id, :name, :project, :local_endpoint, :remote_endpoint, :service, :bandwidth_mbps,
                    :max_latency_ms, :encryption, :address_policy, :on_failure, :admin_state_up, :desired, :goal,
                    :started, :settled, :reservation, :probe, :failure, :activated, :deadline, :status, :oper_status,
                    :sync_status, :liveness, :previous, :expires, :tags, :created, :updated, :revision)"""), stored).execute();
        var desired = stored.value().desired();
        insert(sql, stored.value().id(), desired.localEndpoint(), stored.value().local());
        insert(
                sql,
                stored.value().id(),
                desired.remoteEndpoint(),
                stored.value().remote());
    }

    static void update(Handle sql, Stored<ConnectionFacts> before, Stored<ConnectionFacts> after) {
        bind(sql.createUpdate("""
                update connection set name = :name, bandwidth_mbps = :bandwidth_mbps, max_latency_ms = :max_latency_ms,
                    encryption = :encryption, address_policy = :address_policy, on_failure = :on_failure,
                    admin_state_up = :admin_state_up, desired = :desired, goal = :goal, started = :started,
                    settled = :settled, reservation = :reservation, probe = :probe, failure = :failure,
                    activated_micros = :activated, deadline_micros = :deadline, status = :status,
                    oper_status = :oper_status, sync_status = :sync_status, liveness = :liveness, previous = :previous,
                    expires_micros = :expires, tags = :tags, updated_micros = :updated,
                    revision = :revision
                where id = :id"""), after).execute();
        for (var role : SideRole.values()) {
            var side = after.value().side(role);
            if (!side.equals(before.value().side(role))) {
                update(sql, after.value().id(), side);
            }
        }
    }

    static void delete(Handle sql, ConnectionId id) {
        for (var table : List.of("reservation", "booking", "side")) {
            sql.createUpdate("delete from " + table + " where connection_id = :id")
                    .bind("id", id.toString())
                    .execute();
        }
        sql.createUpdate("delete from connection where id = :id")
                .bind("id", id.toString())
                .execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, Stored<ConnectionFacts> stored) {
        var facts = stored.value();
        var desired = facts.desired();
        return statement
                .bind("id", facts.id().toString())
                .bind("name", desired.name())
                .bind("project", desired.projectId())
                .bind("local_endpoint", desired.localEndpoint().toString())
                .bind("remote_endpoint", desired.remoteEndpoint().toString())
                .bind("service", Json.word(desired.service()))
                .bind("bandwidth_mbps", desired.bandwidthMbps())
                .bind("max_latency_ms", desired.maxLatencyMs())
                .bind("encryption", Json.word(desired.encryption()))
                .bind("address_policy", Json.word(desired.addressPolicy()))
                .bind("on_failure", Json.word(desired.onFailure()))
                .bind("admin_state_up", desired.adminStateUp() ? 1 : 0)
                .bind("desired", Json.write(desired))
                .bind("goal", Json.word(facts.goal()))
                .bind("started", facts.started() ? 1 : 0)
                .bind("settled", facts.settled() ? 1 : 0)
                .bind("reservation", Json.writeOptional(facts.reservation()))
                .bind("probe", Json.writeOptional(facts.probe()))
                .bind("failure", Json.writeOptional(facts.failure()))
                .bind("activated", facts.activatedAt().map(Micros::of))
                .bind("deadline", facts.deadlineAt().map(Micros::of))
                .bind("status", Json.word(facts.status()))
                .bind("oper_status", Json.word(facts.operStatus()))
                .bind("sync_status", Json.word(facts.syncStatus()))
                .bind("liveness", Json.writeOptional(facts.liveness()))
                .bind("previous", Json.writeOptional(facts.previous()))
                .bind("expires", desired.expiresAt().map(Micros::of))
                .bind("tags", Json.write(stored.tags()))
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision());
    }

    private static void insert(Handle sql, ConnectionId id, UUID endpoint, Side side) {
        bind(sql.createUpdate("""
                insert into side (connection_id, role, endpoint_id, site, status, touched_parts, facts, last_error,
                    drift)
                values (:id, :role, :endpoint, :site, :status, :touched_parts, :facts, :last_error, :drift)"""), id, side)
                .bind("endpoint", endpoint.toString())
                .bind("site", side.site().name())
                .execute();
    }

    private static void update(Handle sql, ConnectionId id, Side side) {
        bind(sql.createUpdate("""
                update side set status = :status, touched_parts = :touched_parts, facts = :facts, last_error = :last_error,
                    drift = :drift
                where connection_id = :id and role = :role"""), id, side).execute();
    }

    private static <S extends SqlStatement<S>> S bind(S statement, ConnectionId id, Side side) {
        return statement
                .bind("id", id.toString())
                .bind("role", Json.word(side.role()))
                .bind("status", Json.word(side.status()))
                .bind(
                        "touched_parts",
                        Json.write(side.touchedParts().stream().sorted().toList()))
                .bind("facts", Json.write(side.facts()))
                .bind("last_error", Json.writeOptional(side.lastError()))
                .bind("drift", side.drift().isEmpty() ? null : Json.write(side.drift()));
    }

    private static List<Stored<ConnectionFacts>> withSides(Handle sql, List<Bare> rows) {
        if (rows.isEmpty()) {
            return List.of();
        }
        var sides = new HashMap<String, Map<SideRole, Side>>();
        sql.createQuery("select * from side where connection_id in (<ids>)")
                .bindList("ids", rows.stream().map(row -> row.id().toString()).toList())
                .map((row, context) -> Map.entry(row.getString("connection_id"), side(row)))
                .forEach(each -> sides.computeIfAbsent(each.getKey(), id -> new EnumMap<>(SideRole.class))
                        .put(each.getValue().role(), each.getValue()));
        return rows.stream()
                .map(row -> row.with().apply(sides.getOrDefault(row.id().toString(), Map.of())))
                .toList();
    }

    private static Side side(ResultSet row) throws SQLException {
        return new Side(
                Json.value(row.getString("role"), SideRole.class),
                new SiteId(row.getString("site")),
                Json.value(row.getString("status"), SideStatus.class),
                Json.read(row.getString("touched_parts"), PARTS),
                Json.read(row.getString("facts"), FACTS),
                Json.readOptional(row.getString("last_error"), StepError.class),
                drift(row.getString("drift")));
    }

    private static List<Drift> drift(@Nullable String text) {
        return text == null ? List.of() : Json.read(text, DRIFT);
    }

    private static Bare bare(ResultSet row) throws SQLException {
        var desired = Json.read(row.getString("desired"), Connection.class);
        var goal = Json.value(row.getString("goal"), ConnectionGoal.class);
        var started = row.getInt("started") != 0;
        var settled = row.getInt("settled") != 0;
        var reservation = Json.readOptional(row.getString("reservation"), Reservation.class);
        var probe = Json.readOptional(row.getString("probe"), ProbeReport.class);
        var activated = time(row, "activated_micros");
        var failure = Json.readOptional(row.getString("failure"), StepError.class);
        var deadline = time(row, "deadline_micros");
        var liveness = Json.readOptional(row.getString("liveness"), Liveness.class);
        var previous = Json.readOptional(row.getString("previous"), Settings.class);
        var created = Micros.time(row.getLong("created_micros"));
        var updated = Micros.time(row.getLong("updated_micros"));
        var revision = row.getLong("revision");
        var tags = Json.readStrings(row.getString("tags"));
        return new Bare(desired.id(), sides -> {
            var facts = new ConnectionFacts(
                    desired,
                    goal,
                    started,
                    settled,
                    reservation,
                    Objects.requireNonNull(sides.get(SideRole.LOCAL)),
                    Objects.requireNonNull(sides.get(SideRole.REMOTE)),
                    probe,
                    activated,
                    failure,
                    deadline,
                    liveness,
                    previous);
            return new Stored<>(facts, created, updated, revision, tags);
        });
    }

    private static Optional<Instant> time(ResultSet row, String column) throws SQLException {
        var micros = row.getLong(column);
        return row.wasNull() ? Optional.empty() : Optional.of(Micros.time(micros));
    }
}
