package io.isthmus.southbound;

import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
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
