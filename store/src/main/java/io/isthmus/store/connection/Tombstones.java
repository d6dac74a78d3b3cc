package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.Micros;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Connections that are gone for their owners, while something of them is left at a site that could not be cleaned. */
final class Tombstones {
    private final Database database;
    private final ConnectionChanges changes;
    private final OperationStore operations;

    Tombstones(Database database, ConnectionChanges changes, OperationStore operations) {
        this.database = database;
        this.changes = changes;
        this.operations = operations;
    }

    /**
     * Ends the deletion for the owner. What may be left at a site stays reserved: its VLAN, VNI and addresses; the bandwidth of
     * links is given back, for nothing passes any more. False, and nothing changes, if it is not being deleted.
     */
    boolean bury(ConnectionId id, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()
                    || !there.get().value().goal().isDeletion()
                    || !ConnectionRows.isForItsOwner(there.get())) {
                return false;
            }
            ReservationRows.unbook(transaction.sql(), id);
            operations.finishAllOf(transaction, id.toString(), OperationState.SUCCEEDED, now);
            changes.announce(transaction, "deleted", there.get());
            changes.save(transaction, there.get(), now, draft -> {
                draft.goal = ConnectionGoal.TOMBSTONE;
                draft.failure = Optional.empty();
                draft.deadlineAt = Optional.of(now); // Its owner's waiting is over.
            });
            return true;
        });
    }

    /**
     * Ends the operation of a roll-back that takes too long, and gives back the bandwidth of links. The roll-back goes on.
     * False, and nothing changes, if none is under way.
     */
    boolean endWaiting(ConnectionId id, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.filter(stored -> stored.value().status() == ConnectionStatus.ROLLING_BACK)
                    .isEmpty()) {
                return false;
            }
            ReservationRows.unbook(transaction.sql(), id);
            changes.save(transaction, there.get(), now, draft -> draft.deadlineAt = Optional.empty());
            operations.finishAllOf(transaction, id.toString(), OperationState.FAILED, now);
            return true;
        });
    }

    void tellWhyNotRemoved(ConnectionId id, StepError why, Instant now) {
        database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.filter(stored -> stored.value().goal().isDeletion()).isEmpty()) {
                return false;
            }
            changes.save(transaction, there.get(), now, draft -> {
                draft.failure = Optional.of(why);
                draft.deadlineAt = Optional.empty();
            });
            operations.finishAllOf(transaction, id.toString(), OperationState.FAILED, now);
            return true;
        });
    }

    static boolean is(ConnectionFacts facts) {
        return facts.goal() == ConnectionGoal.TOMBSTONE;
    }

    static List<Tombstone> at(Handle sql, SiteId site) {
        return sql.createQuery("""
                select c.id, c.deadline_micros, s.last_error from connection c join side s on s.connection_id = c.id
                where c.goal = 'tombstone' and s.site = :site and s.touched_parts <> '[]' order by c.id""")
                .bind("site", site.name())
                .map((row, context) -> new Tombstone(
                        ConnectionId.parse(row.getString("id")),
                        Micros.time(row.getLong("deadline_micros")),
                        Json.readOptional(row.getString("last_error"), StepError.class)
                                .map(StepError::detail)))
                .list();
    }
}
