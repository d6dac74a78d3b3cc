package io.isthmus.core.connection;

/** What measured traffic says of a connection. */
public enum OperStatus {
    UNKNOWN,
    TESTING,
    UP,
    DEGRADED,
    DOWN
}
