package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.Liveness;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.l3.RouterUse;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Micros;
import io.isthmus.store.Stored;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * The connections: what is wanted, reserved and seen of each. Every change is one transaction, raises the revision and tells
 * the event stream; a change that changes nothing does neither. The methods for the engine throw {@link
 * NoSuchElementException} where the connection is not there: only {@link #forget} removes one.
 */
public final class ConnectionStore {
    private final Database database;
    private final EndpointStore endpoints;
    private final OperationStore operations;
    private final ConnectionChanges changes;
    private final OwnerRequests requests;
    private final ConnectionUpdates updates;
    private final Tombstones tombstones;

    public ConnectionStore(
            Database database,
            EventStore events,
            EndpointStore endpoints,
            OperationStore operations,
            QuotaStore quotas) {
        this.database = database;
        this.endpoints = endpoints;
        this.operations = operations;
        this.changes = new ConnectionChanges(database, events, operations);
        this.requests = new OwnerRequests(database, changes, endpoints, operations, quotas);
        this.updates = new ConnectionUpdates(database, changes, operations, quotas);
        this.tombstones = new Tombstones(database, changes, operations);
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
        return requests.create(wanted, now);
    }

    /**
     * Its owner wants it gone: sets the goal and begins an operation, unless that was done before.
     *
     * @param byForce what tenants still use is left to them; this may be asked for after a first deletion, too
     * @param revision what the owner saw, if they said so
     * @return {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}
     */
    public Change<ConnectionFacts> requestDeletion(
            ConnectionId id, OptionalLong revision, UUID operationId, boolean byForce, Instant now) {
        return requests.requestDeletion(id, revision, operationId, byForce, now);
    }

    /** See {@link OwnerRequests#relabel}. */
    public Change<ConnectionFacts> relabel(
            ConnectionId id, Connection labels, List<String> tags, OptionalLong revision, Instant now) {
        return requests.relabel(id, labels, tags, revision, now);
    }

    /** Those whose time is over and that nobody deletes yet, the longest over first; at most {@code most}. */
    public List<ConnectionId> expired(Instant now, int most) {
        return database.read(sql -> sql.createQuery("""
                        select id from connection where expires_micros <= :now and goal in ('present', 'rolled_back')
                        order by expires_micros, id limit :most""")
                .bind("now", Micros.of(now))
                .bind("most", most)
                .map((row, context) -> ConnectionId.parse(row.getString("id")))
                .list());
    }

    /** As its owner sees it: a tombstone is not there. */
    public Optional<Stored<ConnectionFacts>> findStored(ConnectionId id) {
        return database.read(sql -> ConnectionRows.find(sql, id)).filter(ConnectionRows::isForItsOwner);
    }

    /** As the engine sees it, which still has work with a tombstone. */
    public Optional<ConnectionFacts> find(ConnectionId id) {
        return database.read(sql -> ConnectionRows.find(sql, id)).map(Stored::value);
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

    /** The same, with the sites that audits of them reach. */
    public List<ConnectionSites> toAudit() {
        return database.read(sql -> ConnectionRows.sites(sql, "c.settled = 1 and c.goal = 'present'", Map.of()));
    }

    /** The sites that work on a connection reaches; none where it is not there. */
    public List<SiteId> sites(ConnectionId id) {
        return database.read(sql -> ConnectionRows.sites(sql, "c.id = :id", Map.of("id", id.toString()))).stream()
                .flatMap(found -> Stream.of(found.local(), found.remote()))
                .toList();
    }

    /** The engine takes it up. */
    public Stored<ConnectionFacts> start(ConnectionId id, Optional<Instant> deadlineAt, Instant now) {
        return changes.change(id, now, draft -> {
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
            var before = ConnectionChanges.existing(transaction, id);
            var held = before.value().reservation();
            if (held.isPresent()) {
                if (held.get().equals(wanted)) {
                    return new Reserving.Reserved(before);
                }
                throw new IllegalStateException("connection " + id + " holds another reservation");
            }
            return ReservationRows.tryReserve(transaction.sql(), before.value(), wanted)
                    .orElseGet(() -> new Reserving.Reserved(
                            changes.save(transaction, before, now, draft -> draft.reservation = Optional.of(wanted))));
        });
    }

    public Set<Integer> reservedVlans(SiteId site, String physicalNetwork) {
        return database.read(sql -> ReservationRows.vlans(sql, site, physicalNetwork));
    }

    public Set<Integer> reservedVnis() {
        return database.read(ReservationRows::vnis);
    }

    /** What L3 connections have reserved on routers of these sites. */
    public List<RouterUse> routerUses(Collection<SiteId> sites) {
        return database.read(sql -> RouterRows.uses(sql, sites));
    }

    /** See {@link io.isthmus.core.l3.Transit#number}. */
    public Set<Integer> reservedTransits() {
        return database.read(ReservationRows::transits);
    }

    /** See {@link io.isthmus.core.l3.Transit#natNumbers}. */
    public Set<Integer> reservedNatBlocks() {
        return database.read(ReservationRows::natBlocks);
    }

    /** What is booked on each link that any connection runs over. */
    public Map<UUID, Integer> bookedMbps() {
        return database.read(ReservationRows::bookedMbps);
    }

    public Stored<ConnectionFacts> saveSide(ConnectionId id, Side side, Instant now) {
        return changes.change(id, now, draft -> draft.side(side));
    }

    /** Keeps why a step at this side failed, and leaves the rest of the side as it is. */
    public Stored<ConnectionFacts> saveError(ConnectionId id, SideRole role, StepError error, Instant now) {
        return changes.change(id, now, draft -> draft.side(draft.side(role).failed(error)));
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
            changes.save(
                    transaction,
                    there.get(),
                    now,
                    draft -> draft.side(draft.side(role).applying(part)));
            return true;
        });
    }

    public Stored<ConnectionFacts> saveProbe(ConnectionId id, ProbeReport report, Instant now) {
        return changes.change(id, now, draft -> draft.probe = Optional.of(report));
    }

    /** Keeps what the gateways see of an active connection; empty, and nothing changes, if it is not active any more. */
    public Optional<ConnectionFacts> saveLiveness(ConnectionId id, Liveness liveness, Instant now) {
        var saved = changes.changeIf(
                id,
                now,
                facts -> facts.goal() == ConnectionGoal.PRESENT && facts.settled(),
                draft -> draft.liveness = Optional.of(liveness));
        return saved ? find(id) : Optional.empty();
    }

    /**
     * Probes passed in both directions: nothing is left to do, and the operation under way has succeeded. False, and nothing
     * changes, if the connection is no longer wanted.
     */
    public boolean activate(ConnectionId id, Instant now) {
        return updates.pass(id, now);
    }

    /**
     * Its owner wants an active connection otherwise: books the new settings beside the old ones and begins an operation.
     *
     * @return {@link Change.Done}, {@link Change.Missing}, {@link Change.Stale}; {@link Change.InUse} connection if it is not
     *     active, {@link Change.InUse} link if that has too little bandwidth left
     */
    public Change<ConnectionFacts> requestUpdate(
            Connection desired,
            Reservation reservation,
            OptionalLong revision,
            UUID operationId,
            Instant deadlineAt,
            Instant now) {
        return updates.request(desired, reservation, revision, operationId, deadlineAt, now);
    }

    /** The update under way does not pass: the old settings are wanted again. False if no update is under way. */
    public boolean takeBack(ConnectionId id, StepError why, Instant deadlineAt, Instant now) {
        return updates.takeBack(id, why, deadlineAt, now);
    }

    /** Neither an update nor what was before it passes: a person is asked. */
    public boolean failAfterUpdate(ConnectionId id, StepError failure, Instant now) {
        return changes.end(
                id,
                now,
                OperationState.FAILED,
                facts -> facts.goal() == ConnectionGoal.PRESENT && !facts.settled(),
                draft -> draft.failure = Optional.of(failure));
    }

    /** Keeps that a side is applied; false, and nothing changes, if it was wanted otherwise meanwhile. */
    public boolean saveApplied(ConnectionFacts as, Side side, Instant now) {
        return changes.changeIf(
                as.id(),
                now,
                facts -> facts.reservation().equals(as.reservation())
                        && facts.desired().adminStateUp() == as.desired().adminStateUp(),
                draft -> draft.side(side));
    }

    /** It cannot be made and a person is asked. False if it was made after all, or is no longer wanted. */
    public boolean fail(ConnectionId id, StepError failure, Instant now) {
        return changes.end(
                id,
                now,
                OperationState.FAILED,
                ConnectionStore::isBeingMade,
                draft -> draft.failure = Optional.of(failure));
    }

    /** It cannot be made: what was made is to be taken away. False if it was made after all, or is no longer wanted. */
    public boolean rollBack(ConnectionId id, StepError failure, Instant deadlineAt, Instant now) {
        return changes.changeIf(id, now, ConnectionStore::isBeingMade, draft -> {
            draft.goal = ConnectionGoal.ROLLED_BACK;
            draft.failure = Optional.of(failure);
            draft.deadlineAt = Optional.of(deadlineAt);
        });
    }

    /** Its roll-back goes on, but did not end in time: see {@link Tombstones#endWaiting}. */
    public boolean endWaitingForRollBack(ConnectionId id, Instant now) {
        return tombstones.endWaiting(id, now);
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
            changes.save(transaction, there.get(), now, draft -> {
                draft.reservation = Optional.empty();
                draft.settled = true;
                draft.deadlineAt = Optional.empty();
            });
            operations.finishAllOf(transaction, id.toString(), OperationState.ROLLED_BACK, now);
            return true;
        });
    }

    /** Takes up again what had been left to a person: both sides are to be looked at anew. False if it was not. */
    public boolean takeUpAgain(ConnectionId id, Optional<Instant> deadlineAt, Instant now) {
        return changes.changeIf(id, now, ConnectionStore::isLeftToAPerson, draft -> {
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

    private static boolean isLeftToAPerson(ConnectionFacts facts) {
        return facts.goal() == ConnectionGoal.PRESENT && facts.status() == ConnectionStatus.ERROR;
    }

    private static boolean isBeingMade(ConnectionFacts facts) {
        return facts.goal() == ConnectionGoal.PRESENT
                && !facts.settled()
                && facts.activatedAt().isEmpty();
    }

    /** The engine has taken up its removal, which shall be over by then. */
    public void limitRemoval(ConnectionId id, Instant deadlineAt, Instant now) {
        changes.changeIf(
                id,
                now,
                facts -> facts.goal() != ConnectionGoal.PRESENT
                        && facts.deadlineAt().isEmpty(),
                draft -> draft.deadlineAt = Optional.of(deadlineAt));
    }

    /** Its removal goes on, but its owner must know why it did not end in time: its operation has failed. */
    public void tellWhyNotRemoved(ConnectionId id, StepError why, Instant now) {
        tombstones.tellWhyNotRemoved(id, why, now);
    }

    /** See {@link Tombstones#bury}. */
    public boolean bury(ConnectionId id, Instant now) {
        return tombstones.bury(id, now);
    }

    /** The connections of which something is left at a site although their owners deleted them, by id. */
    public List<Tombstone> tombstonesAt(SiteId site) {
        return database.read(sql -> Tombstones.at(sql, site));
    }

    /** Nothing of it is left anywhere: removes its record and the endpoints that came with it, ends its operation. */
    public void forget(ConnectionId id, Instant now) {
        database.write(transaction -> {
            var last = ConnectionChanges.existing(transaction, id);
            ConnectionRows.delete(transaction.sql(), id);
            endpoints.removeMadeWith(transaction, id.value(), now);
            operations.finishAllOf(transaction, id.toString(), OperationState.SUCCEEDED, now);
            if (ConnectionRows.isForItsOwner(last)) {
                changes.announce(transaction, "deleted", last.next(last.value(), last.tags(), now));
            }
            return last;
        });
    }

    private List<ConnectionId> ids(String condition) {
        return database.read(
                sql -> sql.createQuery("select id from connection where " + condition + " order by created_micros, id")
                        .map((row, context) -> ConnectionId.parse(row.getString("id")))
                        .list());
    }
}
