package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.DriftFinder;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.StepError;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import io.isthmus.store.connection.ConnectionStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CountDownLatch;

/** One look at one side: what is stored of it, and the steps that it takes. */
final class SideWork {
    private final ConnectionStore connections;
    private final Journal journal;
    private final LateArrivals lateArrivals;
    private final InstantSource clock;
    private final Ends ends;
    private final SideRole role;
    private final Optional<SideAudit> audit;
    private Side side;

    SideWork(
            ConnectionStore connections,
            Journal journal,
            LateArrivals lateArrivals,
            InstantSource clock,
            Ends ends,
            SideRole role) {
        this.connections = connections;
        this.journal = journal;
        this.lateArrivals = lateArrivals;
        this.clock = clock;
        this.ends = ends;
        this.role = role;
        this.side = ends.facts().side(role);
        this.audit = auditOf(ends, role);
    }

    Ends ends() {
        return ends;
    }

    SideRole role() {
        return role;
    }

    SideKey key() {
        return new SideKey(ends.facts().id(), role);
    }

    synchronized Side side() {
        return side;
    }

    String site() {
        return ends.site(role).name();
    }

    synchronized void save(Side next) {
        side = next;
        connections.saveSide(ends.facts().id(), next, clock.instant());
    }

    /**
     * Stored before anything is sent, so that after a crash there is no change that nobody looks for; and only while the
     * connection is still wanted, so that nothing is made behind the back of a roll-back.
     */
    private synchronized boolean mayChange(Part part) {
        if (!connections.touch(ends.facts().id(), role, part, clock.instant())) {
            return false;
        }
        side = side.applying(part);
        lateArrivals.sending(key(), part);
        return true;
    }

    /** What an audit finds is stored before anything is done about it. */
    private synchronized List<Step> choose(Part part, Observed observed) {
        if (audit.isEmpty()) {
            return observed.steps();
        }
        noteDrift(audit.get().drift(side.drift(), part, observed, clock.instant()));
        return audit.get().toRepair(part, observed.steps());
    }

    private void noteDrift(List<Drift> drift) {
        if (!drift.equals(side.drift())) {
            save(side.drifted(drift));
        }
    }

    /** Reading, or making anew, was refused for what is there: that is a finding, too. */
    synchronized void told(String step, Failure failure) {
        for (var part : Part.values()) {
            var refused = step.equals(ConnectionFacts.OBSERVE_STEP + word(part)) || step.equals("create " + word(part));
            if (audit.isPresent() && refused) {
                noteDrift(audit.get().drift(side.drift(), part, failure, clock.instant()));
            }
        }
    }

    synchronized boolean applied(SortedMap<String, String> found) {
        var drift = side.drift();
        for (var part : Part.values()) {
            drift = DriftFinder.repaired(drift, part);
        }
        side = side.applied(found).drifted(drift);
        return connections.saveApplied(ends.facts(), side, clock.instant());
    }

    PartConverger.Sending sending(Part part) {
        return sending(part, new CountDownLatch(0));
    }

    /** Sends for one part, which is read back once another is {@code done} with. */
    PartConverger.Sending sending(Part part, CountDownLatch done) {
        return new PartConverger.Sending() {
            @Override
            public boolean first() {
                return !side().touchedParts().contains(part);
            }

            @Override
            public List<Step> choose(Observed observed) {
                return SideWork.this.choose(part, observed);
            }

            @Override
            public boolean granted() {
                return mayChange(part);
            }

            @Override
            public void answered() {
                lateArrivals.answered(key(), part);
            }

            @Override
            public void beforeReadingBack() throws InterruptedException {
                done.await();
            }
        };
    }

    StepError failed(String step, Failure failure) {
        var error = new StepError(step, failure.code(), failure.detail(), failure.hint(), clock.instant());
        save(side().failed(error));
        journal.start(ends.facts().id(), Optional.of(ends.site(role)), step).failed(failure.detail());
        return error;
    }

    StepListener listener() {
        return journal.listener(ends.facts().id(), ends.site(role));
    }

    private static String word(Part part) {
        return part.name().toLowerCase(Locale.ROOT);
    }

    /** Only what was made once is audited; until then every difference is work to do. */
    private static Optional<SideAudit> auditOf(Ends ends, SideRole role) {
        var facts = ends.facts();
        if (!facts.settled() || facts.goal() != ConnectionGoal.PRESENT) {
            return Optional.empty();
        }
        var otherPool = ends.intents(role.other()).network() instanceof NetworkIntent.ProviderNetwork other
                ? Optional.of(other.allocationPool())
                : Optional.<AddressRange>empty();
        var ownVlan = switch (ends.intents(role).network()) {
            case NetworkIntent.ProviderNetwork _, NetworkIntent.RoutedTransit _ -> true;
            case NetworkIntent.ExistingNetwork _, NetworkIntent.ExternalSubnet _ -> false;
        };
        return Optional.of(new SideAudit(new DriftFinder(facts.desired().driftPolicy(), otherPool), ownVlan));
    }
}
