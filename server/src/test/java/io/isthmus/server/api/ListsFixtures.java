package io.isthmus.server.api;

import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.site.SiteId;
import java.util.UUID;

/** Many objects of one kind. */
final class ListsFixtures {
    private ListsFixtures() {}

    static Endpoint endpoint(int number) {
        return new Endpoint(
                new UUID(1, number),
                "endpoint-" + number,
                "default",
                new SiteId("b"),
                new EndpointNetwork.Existing("network-" + number),
                false);
    }
}
