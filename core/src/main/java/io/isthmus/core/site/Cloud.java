package io.isthmus.core.site;

import java.net.URI;
import java.util.Optional;

/**
 * The OpenStack of a site.
 *
 * @param authUrl its Keystone, with or without {@code /v3}
 * @param regionName the region in that Keystone's catalogue whose Neutron serves the site
 * @param cell the Nova cell, where several sites share one region
 * @param endpointInterface which of the catalogue's addresses of Neutron to use; {@code PUBLIC} if absent
 * @param networkServiceName the name of the site's Neutron in the catalogue, where a region has several network services
 * @param networkEndpointOverride the site's Neutron itself, whatever the catalogue says
 * @param caCertificate PEM: whom to trust for TLS with this cloud; those whom Java trusts if absent
 * @param physicalNetwork Neutron's name of the physical network that reaches the site's gateways
 * @param vlanRange the VLANs of that physical network that Isthmus may use
 * @param credentialId which of the node's credentials opens this cloud
 */
public record Cloud(
        CloudKind kind,
        URI authUrl,
        String regionName,
        Optional<String> cell,
        Optional<EndpointInterface> endpointInterface,
        Optional<String> networkServiceName,
        Optional<URI> networkEndpointOverride,
        Optional<String> caCertificate,
        String physicalNetwork,
        VlanRange vlanRange,
        String credentialId) {
    public Cloud {
        checkUrl("auth_url", authUrl);
        networkEndpointOverride.ifPresent(url -> checkUrl("network_endpoint_override", url));
        if (regionName.isBlank()) {
            throw new IllegalArgumentException("region_name must not be empty");
        }
        if (kind == CloudKind.CELL && cell.isEmpty()) {
            throw new IllegalArgumentException("cell is missing: a cloud of kind cell needs the cell's name");
        }
        if (physicalNetwork.isBlank()) {
            throw new IllegalArgumentException("physical_network must not be empty");
        }
        if (caCertificate.isPresent() && !caCertificate.get().contains("-----BEGIN CERTIFICATE-----")) {
            throw new IllegalArgumentException("ca_certificate must be certificates in PEM form");
        }
        if (caCertificate.isPresent() && caCertificate.get().contains("PRIVATE KEY")) {
            throw new IllegalArgumentException("ca_certificate must not hold a private key: everybody may read it");
        }
    }

    /** A cloud whose catalogue says all. */
    public Cloud(
            CloudKind kind,
            URI authUrl,
            String regionName,
            Optional<String> cell,
            String physicalNetwork,
            VlanRange vlanRange,
            String credentialId) {
        this(
                kind,
                authUrl,
                regionName,
                cell,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                physicalNetwork,
                vlanRange,
                credentialId);
    }

    private static void checkUrl(String field, URI url) {
        if (!("http".equals(url.getScheme()) || "https".equals(url.getScheme())) || url.getHost() == null) {
            throw new IllegalArgumentException(field + " must be an http or https URL: " + url);
        }
    }
}
