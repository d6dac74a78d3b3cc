package io.isthmus.southbound.frr;

import io.isthmus.core.side.Tunnel;
import java.util.Optional;

/**
 * A token bucket at a tunnel's device. It counts Ethernet frames; bandwidth is ordered in what the joined networks send, so
 * the rate has the frames' headers on top.
 *
 * @param bytesPerSecond of Ethernet frames
 * @param burst bytes that may leave at once: what 5 ms bring, but no less than a large segment, or TCP does not get its share
 */
record Limit(long bytesPerSecond, long burst) {
    private static final int ETHERNET_HEADER = 14;
    private static final long BITS_PER_BYTE = 8L;
    private static final long LEAST_BURST = 64 * 1024L;

    static Optional<Limit> of(Tunnel tunnel, int mtu) {
        if (tunnel.limitMbps() == 0) {
            return Optional.empty();
        }
        long payload = tunnel.limitMbps() * 1_000_000L / BITS_PER_BYTE;
        long rate = payload * (mtu + ETHERNET_HEADER) / mtu;
        return Optional.of(new Limit(rate, Math.max(LEAST_BURST, rate / 200)));
    }
}
