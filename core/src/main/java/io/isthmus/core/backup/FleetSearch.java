package io.isthmus.core.backup;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Looks for a better plan than one that is known by branch and bound (Land, Doig, "An automatic method of solving discrete
 * programming problems", Econometrica 28(3), 1960): VNF after VNF, option after option, cutting off whatever cannot become
 * better by the prices of {@link FleetBound} or by plain cost. If it ends within its limit, there is no better plan than the
 * one it answers.
 */
final class FleetSearch {
    private record Turn(int group, int member) {}

    private final FleetModel model;
    private final FleetBound bound;
    private final List<Turn> turns = new ArrayList<>();
    private final List<int[]> orders = new ArrayList<>();
    /** What the VNFs from a turn on cost at the least, by prices and plainly. */
    private final double[] pricesFrom;

    private final long[] costsFrom;
    private final double paid;
    private final FleetAssignment plan;
    private FleetAssignment best;
    private long left;

    FleetSearch(FleetModel model, FleetBound bound, FleetAssignment known, long most) {
        this.model = model;
        this.bound = bound;
        best = known;
        left = most;
        plan = new FleetAssignment(model);
        paid = bound.paidForRoom();
        IntStream.range(0, model.groups.size())
                .boxed()
                .sorted(Comparator.comparingInt(
                                (Integer group) -> model.groups.get(group).sites().length)
                        .thenComparing(Comparator.naturalOrder()))
                .forEach(group -> IntStream.range(
                                0, model.groups.get(group).members().size())
                        .forEach(member -> turns.add(new Turn(group, member))));
        for (int group = 0; group < model.groups.size(); group++) {
            int here = group;
            orders.add(IntStream.range(0, model.groups.get(group).sites().length)
                    .boxed()
                    .sorted(Comparator.comparingDouble((Integer option) -> bound.price(here, option))
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        pricesFrom = new double[turns.size() + 1];
        costsFrom = new long[turns.size() + 1];
        for (int turn = turns.size() - 1; turn >= 0; turn--) {
            int group = turns.get(turn).group();
            var order = orders.get(group);
            double price =
                    order.length == 0 ? model.nowhere : Math.min((double) model.nowhere, bound.price(group, order[0]));
            pricesFrom[turn] = pricesFrom[turn + 1] + price;
            costsFrom[turn] = costsFrom[turn + 1]
                    + (order.length == 0
                            ? model.nowhere
                            : model.groups.get(group).costs()[0]);
        }
    }

    /** Searches; answers whether it came to its end, so that {@link #best} cannot be bettered. */
    boolean search() {
        return from(0, 0, 0);
    }

    FleetAssignment best() {
        return best;
    }

    private boolean from(int turn, double price, int leastPlace) {
        if (--left < 0) {
            return false;
        }
        if (turn == turns.size()) {
            if (plan.weight() < best.weight()) {
                best = plan.copy();
            }
            return true;
        }
        var now = turns.get(turn);
        var order = orders.get(now.group());
        // Members of a group are alike: each takes its option no earlier in the order than the one before it.
        int first = turn > 0 && turns.get(turn - 1).group() == now.group() ? leastPlace : 0;
        for (int place = first; place < order.length; place++) {
            int option = order[place];
            double next = price + bound.price(now.group(), option);
            if (next + pricesFrom[turn + 1] - paid > best.weight() - 1 + tolerance()) {
                break;
            }
            if (!plan.fits(now.group(), option)) {
                continue;
            }
            plan.set(now.group(), now.member(), option);
            boolean done = !canBecomeBetter(turn + 1) || from(turn + 1, next, place);
            plan.set(now.group(), now.member(), FleetAssignment.NOWHERE);
            if (!done) {
                return false;
            }
        }
        double next = price + model.nowhere;
        boolean worthwhile = next + pricesFrom[turn + 1] - paid <= best.weight() - 1 + tolerance();
        return !worthwhile || !canBecomeBetter(turn + 1) || from(turn + 1, next, order.length);
    }

    /** By plain cost: what is placed so far and skipped so far, and the cheapest for the rest. */
    private boolean canBecomeBetter(int turn) {
        int skipped = plan.unplaced() - (turns.size() - turn);
        return plan.cost() + skipped * model.nowhere + costsFrom[turn] < best.weight();
    }

    private double tolerance() {
        return 1e-9 * (Math.abs(paid) + pricesFrom[0]) + 1e-6;
    }
}
