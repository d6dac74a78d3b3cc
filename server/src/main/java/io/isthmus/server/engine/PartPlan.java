package io.isthmus.server.engine;

import io.isthmus.core.side.Part;
import io.isthmus.core.side.SideRole;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import java.util.Optional;

/**
 * What one part of a side needs as it is now.
 *
 * @param read what its driver said; empty if it did not answer in time
 */
public record PartPlan(SideRole role, Part part, Optional<Outcome<Observed>> read) {}
