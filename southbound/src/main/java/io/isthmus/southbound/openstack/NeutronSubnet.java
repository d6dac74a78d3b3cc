package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** A subnet as Neutron describes it. */
record NeutronSubnet(
        String id,
        @JsonProperty("network_id") String networkId,
        String name,
        String description,
        String cidr,
        @JsonProperty("allocation_pools") List<Pool> allocationPools,
        @JsonProperty("gateway_ip") Optional<String> gatewayIp,
        @JsonProperty("enable_dhcp") boolean enableDhcp,
        @JsonProperty("project_id") String projectId) {
    NeutronSubnet {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(networkId, "network_id");
        Objects.requireNonNull(cidr, "cidr");
        name = Absent.asEmpty(name);
        description = Absent.asEmpty(description);
        allocationPools = Absent.asEmpty(allocationPools);
        projectId = Absent.asEmpty(projectId);
    }

    record Pool(String start, String end) {
        static Pool of(AddressRange range) {
            return new Pool(range.start().text(), range.end().text());
        }

        AddressRange range() {
            return new AddressRange(new IpAddress(start), new IpAddress(end));
        }
    }

    Cidr prefix() {
        return new Cidr(cidr);
    }

    List<AddressRange> pools() {
        return allocationPools.stream().map(Pool::range).toList();
    }

    Optional<IpAddress> gateway() {
        return gatewayIp.map(IpAddress::new);
    }
}
