package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The VLANs that one network uses: its only segment's, or those of each of its segments. */
record VlanUse(
        @JsonProperty("provider:network_type") Optional<String> networkType,
        @JsonProperty("provider:physical_network") Optional<String> physicalNetwork,
        @JsonProperty("provider:segmentation_id") Optional<Integer> segmentationId,
        List<VlanUse> segments) {
    VlanUse {
        segments = Absent.asEmpty(segments);
    }

    Stream<Integer> vlansOn(String wantedPhysicalNetwork) {
        var own = networkType.equals(Optional.of("vlan")) && physicalNetwork.equals(Optional.of(wantedPhysicalNetwork))
                ? segmentationId.stream()
                : Stream.<Integer>empty();
        return Stream.concat(own, segments.stream().flatMap(segment -> segment.vlansOn(wantedPhysicalNetwork)));
    }
}
