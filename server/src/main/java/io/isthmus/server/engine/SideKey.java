package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.SideRole;

/** One side of one connection. */
record SideKey(ConnectionId connection, SideRole role) {}
