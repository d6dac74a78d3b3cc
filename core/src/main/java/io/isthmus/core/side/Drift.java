package io.isthmus.core.side;

import java.time.Instant;

/**
 * A difference that an audit found at a side that had been applied, and what becomes of it.
 *
 * @param observed what the site had when it was found
 * @param wanted what it shall have
 */
public record Drift(
        Part part,
        String object,
        String identity,
        String field,
        String observed,
        String wanted,
        Instant foundAt,
        DriftAction action) {

    /** Whether the site is otherwise than wanted and stays so. */
    public boolean lasts() {
        return action == DriftAction.REPORTED || action == DriftAction.LEFT_ALONE;
    }

    public boolean beingRepaired() {
        return action == DriftAction.REPAIRING;
    }

    Drift repaired() {
        return action == DriftAction.REPAIRING
                ? new Drift(part, object, identity, field, observed, wanted, foundAt, DriftAction.REPAIRED)
                : this;
    }
}
