package io.isthmus.core.backup;

import java.util.Arrays;

/** A choice for every VNF, with what each loss then asks of each site. */
final class FleetAssignment {
    static final int NOWHERE = -1;

    private final FleetModel model;
    /** For every group and member the number of the option taken. */
    private final int[][] options;

    private final long[] load;
    private long cost;
    private int unplaced;

    FleetAssignment(FleetModel model) {
        this.model = model;
        options = model.groups.stream()
                .map(group -> {
                    var none = new int[group.members().size()];
                    Arrays.fill(none, NOWHERE);
                    return none;
                })
                .toArray(int[][]::new);
        load = new long[model.scenarios.size() * model.sites.size() * FleetModel.RESOURCES];
        unplaced = model.vnfCount();
    }

    private FleetAssignment(FleetAssignment other) {
        model = other.model;
        options = Arrays.stream(other.options).map(int[]::clone).toArray(int[][]::new);
        load = other.load.clone();
        cost = other.cost;
        unplaced = other.unplaced;
    }

    FleetAssignment copy() {
        return new FleetAssignment(this);
    }

    int option(int group, int member) {
        return options[group][member];
    }

    int unplaced() {
        return unplaced;
    }

    /** Of those that are placed. */
    long cost() {
        return cost;
    }

    /** With what those cost that are placed nowhere: less is better. */
    long weight() {
        return cost + unplaced * model.nowhere;
    }

    private int place(int scenario, int site) {
        return (scenario * model.sites.size() + site) * FleetModel.RESOURCES;
    }

    long load(int scenario, int site, int resource) {
        return load[place(scenario, site) + resource];
    }

    /** Whether one more VNF of this group has room at an option's site in every loss that would bring it there. */
    boolean fits(int group, int option) {
        var vnfs = model.groups.get(group);
        int site = vnfs.sites()[option];
        for (int scenario : vnfs.scenarios()) {
            int place = place(scenario, site);
            for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                if (vnfs.needs()[resource] > 0
                        && load[place + resource] + vnfs.needs()[resource] > model.room[site][resource]) {
                    return false;
                }
            }
        }
        return true;
    }

    void set(int group, int member, int option) {
        add(group, options[group][member], -1);
        options[group][member] = option;
        add(group, option, 1);
    }

    private void add(int group, int option, int sign) {
        if (option == NOWHERE) {
            unplaced += sign;
            return;
        }
        var vnfs = model.groups.get(group);
        cost += sign * vnfs.costs()[option];
        for (int scenario : vnfs.scenarios()) {
            int place = place(scenario, vnfs.sites()[option]);
            for (int resource = 0; resource < FleetModel.RESOURCES; resource++) {
                load[place + resource] += sign * vnfs.needs()[resource];
            }
        }
    }
}
