package io.isthmus.core.side;

/** What becomes of a difference. */
public enum DriftAction {
    /** What is wanted is being put back. */
    REPAIRING,
    /** What is wanted was read back. */
    REPAIRED,
    /** The connection's owner wants to be told only. */
    REPORTED,
    /** What was found is taken for what is wanted. */
    ADOPTED,
    /** Isthmus did not make it, or cannot know that it did. */
    LEFT_ALONE
}
