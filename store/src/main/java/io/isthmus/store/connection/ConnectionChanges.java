package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.Side;
import io.isthmus.store.Database;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.Transaction;
import io.isthmus.store.event.Event;
import io.isthmus.store.event.EventStore;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.OperationStore;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;

/** How the facts of a connection are changed: in one transaction, with the next revision, told to the event stream. */
final class ConnectionChanges {
    static final String RESOURCE = "connection";

    private final Database database;
    private final EventStore events;
    private final OperationStore operations;

    ConnectionChanges(Database database, EventStore events, OperationStore operations) {
        this.database = database;
        this.events = events;
        this.operations = operations;
    }

    Stored<ConnectionFacts> change(ConnectionId id, Instant now, Consumer<Draft> change) {
        return database.write(transaction -> save(transaction, existing(transaction, id), now, change));
    }

    boolean changeIf(ConnectionId id, Instant now, Predicate<ConnectionFacts> condition, Consumer<Draft> change) {
        return database.write(transaction -> {
            var there = ConnectionRows.find(transaction.sql(), id);
            if (there.isEmpty() || !condition.test(there.get().value())) {
                return false;
            }
            save(transaction, there.get(), now, change);
            return true;
        });
    }

    /** Changes it if {@code condition} holds, so that nothing is left to do, and ends its operation. */
    boolean end(
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

    static Stored<ConnectionFacts> existing(Transaction transaction, ConnectionId id) {
        return ConnectionRows.find(transaction.sql(), id)
                .orElseThrow(() -> new NoSuchElementException("there is no connection " + id));
    }

    Stored<ConnectionFacts> save(
            Transaction transaction, Stored<ConnectionFacts> before, Instant now, Consumer<Draft> change) {
        return save(transaction, before, before.tags(), now, change);
    }

    Stored<ConnectionFacts> save(
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
        announceDrift(transaction, before.value(), after);
        return after;
    }

    /** Every finding of an audit is told when it is found, and when what becomes of it changes. */
    private void announceDrift(Transaction transaction, ConnectionFacts before, Stored<ConnectionFacts> after) {
        for (var side : after.value().sides()) {
            side.drift().stream()
                    .filter(drift -> !before.side(side.role()).drift().contains(drift))
                    .forEach(drift -> events.append(
                            transaction,
                            Event.of(
                                    RESOURCE,
                                    "drift",
                                    after.value().id().toString(),
                                    Optional.of(after.value().desired().projectId()),
                                    after.revision(),
                                    data(side, drift),
                                    after.updatedAt())));
        }
    }

    private static Map<String, String> data(Side side, Drift drift) {
        return Map.of(
                "side", Json.word(side.role()),
                "site", side.site().name(),
                "part", Json.word(drift.part()),
                "object", drift.object(),
                "identity", drift.identity(),
                "field", drift.field(),
                "observed", drift.observed(),
                "wanted", drift.wanted(),
                "action", Json.word(drift.action()));
    }

    void announce(Transaction transaction, String change, Stored<ConnectionFacts> stored) {
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
        facts.liveness()
                .filter(liveness -> !liveness.failing().isEmpty())
                .ifPresent(liveness -> data.put("failing", String.join("; ", liveness.failing())));
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
