package io.isthmus.core.connection;

/** What reading both sides back says of a connection. */
public enum SyncStatus {
    UNOBSERVED,
    RECONCILING,
    IN_SYNC,
    DRIFTED
}
