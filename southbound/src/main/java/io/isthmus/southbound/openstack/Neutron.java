package io.isthmus.southbound.openstack;

import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.site.Cloud;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** The calls to a cloud's Neutron that the driver needs, each with its failure as a {@link NotDone}. */
final class Neutron {
    private final NeutronWire wire;
    private final Cloud cloud;

    Neutron(NeutronWire wire, Cloud cloud) {
        this.wire = wire;
        this.cloud = cloud;
    }

    NeutronRouters routers() {
        return new NeutronRouters(wire, this);
    }

    /** The subnets of our own project whose description is {@code mark}, in whosever networks. */
    List<NeutronSubnet> ownSubnets(String mark) throws NotDone, InterruptedException {
        var found = wire.list("subnets", NeutronSubnet.class, List.of("description", mark), Optional.empty());
        var project = wire.projectId();
        return found.stream()
                .filter(subnet ->
                        subnet.description().equals(mark) && subnet.projectId().equals(project))
                .toList();
    }

    String host() throws NotDone, InterruptedException {
        return wire.host();
    }

    /** The networks of our own project whose description is {@code mark}; never another's, whatever Neutron answers. */
    List<NeutronNetwork> ownNetworks(String mark) throws NotDone, InterruptedException {
        var found = wire.list("networks", NeutronNetwork.class, List.of("description", mark), Optional.empty());
        var project = wire.projectId();
        return found.stream()
                .filter(network -> network.description().equals(mark)
                        && network.projectId().equals(project))
                .toList();
    }

    /** The networks on one VLAN of the cloud's physical network, whosever they are. */
    List<NeutronNetwork> networksOn(int vlan) throws NotDone, InterruptedException {
        var found = wire.list(
                "networks",
                NeutronNetwork.class,
                List.of(
                        "provider:physical_network",
                        cloud.physicalNetwork(),
                        "provider:segmentation_id",
                        Integer.toString(vlan)),
                Optional.empty());
        return found.stream()
                .filter(network -> network.isVlan(cloud.physicalNetwork(), vlan))
                .toList();
    }

    Optional<NeutronNetwork> network(String id) throws NotDone, InterruptedException {
        return wire.find("networks", id, "network", NeutronNetwork.class);
    }

    List<NeutronSubnet> subnets(Collection<String> networkIds) throws NotDone, InterruptedException {
        return wire.list("subnets", NeutronSubnet.class, ofNetworks(networkIds), Optional.empty());
    }

    List<NeutronPort> ports(Collection<String> networkIds) throws NotDone, InterruptedException {
        var fields = Stream.of("id", "name", "network_id", "device_owner").flatMap(name -> Stream.of("fields", name));
        var query = Stream.concat(ofNetworks(networkIds).stream(), fields).toList();
        return wire.list("ports", NeutronPort.class, query, Optional.empty());
    }

    /** The ports with an address of a subnet, without telling of their networks more than these fields. */
    List<NeutronPort> portsOnSubnet(String subnetId) throws NotDone, InterruptedException {
        var query = List.of(
                "fixed_ips",
                "subnet_id=" + subnetId,
                "fields",
                "id",
                "fields",
                "name",
                "fields",
                "network_id",
                "fields",
                "device_owner");
        return wire.list("ports", NeutronPort.class, query, Optional.empty());
    }

    /**
     * The VLANs of the cloud's physical network that any network uses. It reads every network, because Neutron applies a filter
     * on provider fields after it has cut the list into pages, and takes the short page that remains for the last.
     */
    Set<Integer> usedVlans(int pageSize) throws NotDone, InterruptedException {
        var fields = List.of(
                "fields", "id",
                "fields", "provider:network_type",
                "fields", "provider:physical_network",
                "fields", "provider:segmentation_id",
                "fields", "segments");
        return wire.list("networks", VlanUse.class, fields, Optional.of(pageSize)).stream()
                .flatMap(use -> use.vlansOn(cloud.physicalNetwork()))
                .collect(Collectors.toUnmodifiableSet());
    }

    List<ExaminedItems.Agent> agents() throws NotDone, InterruptedException {
        return wire.list("agents", ExaminedItems.Agent.class, List.of(), Optional.empty());
    }

    List<ExaminedItems.Port> portsWithBindings(String networkId) throws NotDone, InterruptedException {
        return wire.list("ports", ExaminedItems.Port.class, ofNetworks(List.of(networkId)), Optional.empty());
    }

    List<ExaminedItems.SecurityGroup> securityGroups(Collection<String> ids) throws NotDone, InterruptedException {
        var query = ids.stream().flatMap(id -> Stream.of("id", id)).toList();
        return wire.list("security_groups", ExaminedItems.SecurityGroup.class, query, Optional.empty());
    }

    NeutronNetwork createNetwork(ProviderNetwork intent) throws NotDone, InterruptedException {
        var fields = wire.object()
                .put("name", intent.name())
                .put("description", intent.mark())
                .put("mtu", intent.mtu())
                .put("provider:network_type", "vlan")
                .put("provider:physical_network", cloud.physicalNetwork())
                .put("provider:segmentation_id", intent.vlan());
        return wire.create("networks", "network", fields, NeutronNetwork.class);
    }

    NeutronSubnet createSubnet(ProviderNetwork intent, String networkId) throws NotDone, InterruptedException {
        var fields = wire.object()
                .put("network_id", networkId)
                .put("name", intent.name())
                .put("description", intent.mark())
                .put("ip_version", intent.cidr().version())
                .put("cidr", intent.cidr().text())
                .put("enable_dhcp", intent.enableDhcp())
                .put("gateway_ip", intent.gatewayIp().map(Object::toString).orElse(null));
        putPool(fields, intent);
        return wire.create("subnets", "subnet", fields, NeutronSubnet.class);
    }

    /** Sets those fields of a network that {@code names} lists to what the intent wants. */
    void updateNetwork(String id, ProviderNetwork intent, Collection<String> names)
            throws NotDone, InterruptedException {
        var fields = wire.object();
        for (var name : names) {
            switch (name) {
                case "name" -> fields.put("name", intent.name());
                case "mtu" -> fields.put("mtu", intent.mtu());
                case "admin_state_up" -> fields.put("admin_state_up", true);
                default -> throw new IllegalArgumentException("a network's " + name + " cannot be updated");
            }
        }
        wire.update("networks", id, "network", fields);
    }

    /** Sets those fields of a subnet that {@code names} lists to what the intent wants. */
    void updateSubnet(String id, ProviderNetwork intent, Collection<String> names)
            throws NotDone, InterruptedException {
        var fields = wire.object();
        for (var name : names) {
            switch (name) {
                case "name" -> fields.put("name", intent.name());
                case "description" -> fields.put("description", intent.mark());
                case "enable_dhcp" -> fields.put("enable_dhcp", intent.enableDhcp());
                case "gateway_ip" ->
                    fields.put(
                            "gateway_ip",
                            intent.gatewayIp().map(Object::toString).orElse(null));
                case "allocation_pool" -> putPool(fields, intent);
                default -> throw new IllegalArgumentException("a subnet's " + name + " cannot be updated");
            }
        }
        wire.update("subnets", id, "subnet", fields);
    }

    /** Takes the description away that says that it is Isthmus's. */
    void unmark(String collection, String id) throws NotDone, InterruptedException {
        var item = collection.substring(0, collection.length() - 1);
        wire.update(collection, id, item, wire.object().put("description", ""));
    }

    /** Deletes a network with its subnets; done as well if it is gone already. */
    void deleteNetwork(String id) throws NotDone, InterruptedException {
        wire.delete("networks", id);
    }

    void deleteSubnet(String id) throws NotDone, InterruptedException {
        wire.delete("subnets", id);
    }

    private static void putPool(ObjectNode fields, ProviderNetwork intent) {
        var pool = NeutronSubnet.Pool.of(intent.allocationPool());
        fields.putArray("allocation_pools")
                .addObject()
                .put("start", pool.start())
                .put("end", pool.end());
    }

    private static List<String> ofNetworks(Collection<String> ids) {
        return ids.stream().flatMap(id -> Stream.of("network_id", id)).toList();
    }
}
