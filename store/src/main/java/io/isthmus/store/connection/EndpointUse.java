package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.Side;

/** Which connection has an endpoint, and as which of its sides. */
public record EndpointUse(ConnectionId connection, Side side) {}
