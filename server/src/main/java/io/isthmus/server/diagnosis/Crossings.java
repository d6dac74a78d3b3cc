package io.isthmus.server.diagnosis;

import io.isthmus.core.diagnosis.Crossing;
import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.server.engine.Drivers;
import io.isthmus.southbound.GatewayDriver.Probed;
import io.isthmus.southbound.GatewayExaminer;
import io.isthmus.southbound.GatewayExaminer.Burst;
import io.isthmus.southbound.GatewayExaminer.Counters;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Sends probes through a connection, one direction after the other, and reads at both ends how far they came: a reply that is
 * missing does not say which direction lost it, the counters do.
 */
final class Crossings {
    private static final int PROBES = 10;
    private static final Duration BETWEEN = Duration.ofMillis(50);

    private final Examiners examiners;
    private final Drivers drivers;

    Crossings(Examiners examiners, Drivers drivers) {
        this.examiners = examiners;
        this.drivers = drivers;
    }

    /** Empty unless probes can be sent and counted at both sides. */
    List<Crossing> of(List<SiteEvidence> places) throws InterruptedException {
        var local = end(places, SideRole.LOCAL);
        var remote = end(places, SideRole.REMOTE);
        if (local.isEmpty() || remote.isEmpty()) {
            return List.of();
        }
        var crossings = new ArrayList<Crossing>();
        for (var role : SideRole.values()) {
            var from = role == SideRole.LOCAL ? local.get() : remote.get();
            var to = role == SideRole.LOCAL ? remote.get() : local.get();
            crossing(role, from, to).ifPresent(crossings::add);
        }
        return crossings.size() == 2 ? crossings : List.of();
    }

    private record End(GatewayIntent intent, GatewayExaminer examiner) {
        Optional<Counters> counters() throws InterruptedException {
            return Readings.of(examiner.counters(intent)).found();
        }
    }

    private Optional<End> end(List<SiteEvidence> places, SideRole role) {
        return places.stream()
                .filter(place -> place.side().equals(Optional.of(role)))
                .filter(place -> place.gateway().found().isPresent())
                .flatMap(place -> place.intent().stream())
                .flatMap(intent -> examiners.of(intent.gateway()).map(examiner -> new End(intent, examiner)).stream())
                .findFirst();
    }

    private Optional<Crossing> crossing(SideRole role, End from, End to) throws InterruptedException {
        var fromBefore = from.counters();
        var toBefore = to.counters();
        if (fromBefore.isEmpty() || toBefore.isEmpty()) {
            return Optional.empty();
        }
        var burst = Readings.of(from.examiner().burst(from.intent(), PROBES, BETWEEN))
                .found();
        var fromAfter = from.counters();
        var toAfter = to.counters();
        if (burst.isEmpty() || fromAfter.isEmpty() || toAfter.isEmpty()) {
            return Optional.empty();
        }
        var sent = burst.map(Burst::sent).orElse(0);
        var received = burst.map(Burst::received).orElse(0);
        // Others, such as the patrol, may probe at the same time.
        var heard = Math.min(sent, toAfter.get().heard() - toBefore.get().heard());
        return Optional.of(new Crossing(
                role,
                sent,
                received,
                (int) Math.max(0, heard),
                Math.max(0, fromAfter.get().entered() - fromBefore.get().entered()),
                Math.max(0, toAfter.get().emerged() - toBefore.get().emerged()),
                received > 0 ? mtu(from.intent()) : OptionalInt.empty()));
    }

    private OptionalInt mtu(GatewayIntent intent) throws InterruptedException {
        var driver = drivers.of(intent.gateway());
        return driver.isPresent() && driver.get().probe(intent) instanceof Outcome.Done<Probed>(var probed)
                ? probed.mtu()
                : OptionalInt.empty();
    }
}
