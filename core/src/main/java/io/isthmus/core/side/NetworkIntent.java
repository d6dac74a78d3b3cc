package io.isthmus.core.side;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Cloud;
import java.util.Optional;

/** What one side's Neutron must have for a connection. */
public sealed interface NetworkIntent {
    Cloud cloud();

    /**
     * A provider network of type VLAN with one subnet, made by Isthmus and marked as its own.
     *
     * @param mark the text in the network's and subnet's description that says whose they are
     * @param allocationPool disjoint from the other side's
     */
    record ProviderNetwork(
            Cloud cloud,
            ConnectionId connection,
            String mark,
            String name,
            int vlan,
            int mtu,
            Cidr cidr,
            AddressRange allocationPool,
            Optional<IpAddress> gatewayIp,
            boolean enableDhcp)
            implements NetworkIntent {}

    /** A network that was there before; only read, so that its VLAN and MTU are known to be as planned. */
    record ExistingNetwork(Cloud cloud, ConnectionId connection, String networkId, int vlan, int mtu)
            implements NetworkIntent {}
}
