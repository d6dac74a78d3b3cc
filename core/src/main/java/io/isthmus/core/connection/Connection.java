package io.isthmus.core.connection;

import io.isthmus.core.side.DriftPolicy;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * A connection as its owner wants it.
 *
 * @param bandwidthMbps in each direction; best effort where it is empty
 * @param maxLatencyMs one way over the whole path
 * @param driftPolicy what becomes of what others change at its sides
 * @param mtu the MTU that both networks shall have; the largest that fits the path where it is empty
 */
public record Connection(
        ConnectionId id,
        String name,
        String projectId,
        UUID localEndpoint,
        UUID remoteEndpoint,
        Service service,
        Optional<Integer> bandwidthMbps,
        Optional<Double> maxLatencyMs,
        Encryption encryption,
        PathConstraints path,
        Optional<Integer> mtu,
        AddressPolicy addressPolicy,
        OnFailure onFailure,
        boolean adminStateUp,
        Optional<Instant> expiresAt,
        DriftPolicy driftPolicy) {
    public Connection {
        bandwidthMbps.ifPresent(value -> within("bandwidth_mbps", value, 1, 1_000_000));
        maxLatencyMs.ifPresent(value -> within("max_latency_ms", value, 0, 10_000));
        mtu.ifPresent(value -> within("mtu", value, 576, 9_000));
    }

    /** The same, with other constraints on its path. */
    public Connection withPath(PathConstraints other) {
        return new Connection(
                id,
                name,
                projectId,
                localEndpoint,
                remoteEndpoint,
                service,
                bandwidthMbps,
                maxLatencyMs,
                encryption,
                other,
                mtu,
                addressPolicy,
                onFailure,
                adminStateUp,
                expiresAt,
                driftPolicy);
    }

    private static void within(String field, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(
                    "%s must be within %.0f to %.0f: %s".formatted(field, least, most, value));
        }
    }
}
