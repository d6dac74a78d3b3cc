package io.isthmus.server;

import io.isthmus.core.network.Cidr;
import io.isthmus.server.api.Tls;
import io.isthmus.server.engine.EngineSettings;
import io.isthmus.server.metrics.Metrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a node is told at its start.
 *
 * @param metricsFrom from where metrics may be read without a token
 * @param keyFile with the keys that seal secrets
 * @param createKeyFile whether to make it where it is not there
 * @param webhookAllow to which addresses events may be sent although they are not public
 * @param limits how much callers may ask for
 */
public record NodeSettings(
        String host,
        int port,
        Optional<Tls> tls,
        Path dataDirectory,
        EngineSettings engine,
        Metrics metrics,
        List<Cidr> metricsFrom,
        Optional<Path> keyFile,
        boolean createKeyFile,
        List<Cidr> webhookAllow,
        CallerLimits limits) {
    public NodeSettings {
        webhookAllow = List.copyOf(webhookAllow);
        metricsFrom = List.copyOf(metricsFrom);
    }

    public NodeSettings(String host, int port, Optional<Tls> tls, Path dataDirectory, EngineSettings engine) {
        this(
                host,
                port,
                tls,
                dataDirectory,
                engine,
                new Metrics(),
                List.of(),
                Optional.empty(),
                false,
                List.of(),
                CallerLimits.DEFAULT);
    }
}
