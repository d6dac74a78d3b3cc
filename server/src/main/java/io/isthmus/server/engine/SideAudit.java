package io.isthmus.server.engine;

import io.isthmus.core.side.Difference;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.DriftAction;
import io.isthmus.core.side.DriftFinder;
import io.isthmus.core.side.Part;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One look at a side that had been applied: what is said of its drift afterwards, and what is to be put right. */
final class SideAudit {
    /** Refusals that tell how something at the site is, not whether it can be asked. */
    private static final Set<String> TELLING = Set.of(
            "gateway_name_taken",
            "gateway_bridge_missing",
            "bgp_not_configured",
            "asn_mismatch",
            "network_not_found",
            "network_not_vlan",
            "network_in_use",
            "vlan_in_use",
            "vlan_mismatch",
            "vlan_out_of_range",
            "mtu_mismatch");

    private final DriftFinder finder;
    private final boolean ownVlan;

    /** Makes one; {@code ownVlan} says that nobody but this connection belongs into its VLAN. */
    SideAudit(DriftFinder finder, boolean ownVlan) {
        this.finder = finder;
        this.ownVlan = ownVlan;
    }

    List<Drift> drift(List<Drift> known, Part part, Observed observed, Instant now) {
        return finder.after(known, part, differences(part, observed), now);
    }

    /** A refusal that says what is wrong there; otherwise what was known stays as it is. */
    List<Drift> drift(List<Drift> known, Part part, Failure failure, Instant now) {
        if (!TELLING.contains(failure.code())) {
            return known;
        }
        var object = part == Part.NETWORK ? "network" : "gateway";
        var alreadyTold = known.stream()
                .filter(drift -> drift.part() != part || drift.action() == DriftAction.LEFT_ALONE)
                .toList();
        return finder.after(
                alreadyTold,
                part,
                List.of(new Difference(part, object, "", failure.code(), failure.detail(), "", true)),
                now);
    }

    List<Step> toRepair(Part part, List<Step> steps) {
        var chosen = new ArrayList<Step>();
        for (var step : steps) {
            switch (step.action()) {
                case CREATE, DELETE -> {
                    if (finder.repairs(presence(part, step))) {
                        chosen.add(step);
                    }
                }
                case UPDATE -> {
                    var changes = step.changes().stream()
                            .filter(change -> finder.repairs(difference(part, step, change)))
                            .toList();
                    if (!changes.isEmpty()) {
                        chosen.add(new Step(step.action(), step.object(), step.identity(), changes));
                    }
                }
            }
        }
        return chosen;
    }

    private List<Difference> differences(Part part, Observed observed) {
        var found = new ArrayList<Difference>();
        for (var step : observed.steps()) {
            switch (step.action()) {
                case CREATE, DELETE -> found.add(presence(part, step));
                case UPDATE -> step.changes().forEach(change -> found.add(difference(part, step, change)));
            }
        }
        for (var foreign : observed.foreign()) {
            if (foreign.field().equals("vlan") && !ownVlan) {
                continue; // Somebody else's network has its own ports in its VLAN.
            }
            found.add(new Difference(
                    part, foreign.object(), foreign.identity(), foreign.field(), foreign.observed(), "", true));
        }
        return found;
    }

    private static Difference presence(Part part, Step step) {
        var missing = step.action() == Step.Action.CREATE;
        return new Difference(
                part,
                step.object(),
                step.identity(),
                Difference.PRESENCE,
                missing ? Difference.ABSENT : Difference.PRESENT,
                missing ? Difference.PRESENT : Difference.ABSENT,
                false);
    }

    private static Difference difference(Part part, Step step, Step.FieldChange change) {
        return new Difference(
                part, step.object(), step.identity(), change.field(), change.observed(), change.wanted(), false);
    }
}
