package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Transaction;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.operation.Operation;
import io.isthmus.store.operation.OperationKind;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * The connections: what is wanted, reserved and seen of each. Every change is one transaction, raises the revision and tells
 * the event stream; a change that changes nothing does neither. The methods for the engine throw {@link
 * NoSuchElementException} where the connection is not there: only {@link #forget} removes one.
 */
public final class ConnectionStore {
    private static final String RESOURCE = "connection";

    private final Database database;
    private final EventStore events;
    private final EndpointStore endpoints;
    private final OperationStore operations;

    public ConnectionStore(Database database, EventStore events, EndpointStore endpoints, OperationStore operations) {
        this.database = database;
        this.events = events;
        this.endpoints = endpoints;
        this.operations = operations;
    }

    /** The fields that a list may be searched and sorted by. */
    public static Set<String> listFields() {
        return ConnectionRows.LISTING.fields();
    }

    /**
     * Stores a connection with the endpoints that come with it, its two pending sides and the operation of its creation.
     *
     * @return {@link Change.Done}; {@link Change.Exists}; {@link Change.Unknown} endpoint or site; {@link Change.InUse} by
     *     the connection that has one of the endpoints
     */
    public Change<ConnectionFacts> create(NewConnection wanted, Instant now) {
        var connection = wanted.connection();
        return database.write(transaction -> {
            var sql = transaction.sql();
            var there = ConnectionRows.find(sql, connection.id());
            if (there.isPresent()) {
                return new Change.Exists<>(there.get());
            }
            for (var id : List.of(connection.localEndpoint(), connection.remoteEndpoint())) {
                if (isInline(wanted, id)) {
                    continue;
                }
                if (endpoints.find(sql, id).isEmpty()) {
                    return new Change.Unknown<>("endpoint", id.toString());
                }
                var use = ConnectionRows.uses(sql, List.of(id)).get(id);
                if (use != null) {
                    return new Change.InUse<>(RESOURCE, List.of(use.connection().toString()));
                }
            }
            for (var endpoint : wanted.inline()) {
                if (!endpoints.siteExists(sql, endpoint.site())) {
                    return new Change.Unknown<>("site", endpoint.site().name());
                }
            }
            var madeWith = Optional.of(connection.id().value());
            for (var endpoint : wanted.inline()) {
                var made = endpoints.insert(transaction, endpoint, List.of(), madeWith, now);
                if (!(made instanceof Change.Done<Endpoint>)) {
                    throw new IllegalStateException("endpoint " + endpoint.id() + " cannot be made: " + made);
                }
            }
            var stored = Stored.first(firstFacts(transaction, wanted), wanted.tags(), now);
            ConnectionRows.insert(sql, stored);
            operations.insert(transaction, operation(wanted.operationId(), OperationKind.CREATE, connection), now);
            announce(transaction, "created", stored);
            return new Change.Done<>(stored);
        });
    }

    public Optional<Stored<ConnectionFacts>> findStored(ConnectionId id) {
        return database.read(sql -> ConnectionRows.find(sql, id));
    }

    public Optional<ConnectionFacts> find(ConnectionId id) {
        return findStored(id).map(Stored::value);
    }

    public List<Stored<ConnectionFacts>> list(ListQuery query) {
        return database.read(sql -> ConnectionRows.list(sql, query));
    }

    /** Which connection has each of these endpoints; those that none has are left out. */
    public Map<UUID, EndpointUse> uses(Collection<UUID> endpointIds) {
        return database.read(sql -> ConnectionRows.uses(sql, List.copyOf(endpointIds)));
    }

    /** Everything with something left to do, the oldest first. */
    public List<ConnectionId> unsettled() {
        return ids("settled = 0");
    }

    /** Everything that shall exist and has nothing left to do: what audits look after. */
    public List<ConnectionId> presentAndSettled() {
        return ids("settled = 1 and goal = 'present'");
    }

    /** The engine takes it up. */
    public Stored<ConnectionFacts> start(ConnectionId id, Optional<Instant> deadlineAt, Instant now) {
        return change(id, now, draft -> {
            draft.started = true;
            draft.deadlineAt = deadlineAt;
        });
    }

    /**
     * Takes VNI, VLANs and bandwidth for this connection alone, all of them or none.
     *
     * @throws IllegalStateException if it holds another reservation
     */
    public Reserving reserve(ConnectionId id, Reservation wanted, Instant now) {
        return database.write(transaction -> {
            var before = existing(transaction, id);
            var held = before.value().reservation();
            if (held.isPresent()) {
                if (held.get().equals(wanted)) {
                    return new Reserving.Reserved(before);
                }
                throw new IllegalStateException("connection " + id + " holds another reservation");
            }
            return ReservationRows.tryReserve(transaction.sql(), before.value(), wanted)
                    .orElseGet(() -> new Reserving.Reserved(
                            save(transaction, before, now, draft -> draft.reservation = Optional.of(wanted))));
        });
    }

    public Set<Integer> reservedVlans(SiteId site, String physicalNetwork) {
        return database.read(sql -> ReservationRows.vlans(sql, site, physicalNetwork));
    }

    public Set<Integer> reservedVnis() {
        return database.read(ReservationRows::vnis);
    }

    /** What is booked on each link that any connection runs over. */
    public Map<UUID, Integer> bookedMbps() {
        return database.read(ReservationRows::bookedMbps);
    }

    public Stored<ConnectionFacts> saveSide(ConnectionId id, Side side, Instant now) {
        return change(id, now, draft -> draft.side(side));
    }

    /** Keeps why a step at this side failed, and leaves the rest of the side as it is. */
    public Stored<ConnectionFacts> saveError(ConnectionId id, SideRole role, StepError error, Instant now) {
        return change(id, now, draft -> draft.side(draft.side(role).failed(error)));
    }

    /**
     * Asks whether something may be sent that changes this part of a side, and if so stores that there may be something to
     * remove.
     * Refused once the connection is no longer wanted, or gone: nothing is made behind the back of a roll-back.
     */
    public boolean touch(ConnectionId id, SideRole role, Part part, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || there.get().value().goal() != ConnectionGoal.PRESENT) {
                return false;
            }
            save(
                    transaction,
                    there.get(),
                    now,
                    draft -> draft.side(draft.side(role).applying(part)));
            return true;
        });
    }

    public Stored<ConnectionFacts> saveProbe(ConnectionId id, ProbeReport report, Instant now) {
        return change(id, now, draft -> draft.probe = Optional.of(report));
    }

    /**
     * Probes passed in both directions: nothing is left to do, and the operation under way has succeeded. False, and nothing
     * changes, if the connection is no longer wanted.
     */
    public boolean activate(ConnectionId id, Instant now) {
        return end(id, now, OperationState.SUCCEEDED, facts -> facts.goal() == ConnectionGoal.PRESENT, draft -> {
            draft.activatedAt = draft.activatedAt.or(() -> Optional.of(now));
            draft.failure = Optional.empty();
        });
    }

    /** It cannot be made and a person is asked. False if it was made after all, or is no longer wanted. */
    public boolean fail(ConnectionId id, StepError failure, Instant now) {
        return end(
                id,
                now,
                OperationState.FAILED,
                ConnectionStore::isBeingMade,
                draft -> draft.failure = Optional.of(failure));
    }

    /** It cannot be made: what was made is to be taken away. False if it was made after all, or is no longer wanted. */
    public boolean rollBack(ConnectionId id, StepError failure, Instant now) {
        return changeIf(id, now, ConnectionStore::isBeingMade, draft -> {
            draft.goal = ConnectionGoal.ROLLED_BACK;
            draft.failure = Optional.of(failure);
            draft.deadlineAt = Optional.empty();
        });
    }

    /** Gives back what was reserved and ends a roll-back. False, and nothing changes, while something is left at a site. */
    public boolean finishRollBack(ConnectionId id, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()
                    || there.get().value().goal() != ConnectionGoal.ROLLED_BACK
                    || !there.get().value().nothingLeft()) {
                return false;
            }
            ReservationRows.release(transaction.sql(), id);
            save(transaction, there.get(), now, draft -> {
                draft.reservation = Optional.empty();
                draft.settled = true;
            });
            operations.finishAllOf(transaction, id.toString(), OperationState.ROLLED_BACK, now);
            return true;
        });
    }

    /** Takes up again what had been left to a person: both sides are to be looked at anew. False if it was not. */
    public boolean takeUpAgain(ConnectionId id, Optional<Instant> deadlineAt, Instant now) {
        return changeIf(id, now, facts -> facts.status() == ConnectionStatus.ERROR, draft -> {
            draft.failure = Optional.empty();
            draft.settled = false;
            draft.deadlineAt = deadlineAt;
            for (var role : SideRole.values()) {
                var side = draft.side(role);
                if (side.status() == SideStatus.APPLIED) {
                    draft.side(side.inDoubt());
                }
            }
        });
    }

    private static boolean isBeingMade(ConnectionFacts facts) {
        return facts.goal() == ConnectionGoal.PRESENT
                && !facts.settled()
                && facts.activatedAt().isEmpty();
    }

    private boolean end(
            ConnectionId id,
            Instant now,
            OperationState outcome,
            Predicate<ConnectionFacts> condition,
            Consumer<Draft> change) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || !condition.test(there.get().value())) {
                return false;
            }
            save(transaction, there.get(), now, draft -> {
                change.accept(draft);
                draft.settled = true;
                draft.deadlineAt = Optional.empty();
            });
            operations.finishAllOf(transaction, id.toString(), outcome, now);
            return true;
        });
    }

    private boolean changeIf(
            ConnectionId id, Instant now, Predicate<ConnectionFacts> condition, Consumer<Draft> change) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || !condition.test(there.get().value())) {
                return false;
            }
            save(transaction, there.get(), now, change);
            return true;
        });
    }

    /**
     * Its owner wants it gone: sets the goal and begins an operation, unless that was done before.
     *
     * @param revision what the owner saw, if they said so
     * @return {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}
     */
    public Change<ConnectionFacts> requestDeletion(
            ConnectionId id, OptionalLong revision, UUID operationId, Optional<Instant> deadlineAt, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && revision.getAsLong() != there.get().revision()) {
                return new Change.Stale<>(there.get().revision());
            }
            var facts = there.get().value();
            if (facts.goal() == ConnectionGoal.DELETED) {
                return new Change.Done<>(there.get());
            }
            operations.finishAllOf(transaction, id.toString(), OperationState.FAILED, now);
            operations.insert(transaction, operation(operationId, OperationKind.DELETE, facts.desired()), now);
            return new Change.Done<>(save(transaction, there.get(), now, draft -> {
                draft.goal = ConnectionGoal.DELETED;
                draft.failure = Optional.empty();
                draft.deadlineAt = deadlineAt;
                draft.settled = false;
            }));
        });
    }

    /** Changes what its owner calls it. {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}. */
    public Change<ConnectionFacts> rename(
            ConnectionId id, String name, List<String> tags, OptionalLong revision, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && revision.getAsLong() != there.get().revision()) {
                return new Change.Stale<>(there.get().revision());
            }
            return new Change.Done<>(
                    save(transaction, there.get(), tags, now, draft -> draft.desired = named(draft.desired, name)));
        });
    }

    /** Nothing of it is left anywhere: removes its record and the endpoints that came with it, ends its operation. */
    public void forget(ConnectionId id, Instant now) {
        database.write(transaction -> {
            var last = existing(transaction, id);
            ConnectionRows.delete(transaction.sql(), id);
            endpoints.removeMadeWith(transaction, id.value(), now);
            operations.finishAllOf(transaction, id.toString(), OperationState.SUCCEEDED, now);
            announce(transaction, "deleted", last.next(last.value(), last.tags(), now));
            return last;
        });
    }

    private ConnectionFacts firstFacts(Transaction transaction, NewConnection wanted) {
        var connection = wanted.connection();
        return new Draft(new ConnectionFacts(
                        connection,
                        ConnectionGoal.PRESENT,
                        false,
                        false,
                        Optional.empty(),
                        pending(transaction, SideRole.LOCAL, connection.localEndpoint()),
                        pending(transaction, SideRole.REMOTE, connection.remoteEndpoint()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        wanted.deadlineAt()))
                .facts();
    }

    private Side pending(Transaction transaction, SideRole role, UUID endpoint) {
        return Side.pending(
                role,
                endpoints
                        .find(transaction.sql(), endpoint)
                        .orElseThrow()
                        .value()
                        .site());
    }

    private static boolean isInline(NewConnection wanted, UUID endpoint) {
        return wanted.inline().stream().anyMatch(inline -> inline.id().equals(endpoint));
    }

    private static Operation operation(UUID id, OperationKind kind, Connection connection) {
        return Operation.pending(id, kind, RESOURCE, connection.id().toString(), connection.projectId());
    }

    private static Connection named(Connection old, String name) {
        return new Connection(
                old.id(),
                name,
                old.projectId(),
                old.localEndpoint(),
                old.remoteEndpoint(),
                old.service(),
                old.bandwidthMbps(),
                old.maxLatencyMs(),
                old.encryption(),
                old.path(),
                old.mtu(),
                old.addressPolicy(),
                old.onFailure(),
                old.adminStateUp(),
                old.expiresAt());
    }

    private List<ConnectionId> ids(String condition) {
        return database.read(
                sql -> sql.createQuery("select id from connection where " + condition + " order by created_micros, id")
                        .map((row, context) -> ConnectionId.parse(row.getString("id")))
                        .list());
    }

    private Stored<ConnectionFacts> change(ConnectionId id, Instant now, Consumer<Draft> change) {
        return database.write(transaction -> save(transaction, existing(transaction, id), now, change));
    }

    private static Stored<ConnectionFacts> existing(Transaction transaction, ConnectionId id) {
        return ConnectionRows.find(transaction.sql(), id)
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + id));
    }

    private Stored<ConnectionFacts> save(
            Transaction transaction, Stored<ConnectionFacts> before, Instant now, Consumer<Draft> change) {
        return save(transaction, before, before.tags(), now, change);
    }

    private Stored<ConnectionFacts> save(
            Transaction transaction,
            Stored<ConnectionFacts> before,
            List<String> tags,
            Instant now,
            Consumer<Draft> change) {
        var draft = new Draft(before.value());
        change.accept(draft);
        var facts = draft.facts();
        if (facts.equals(before.value()) && tags.equals(before.tags())) {
            return before;
        }
        var after = before.next(facts, tags, now);
        ConnectionRows.update(transaction.sql(), before, after);
        announce(transaction, "updated", after);
        return after;
    }

    private void announce(Transaction transaction, String change, Stored<ConnectionFacts> stored) {
        var facts = stored.value();
        var data = new HashMap<String, String>();
        data.put("name", facts.desired().name());
        data.put("status", Json.word(facts.status()));
        data.put("oper_status", Json.word(facts.operStatus()));
        data.put("sync_status", Json.word(facts.syncStatus()));
        data.put("local_site", facts.local().site().name());
        data.put("remote_site", facts.remote().site().name());
        data.put("local_status", Json.word(facts.local().status()));
        data.put("remote_status", Json.word(facts.remote().status()));
        facts.failure().ifPresent(failure -> data.put("error", failure.code()));
        events.append(
                transaction,
                Event.of(
                        RESOURCE,
                        change,
                        facts.id().toString(),
                        Optional.of(facts.desired().projectId()),
                        stored.revision(),
                        data,
                        stored.updatedAt()));
    }
}
