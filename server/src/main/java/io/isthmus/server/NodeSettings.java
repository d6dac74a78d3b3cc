package io.isthmus.server;

import io.isthmus.server.engine.EngineSettings;
import java.nio.file.Path;

/** What a node is told at its start. */
public record NodeSettings(String host, int port, Path dataDirectory, EngineSettings engine) {}
