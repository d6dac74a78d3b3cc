package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.store.Change;
import io.isthmus.store.Database;
import io.isthmus.store.Stored;
import io.isthmus.store.Transaction;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.operation.Operation;
import io.isthmus.store.operation.OperationKind;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.quota.QuotaStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** What owners ask of their connections: to be made, called otherwise, and deleted. */
final class OwnerRequests {
    private final Database database;
    private final ConnectionChanges changes;
    private final EndpointStore endpoints;
    private final OperationStore operations;
    private final QuotaStore quotas;

    OwnerRequests(
            Database database,
            ConnectionChanges changes,
            EndpointStore endpoints,
            OperationStore operations,
            QuotaStore quotas) {
        this.quotas = quotas;
        this.database = database;
        this.changes = changes;
        this.endpoints = endpoints;
        this.operations = operations;
    }

    /**
     * Stores a connection with the endpoints that come with it, its two pending sides and the operation of its creation.
     *
     * @return {@link Change.Done}; {@link Change.Exists}; {@link Change.Unknown} endpoint or site; {@link Change.InUse} by
     *     the connection that has one of the endpoints
     */
    Change<ConnectionFacts> create(NewConnection wanted, Instant now) {
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
                    return new Change.InUse<>(
                            ConnectionChanges.RESOURCE, List.of(use.connection().toString()));
                }
            }
            for (var endpoint : wanted.inline()) {
                if (!endpoints.siteExists(sql, endpoint.site())) {
                    return new Change.Unknown<>("site", endpoint.site().name());
                }
            }
            var exceeded = quotas.exceeded(sql, connection.projectId(), wanted.amounts());
            if (exceeded.isPresent()) {
                return new Change.OverQuota<>(exceeded.get());
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
            changes.announce(transaction, "created", stored);
            return new Change.Done<>(stored);
        });
    }

    /**
     * Its owner wants it gone: sets the goal and begins an operation, unless that was done before.
     *
     * @param byForce what tenants still use is left to them; this may be asked for after a first deletion, too
     * @param revision what the owner saw, if they said so
     * @return {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}
     */
    Change<ConnectionFacts> requestDeletion(
            ConnectionId id, OptionalLong revision, UUID operationId, boolean byForce, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id).filter(ConnectionRows::isForItsOwner);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && revision.getAsLong() != there.get().revision()) {
                return new Change.Stale<>(there.get().revision());
            }
            var facts = there.get().value();
            var goal = byForce || facts.goal() == ConnectionGoal.DELETED_BY_FORCE
                    ? ConnectionGoal.DELETED_BY_FORCE
                    : ConnectionGoal.DELETED;
            if (facts.goal() == goal && facts.failure().isEmpty()) {
                return new Change.Done<>(there.get());
            }
            operations.finishAllOf(transaction, id.toString(), OperationState.FAILED, now);
            operations.insert(transaction, operation(operationId, OperationKind.DELETE, facts.desired()), now);
            return new Change.Done<>(changes.save(transaction, there.get(), now, draft -> {
                draft.goal = goal;
                draft.failure = Optional.empty();
                draft.deadlineAt = Optional.empty();
                draft.settled = false;
            }));
        });
    }

    /**
     * Takes name, end and drift policy of {@code labels}. {@link Change.Done}, {@link Change.Missing} or {@link Change.Stale}.
     */
    Change<ConnectionFacts> relabel(
            ConnectionId id, Connection labels, List<String> tags, OptionalLong revision, Instant now) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty()) {
                return new Change.Missing<>();
            }
            if (revision.isPresent() && revision.getAsLong() != there.get().revision()) {
                return new Change.Stale<>(there.get().revision());
            }
            return new Change.Done<>(changes.save(
                    transaction, there.get(), tags, now, draft -> draft.desired = draft.desired.labelledAs(labels)));
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
        return Operation.pending(
                id, kind, ConnectionChanges.RESOURCE, connection.id().toString(), connection.projectId());
    }
}
