package io.isthmus.southbound.openstack;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent.ExternalSubnet;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.southbound.Driver.Applied;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.Step.Action;
import io.isthmus.southbound.Step.FieldChange;
import io.isthmus.southbound.StepListener;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** One look at, or one change of, the subnet that a connection adds to an external network that was there before. */
final class ExternalSubnetWork {
    private static final String SUBNET = "subnet";

    private final Neutron neutron;
    private final ExternalSubnet intent;
    /** The subnet's fields as those of a network that Isthmus makes whole. */
    private final ProviderNetwork fields;

    ExternalSubnetWork(Neutron neutron, ExternalSubnet intent) {
        this.neutron = neutron;
        this.intent = intent;
        this.fields = new ProviderNetwork(
                intent.cloud(),
                intent.connection(),
                intent.mark(),
                intent.name(),
                intent.vlan(),
                intent.mtu(),
                intent.cidr(),
                intent.allocationPool(),
                Optional.empty(),
                false);
    }

    Observed observe(Goal goal) throws NotDone, InterruptedException {
        if (goal == Goal.ABSENT) {
            var steps = neutron.ownSubnets(intent.mark()).stream()
                    .filter(subnet -> subnet.networkId().equals(intent.networkId()))
                    .map(subnet -> step(Action.DELETE, subnet.id(), List.of()))
                    .toList();
            return new Observed(steps, new TreeMap<>());
        }
        var facts = ExistingNetworks.check(neutron, intent.cloud(), intent.networkId(), intent.vlan(), intent.mtu());
        var own = neutron.ownSubnets(intent.mark()).stream()
                .filter(subnet -> subnet.networkId().equals(intent.networkId()))
                .toList();
        var right = own.stream()
                .filter(subnet -> subnet.prefix().equals(intent.cidr()))
                .findFirst();
        var steps = new ArrayList<Step>();
        for (var subnet : own) {
            if (!subnet.prefix().equals(intent.cidr())) {
                steps.add(step(Action.DELETE, subnet.id(), List.of()));
            }
        }
        right.ifPresentOrElse(
                subnet -> {
                    facts.put("subnet_id", subnet.id());
                    facts.put("allocation_pool", pools(subnet.pools()));
                    var changes = changes(subnet);
                    if (!changes.isEmpty()) {
                        steps.add(step(Action.UPDATE, subnet.id(), changes));
                    }
                },
                () -> steps.add(step(Action.CREATE, intent.name(), wanted())));
        return new Observed(steps, facts);
    }

    Applied apply(List<Step> steps, StepListener listener) throws NotDone, InterruptedException {
        return new Applied(StepRun.run(steps, listener, this::carryOut));
    }

    private void carryOut(Step step) throws NotDone, InterruptedException {
        if (!step.object().equals(SUBNET)) {
            throw new IllegalArgumentException("not a step of a subnet: " + step.name());
        }
        switch (step.action()) {
            case CREATE -> create();
            case UPDATE ->
                neutron.updateSubnet(
                        step.identity(),
                        fields,
                        step.changes().stream().map(FieldChange::field).toList());
            case DELETE -> neutron.deleteSubnet(step.identity());
        }
    }

    private void create() throws NotDone, InterruptedException {
        try {
            neutron.createSubnet(fields, intent.networkId());
        } catch (NotDone notDone) {
            if (notDone.is("subnet_overlaps")
                    && neutron.ownSubnets(intent.mark()).stream()
                            .anyMatch(subnet -> subnet.prefix().equals(intent.cidr()))) {
                throw NotDone.unknown(
                        "changed_meanwhile",
                        notDone.failure().detail(),
                        "It was made meanwhile by an earlier attempt; Isthmus looks again by itself.");
            }
            throw notDone;
        }
    }

    private List<FieldChange> changes(NeutronSubnet subnet) {
        return java.util.stream.Stream.of(
                        new FieldChange("name", subnet.name(), intent.name()),
                        new FieldChange(
                                "allocation_pool", pools(subnet.pools()), pools(List.of(intent.allocationPool()))),
                        new FieldChange(
                                "gateway_ip",
                                subnet.gateway().map(Object::toString).orElse(""),
                                ""),
                        new FieldChange("enable_dhcp", Boolean.toString(subnet.enableDhcp()), "false"))
                .filter(change -> !change.observed().equals(change.wanted()))
                .toList();
    }

    private List<FieldChange> wanted() {
        return List.of(
                new FieldChange("network_id", "", intent.networkId()),
                new FieldChange("name", "", intent.name()),
                new FieldChange("description", "", intent.mark()),
                new FieldChange("cidr", "", intent.cidr().text()),
                new FieldChange("allocation_pool", "", intent.allocationPool().toString()),
                new FieldChange("enable_dhcp", "", "false"));
    }

    private static String pools(List<AddressRange> ranges) {
        return ranges.stream().map(AddressRange::toString).sorted().collect(Collectors.joining(","));
    }

    private static Step step(Action action, String identity, List<FieldChange> changes) {
        return new Step(action, SUBNET, identity, changes);
    }
}
