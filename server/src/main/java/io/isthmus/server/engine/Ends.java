package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;

/** A connection with what its endpoints and sites are now. */
record Ends(ConnectionFacts facts, SideIntents.End local, SideIntents.End remote) {

    SideIntents.End end(SideRole role) {
        return switch (role) {
            case LOCAL -> local;
            case REMOTE -> remote;
        };
    }

    SiteId site(SideRole role) {
        return end(role).site().id();
    }

    /** Only for a connection that has its reservation. */
    SideIntents intents(SideRole role) {
        return SideIntents.of(facts.desired(), facts.reservation().orElseThrow(), role, local, remote);
    }
}
