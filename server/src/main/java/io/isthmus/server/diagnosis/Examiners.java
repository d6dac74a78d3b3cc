package io.isthmus.server.diagnosis;

import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.CloudExaminer;
import io.isthmus.southbound.GatewayExaminer;
import java.util.Map;
import java.util.Optional;

/** The examiners of this node: one for clouds, one for each kind of gateway. */
public record Examiners(CloudExaminer cloud, Map<String, GatewayExaminer> gateways) {
    public Examiners {
        gateways = Map.copyOf(gateways);
    }

    Optional<GatewayExaminer> of(Gateway gateway) {
        return Optional.ofNullable(gateways.get(gateway.driver()));
    }
}
