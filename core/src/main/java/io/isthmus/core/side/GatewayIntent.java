package io.isthmus.core.side;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Gateway;
import java.util.Optional;

/**
 * What one side's gateway must have for a connection: a hand-off from the site's physical network on {@code vlan}, a
 * bridge, a VXLAN tunnel with EVPN route targets of its own, and a probe port; where addresses are translated, a translator.
 *
 * @param vni the VXLAN network identifier, the same on both sides
 * @param remoteTunnelAddress the other gateway's own, with which the EVPN session is
 * @param mtu the largest packet, in bytes, that the joined networks may send
 * @param probeAddress of this side's probe port: link-local where nothing else is in the network
 * @param peerProbeAddress what the probes are sent to: the other side's probe port, or its router
 * @param probePrefixLength of the network that both belong to
 * @param translator of an L3 connection whose prefixes collide
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
        Tunnel tunnel,
        int probePrefixLength,
        Optional<Translator> translator) {

    /** How long the prefix of the two probe ports is where nothing else is in the network. */
    public static final int PROBE_PREFIX_LENGTH = 30;

    /** For an L2 connection. */
    public GatewayIntent(
            Gateway gateway,
            ConnectionId connection,
            int vlan,
            int vni,
            IpAddress remoteTunnelAddress,
            int mtu,
            IpAddress probeAddress,
            IpAddress peerProbeAddress,
            Tunnel tunnel) {
        this(
                gateway,
                connection,
                vlan,
                vni,
                remoteTunnelAddress,
                mtu,
                probeAddress,
                peerProbeAddress,
                tunnel,
                PROBE_PREFIX_LENGTH,
                Optional.empty());
    }

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
