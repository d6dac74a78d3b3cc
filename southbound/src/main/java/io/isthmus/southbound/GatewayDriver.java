package io.isthmus.southbound;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Programs a site's gateway. */
public interface GatewayDriver extends Driver<GatewayIntent> {

    /** What looks at a gateway all the time, if this driver can. */
    default Optional<GatewayWatcher> watcher() {
        return Optional.empty();
    }

    /** Checks that the gateway answers and reads which VNIs it carries, for anyone. */
    Outcome<Set<Integer>> usedVnis(Gateway gateway) throws InterruptedException;

    /** Sends probes from this side's probe port through the connection to the other side's. */
    Outcome<Probed> probe(GatewayIntent intent) throws InterruptedException;

    /** Reads the IPv4 networks that the gateway itself is in: its links and its loopbacks. */
    Outcome<List<Cidr>> networks(Gateway gateway) throws InterruptedException;

    /**
     * Sends packets that may not be fragmented straight to an adjacent gateway's tunnel address.
     *
     * @param bytes the largest to send, headers included
     * @return the largest that passed whole; empty if none did, or if the other gateway is not adjacent
     */
    Outcome<OptionalInt> linkMtu(Gateway gateway, IpAddress neighbour, int bytes) throws InterruptedException;

    /**
     * Sends echo requests straight to adjacent gateways' tunnel addresses, all at once.
     *
     * @return one for each that was asked; a driver that cannot measure, or not so many, leaves some out
     */
    default Outcome<List<Rtt>> linkRtts(Gateway gateway, List<IpAddress> neighbours) throws InterruptedException {
        return new Outcome.Done<>(List.of());
    }

    /**
     * What came back from a neighbour.
     *
     * @param medianMs of the round trips; zero without replies
     */
    record Rtt(IpAddress neighbour, int replies, double medianMs) {}

    /**
     * What probes in one direction measured.
     *
     * @param sent how many echo requests
     * @param received how many replies
     * @param rttMs median round trip in milliseconds; zero if nothing came back
     * @param mtu the largest packet in bytes that passed whole, up to the intent's; empty if none did
     */
    record Probed(int sent, int received, double rttMs, OptionalInt mtu) {
        /** The part of the requests, 0 to 1, that got no reply. */
        public double loss() {
            return sent == 0 ? 1 : 1 - (double) received / sent;
        }
    }
}
