package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.LateRemoval;
import io.isthmus.core.side.Side;
import io.isthmus.store.connection.ConnectionStore;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes a connection away, because it could not be made or was deleted; and ends the waiting where that takes too long. */
final class ConnectionRemoval {
    private static final Logger log = LoggerFactory.getLogger(ConnectionRemoval.class);

    private final ConnectionStore connections;
    private final Journal journal;
    private final Consumer<SideKey> wakeSide;
    private final InstantSource clock;
    private final Duration limit;

    ConnectionRemoval(
            ConnectionStore connections,
            Journal journal,
            Consumer<SideKey> wakeSide,
            InstantSource clock,
            Duration limit) {
        this.connections = connections;
        this.journal = journal;
        this.wakeSide = wakeSide;
        this.clock = clock;
        this.limit = limit;
    }

    /** Looks how far it is. */
    Reconciler.Result reconcile(ConnectionFacts facts) {
        if (!facts.nothingLeft()) {
            facts.sides().stream()
                    .filter(Side::touched)
                    .forEach(side -> wakeSide.accept(new SideKey(facts.id(), side.role())));
            return untilRemoved(facts);
        }
        journal.close(facts.id());
        if (facts.goal().isDeletion()) {
            connections.forget(facts.id(), clock.instant());
            log.info("connection {} deleted", facts.id());
        } else if (connections.finishRollBack(facts.id(), clock.instant())) {
            log.info("connection {} rolled back", facts.id());
        }
        return Reconciler.Result.SETTLED;
    }

    /** A roll-back and a deletion have a time limit for those who wait; then they go on until nothing is left. */
    private Reconciler.Result untilRemoved(ConnectionFacts facts) {
        return switch (facts.goal()) {
            case ROLLED_BACK -> untilRolledBack(facts);
            case DELETED, DELETED_BY_FORCE ->
                facts.failure().isPresent() ? Reconciler.Result.SETTLED : untilDeleted(facts);
            case TOMBSTONE, PRESENT -> Reconciler.Result.SETTLED; // The sides try again by themselves.
        };
    }

    private Reconciler.Result untilRolledBack(ConnectionFacts facts) {
        var now = clock.instant();
        if (facts.deadlineAt().isPresent() && !now.isBefore(facts.deadlineAt().get())) {
            journal.close(facts.id());
            if (connections.endWaitingForRollBack(facts.id(), now)) {
                log.warn("connection {} could not be rolled back in time; that goes on", facts.id());
            }
            return Reconciler.Result.SETTLED;
        }
        return facts.deadlineAt()
                .<Reconciler.Result>map(deadline -> new Reconciler.Result.Again(Duration.between(now, deadline)))
                .orElse(Reconciler.Result.SETTLED);
    }

    private Reconciler.Result untilDeleted(ConnectionFacts facts) {
        var now = clock.instant();
        if (facts.deadlineAt().isEmpty()) {
            connections.limitRemoval(facts.id(), now.plus(limit), now);
            return new Reconciler.Result.Again(limit);
        }
        var deadline = facts.deadlineAt().get();
        if (now.isBefore(deadline)) {
            return new Reconciler.Result.Again(Duration.between(now, deadline));
        }
        switch (LateRemoval.of(facts, deadline.minus(limit))) {
            case LateRemoval.Slow() -> {
                return new Reconciler.Result.Again(limit);
            }
            case LateRemoval.Used(var why) -> {
                log.warn("connection {} cannot be removed yet: {}", facts.id(), why.detail());
                journal.close(facts.id());
                connections.tellWhyNotRemoved(facts.id(), why, now);
            }
            case LateRemoval.Unreachable() -> {
                journal.close(facts.id());
                if (connections.bury(facts.id(), now)) {
                    log.warn("connection {} is deleted; what is left of it is removed later", facts.id());
                }
            }
        }
        return new Reconciler.Result.Again(Duration.ZERO);
    }
}
