package io.isthmus.server.engine;

import io.isthmus.core.l3.Transit;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.Failure;

/** What came of planning the transit of an L3 connection. */
public sealed interface TransitPlan {
    record Planned(Transit transit) implements TransitPlan {}

    /** It cannot be: see {@link io.isthmus.core.l3.TransitPlanner.Result.Impossible}. */
    record Impossible(String code, String field, String detail, String hint) implements TransitPlan {}

    /** The router or the gateway of {@code role} could not be read; {@code lasting}: asking again unchanged will not help. */
    record Unusable(SideRole role, SiteId site, String step, Failure failure, boolean lasting) implements TransitPlan {}
}
