package io.isthmus.core.connection;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the last probes through a connection measured, direction by direction.
 *
 * @param narrowest the link that is to blame where less passes than was computed, if one was found
 */
public record ProbeReport(
        Instant at, Direction localToRemote, Direction remoteToLocal, Optional<NarrowLink> narrowest) {

    /** Without a look at single links. */
    public ProbeReport(Instant at, Direction localToRemote, Direction remoteToLocal) {
        this(at, localToRemote, remoteToLocal, Optional.empty());
    }

    /** The same with what was found at single links. */
    public ProbeReport with(Optional<NarrowLink> link) {
        return new ProbeReport(at, localToRemote, remoteToLocal, link);
    }

    /**
     * What probes of one direction measured.
     *
     * @param rttMs median round trip in milliseconds
     * @param loss the part of the probes without a reply, 0 to 1
     * @param mtu the largest packet that passed whole, in bytes; empty if none did
     */
    public record Direction(double rttMs, double loss, OptionalInt mtu) {}

    public boolean passes() {
        return localToRemote.loss() < 1 && remoteToLocal.loss() < 1;
    }

    public double rttMs() {
        return (localToRemote.rttMs() + remoteToLocal.rttMs()) / 2;
    }

    /** The worse of both directions. */
    public double loss() {
        return Math.max(localToRemote.loss(), remoteToLocal.loss());
    }

    /** The smaller of both directions. */
    public OptionalInt mtu() {
        return localToRemote.mtu().isEmpty() || remoteToLocal.mtu().isEmpty()
                ? OptionalInt.empty()
                : OptionalInt.of(Math.min(
                        localToRemote.mtu().getAsInt(), remoteToLocal.mtu().getAsInt()));
    }
}
