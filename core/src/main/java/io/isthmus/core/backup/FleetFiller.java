package io.isthmus.core.backup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Makes a plan that keeps to all room: VNFs that lose most by not getting their best option come first, each takes the
 * cheapest option that fits; then whatever can be bettered by moving one VNF, or two, is.
 */
final class FleetFiller {
    private static final int PASSES = 4;

    private final FleetModel model;
    private final FleetBound bound;

    private record Turn(int group, double size, double regret) {}

    FleetFiller(FleetModel model, FleetBound bound) {
        this.model = model;
        this.bound = bound;
    }

    FleetAssignment fill() {
        var plan = new FleetAssignment(model);
        for (var turn : turns()) {
            int members = model.groups.get(turn.group()).members().size();
            for (int member = 0; member < members; member++) {
                plan.set(turn.group(), member, cheapest(plan, turn.group(), true));
            }
        }
        better(plan);
        return plan;
    }

    private List<Turn> turns() {
        var turns = new ArrayList<Turn>();
        for (int group = 0; group < model.groups.size(); group++) {
            double best = model.nowhere;
            double second = model.nowhere;
            for (int option = 0; option < model.groups.get(group).sites().length; option++) {
                double price = bound.price(group, option);
                if (price < best) {
                    second = best;
                    best = price;
                } else if (price < second) {
                    second = price;
                }
            }
            double size = 0;
            for (long need : model.groups.get(group).needs()) {
                size += need;
            }
            turns.add(new Turn(group, size, second - best));
        }
        turns.sort(Comparator.comparingDouble(Turn::regret)
                .thenComparingDouble(Turn::size)
                .reversed()
                .thenComparingInt(Turn::group));
        return turns;
    }

    /** The cheapest option that has room, by prices or by plain cost; options are in the order of their cost. */
    private int cheapest(FleetAssignment plan, int group, boolean byPrice) {
        int best = FleetAssignment.NOWHERE;
        double least = Double.MAX_VALUE;
        var vnfs = model.groups.get(group);
        for (int option = 0; option < vnfs.sites().length; option++) {
            double price = byPrice ? bound.price(group, option) : vnfs.costs()[option];
            if (price < least && plan.fits(group, option)) {
                least = price;
                best = option;
                if (!byPrice) {
                    break;
                }
            }
        }
        return best;
    }

    private void better(FleetAssignment plan) {
        boolean changed = true;
        for (int pass = 0; pass < PASSES && changed; pass++) {
            changed = false;
            for (int group = 0; group < model.groups.size(); group++) {
                for (int member = 0; member < model.groups.get(group).members().size(); member++) {
                    changed |= move(plan, group, member)
                            || (plan.option(group, member) == FleetAssignment.NOWHERE && makeRoom(plan, group, member));
                }
            }
        }
    }

    private boolean move(FleetAssignment plan, int group, int member) {
        int before = plan.option(group, member);
        if (before == 0) {
            return false;
        }
        plan.set(group, member, FleetAssignment.NOWHERE);
        int cheapest = cheapest(plan, group, false);
        plan.set(group, member, cheapest);
        return cheapest != before;
    }

    /** Places a VNF that found no room by moving one other away from where it could be. */
    private boolean makeRoom(FleetAssignment plan, int group, int member) {
        var sites = model.groups.get(group).sites();
        var wanted = new int[model.sites.size()];
        Arrays.fill(wanted, FleetAssignment.NOWHERE);
        for (int option = 0; option < sites.length; option++) {
            wanted[sites[option]] = option;
        }
        for (int other = 0; other < model.groups.size(); other++) {
            var vnfs = model.groups.get(other);
            if (!shareALoss(vnfs, model.groups.get(group))) {
                continue;
            }
            for (int one = 0; one < vnfs.members().size(); one++) {
                int there = plan.option(other, one);
                if (there == FleetAssignment.NOWHERE || wanted[vnfs.sites()[there]] == FleetAssignment.NOWHERE) {
                    continue;
                }
                plan.set(other, one, FleetAssignment.NOWHERE);
                if (plan.fits(group, wanted[vnfs.sites()[there]])) {
                    plan.set(group, member, wanted[vnfs.sites()[there]]);
                    int elsewhere = cheapest(plan, other, false);
                    if (elsewhere != FleetAssignment.NOWHERE) {
                        plan.set(other, one, elsewhere);
                        return true;
                    }
                    plan.set(group, member, FleetAssignment.NOWHERE);
                }
                plan.set(other, one, there);
            }
        }
        return false;
    }

    private static boolean shareALoss(FleetModel.Group one, FleetModel.Group other) {
        for (int scenario : one.scenarios()) {
            for (int another : other.scenarios()) {
                if (scenario == another) {
                    return true;
                }
            }
        }
        return false;
    }
}
