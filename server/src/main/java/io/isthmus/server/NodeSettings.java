package io.isthmus.server;

import io.isthmus.server.api.Tls;
import io.isthmus.server.engine.EngineSettings;
import java.nio.file.Path;
import java.util.Optional;

/** What a node is told at its start. */
public record NodeSettings(String host, int port, Optional<Tls> tls, Path dataDirectory, EngineSettings engine) {}
