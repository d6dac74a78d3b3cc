package io.isthmus.core.diagnosis;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;

/**
 * What was read of a gateway as such, whatever connections it carries.
 *
 * @param clockAhead how far its clock is ahead of this node's; negative if it is behind
 * @param bfdWanted whether its routing configuration asks for BFD
 * @param sessions its BGP sessions
 * @param bfd its BFD sessions
 * @param reaches what packets to its neighbours came to
 */
public record GatewayReading(
        Duration clockAhead,
        List<Daemon> daemons,
        boolean bfdWanted,
        List<Session> sessions,
        List<Bfd> bfd,
        List<Reach> reaches) {
    public GatewayReading {
        daemons = List.copyOf(daemons);
        sessions = List.copyOf(sessions);
        bfd = List.copyOf(bfd);
        reaches = List.copyOf(reaches);
    }

    /** A routing daemon. */
    public record Daemon(String name, State state) {
        /** What it said when it was spoken to. */
        public enum State {
            RUNNING,
            STOPPED,
            /** It takes the question and does not answer. */
            FROZEN
        }
    }

    /** A BGP session; {@code evpn} if it carries EVPN routes, else it is the underlay's. */
    public record Session(String address, long remoteAsn, boolean evpn, String state) {
        boolean established() {
            return state.equals("Established");
        }
    }

    /** A BFD session with a neighbour on a link. */
    public record Bfd(String peer, String status, String diagnostic) {
        boolean up() {
            return status.equals("up");
        }

        /** This side hears nothing; the other may hear us. */
        boolean hearsNothing() {
            return diagnostic.equals("control detection time expired");
        }
    }

    /**
     * What echo requests to an address came to.
     *
     * @param tunnel whether it is another gateway's tunnel address rather than a neighbour's on a link
     * @param wantedMtu the packet size that should pass whole
     * @param mtu the largest that does, up to that; empty if none did
     */
    public record Reach(String address, boolean tunnel, int sent, int received, int wantedMtu, OptionalInt mtu) {
        boolean smallerThanWanted() {
            return received > 0 && mtu.orElse(0) < wantedMtu;
        }
    }

    /** The same reading with what packets to the neighbours came to. */
    public GatewayReading with(List<Reach> reached) {
        return new GatewayReading(clockAhead, daemons, bfdWanted, sessions, bfd, reached);
    }
}
