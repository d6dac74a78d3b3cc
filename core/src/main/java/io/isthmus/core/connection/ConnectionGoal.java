package io.isthmus.core.connection;

/** What the engine works towards for a connection. */
public enum ConnectionGoal {
    /** It shall exist and carry traffic. */
    PRESENT,
    /** It could not be made: take away what was made, keep its record. */
    ROLLED_BACK,
    /** Its owner deleted it: take everything away, its record too. */
    DELETED
}
