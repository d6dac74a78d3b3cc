package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.site.SiteId;

/** Where a connection's two sides are. */
public record ConnectionSites(ConnectionId id, SiteId local, SiteId remote) {}
