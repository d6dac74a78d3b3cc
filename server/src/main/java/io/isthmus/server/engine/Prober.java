package io.isthmus.server.engine;

import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.side.SideRole;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayDriver.Probed;
import io.isthmus.southbound.Outcome;
import java.time.InstantSource;

/** Sends probes through a connection, in both directions at once. */
final class Prober {
    private final Drivers drivers;
    private final NarrowLinks narrowLinks;
    private final InstantSource clock;

    Prober(Drivers drivers, NarrowLinks narrowLinks, InstantSource clock) {
        this.drivers = drivers;
        this.narrowLinks = narrowLinks;
        this.clock = clock;
    }

    /** What probing came to. */
    sealed interface Result {
        record Measured(ProbeReport report) implements Result {}

        /** Probes could not be sent from {@code role}'s gateway. */
        record NotSent(SideRole role, Failure failure) implements Result {}
    }

    /** Where less passes than was computed, the links of the path are looked at one by one. */
    Result probe(Ends ends) throws InterruptedException {
        var result = throughTheConnection(ends);
        var reserved = ends.facts().reservation().orElseThrow();
        return result instanceof Result.Measured(var report)
                        && report.passes()
                        && report.mtu().orElse(0) < reserved.mtu()
                ? new Result.Measured(report.with(narrowLinks.narrowest(reserved)))
                : result;
    }

    private Result throughTheConnection(Ends ends) throws InterruptedException {
        return Parallel.two(() -> from(ends, SideRole.LOCAL), () -> from(ends, SideRole.REMOTE), (local, remote) -> {
            if (!(local instanceof Outcome.Done<Probed>(var there))) {
                return new Result.NotSent(SideRole.LOCAL, failure(local));
            }
            if (!(remote instanceof Outcome.Done<Probed>(var back))) {
                return new Result.NotSent(SideRole.REMOTE, failure(remote));
            }
            return new Result.Measured(new ProbeReport(clock.instant(), direction(there), direction(back)));
        });
    }

    private Outcome<Probed> from(Ends ends, SideRole role) throws InterruptedException {
        var intent = ends.intents(role).gateway();
        return drivers.of(intent.gateway()).orElseThrow().probe(intent);
    }

    private static ProbeReport.Direction direction(Probed probed) {
        return new ProbeReport.Direction(probed.rttMs(), probed.loss(), probed.mtu());
    }

    private static Failure failure(Outcome<Probed> outcome) {
        return switch (outcome) {
            case Outcome.Done<Probed> _ -> throw new IllegalStateException("probes were sent");
            case Outcome.Refused<Probed>(var failure) -> failure;
            case Outcome.Unreachable<Probed>(var failure) -> failure;
            case Outcome.Unknown<Probed>(var failure) -> failure;
        };
    }
}
