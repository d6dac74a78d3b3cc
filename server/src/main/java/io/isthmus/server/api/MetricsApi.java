package io.isthmus.server.api;

import io.isthmus.core.network.IpAddress;

/** {@code /metrics}: what Prometheus reads. */
final class MetricsApi {
    private final Observing observing;

    MetricsApi(Observing observing) {
        this.observing = observing;
    }

    void addTo(Routes routes) {
        routes.getFrom("/metrics", this::isWelcome, this::read);
    }

    /** By the address of the connection; headers of proxies, which anybody can write, do not count. */
    private boolean isWelcome(String address) {
        if (observing.metricsFrom().isEmpty()) {
            return false;
        }
        var bare = address.replaceAll("[\\[\\]]", "").replaceAll("%.*", "");
        try {
            var parsed = new IpAddress(bare);
            return observing.metricsFrom().stream()
                    .anyMatch(cidr -> cidr.version() == parsed.version() && cidr.contains(parsed));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private Reply read(Request request) {
        var page = observing.metrics().page(request.header("Accept"));
        return Reply.text(page.mediaType(), page.text());
    }
}
