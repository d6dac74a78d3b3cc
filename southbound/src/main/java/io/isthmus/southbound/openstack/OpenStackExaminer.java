package io.isthmus.southbound.openstack;

import io.isthmus.core.diagnosis.CloudReading;
import io.isthmus.core.diagnosis.CloudReading.NetworkReading;
import io.isthmus.core.diagnosis.CloudReading.Token;
import io.isthmus.core.diagnosis.Deviation;
import io.isthmus.core.diagnosis.Reading;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExistingNetwork;
import io.isthmus.core.side.NetworkIntent.ExternalSubnet;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import io.isthmus.core.site.Cloud;
import io.isthmus.southbound.CloudExaminer;
import io.isthmus.southbound.Deviations;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Looks at OpenStack clouds by Keystone's and Neutron's APIs. It sends nothing but requests for tokens and reads. */
final class OpenStackExaminer implements CloudExaminer {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final HttpClients clients;
    private final Keystone keystone;
    private final OpenStackOptions options;

    OpenStackExaminer(HttpClients clients, Keystone keystone, OpenStackOptions options) {
        this.clients = clients;
        this.keystone = keystone;
        this.options = options;
    }

    /** What is asked of the cloud; its failure becomes a reading. */
    @FunctionalInterface
    private interface Question<T> {
        T ask() throws NotDone, InterruptedException;
    }

    @Override
    public CloudReading examine(Cloud cloud, Optional<NetworkIntent> intent, List<Cidr> prefixes)
            throws InterruptedException {
        var deadline = Deadline.after(LIMIT);
        var token = reading(cloud, () -> {
            var fresh = keystone.fresh(cloud, deadline);
            return new Token(fresh.clockAhead(), fresh.life());
        });
        var wire = new NeutronWire(clients.trusting(cloud.caCertificate()), keystone, options, cloud, deadline);
        var network = reading(cloud, () -> network(new Neutron(wire, cloud), cloud, intent, prefixes));
        // Neutron could not be asked for the same reason: that is told once.
        if (token instanceof Reading.Failed<Token> failed
                && network instanceof Reading.Failed<NetworkReading>(var code, var _, var _)
                && code.equals(failed.code())) {
            network = new Reading.NotTried<>("without a token Neutron cannot be asked");
        }
        return new CloudReading(token, network);
    }

    private static NetworkReading network(
            Neutron neutron, Cloud cloud, Optional<NetworkIntent> intent, List<Cidr> prefixes)
            throws NotDone, InterruptedException {
        var agents = neutron.agents().stream().map(ExaminedItems.Agent::reading).toList();
        if (intent.isEmpty()) {
            return new NetworkReading(new Reading.Read<>(List.of()), Optional.empty(), List.of(), agents, List.of());
        }
        var wanted = intent.get();
        var found = found(neutron, wanted);
        var others = others(neutron, wanted, found);
        var ports = found.isEmpty()
                ? List.<CloudReading.Port>of()
                : ports(neutron, found.get().id(), prefixes);
        return new NetworkReading(
                deviations(neutron, cloud, wanted),
                found.map(each -> new CloudReading.Network(each.id(), each.name(), each.adminStateUp())),
                others,
                agents,
                ports);
    }

    private static Optional<NeutronNetwork> found(Neutron neutron, NetworkIntent wanted)
            throws NotDone, InterruptedException {
        return switch (wanted) {
            case ProviderNetwork provider -> own(neutron, provider);
            case ExistingNetwork existing -> neutron.network(existing.networkId());
            case ExternalSubnet external -> neutron.network(external.networkId());
            case RoutedTransit routed -> own(neutron, routed.transit());
        };
    }

    private static Optional<NeutronNetwork> own(Neutron neutron, ProviderNetwork provider)
            throws NotDone, InterruptedException {
        var own = neutron.ownNetworks(provider.mark());
        return own.stream()
                .filter(each -> each.isVlan(provider.cloud().physicalNetwork(), provider.vlan()))
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    private static List<String> others(Neutron neutron, NetworkIntent wanted, Optional<NeutronNetwork> found)
            throws NotDone, InterruptedException {
        var vlan = switch (wanted) {
            case ProviderNetwork provider -> provider.vlan();
            case ExistingNetwork existing -> existing.vlan();
            case ExternalSubnet external -> external.vlan();
            case RoutedTransit routed -> routed.transit().vlan();
        };
        return neutron.networksOn(vlan).stream()
                .filter(each -> found.isEmpty() || !found.get().id().equals(each.id()))
                .map(NeutronNetwork::title)
                .toList();
    }

    private static Reading<List<Deviation>> deviations(Neutron neutron, Cloud cloud, NetworkIntent wanted)
            throws InterruptedException {
        return reading(cloud, () -> {
            var observed = switch (wanted) {
                case ProviderNetwork provider -> new ProviderNetworkWork(neutron, provider).observe(Goal.PRESENT);
                case ExistingNetwork existing -> OpenStackDriver.check(neutron, existing, Goal.PRESENT);
                case ExternalSubnet external -> new ExternalSubnetWork(neutron, external).observe(Goal.PRESENT);
                case RoutedTransit routed ->
                    new RoutedTransitWork(neutron, neutron.routers(), routed).observe(Goal.PRESENT);
            };
            return observed.steps().stream().map(Deviations::of).toList();
        });
    }

    private static List<CloudReading.Port> ports(Neutron neutron, String networkId, List<Cidr> prefixes)
            throws NotDone, InterruptedException {
        var ports = neutron.portsWithBindings(networkId);
        var ids = new TreeSet<String>();
        ports.forEach(port -> ids.addAll(port.securityGroups()));
        var groups = new HashMap<String, ExaminedItems.SecurityGroup>();
        if (!ids.isEmpty()) {
            neutron.securityGroups(ids).forEach(group -> groups.put(group.id(), group));
        }
        var readings = new ArrayList<CloudReading.Port>();
        ports.forEach(port -> readings.add(port.reading(groups, prefixes)));
        return readings;
    }

    private static <T> Reading<T> reading(Cloud cloud, Question<T> question) throws InterruptedException {
        try {
            return new Reading.Read<>(question.ask());
        } catch (NotDone notDone) {
            var failure = notDone.in(OpenStackDriver.place(cloud)).failure();
            return new Reading.Failed<>(failure.code(), failure.detail(), failure.hint());
        }
    }
}
