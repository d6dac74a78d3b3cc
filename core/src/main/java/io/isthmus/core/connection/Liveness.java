package io.isthmus.core.connection;

import java.time.Instant;
import java.util.List;

/**
 * Whether packets pass now, as the two gateways see it all the time.
 *
 * @param at when it became so
 * @param localToRemote whether packets arrive that way
 * @param remoteToLocal whether packets arrive that way
 * @param failing what fails, in words that name the direction, the link or the site; empty while nothing does
 */
public record Liveness(Instant at, State state, State localToRemote, State remoteToLocal, List<String> failing) {
    public Liveness {
        failing = List.copyOf(failing);
    }

    /** Of a connection, or of one direction of it. */
    public enum State {
        UP,
        DOWN,
        /** A gateway does not tell at the moment. */
        UNKNOWN
    }

    /** The same but for when it became so. */
    public boolean saysTheSame(Liveness other) {
        return state == other.state
                && localToRemote == other.localToRemote
                && remoteToLocal == other.remoteToLocal
                && failing.equals(other.failing);
    }
}
