package io.isthmus.core.side;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.site.Cloud;
import java.util.List;
import java.util.Optional;

/** What one side's Neutron must have for a connection. */
public sealed interface NetworkIntent {
    Cloud cloud();

    ConnectionId connection();

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

    /**
     * A further subnet on an external network that was there before; the subnet is made by Isthmus and marked as its own.
     *
     * @param vlan the network's, only compared
     * @param mtu what the network must be able to carry
     */
    record ExternalSubnet(
            Cloud cloud,
            ConnectionId connection,
            String mark,
            String name,
            String networkId,
            int vlan,
            int mtu,
            Cidr cidr,
            AddressRange allocationPool)
            implements NetworkIntent {}

    /**
     * A transit network made by Isthmus, an existing router's interface in it, and extra routes of that router. Of the
     * router's routes only those to {@code destinations} by {@code nextHop} are Isthmus's.
     *
     * @param transit the network with its subnet
     * @param address the router's in the transit
     */
    record RoutedTransit(
            ProviderNetwork transit, String routerId, IpAddress address, IpAddress nextHop, List<Cidr> destinations)
            implements NetworkIntent {
        public RoutedTransit {
            destinations = List.copyOf(destinations);
        }

        @Override
        public Cloud cloud() {
            return transit.cloud();
        }

        @Override
        public ConnectionId connection() {
            return transit.connection();
        }
    }
}
