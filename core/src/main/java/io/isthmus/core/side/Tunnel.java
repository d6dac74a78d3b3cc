package io.isthmus.core.side;

import io.isthmus.core.network.IpAddress;
import java.util.List;
import java.util.Optional;

/**
 * How the traffic of a connection leaves a gateway for the other one.
 *
 * @param address what this gateway sends from and receives at
 * @param remoteAddress the same of the other gateway
 * @param pathAddress an address that this connection has for itself at this gateway wherever it is steered; empty for none
 * @param steering what the route to {@code address} is marked with, so that every gateway of the path prefers the next one
 *     (see {@link Instruction}); empty where the underlay takes the path by itself
 * @param limitMbps the most that may leave towards the other gateway; zero for no limit
 */
public record Tunnel(
        IpAddress address,
        IpAddress remoteAddress,
        Optional<IpAddress> pathAddress,
        List<Instruction> steering,
        int limitMbps) {
    public Tunnel {
        steering = List.copyOf(steering);
    }

    public static Tunnel plain(IpAddress address, IpAddress remoteAddress) {
        return new Tunnel(address, remoteAddress, Optional.empty(), List.of(), 0);
    }

    public boolean steered() {
        return !steering.isEmpty();
    }

    /** Gateway {@code at} shall prefer gateway {@code via}; both by AS number. A large community (RFC 8092): at:1:via. */
    public record Instruction(long at, long via) {
        @Override
        public String toString() {
            return at + ":1:" + via;
        }
    }
}
