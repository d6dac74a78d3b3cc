package io.isthmus.core.l3;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;

/** What another connection has at a site's router. */
public record RouterUse(ConnectionId connection, String connectionName, SiteId site, SideRole role, Transit transit) {
    String routerId() {
        return transit.share(role).routerId();
    }
}
