package io.isthmus.core.connection;

/** What to do where a connection cannot be made. */
public enum OnFailure {
    /** Put everything back as it was. */
    ROLLBACK,
    /** Keep what is there and go on trying. */
    RETRY
}
