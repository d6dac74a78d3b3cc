package io.isthmus.server.api;

import io.isthmus.core.network.Cidr;
import io.isthmus.server.metrics.Metrics;
import java.util.List;

/**
 * How the node is watched.
 *
 * @param metricsFrom from where metrics may be read without a token
 */
public record Observing(Metrics metrics, List<Cidr> metricsFrom) {
    public Observing {
        metricsFrom = List.copyOf(metricsFrom);
    }

    /** Counts what the API itself does, and lets nobody read it without a token. */
    public static Observing ofNothingElse() {
        return new Observing(new Metrics(), List.of());
    }
}
