package io.isthmus.core.endpoint;

import io.isthmus.core.site.SiteId;
import java.util.UUID;

/** One end of a connection: a site and the network there that is to be joined. */
public record Endpoint(UUID id, String name, String projectId, SiteId site, EndpointNetwork network) {}
