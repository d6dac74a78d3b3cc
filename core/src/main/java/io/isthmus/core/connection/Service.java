package io.isthmus.core.connection;

/** What a connection carries. */
public enum Service {
    /** One stretched network. */
    L2,
    /** Routes between networks of both sides. */
    L3
}
