package io.isthmus.core.side;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.IpAddress;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Decides what becomes of the differences that an audit of one part of a side found. */
public final class DriftFinder {
    /** A side whose every field differs says enough by its first ones. */
    static final int MOST = 64;

    private static final String ALLOCATION_POOL = "allocation_pool";
    private static final Set<String> ADOPTABLE =
            Set.of("network.name", "subnet.name", "subnet.enable_dhcp", "subnet." + ALLOCATION_POOL);

    private final DriftPolicy policy;
    private final Optional<AddressRange> otherPool;

    /** Makes one; {@code otherPool} is what the other side gives out, which this side must not. */
    public DriftFinder(DriftPolicy policy, Optional<AddressRange> otherPool) {
        this.policy = policy;
        this.otherPool = otherPool;
    }

    /**
     * What is to be said of the side now.
     *
     * @param known what was said of it before
     * @param part the part that was read
     * @param found everything that differs in it
     */
    public List<Drift> after(List<Drift> known, Part part, List<Difference> found, Instant now) {
        var drifts = new ArrayList<Drift>();
        var nothingToRepair = found.stream().allMatch(Difference::foreign);
        for (var drift : known) {
            if (drift.part() != part) {
                drifts.add(drift);
            } else if (nothingToRepair && drift.repaired().action() == DriftAction.REPAIRED) {
                drifts.add(drift.repaired());
            }
        }
        found.stream()
                .limit(MOST)
                .map(difference -> drift(known, difference, now))
                .forEach(drifts::add);
        return List.copyOf(drifts);
    }

    /** What is left of it once {@code part} was read back as wanted. */
    public static List<Drift> repaired(List<Drift> known, Part part) {
        return known.stream()
                .map(drift -> drift.part() == part ? drift.repaired() : drift)
                .toList();
    }

    /** Whether what differs is to be put back. */
    public boolean repairs(Difference difference) {
        return action(difference) == DriftAction.REPAIRING;
    }

    private Drift drift(List<Drift> known, Difference difference, Instant now) {
        var action = action(difference);
        var since = known.stream()
                .filter(drift -> difference.isAbout(drift)
                        && drift.observed().equals(difference.observed())
                        && drift.action() == action)
                .map(Drift::foundAt)
                .findFirst()
                .orElse(now);
        return new Drift(
                difference.part(),
                difference.object(),
                difference.identity(),
                difference.field(),
                difference.observed(),
                difference.wanted(),
                since,
                action);
    }

    private DriftAction action(Difference difference) {
        if (difference.foreign()) {
            return DriftAction.LEFT_ALONE;
        }
        return switch (policy) {
            case REPAIR -> DriftAction.REPAIRING;
            case REPORT -> DriftAction.REPORTED;
            case ADOPT -> mayBeAdopted(difference) ? DriftAction.ADOPTED : DriftAction.REPORTED;
        };
    }

    private boolean mayBeAdopted(Difference difference) {
        return difference.part() == Part.NETWORK
                && ADOPTABLE.contains(difference.object() + "." + difference.field())
                && (!difference.field().equals(ALLOCATION_POOL)
                        || leavesTheOtherSideItsAddresses(difference.observed()));
    }

    /** Two Neutrons that give out one address are worse than a pool that somebody wants otherwise. */
    private boolean leavesTheOtherSideItsAddresses(String pools) {
        return !pools.isEmpty()
                && otherPool.isPresent()
                && Arrays.stream(pools.split(",")).noneMatch(pool -> range(pool).overlaps(otherPool.get()));
    }

    private static AddressRange range(String pool) {
        var ends = pool.split("-", 2);
        return new AddressRange(new IpAddress(ends[0]), new IpAddress(ends[1]));
    }
}
