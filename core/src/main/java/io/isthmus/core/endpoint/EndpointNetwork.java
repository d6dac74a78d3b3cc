package io.isthmus.core.endpoint;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;
import java.util.Optional;

/** What an endpoint joins at its site. */
public sealed interface EndpointNetwork {

    /** The subnet that Isthmus makes here, be it in a network of its own or in one that is there; empty if it makes none. */
    default Optional<Create> subnetToMake() {
        return switch (this) {
            case Create create -> Optional.of(create);
            case External external -> Optional.of(external.subnet());
            case Existing _, Router _ -> Optional.empty();
        };
    }

    /**
     * A new provider network in the site's Neutron.
     *
     * @param name the network's name; Isthmus chooses one where it is empty
     * @param gatewayIp the subnet's gateway; none where it is empty
     * @param allocationPool the addresses that this Neutron may give out; Isthmus divides the prefix where it is empty
     * @param enableDhcp whether this Neutron answers DHCP on it
     */
    record Create(
            Cidr cidr,
            Optional<String> name,
            Optional<IpAddress> gatewayIp,
            Optional<AddressRange> allocationPool,
            boolean enableDhcp)
            implements EndpointNetwork {
        public Create {
            gatewayIp.ifPresent(address -> {
                if (!cidr.contains(address)) {
                    throw new IllegalArgumentException("gateway_ip " + address + " is outside of cidr " + cidr);
                }
            });
            allocationPool.ifPresent(pool -> {
                if (!cidr.contains(pool.start()) || !cidr.contains(pool.end())) {
                    throw new IllegalArgumentException("allocation_pool " + pool + " is outside of cidr " + cidr);
                }
                if (gatewayIp.isPresent() && pool.contains(gatewayIp.get())) {
                    throw new IllegalArgumentException(
                            "allocation_pool " + pool + " contains gateway_ip " + gatewayIp.get());
                }
            });
        }
    }

    /** An existing VLAN network on the site's physical network; Isthmus attaches to it and never changes or deletes it. */
    record Existing(String networkId) implements EndpointNetwork {}

    /** An existing router, with the prefixes behind it that the other side shall reach; all its subnets if none is named. */
    record Router(String routerId, List<Cidr> prefixes) implements EndpointNetwork {
        public Router {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** A further subnet on an external network. */
    record External(String externalNetworkId, Cidr cidr) implements EndpointNetwork {
        /** What Isthmus makes on it. */
        public Create subnet() {
            return new Create(cidr, Optional.empty(), Optional.empty(), Optional.empty(), false);
        }
    }
}
