package io.isthmus.core.side;

/** Which end of its connection a side is. */
public enum SideRole {
    LOCAL,
    REMOTE;

    public SideRole other() {
        return this == LOCAL ? REMOTE : LOCAL;
    }
}
