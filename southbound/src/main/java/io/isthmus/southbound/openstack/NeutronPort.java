package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Objects;

/** A port as Neutron describes it, as far as the driver reads it. */
record NeutronPort(
        String id,
        String name,
        @JsonProperty("network_id") String networkId,
        @JsonProperty("device_owner") String deviceOwner) {
    NeutronPort {
        Objects.requireNonNull(id, "id");
        name = Absent.asEmpty(name);
        networkId = Absent.asEmpty(networkId);
        deviceOwner = Absent.asEmpty(deviceOwner);
    }

    /** Made by Neutron itself, which removes it together with its network. */
    boolean isNeutronsOwn() {
        return deviceOwner.equals("network:dhcp") || deviceOwner.equals("network:distributed");
    }

    /** Its name, id and owner, for people. */
    String title() {
        return (name.isEmpty() ? "port " : name + " ") + id + (deviceOwner.isEmpty() ? "" : " of " + deviceOwner);
    }
}
