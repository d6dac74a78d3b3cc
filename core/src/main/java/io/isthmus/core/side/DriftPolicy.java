package io.isthmus.core.side;

/** What shall become of what differs at an applied side. */
public enum DriftPolicy {
    /** Put back what is wanted. */
    REPAIR,
    /** Tell, and change nothing. */
    REPORT,
    /** Take over what may sensibly be another's choice, and tell of the rest. */
    ADOPT
}
