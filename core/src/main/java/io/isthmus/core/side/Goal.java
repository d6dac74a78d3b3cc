package io.isthmus.core.side;

/** Whether a side shall be there. */
public enum Goal {
    PRESENT,
    ABSENT
}
