package io.isthmus.core.connection;

/** What the engine works towards for a connection. */
public enum ConnectionGoal {
    /** It shall exist and carry traffic. */
    PRESENT,
    /** It could not be made: take away what was made, keep its record. */
    ROLLED_BACK,
    /** Its owner deleted it: take everything away, its record too. */
    DELETED,
    /** The same, and what tenants still use is left to them. */
    DELETED_BY_FORCE,
    /** Gone for its owner, while a site could not be cleaned: that is done when the site answers again. */
    TOMBSTONE;

    /** Whether its owner has deleted it. */
    public boolean isDeletion() {
        return this != PRESENT && this != ROLLED_BACK;
    }

    /** Whether a network stays, as its tenants' own, if they still use it. */
    public boolean leavesWhatIsUsed() {
        return this == DELETED_BY_FORCE || this == TOMBSTONE;
    }
}
