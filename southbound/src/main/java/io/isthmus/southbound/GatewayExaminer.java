package io.isthmus.southbound;

import io.isthmus.core.diagnosis.GatewayReading;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.diagnosis.PartsReading;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import java.time.Duration;
import java.util.List;

/** Looks at a gateway for a diagnosis. It changes nothing, and every call has a time limit of its own. */
public interface GatewayExaminer {

    /** Reads daemons, sessions and clock; what packets come to is left to {@link #reach}. */
    Outcome<GatewayReading> examine(Gateway gateway) throws InterruptedException;

    /** Reads what the gateway has for a connection, each part even where another cannot be read. */
    Outcome<PartsReading> examine(GatewayIntent intent) throws InterruptedException;

    /** Sends packets to addresses and finds the largest that passes whole. */
    Outcome<List<Reach>> reach(Gateway gateway, List<Destination> destinations) throws InterruptedException;

    /** Reads the counters along a connection: probes heard, packets in and out of the tunnel, since they were made. */
    Outcome<Counters> counters(GatewayIntent intent) throws InterruptedException;

    /** Sends probes to the other side's probe port, one after the other. */
    Outcome<Burst> burst(GatewayIntent intent, int count, Duration interval) throws InterruptedException;

    /**
     * Sends data to the other side's probe port, which must be receiving ({@link #receive}), at a limited rate for a limited
     * time.
     */
    Outcome<Throughput> send(GatewayIntent intent, Duration time, int mbps) throws InterruptedException;

    /** Receives what {@link #send} of the other side sends, once, and then ends. */
    Outcome<Boolean> receive(GatewayIntent intent, Duration time) throws InterruptedException;

    /** Where {@link #reach} sends packets, and the size that should pass whole. */
    record Destination(String address, boolean tunnel, int mtu) {}

    /** All ever counted, so that only differences tell. */
    record Counters(long heard, long entered, long emerged) {}

    /** The round trips, in milliseconds, of the probes that had a reply, in the order they were sent. */
    record Burst(int sent, List<Double> rttMs) {
        public Burst {
            rttMs = List.copyOf(rttMs);
        }

        public int received() {
            return rttMs.size();
        }
    }

    /** What passed in one direction. */
    record Throughput(double mbps, long retransmits) {}
}
