package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A network as Neutron describes it. The provider fields are empty for a caller who is not an administrator, and where the
 * network has several segments.
 */
record NeutronNetwork(
        String id,
        String name,
        String description,
        @JsonProperty("project_id") String projectId,
        @JsonProperty("admin_state_up") boolean adminStateUp,
        int mtu,
        List<String> subnets,
        @JsonProperty("provider:network_type") Optional<String> networkType,
        @JsonProperty("provider:physical_network") Optional<String> physicalNetwork,
        @JsonProperty("provider:segmentation_id") Optional<Integer> segmentationId,
        @JsonProperty("router:external") boolean isExternal,
        List<String> tags) {
    NeutronNetwork {
        Objects.requireNonNull(id, "id");
        name = Absent.asEmpty(name);
        description = Absent.asEmpty(description);
        projectId = Absent.asEmpty(projectId);
        subnets = Absent.asEmpty(subnets);
        tags = Absent.asEmpty(tags);
    }

    boolean isVlan(String wantedPhysicalNetwork, int vlan) {
        return networkType.equals(Optional.of("vlan"))
                && physicalNetwork.equals(Optional.of(wantedPhysicalNetwork))
                && segmentationId.equals(Optional.of(vlan));
    }

    /** Its name with its id, for people. */
    String title() {
        return name.isEmpty() ? id : name + " (" + id + ")";
    }
}
