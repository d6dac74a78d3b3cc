package io.isthmus.core.site;

import io.isthmus.core.network.IpAddress;
import java.util.Map;

/**
 * The router of a site that Isthmus programs for traffic between sites.
 *
 * @param driver which driver speaks to it: {@code frr}
 * @param management how that driver reaches it; the keys are the driver's own
 * @param tunnelAddress its VXLAN tunnel endpoint (VTEP)
 * @param asn its BGP autonomous system number
 * @param maxMtu the largest packet, in bytes, that it hands to the site's networks
 * @param capacityMbps what it can carry in one direction
 */
public record Gateway(
        String name,
        String driver,
        Map<String, String> management,
        IpAddress tunnelAddress,
        long asn,
        int maxMtu,
        int capacityMbps) {
    public Gateway {
        management = Map.copyOf(management);
        if (name.isBlank()) {
            throw new IllegalArgumentException("a gateway needs a name");
        }
        if (asn < 1 || asn > 4294967295L) {
            throw new IllegalArgumentException("asn must be within 1 to 4294967295: " + asn);
        }
        if (maxMtu < 1280 || maxMtu > 9216) {
            throw new IllegalArgumentException("max_mtu must be within 1280 to 9216 bytes: " + maxMtu);
        }
        if (capacityMbps < 1) {
            throw new IllegalArgumentException("capacity_mbps must be positive: " + capacityMbps);
        }
    }
}
