package io.isthmus.southbound.openstack;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** One {@link Http} for each set of certificates that clouds are trusted by; most clouds share the usual one. */
final class HttpClients implements AutoCloseable {
    private final OpenStackOptions options;
    private final Map<String, Http> byCertificates = new ConcurrentHashMap<>();

    HttpClients(OpenStackOptions options) {
        this.options = options;
    }

    /** @param caCertificate PEM; whom Java trusts where it is absent */
    Http trusting(Optional<String> caCertificate) {
        return byCertificates.computeIfAbsent(
                caCertificate.orElse(""), pem -> new Http(options, caCertificate.map(Trust::only)));
    }

    @Override
    public void close() {
        byCertificates.values().forEach(Http::close);
    }
}
