package io.isthmus.southbound.openstack;

import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.southbound.Driver.Applied;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.StepListener;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** One look at, or one change of, the provider network of one side. */
final class ProviderNetworkWork {
    private final Neutron neutron;
    private final ProviderNetwork intent;
    private Optional<NeutronNetwork> createdNetwork = Optional.empty();
    private Optional<NeutronSubnet> createdSubnet = Optional.empty();

    ProviderNetworkWork(Neutron neutron, ProviderNetwork intent) {
        this.neutron = neutron;
        this.intent = intent;
    }

    Observed observe(Goal goal) throws NotDone, InterruptedException {
        return switch (goal) {
            case PRESENT -> {
                demandVlanInRange();
                var own = ownNetworks();
                var plan = NetworkPlan.toPresent(intent, own, subnets(own));
                demandUnused(own, plan.mustBeUnused());
                yield plan.observed();
            }
            case ABSENT -> NetworkPlan.toAbsent(intent, ownNetworks()).observed();
        };
    }

    Applied apply(List<Step> steps, StepListener listener) throws NotDone, InterruptedException {
        int done = StepRun.run(steps, listener, this::carryOut);
        return new Applied(done, done == 2 ? created() : Optional.empty());
    }

    /** What Neutron said of the network and the subnet when it had created both: as good as reading them again, and free. */
    private Optional<Observed> created() {
        return createdNetwork.flatMap(network -> createdSubnet.map(subnet ->
                NetworkPlan.toPresent(intent, List.of(network), List.of(subnet)).observed()));
    }

    Optional<String> createdNetworkId() {
        return createdNetwork.map(NeutronNetwork::id);
    }

    Optional<String> createdSubnetId() {
        return createdSubnet.map(NeutronSubnet::id);
    }

    void carryOut(Step step) throws NotDone, InterruptedException {
        var fields = step.changes().stream().map(FieldChange::field).toList();
        switch (step.object()) {
            case "network" -> {
                switch (step.action()) {
                    case CREATE -> createNetwork();
                    case UPDATE -> neutron.updateNetwork(step.identity(), intent, fields);
                    case DELETE -> deleteNetwork(step.identity());
                }
            }
            case "subnet" -> {
                switch (step.action()) {
                    case CREATE -> createSubnet(step);
                    case UPDATE -> neutron.updateSubnet(step.identity(), intent, fields);
                    case DELETE -> neutron.deleteSubnet(step.identity());
                }
            }
            default -> throw new IllegalArgumentException("not a step of a provider network: " + step.name());
        }
    }

    private void createNetwork() throws NotDone, InterruptedException {
        demandVlanInRange();
        try {
            createdNetwork = Optional.of(neutron.createNetwork(intent));
        } catch (NotDone notDone) {
            throw notDone.is("vlan_in_use") ? whoseVlan(notDone) : notDone;
        }
    }

    private void createSubnet(Step step) throws NotDone, InterruptedException {
        var networkId = createdNetwork
                .map(NeutronNetwork::id)
                .or(() -> step.changes().stream()
                        .filter(change -> change.field().equals("network_id"))
                        .map(FieldChange::wanted)
                        .findFirst())
                .orElseThrow(() -> new IllegalArgumentException("a subnet's step must follow or name its network"));
        try {
            createdSubnet = Optional.of(neutron.createSubnet(intent, networkId));
        } catch (NotDone notDone) {
            throw notDone.is("subnet_overlaps") ? whoseSubnet(notDone, networkId) : notDone;
        }
    }

    private void deleteNetwork(String networkId) throws NotDone, InterruptedException {
        try {
            neutron.deleteNetwork(networkId);
        } catch (NotDone notDone) {
            throw notDone.is("network_in_use") ? whosePorts(notDone, networkId) : notDone;
        }
    }

    /** Neutron itself lets an administrator leave the range that it is configured with. */
    private void demandVlanInRange() throws NotDone {
        var range = intent.cloud().vlanRange();
        if (!range.contains(intent.vlan())) {
            throw NotDone.refused(
                    "vlan_out_of_range",
                    "VLAN " + intent.vlan() + " is outside of the site's range " + range,
                    "Widen the site's vlan_range, or connect again to get a VLAN within it.");
        }
    }

    private List<NeutronNetwork> ownNetworks() throws NotDone, InterruptedException {
        var own = neutron.ownNetworks(intent.mark());
        for (var network : own) {
            if (network.networkType().isEmpty()) {
                throw NotDone.refused(
                        "neutron_forbidden",
                        "Neutron at " + neutron.host() + " does not show the provider fields of network "
                                + network.title(),
                        "Give the user of the credential " + intent.cloud().credentialId()
                                + " the right to read provider networks (by default: the admin role in its project).");
            }
        }
        return own;
    }

    private List<NeutronSubnet> subnets(List<NeutronNetwork> networks) throws NotDone, InterruptedException {
        var ids = networks.stream()
                .filter(network -> !network.subnets().isEmpty())
                .map(NeutronNetwork::id)
                .toList();
        return ids.isEmpty() ? List.of() : neutron.subnets(ids);
    }

    private void demandUnused(List<NeutronNetwork> own, Collection<String> networkIds)
            throws NotDone, InterruptedException {
        if (networkIds.isEmpty()) {
            return;
        }
        var ports = neutron.ports(networkIds).stream()
                .filter(port -> networkIds.contains(port.networkId()) && !port.isNeutronsOwn())
                .toList();
        if (!ports.isEmpty()) {
            var networks = own.stream()
                    .filter(network -> networkIds.contains(network.id()))
                    .map(NeutronNetwork::title)
                    .collect(Collectors.joining(", "));
            throw NotDone.refused(
                    "cannot_update",
                    "network " + networks + " differs in what Neutron cannot change (VLAN, physical network or cidr),"
                            + " and may not be replaced while it is used by " + OpenStackDriver.titles(ports),
                    "Delete or move those ports; then Isthmus replaces the network by itself.");
        }
    }

    /** Says who has the VLAN; if that is ourselves, an earlier attempt came through after all. */
    private NotDone whoseVlan(NotDone refusal) throws InterruptedException {
        try {
            var isOurs = neutron.ownNetworks(intent.mark()).stream()
                    .anyMatch(network -> network.isVlan(intent.cloud().physicalNetwork(), intent.vlan()));
            if (isOurs) {
                return meanwhile(refusal);
            }
            return neutron.networksOn(intent.vlan()).stream()
                    .findFirst()
                    .map(network -> NeutronComplaints.vlanInUse("VLAN " + intent.vlan() + " on physical network "
                            + intent.cloud().physicalNetwork()
                            + " is used by network " + network.title() + " of project " + network.projectId()))
                    .orElse(refusal);
        } catch (NotDone _) {
            return refusal;
        }
    }

    private NotDone whoseSubnet(NotDone refusal, String networkId) throws InterruptedException {
        try {
            var isThere = neutron.subnets(List.of(networkId)).stream()
                    .anyMatch(subnet -> subnet.prefix().equals(intent.cidr()));
            return isThere ? meanwhile(refusal) : refusal;
        } catch (NotDone _) {
            return refusal;
        }
    }

    private NotDone whosePorts(NotDone refusal, String networkId) throws InterruptedException {
        try {
            var ports = neutron.ports(List.of(networkId)).stream()
                    .filter(port -> !port.isNeutronsOwn())
                    .toList();
            return ports.isEmpty()
                    ? refusal
                    : NeutronComplaints.inUse(
                            "network_in_use",
                            "network " + networkId + " is still used by " + OpenStackDriver.titles(ports));
        } catch (NotDone _) {
            return refusal;
        }
    }

    private static NotDone meanwhile(NotDone refusal) {
        return NotDone.unknown(
                "changed_meanwhile",
                refusal.failure().detail(),
                "It was made meanwhile by an earlier attempt; Isthmus looks again by itself.");
    }
}
