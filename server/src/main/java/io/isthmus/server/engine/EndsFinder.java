package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.store.endpoint.EndpointStore;
import io.isthmus.store.site.SiteStore;
import java.util.UUID;

/** Finds a connection's endpoints and sites; the store keeps both from being deleted while a connection uses them. */
final class EndsFinder {
    private final EndpointStore endpoints;
    private final SiteStore sites;

    EndsFinder(EndpointStore endpoints, SiteStore sites) {
        this.endpoints = endpoints;
        this.sites = sites;
    }

    Ends of(ConnectionFacts facts) {
        return new Ends(
                facts, end(facts.desired().localEndpoint()), end(facts.desired().remoteEndpoint()));
    }

    private SideIntents.End end(UUID endpointId) {
        var endpoint = endpoints
                .find(endpointId)
                .orElseThrow(() -> new IllegalStateException("endpoint " + endpointId + " of a connection is gone"))
                .value();
        var site = sites.find(endpoint.site())
                .orElseThrow(() -> new IllegalStateException("site " + endpoint.site() + " of an endpoint is gone"))
                .value();
        return new SideIntents.End(endpoint, site);
    }
}
