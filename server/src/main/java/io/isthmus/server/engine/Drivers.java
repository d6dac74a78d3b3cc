package io.isthmus.server.engine;

import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.GatewayDriver;
import java.util.Map;
import java.util.Optional;

/** The drivers of this node: one for clouds, one for each kind of gateway. */
public record Drivers(CloudDriver cloud, Map<String, GatewayDriver> gateways) {
    public Drivers {
        gateways = Map.copyOf(gateways);
    }

    public Optional<GatewayDriver> of(Gateway gateway) {
        return Optional.ofNullable(gateways.get(gateway.driver()));
    }
}
