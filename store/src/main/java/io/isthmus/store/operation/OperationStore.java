package io.isthmus.store.operation;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.request.TraceParent;
import io.isthmus.core.site.SiteId;
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
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import tools.jackson.core.type.TypeReference;

/** The operations, with their steps. An operation that is over never changes again. */
public final class OperationStore {
    /** More steps than this are not recorded. */
    public static final int MAX_STEPS = 500;

    private static final TypeReference<List<OperationStep>> STEPS = new TypeReference<>() {};
    private static final Listing LISTING = Listing.of("operation")
            .with("kind", Listing.Type.TEXT)
            .with("resource_type", Listing.Type.TEXT)
            .with("resource_id", Listing.Type.TEXT)
            .with("project_id", Listing.Type.TEXT)
            .with("state", Listing.Type.TEXT)
            .withOptional("request_id", Listing.Type.TEXT);

    private final Database database;
    private final EventStore events;

    public OperationStore(Database database, EventStore events) {
        this.database = database;
        this.events = events;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return LISTING.fields();
    }

    public Stored<Operation> create(Operation operation, Instant now) {
        return database.write(transaction -> insert(transaction, operation, now));
    }

    /** Creates it within a greater change. */
    public Stored<Operation> insert(Transaction transaction, Operation operation, Instant now) {
        var stored = Stored.first(operation, List.of(), now);
        transaction
                .sql()
                .createUpdate("""
                insert into operation (id, kind, resource_type, resource_id, project_id, state, steps, request_id, traceparent,
                    created_micros, updated_micros, revision)
                values (:id, :kind, :type, :resource, :project, :state, :steps, :request, :trace, :created, :updated,
                    :revision)""")
                .bind("id", operation.id().toString())
                .bind("kind", Json.word(operation.kind()))
                .bind("type", operation.resourceType())
                .bind("resource", operation.resourceId())
                .bind("project", operation.projectId())
                .bind("state", Json.word(operation.state()))
                .bind("steps", Json.write(operation.steps()))
                .bind("request", operation.requestId())
                .bind("trace", TraceParent.find())
                .bind("created", Micros.of(stored.createdAt()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision())
                .execute();
        announce(transaction, "created", stored);
        return stored;
    }

    public Optional<Stored<Operation>> find(UUID id) {
        return database.read(sql -> find(sql, id));
    }

    public List<Stored<Operation>> list(ListQuery query) {
        return database.read(sql -> LISTING.select(sql, query, (row, context) -> operation(row)));
    }

    /** The operation of a connection that is not over, the newest if there are several. */
    public Optional<Stored<Operation>> currentOf(ConnectionId connection) {
        return database.read(sql -> sql.createQuery("""
                select * from operation where resource_id = :id and state in ('pending', 'running')
                order by created_micros desc, id desc limit 1""")
                .bind("id", connection.toString())
                .map((row, context) -> operation(row))
                .findOne());
    }

    /**
     * Where what is under way came from.
     *
     * @param traceParent of which trace that request was part
     */
    public record Origin(String requestId, Optional<String> traceParent) {}

    /** The request that caused what is under way for a connection. */
    public Optional<Origin> originOf(ConnectionId connection) {
        return database.read(sql -> sql.createQuery("""
                select request_id, traceparent from operation
                where resource_id = :id and state in ('pending', 'running') and request_id is not null
                order by created_micros desc, id desc limit 1""")
                .bind("id", connection.toString())
                .map((row, context) ->
                        new Origin(row.getString("request_id"), Optional.ofNullable(row.getString("traceparent"))))
                .findOne());
    }

    /** The newest operation of each of these resources, over or not. */
    public Map<String, UUID> newestOf(Collection<String> resources) {
        if (resources.isEmpty()) {
            return Map.of();
        }
        return database.read(sql -> {
            var newest = new HashMap<String, UUID>();
            sql.createQuery("""
                    select resource_id, id from operation where resource_id in (<ids>)
                    order by created_micros, id""")
                    .bindList("ids", List.copyOf(resources))
                    .map((row, context) ->
                            Map.entry(row.getString("resource_id"), UUID.fromString(row.getString("id"))))
                    .forEach(each -> newest.put(each.getKey(), each.getValue()));
            return newest;
        });
    }

    /** Records that a step began; the operation runs from its first step on. */
    public void stepStarted(UUID id, Optional<SiteId> site, String step, Instant now) {
        change(id, now, operation -> {
            var steps = new ArrayList<>(operation.steps());
            if (steps.size() < MAX_STEPS) {
                steps.add(OperationStep.started(site, step, now));
            }
            return operation.with(steps).with(OperationState.RUNNING);
        });
    }

    /** Records how the newest running step of that name at that site ended. */
    public void stepDone(UUID id, Optional<SiteId> site, String step, StepState outcome, String detail, Instant now) {
        change(id, now, operation -> {
            var steps = new ArrayList<>(operation.steps());
            for (int at = steps.size() - 1; at >= 0; at--) {
                if (steps.get(at).isRunning(site, step)) {
                    steps.set(at, steps.get(at).done(outcome, detail, now));
                    break;
                }
            }
            return operation.with(steps);
        });
    }

    /** Replaces all its steps; the cheap way for a caller that keeps them. The first {@link #MAX_STEPS} are kept. */
    public void saveSteps(UUID id, List<OperationStep> steps, Instant now) {
        var kept = steps.subList(0, Math.min(steps.size(), MAX_STEPS));
        change(id, now, operation -> operation.with(kept).with(OperationState.RUNNING));
    }

    /** Ends it; without effect if it is over or not there. */
    public void finish(UUID id, OperationState state, Instant now) {
        change(id, now, operation -> operation.with(state));
    }

    /** Ends, within a greater change, whatever is under way for a resource. */
    public void finishAllOf(Transaction transaction, String resource, OperationState state, Instant now) {
        transaction
                .sql()
                .createQuery("select * from operation where resource_id = :id and state in ('pending', 'running')")
                .bind("id", resource)
                .map((row, context) -> operation(row))
                .list()
                .forEach(stored -> save(transaction, stored, stored.value().with(state), now));
    }

    /** Removes operations that were over before {@code before}; answers how many. */
    public int forgetOverSince(Instant before) {
        return database.write(transaction -> transaction
                .sql()
                .createUpdate("""
                delete from operation where updated_micros < :before and state not in ('pending', 'running')""")
                .bind("before", Micros.of(before))
                .execute());
    }

    private void change(UUID id, Instant now, UnaryOperator<Operation> change) {
        database.write(transaction -> {
            find(transaction.sql(), id)
                    .filter(stored -> !stored.value().state().isOver())
                    .ifPresent(stored -> save(transaction, stored, change.apply(stored.value()), now));
            return true;
        });
    }

    private void save(Transaction transaction, Stored<Operation> before, Operation changed, Instant now) {
        if (changed.equals(before.value())) {
            return;
        }
        var stored = before.next(changed, before.tags(), now);
        transaction
                .sql()
                .createUpdate("""
                update operation set state = :state, steps = :steps, updated_micros = :updated, revision = :revision
                where id = :id""")
                .bind("id", changed.id().toString())
                .bind("state", Json.word(changed.state()))
                .bind("steps", Json.write(changed.steps()))
                .bind("updated", Micros.of(stored.updatedAt()))
                .bind("revision", stored.revision())
                .execute();
        announce(transaction, "updated", stored);
    }

    private void announce(Transaction transaction, String change, Stored<Operation> stored) {
        var operation = stored.value();
        var data = new HashMap<String, String>();
        data.put("kind", Json.word(operation.kind()));
        data.put("state", Json.word(operation.state()));
        data.put("resource_type", operation.resourceType());
        data.put("resource_id", operation.resourceId());
        if (!operation.steps().isEmpty()) {
            var newest = operation.steps().getLast();
            data.put("step", newest.step());
            data.put("step_state", Json.word(newest.state()));
            newest.site().ifPresent(site -> data.put("site", site.name()));
        }
        events.append(
                transaction,
                Event.of(
                        "operation",
                        change,
                        operation.id().toString(),
                        Optional.of(operation.projectId()),
                        stored.revision(),
                        data,
                        stored.updatedAt()));
    }

    private static Optional<Stored<Operation>> find(Handle sql, UUID id) {
        return sql.createQuery("select * from operation where id = :id")
                .bind("id", id.toString())
                .map((row, context) -> operation(row))
                .findOne();
    }

    private static Stored<Operation> operation(ResultSet row) throws SQLException {
        var operation = new Operation(
                UUID.fromString(row.getString("id")),
                Json.value(row.getString("kind"), OperationKind.class),
                row.getString("resource_type"),
                row.getString("resource_id"),
                row.getString("project_id"),
                Json.value(row.getString("state"), OperationState.class),
                Json.read(row.getString("steps"), STEPS),
                Optional.ofNullable(row.getString("request_id")));
        return new Stored<>(
                operation,
                Micros.time(row.getLong("created_micros")),
                Micros.time(row.getLong("updated_micros")),
                row.getLong("revision"),
                List.of());
    }
}
