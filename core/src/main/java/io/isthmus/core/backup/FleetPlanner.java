package io.isthmus.core.backup;

import io.isthmus.core.backup.FleetPlan.Assignment;
import io.isthmus.core.backup.FleetPlan.Fill;
import io.isthmus.core.backup.FleetPlan.Loss;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Gives every VNF of a fleet its backup so that, whatever single loss happens, the spares that then have to run have room where
 * they are. Room is shared: a site that backs up two others needs room for the larger of the two, not for both, unless both
 * can be lost together.
 *
 * <p>The problem is NP-hard (bin packing is a case of it). A plan is made by filling up, bettered by branch and bound where the
 * fleet is small enough for that to end, and held against a lower bound that is proven in the same run ({@link FleetBound}).
 */
public final class FleetPlanner {
    private static final int STEPS = 120;
    private static final int STEPS_BETWEEN_PLANS = 12;
    private static final int MOST_SEARCHED = 60;
    private static final long MOST_BRANCHES = 300_000;

    private final BackupFacts facts;

    public FleetPlanner(BackupFacts facts) {
        this.facts = facts;
    }

    /**
     * Plans.
     *
     * @param constraints for every VNF; the resources are each VNF's own
     * @throws IllegalArgumentException if a VNF is at a site that is not known
     */
    public FleetPlan plan(List<FleetVnf> vnfs, BackupConstraints constraints, Weights weights, Survives survives) {
        var model = new FleetModel(facts, vnfs, constraints, weights, survives);
        var bound = new FleetBound(model);
        var filler = new FleetFiller(model, bound);
        var best = filler.fill();
        for (int step = 1; step <= STEPS && bound.improve(best.weight()); step++) {
            if (step % STEPS_BETWEEN_PLANS == 0) {
                best = better(best, filler.fill());
            }
        }
        best = better(best, filler.fill());
        boolean proven = best.weight() <= bound.atLeast();
        if (!proven && model.vnfCount() <= MOST_SEARCHED) {
            var search = new FleetSearch(model, bound, best, MOST_BRANCHES);
            proven = search.search();
            best = search.best();
        }
        return told(model, best, proven ? best.weight() : bound.atLeast(), proven);
    }

    private static FleetAssignment better(FleetAssignment one, FleetAssignment other) {
        return other.weight() < one.weight() ? other : one;
    }

    private static FleetPlan told(FleetModel model, FleetAssignment plan, long atLeast, boolean proven) {
        var assignments = new ArrayList<Assignment>();
        for (int group = 0; group < model.groups.size(); group++) {
            var vnfs = model.groups.get(group);
            for (int member = 0; member < vnfs.members().size(); member++) {
                int option = plan.option(group, member);
                assignments.add(new Assignment(
                        vnfs.members().get(member),
                        option == FleetAssignment.NOWHERE
                                ? Optional.empty()
                                : Optional.of(model.sites.get(vnfs.sites()[option]))));
            }
        }
        assignments.sort(Comparator.comparing(each -> each.vnf().name()));
        int unplacedAtLeast = (int) (atLeast / model.nowhere);
        long costAtLeast = Math.clamp(atLeast - plan.unplaced() * model.nowhere, 0, plan.cost());
        var losses = new ArrayList<Loss>();
        for (int scenario = 0; scenario < model.scenarios.size(); scenario++) {
            losses.add(loss(model, plan, scenario));
        }
        return new FleetPlan(assignments, plan.cost(), unplacedAtLeast, costAtLeast, proven, losses);
    }

    private static Loss loss(FleetModel model, FleetAssignment plan, int number) {
        var demand = Capacity.NONE;
        var missing = Capacity.NONE;
        var demands = new long[FleetModel.RESOURCES];
        var rooms = new long[FleetModel.RESOURCES];
        var possible = new BitSet();
        var without = new ArrayList<String>();
        for (int group = 0; group < model.groups.size(); group++) {
            var vnfs = model.groups.get(group);
            if (Arrays.stream(vnfs.scenarios()).noneMatch(each -> each == number)) {
                continue;
            }
            Arrays.stream(vnfs.sites()).forEach(possible::set);
            for (int member = 0; member < vnfs.members().size(); member++) {
                var vnf = vnfs.members().get(member);
                demand = demand.plus(vnf.resources());
                for (int resource = 0; resource < demands.length; resource++) {
                    demands[resource] += vnfs.needs()[resource];
                }
                if (plan.option(group, member) == FleetAssignment.NOWHERE) {
                    without.add(vnf.name());
                    missing = missing.plus(vnf.resources());
                }
            }
        }
        possible.stream().forEach(site -> {
            for (int resource = 0; resource < rooms.length; resource++) {
                rooms[resource] += model.room[site][resource];
            }
        });
        var lacking = new long[FleetModel.RESOURCES];
        Arrays.setAll(lacking, resource -> demands[resource] - rooms[resource]);
        without.sort(Comparator.naturalOrder());
        var scenario = model.scenarios.get(number);
        return new Loss(
                scenario.kind(),
                scenario.name(),
                scenario.sites(),
                demand,
                without,
                missing,
                FleetModel.capacity(lacking),
                fullest(model, plan, number));
    }

    private static Optional<Fill> fullest(FleetModel model, FleetAssignment plan, int scenario) {
        Optional<SiteId> fullest = Optional.empty();
        double most = 0;
        for (int site = 0; site < model.sites.size(); site++) {
            for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                long load = plan.load(scenario, site, resource);
                double part = load == 0 ? 0 : (double) load / model.room[site][resource];
                if (part > most) {
                    most = part;
                    fullest = Optional.of(model.sites.get(site));
                }
            }
        }
        double part = most;
        return fullest.map(site -> new Fill(site, part));
    }
}
