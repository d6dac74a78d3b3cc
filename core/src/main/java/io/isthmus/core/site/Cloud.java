package io.isthmus.core.site;

import java.net.URI;
import java.util.Optional;

/**
 * The OpenStack of a site.
 *
 * @param authUrl the Keystone v3 URL
 * @param regionName the region in that Keystone's catalogue whose Neutron serves the site
 * @param cell the Nova cell, where several sites share one region
 * @param physicalNetwork Neutron's name of the physical network that reaches the site's gateways
 * @param vlanRange the VLANs of that physical network that Isthmus may use
 * @param credentialId which of the node's credentials opens this cloud
 */
public record Cloud(
        CloudKind kind,
        URI authUrl,
        String regionName,
        Optional<String> cell,
        String physicalNetwork,
        VlanRange vlanRange,
        String credentialId) {
    public Cloud {
        if (!("http".equals(authUrl.getScheme()) || "https".equals(authUrl.getScheme())) || authUrl.getHost() == null) {
            throw new IllegalArgumentException("auth_url must be an http or https URL: " + authUrl);
        }
        if (regionName.isBlank()) {
            throw new IllegalArgumentException("region_name must not be empty");
        }
        if (kind == CloudKind.CELL && cell.isEmpty()) {
            throw new IllegalArgumentException("a cloud of kind cell needs the cell's name");
        }
        if (physicalNetwork.isBlank()) {
            throw new IllegalArgumentException("physical_network must not be empty");
        }
    }
}
