package io.isthmus.cli.topology;

import java.util.Optional;

/** What the map is drawn of. */
final class Topology {
    private Topology() {}

    /** In degrees; north and east are positive. */
    record Place(double latitude, double longitude) {}

    /** @param cloud the cell or region; empty texts where something is not known */
    record Site(String id, String name, String cloud, String status, Optional<Place> place) {}

    /** @param label what is written beside it: {@code 5 ms} */
    record Link(String a, String z, String label, boolean isUp) {}

    /**
     * @param state as an operator would say it: {@code up}, {@code provisioning}
     * @param facts for the legend: path and measurements
     */
    record Connection(String local, String remote, String name, String state, String facts) {

        /** Nothing of it is at any site: there is nothing to draw, only something to say. */
        boolean isOnlyRemembered() {
            return state.equals("rolled_back") || state.equals("rejected");
        }
    }
}
