package io.isthmus.southbound.openstack;

import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.site.Cloud;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Networks that were there before: only read, so that their VLAN and MTU are known to be as planned. */
final class ExistingNetworks {
    static final String WHOSE = "the caller may join";
    /** A network that a connection has already: whether it may was decided before it was reserved. */
    private static final Claim ESTABLISHED = new Claim("", true);

    private ExistingNetworks() {}

    /** What is known of a network that is as planned; refused where it is not. */
    static SortedMap<String, String> check(Neutron neutron, Cloud cloud, String networkId, int wantedVlan, int leastMtu)
            throws NotDone, InterruptedException {
        var network = demand(neutron, cloud, networkId, ESTABLISHED);
        int vlan = network.segmentationId().orElseThrow();
        if (vlan != wantedVlan) {
            throw NotDone.refused(
                    "vlan_mismatch",
                    "network " + network.title() + " is on VLAN " + vlan + ", planned was " + wantedVlan,
                    "Delete the connection and make it anew, so that it follows the network's VLAN.");
        }
        if (network.mtu() < leastMtu) {
            throw NotDone.refused(
                    "mtu_mismatch",
                    "network " + network.title() + " has an MTU of " + network.mtu() + " bytes, planned were "
                            + leastMtu,
                    "Raise the network's MTU again, or connect with a smaller one.");
        }
        var facts = new TreeMap<String, String>();
        facts.put("network_id", network.id());
        facts.put("project_id", network.projectId());
        facts.put("mtu", Integer.toString(network.mtu()));
        facts.put("physical_network", cloud.physicalNetwork());
        facts.put("segmentation_id", Integer.toString(vlan));
        return facts;
    }

    /** A network that exists and may be joined. */
    static NeutronNetwork demand(Neutron neutron, String networkId, Claim claim) throws NotDone, InterruptedException {
        var found = networkId.matches("[A-Za-z0-9_-]{1,64}")
                ? neutron.network(networkId)
                : Optional.<NeutronNetwork>empty();
        return found.filter(network -> claim.covers(network.projectId(), network.tags()))
                .orElseThrow(() -> NotDone.refused(
                        "network_not_found",
                        "this Neutron has no network " + networkId + " that the credential may see and " + WHOSE,
                        claim.hint()));
    }

    /** A network that exists, may be joined, and is a VLAN of the cloud's physical network. */
    static NeutronNetwork demand(Neutron neutron, Cloud cloud, String networkId, Claim claim)
            throws NotDone, InterruptedException {
        var network = demand(neutron, networkId, claim);
        if (network.segmentationId().isEmpty()
                || !network.isVlan(
                        cloud.physicalNetwork(), network.segmentationId().get())) {
            throw NotDone.refused(
                    "network_not_vlan",
                    "network " + network.title() + " is not a VLAN of physical network " + cloud.physicalNetwork()
                            + ", but "
                            + network.networkType()
                                    .map(type -> type
                                            + network.physicalNetwork()
                                                    .map(name -> " on " + name)
                                                    .orElse(""))
                                    .orElse("of a type that the credential may not see"),
                    "Name a VLAN network of that physical network, or let Isthmus make one.");
        }
        return network;
    }
}
