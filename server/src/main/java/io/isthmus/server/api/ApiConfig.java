package io.isthmus.server.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.Optional;

/**
 * Where the API listens and what it allows.
 *
 * @param port 0 for any free one
 * @param requestedWithin until when, from its creation, a connection must have been taken up
 */
public record ApiConfig(String host, int port, Optional<Tls> tls, Duration requestedWithin, ApiLimits limits) {
    public static final Duration REQUESTED_WITHIN = Duration.ofMinutes(1);

    public ApiConfig(String host, int port) {
        this(host, port, Optional.empty());
    }

    public ApiConfig(String host, int port, Optional<Tls> tls) {
        this(host, port, tls, REQUESTED_WITHIN, ApiLimits.DEFAULT);
    }

    public ApiConfig with(ApiLimits others) {
        return new ApiConfig(host, port, tls, requestedWithin, others);
    }

    public ApiConfig withRequestedWithin(Duration time) {
        return new ApiConfig(host, port, tls, time, limits);
    }

    String url(int boundPort) {
        return (tls.isPresent() ? "https://" : "http://") + host + ":" + boundPort;
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
