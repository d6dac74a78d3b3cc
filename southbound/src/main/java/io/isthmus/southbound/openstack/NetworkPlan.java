package io.isthmus.southbound.openstack;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * What must change so that a cloud's networks are what a side wants. Pure: networks and subnets in, steps out.
 *
 * <p>A network's VLAN and physical network, and a subnet's prefix, cannot be changed in Neutron. What differs there is replaced,
 * which is only right while nothing is plugged into it: {@link #mustBeUnused} names those networks.
 *
 * @param steps in the order to do them
 * @param facts what Neutron allocated
 * @param mustBeUnused the ids of networks that the steps take away, whole or in part, in favour of others
 * @param foreign the subnets that others made in our network
 */
record NetworkPlan(
        List<Step> steps, SortedMap<String, String> facts, Set<String> mustBeUnused, List<Observed.Foreign> foreign) {

    Observed observed() {
        return new Observed(steps, facts, foreign);
    }

    /**
     * Plans for the intent's network to be there, once, with its subnet.
     *
     * @param own all networks with the intent's mark
     * @param subnets all subnets of those networks
     */
    static NetworkPlan toPresent(
            ProviderNetwork intent, Collection<NeutronNetwork> own, Collection<NeutronSubnet> subnets) {
        return new Drawing(intent, subnets).present(sorted(own));
    }

    /** Plans for no network with the intent's mark to be there; Neutron deletes their subnets with them. */
    static NetworkPlan toAbsent(ProviderNetwork intent, Collection<NeutronNetwork> own) {
        var drawing = new Drawing(intent, List.of());
        var networks = sorted(own);
        networks.stream().findFirst().ifPresent(drawing::noteNetwork);
        networks.forEach(drawing::deleteNetwork);
        return new NetworkPlan(drawing.steps, drawing.facts, Set.of(), List.of());
    }

    private static List<NeutronNetwork> sorted(Collection<NeutronNetwork> networks) {
        return networks.stream()
                .sorted(Comparator.comparing(NeutronNetwork::id))
                .toList();
    }

    /** A plan while it is drawn. */
    private static final class Drawing {
        private final ProviderNetwork intent;
        private final Collection<NeutronSubnet> subnets;
        private final List<Step> steps = new ArrayList<>();
        private final SortedMap<String, String> facts = new TreeMap<>();
        private final Set<String> mustBeUnused = new TreeSet<>();
        private final List<Observed.Foreign> foreign = new ArrayList<>();

        Drawing(ProviderNetwork intent, Collection<NeutronSubnet> subnets) {
            this.intent = intent;
            this.subnets = subnets;
        }

        NetworkPlan present(List<NeutronNetwork> own) {
            var physicalNetwork = intent.cloud().physicalNetwork();
            var right = own.stream()
                    .filter(network -> network.isVlan(physicalNetwork, intent.vlan()))
                    .findFirst();
            var strays = own.stream()
                    .filter(network -> !right.equals(Optional.of(network)))
                    .toList();
            strays.forEach(stray -> mustBeUnused.add(stray.id()));
            if (right.isPresent()) {
                keepNetwork(right.get());
                strays.forEach(this::deleteNetwork);
            } else {
                strays.forEach(this::deleteNetwork);
                createNetwork();
                createSubnet(Optional.empty());
            }
            return new NetworkPlan(steps, facts, mustBeUnused, foreign);
        }

        private void keepNetwork(NeutronNetwork network) {
            noteNetwork(network);
            var changes = changes(
                    new FieldChange("name", network.name(), intent.name()),
                    new FieldChange("mtu", text(network.mtu()), text(intent.mtu())),
                    new FieldChange("admin_state_up", text(network.adminStateUp()), text(true)));
            if (!changes.isEmpty()) {
                steps.add(new Step(Action.UPDATE, "network", network.id(), changes));
            }
            var inNetwork = subnets.stream()
                    .filter(subnet -> subnet.networkId().equals(network.id()))
                    .sorted(Comparator.comparing(NeutronSubnet::id))
                    .toList();
            for (var subnet : inNetwork) {
                if (subnet.description().equals(intent.mark()) && !hasPrefix(subnet)) {
                    mustBeUnused.add(network.id());
                    steps.add(new Step(Action.DELETE, "subnet", subnet.id(), List.of()));
                } else if (!hasPrefix(subnet)) {
                    foreign.add(new Observed.Foreign("subnet", subnet.id(), "cidr", subnet.cidr()));
                }
            }
            inNetwork.stream()
                    .filter(this::hasPrefix)
                    .findFirst()
                    .ifPresentOrElse(this::keepSubnet, () -> createSubnet(Optional.of(network.id())));
        }

        private boolean hasPrefix(NeutronSubnet subnet) {
            return subnet.prefix().equals(intent.cidr());
        }

        /** A subnet with the right prefix in our network serves, even if someone has taken its mark away. */
        private void keepSubnet(NeutronSubnet subnet) {
            facts.put("subnet_id", subnet.id());
            facts.put("allocation_pool", pools(subnet.pools()));
            var changes = changes(
                    new FieldChange("name", subnet.name(), intent.name()),
                    new FieldChange("description", subnet.description(), intent.mark()),
                    new FieldChange("allocation_pool", pools(subnet.pools()), pools(List.of(intent.allocationPool()))),
                    new FieldChange("gateway_ip", text(subnet.gateway()), text(intent.gatewayIp())),
                    new FieldChange("enable_dhcp", text(subnet.enableDhcp()), text(intent.enableDhcp())));
            if (!changes.isEmpty()) {
                steps.add(new Step(Action.UPDATE, "subnet", subnet.id(), changes));
            }
        }

        private void createNetwork() {
            steps.add(new Step(
                    Action.CREATE,
                    "network",
                    intent.name(),
                    changes(
                            wanted("name", intent.name()),
                            wanted("description", intent.mark()),
                            wanted("network_type", "vlan"),
                            wanted("physical_network", intent.cloud().physicalNetwork()),
                            wanted("segmentation_id", text(intent.vlan())),
                            wanted("mtu", text(intent.mtu())))));
        }

        private void createSubnet(Optional<String> networkId) {
            steps.add(new Step(
                    Action.CREATE,
                    "subnet",
                    intent.name(),
                    changes(
                            wanted("network_id", networkId.orElse("")),
                            wanted("name", intent.name()),
                            wanted("description", intent.mark()),
                            wanted("cidr", intent.cidr().text()),
                            wanted("allocation_pool", pools(List.of(intent.allocationPool()))),
                            wanted("gateway_ip", text(intent.gatewayIp())),
                            wanted("enable_dhcp", text(intent.enableDhcp())))));
        }

        private void deleteNetwork(NeutronNetwork network) {
            steps.add(new Step(Action.DELETE, "network", network.id(), List.of()));
        }

        private void noteNetwork(NeutronNetwork network) {
            facts.put("network_id", network.id());
            facts.put("project_id", network.projectId());
            facts.put("mtu", text(network.mtu()));
            network.physicalNetwork().ifPresent(name -> facts.put("physical_network", name));
            network.segmentationId().ifPresent(vlan -> facts.put("segmentation_id", text(vlan)));
        }

        private static FieldChange wanted(String field, String value) {
            return new FieldChange(field, "", value);
        }

        private static List<FieldChange> changes(FieldChange... fields) {
            return java.util.Arrays.stream(fields)
                    .filter(change -> !Objects.equals(change.observed(), change.wanted()))
                    .toList();
        }

        private static String text(Object value) {
            return value.toString();
        }

        private static String text(Optional<?> value) {
            return value.map(Object::toString).orElse("");
        }

        private static String pools(List<AddressRange> ranges) {
            return ranges.stream().map(AddressRange::toString).sorted().collect(Collectors.joining(","));
        }
    }
}
