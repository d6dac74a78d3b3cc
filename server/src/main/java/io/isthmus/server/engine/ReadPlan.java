package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.Failure;

/** What planning a new connection comes to when its sites have been read. */
public sealed interface ReadPlan {
    record Planned(Reservation reservation) implements ReadPlan {}

    record Impossible(ConnectionPlanner.Result.Impossible problem) implements ReadPlan {}

    /**
     * A site could not be read.
     *
     * @param lasting asking again unchanged will not help
     */
    record Unusable(SideRole role, SiteId site, String step, Failure failure, boolean lasting) implements ReadPlan {}

    /** The sites did not answer in time. */
    record Silent() implements ReadPlan {}
}
