package io.isthmus.core.connection;

import java.util.UUID;

/** The id of a connection. */
public record ConnectionId(UUID value) {
    public static ConnectionId parse(String text) {
        return new ConnectionId(UUID.fromString(text));
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
