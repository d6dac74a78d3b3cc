package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionId;
import java.time.Instant;
import java.util.Optional;

/**
 * What is left at one site of a connection that its owner deleted.
 *
 * @param since when it became one
 * @param lastError why it could not be removed when that was last tried
 */
public record Tombstone(ConnectionId connection, Instant since, Optional<String> lastError) {}
