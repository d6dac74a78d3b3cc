package io.isthmus.core.connection;

/** Whether packets of a connection may cross links in clear. */
public enum Encryption {
    NONE,
    REQUIRED
}
