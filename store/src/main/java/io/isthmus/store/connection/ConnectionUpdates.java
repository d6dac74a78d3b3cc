package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Settings;
import io.isthmus.core.quota.Amounts;
import io.isthmus.core.side.StepError;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.operation.Operation;
import io.isthmus.store.operation.OperationKind;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;

/** Updates of active connections: the old settings stay booked beside the new ones until these have passed. */
final class ConnectionUpdates {
    private static final Set<ConnectionStatus> CHANGEABLE =
            EnumSet.of(ConnectionStatus.ACTIVE, ConnectionStatus.SUSPENDED);

    private final Database database;
    private final ConnectionChanges changes;
    private final OperationStore operations;
    private final QuotaStore quotas;

    ConnectionUpdates(Database database, ConnectionChanges changes, OperationStore operations, QuotaStore quotas) {
        this.quotas = quotas;
        this.database = database;
        this.changes = changes;
        this.operations = operations;
    }

    /** See {@link ConnectionStore#requestUpdate}. */
    Change<ConnectionFacts> request(
            Connection desired,
            Reservation reservation,
            OptionalLong revision,
            UUID operationId,
            Instant deadlineAt,
            Instant now) {
        var id = desired.id();
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && revision.getAsLong() != there.get().revision()) {
                return new Change.Stale<>(there.get().revision());
            }
            var facts = there.get().value();
            if (!CHANGEABLE.contains(facts.status()) || !facts.settled()) {
                return new Change.InUse<>(ConnectionChanges.RESOURCE, List.of(id.toString()));
            }
            var exceeded = quotas.exceeded(
                    transaction.sql(),
                    desired.projectId(),
                    Amounts.moreBandwidth(
                            facts.desired().bandwidthMbps().orElse(0),
                            desired.bandwidthMbps().orElse(0)));
            if (exceeded.isPresent()) {
                return new Change.OverQuota<>(exceeded.get());
            }
            var held = facts.reservation().orElseThrow();
            var missing = ReservationRows.missing(transaction.sql(), held, reservation);
            if (missing.isPresent()) {
                return new Change.InUse<>("link", List.of(missing.get().link().toString()));
            }
            ReservationRows.rebook(transaction.sql(), id, List.of(held, reservation));
            operations.insert(
                    transaction,
                    Operation.pending(
                            operationId,
                            OperationKind.UPDATE,
                            ConnectionChanges.RESOURCE,
                            id.toString(),
                            desired.projectId()),
                    now);
            return new Change.Done<>(changes.save(transaction, there.get(), now, draft -> {
                draft.previous = Optional.of(new Settings(facts.desired(), held));
                draft.desired = desired;
                draft.reservation = Optional.of(reservation);
                draft.failure = Optional.empty();
                draft.settled = false;
                draft.deadlineAt = Optional.of(deadlineAt);
                draft.doubt();
            }));
        });
    }

    /** See {@link ConnectionStore#activate}. */
    boolean pass(ConnectionId id, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || there.get().value().goal() != ConnectionGoal.PRESENT) {
                return false;
            }
            var facts = there.get().value();
            var updated = facts.previous().isPresent();
            if (updated) {
                ReservationRows.rebook(
                        transaction.sql(), id, List.of(facts.reservation().orElseThrow()));
            }
            changes.save(transaction, there.get(), now, draft -> {
                draft.activatedAt = draft.activatedAt.or(() -> Optional.of(now));
                draft.failure = updated || !facts.updateWasTakenBack() ? Optional.empty() : draft.failure;
                draft.previous = Optional.empty();
                draft.settled = true;
                draft.deadlineAt = Optional.empty();
            });
            operations.finishAllOf(transaction, id.toString(), OperationState.SUCCEEDED, now);
            return true;
        });
    }

    /** See {@link ConnectionStore#takeBack}. */
    boolean takeBack(ConnectionId id, StepError why, Instant deadlineAt, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || there.get().value().goal() != ConnectionGoal.PRESENT) {
                return false;
            }
            var facts = there.get().value();
            var previous = facts.previous();
            if (previous.isEmpty()) {
                return false;
            }
            var old = previous.get();
            ReservationRows.rebook(transaction.sql(), id, List.of(old.reservation()));
            changes.save(transaction, there.get(), now, draft -> {
                draft.desired = old.desired().labelledAs(facts.desired());
                draft.reservation = Optional.of(old.reservation());
                draft.previous = Optional.empty();
                draft.failure = Optional.of(new StepError(
                        ConnectionFacts.UPDATE_STEP + why.step(), why.code(), why.detail(), why.hint(), why.at()));
                draft.deadlineAt = Optional.of(deadlineAt);
                draft.doubt();
            });
            operations.finishAllOf(transaction, id.toString(), OperationState.FAILED, now);
            return true;
        });
    }
}
