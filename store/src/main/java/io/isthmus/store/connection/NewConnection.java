package io.isthmus.store.connection;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.quota.Amounts;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * A connection that shall be stored for the first time.
 *
 * @param inline the endpoints, none to two, that come with it and go with it
 * @param operationId the id of the operation that will record its creation
 * @param deadlineAt until when somebody must have taken it up
 */
public record NewConnection(
        Connection connection,
        List<Endpoint> inline,
        List<String> tags,
        UUID operationId,
        Optional<Instant> deadlineAt) {
    public NewConnection {
        inline = List.copyOf(inline);
        tags = List.copyOf(tags);
    }

    /** How much of the project's quota it takes. */
    public Amounts amounts() {
        return new Amounts(1, inline.size(), connection.bandwidthMbps().orElse(0));
    }
}
