package io.isthmus.core.side;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Gateway;

/**
 * What one side's gateway must have for an L2 connection: a hand-off from the site's physical network on {@code vlan}, a
 * bridge, a VXLAN tunnel with EVPN route targets of its own, and a probe port.
 *
 * @param vni the VXLAN network identifier, the same on both sides
 * @param remoteTunnelAddress the other gateway's own, with which the EVPN session is
 * @param mtu the largest packet, in bytes, that the joined networks may send
 * @param probeAddress link-local address of this side's probe port; the two sides share a /30
 */
public record GatewayIntent(
        Gateway gateway,
        ConnectionId connection,
        int vlan,
        int vni,
        IpAddress remoteTunnelAddress,
        int mtu,
        IpAddress probeAddress,
        IpAddress peerProbeAddress,
        Tunnel tunnel) {

    /** Between the gateways' own tunnel addresses, and without a limit. */
    public GatewayIntent(
            Gateway gateway,
            ConnectionId connection,
            int vlan,
            int vni,
            IpAddress remoteTunnelAddress,
            int mtu,
            IpAddress probeAddress,
            IpAddress peerProbeAddress) {
        this(
                gateway,
                connection,
                vlan,
                vni,
                remoteTunnelAddress,
                mtu,
                probeAddress,
                peerProbeAddress,
                Tunnel.plain(gateway.tunnelAddress(), remoteTunnelAddress));
    }

    /** Imported and exported by both sides, and by nobody else: {@code 65000:vni}. */
    public String routeTarget() {
        return "65000:" + vni;
    }
}
