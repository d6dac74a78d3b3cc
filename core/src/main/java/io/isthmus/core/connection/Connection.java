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
 * @param adminStateUp whether traffic shall pass; where not, both gateways are closed and all else stays
 * @param expiresAt when it is deleted by itself
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

    /** The same, to carry traffic or not. */
    public Connection withAdminStateUp(boolean up) {
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
                path,
                mtu,
                addressPolicy,
                onFailure,
                up,
                expiresAt,
                driftPolicy);
    }

    /** The same, with that name, end and drift policy, which nothing at the sites depends on. */
    public Connection labelledAs(Connection other) {
        return labelled(other.name, other.expiresAt, other.driftPolicy);
    }

    public Connection labelled(String newName, Optional<Instant> newExpiresAt, DriftPolicy newDriftPolicy) {
        return new Connection(
                id,
                newName,
                projectId,
                localEndpoint,
                remoteEndpoint,
                service,
                bandwidthMbps,
                maxLatencyMs,
                encryption,
                path,
                mtu,
                addressPolicy,
                onFailure,
                adminStateUp,
                newExpiresAt,
                newDriftPolicy);
    }

    /** The same, with what an update may change. */
    public Connection with(
            String newName,
            Optional<Integer> newBandwidthMbps,
            Optional<Double> newMaxLatencyMs,
            PathConstraints newPath,
            Optional<Integer> newMtu) {
        return new Connection(
                id,
                newName,
                projectId,
                localEndpoint,
                remoteEndpoint,
                service,
                newBandwidthMbps,
                newMaxLatencyMs,
                encryption,
                newPath,
                newMtu,
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
