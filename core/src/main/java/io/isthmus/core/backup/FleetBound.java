package io.isthmus.core.backup;

import java.util.Arrays;

/**
 * A lower bound on what any plan costs, by Lagrangian relaxation: room that is exceeded is paid for by a price instead of being
 * forbidden, so that each VNF can be looked at by itself; whatever the prices, no plan costs less than what this comes to
 * (Fisher, "The Lagrangian relaxation method for solving integer programming problems", Management Science 27(1), 1981). Prices
 * follow the excess (subgradient steps: Held, Wolfe, Crowder, "Validation of subgradient optimization", Mathematical
 * Programming 6, 1974).
 */
final class FleetBound {
    private static final int PATIENCE = 8;
    /** What rounding in so many additions can amount to, as a part of all that was added. */
    private static final double ROUNDING = 1e-10;

    private final FleetModel model;
    private double[] prices;
    private double[] bestPrices;
    private final double[] excess;
    private final int[] taken;
    private double best = Double.NEGATIVE_INFINITY;
    private double step = 1;
    private int waited;

    FleetBound(FleetModel model) {
        this.model = model;
        int places = model.scenarios.size() * model.sites.size() * FleetModel.RESOURCES;
        prices = new double[places];
        bestPrices = new double[places];
        excess = new double[places];
        taken = new int[model.groups.size()];
    }

    /** What an option costs a VNF of the group with what its room is paid for; the prices are the best that are known. */
    double price(int group, int option) {
        return price(bestPrices, model.groups.get(group), option);
    }

    private double price(double[] from, FleetModel.Group group, int option) {
        double price = group.costs()[option];
        int site = group.sites()[option];
        for (int scenario : group.scenarios()) {
            int place = (scenario * model.sites.size() + site) * FleetModel.RESOURCES;
            for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                price += from[place + resource] * group.needs()[resource];
            }
        }
        return price;
    }

    /** No plan weighs less. */
    long atLeast() {
        return best == Double.NEGATIVE_INFINITY ? 0 : Math.max(0, (long) Math.ceil(best));
    }

    /** What all room costs at the best prices: what a plan saves at the most against the prices of its options. */
    double paidForRoom() {
        return paidForRoom(bestPrices);
    }

    private double paidForRoom(double[] from) {
        double paid = 0;
        int place = 0;
        for (int scenario = 0; scenario < model.scenarios.size(); scenario++) {
            for (int site = 0; site < model.sites.size(); site++) {
                for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                    if (from[place] > 0) {
                        paid += from[place] * model.room[site][resource];
                    }
                    place++;
                }
            }
        }
        return paid;
    }

    /** One step towards better prices; {@code known} is the weight of the best plan so far. Answers whether more would help. */
    boolean improve(long known) {
        double bound = bound();
        if (bound > best) {
            best = bound;
            bestPrices = prices.clone();
            waited = 0;
        } else if (++waited == PATIENCE) {
            step /= 2;
            waited = 0;
            prices = bestPrices.clone();
            bound();
        }
        double length = measureExcess();
        if (length == 0 || step < 1e-4 || known - best < 1) {
            return false;
        }
        double scale = step * Math.max(1, known - best) / length;
        for (int place = 0; place < prices.length; place++) {
            if (excess[place] != 0) {
                prices[place] = Math.max(0, prices[place] + scale * excess[place]);
            }
        }
        return true;
    }

    /** What everything costs where each VNF takes what is cheapest for it at these prices. */
    private double bound() {
        double sum = 0;
        for (int number = 0; number < taken.length; number++) {
            var group = model.groups.get(number);
            double least = model.nowhere;
            taken[number] = FleetAssignment.NOWHERE;
            for (int option = 0; option < group.sites().length && group.costs()[option] < least; option++) {
                double price = price(prices, group, option);
                if (price < least) {
                    least = price;
                    taken[number] = option;
                }
            }
            sum += least * group.members().size();
        }
        double paid = paidForRoom(prices);
        return sum - paid - ROUNDING * (sum + paid);
    }

    /** How much more is taken than there is, wherever that differs; answers the square of its length. */
    private double measureExcess() {
        Arrays.fill(excess, 0);
        for (int number = 0; number < taken.length; number++) {
            if (taken[number] == FleetAssignment.NOWHERE) {
                continue;
            }
            var group = model.groups.get(number);
            for (int scenario : group.scenarios()) {
                int place = (scenario * model.sites.size() + group.sites()[taken[number]]) * FleetModel.RESOURCES;
                for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                    excess[place + resource] +=
                            group.needs()[resource] * group.members().size();
                }
            }
        }
        double length = 0;
        int place = 0;
        for (int scenario = 0; scenario < model.scenarios.size(); scenario++) {
            for (int site = 0; site < model.sites.size(); site++) {
                for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                    if (excess[place] > 0 || prices[place] > 0) {
                        double over = excess[place] - model.room[site][resource];
                        // Room that is left over where nothing is paid for it changes no price.
                        excess[place] = over < 0 && prices[place] == 0 ? 0 : over;
                        length += excess[place] * excess[place];
                    }
                    place++;
                }
            }
        }
        return length;
    }
}
