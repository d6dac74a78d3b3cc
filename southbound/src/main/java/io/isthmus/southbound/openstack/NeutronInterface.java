package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;

/** A port with whose it is and which addresses it has, as Neutron describes it. */
record NeutronInterface(
        String id,
        String name,
        String description,
        @JsonProperty("admin_state_up") boolean adminStateUp,
        @JsonProperty("project_id") String projectId,
        @JsonProperty("network_id") String networkId,
        @JsonProperty("device_id") String deviceId,
        @JsonProperty("device_owner") String deviceOwner,
        @JsonProperty("fixed_ips") List<Address> addresses) {
    private static final String ROUTER_GATEWAY = "network:router_gateway";

    NeutronInterface {
        Objects.requireNonNull(id, "id");
        name = Absent.asEmpty(name);
        description = Absent.asEmpty(description);
        projectId = Absent.asEmpty(projectId);
        networkId = Absent.asEmpty(networkId);
        deviceId = Absent.asEmpty(deviceId);
        deviceOwner = Absent.asEmpty(deviceOwner);
        addresses = Absent.asEmpty(addresses);
    }

    record Address(
            @JsonProperty("subnet_id") String subnetId,
            @JsonProperty("ip_address") String ipAddress) {}

    /** Of a router of any kind, towards the networks behind it. */
    boolean isRouterInterface() {
        return deviceOwner.startsWith("network:router_interface")
                || deviceOwner.equals("network:ha_router_replicated_interface");
    }

    /** Of a router, towards an external network. */
    boolean isRouterGateway() {
        return deviceOwner.equals(ROUTER_GATEWAY);
    }

    /** Made by Neutron itself, such as for DHCP. */
    boolean isNeutronsOwn() {
        return deviceOwner.equals("network:dhcp") || deviceOwner.equals("network:distributed");
    }

    boolean has(String address) {
        return addresses.stream().anyMatch(each -> each.ipAddress().equals(address));
    }
}
