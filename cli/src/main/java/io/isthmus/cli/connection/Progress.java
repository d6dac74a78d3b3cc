package io.isthmus.cli.connection;

/** Shows how far a connection is. */
interface Progress {
    /** Called whenever something may have changed, and now and then without that. */
    void show(Steps steps);
}
