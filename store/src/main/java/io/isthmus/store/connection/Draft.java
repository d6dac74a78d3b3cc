package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.Liveness;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.StepError;
import io.isthmus.store.Micros;
import java.time.Instant;
import java.util.Optional;

/** The facts of a connection while one transaction changes some of them. */
final class Draft {
    Connection desired;
    ConnectionGoal goal;
    boolean started;
    boolean settled;
    Optional<Reservation> reservation;
    Side local;
    Side remote;
    Optional<ProbeReport> probe;
    Optional<Instant> activatedAt;
    Optional<StepError> failure;
    Optional<Instant> deadlineAt;
    Optional<Liveness> liveness;

    Draft(ConnectionFacts facts) {
        desired = facts.desired();
        goal = facts.goal();
        started = facts.started();
        settled = facts.settled();
        reservation = facts.reservation();
        local = facts.local();
        remote = facts.remote();
        probe = facts.probe();
        activatedAt = facts.activatedAt();
        failure = facts.failure();
        deadlineAt = facts.deadlineAt();
        liveness = facts.liveness();
    }

    Side side(SideRole role) {
        return switch (role) {
            case LOCAL -> local;
            case REMOTE -> remote;
        };
    }

    void side(Side changed) {
        switch (changed.role()) {
            case LOCAL -> local = changed;
            case REMOTE -> remote = changed;
        }
    }

    ConnectionFacts facts() {
        return new ConnectionFacts(
                desired,
                goal,
                started,
                settled,
                reservation,
                local,
                remote,
                probe,
                activatedAt.map(Micros::round),
                failure,
                deadlineAt.map(Micros::round),
                liveness);
    }
}
