package io.isthmus.server.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;

/**
 * Where the API listens and what it allows.
 *
 * @param port 0 for any free one
 * @param requestedWithin until when, from its creation, a connection must have been taken up
 */
public record ApiConfig(String host, int port, Duration requestedWithin) {
    public static final Duration REQUESTED_WITHIN = Duration.ofMinutes(1);

    public ApiConfig(String host, int port) {
        this(host, port, REQUESTED_WITHIN);
    }

    /** Whether only this machine can reach it. */
    boolean isLoopback() {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
