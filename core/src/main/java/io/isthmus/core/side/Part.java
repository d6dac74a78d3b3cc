package io.isthmus.core.side;

/** What is programmed at one side of a connection, each by a driver of its own. */
public enum Part {
    /** The network in the site's cloud. */
    NETWORK,
    /** What the site's gateway has for the connection. */
    GATEWAY
}
