package io.isthmus.southbound.openstack;

import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.NetworkIntent.ExistingNetwork;
import io.isthmus.core.side.NetworkIntent.ExternalSubnet;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.core.side.NetworkIntent.RoutedTransit;
import java.util.ArrayList;
import java.util.List;

/** Who uses what Isthmus made, and how it is left to them: without its mark it is nothing of Isthmus's. */
final class TenantsUse {
    private static final int MOST_NAMED = 20;

    private final Neutron neutron;
    private final NetworkIntent intent;

    TenantsUse(Neutron neutron, NetworkIntent intent) {
        this.neutron = neutron;
        this.intent = intent;
    }

    List<String> users() throws NotDone, InterruptedException {
        return switch (intent) {
            // The transit is between routers, and Isthmus alone has ports on it.
            case ExistingNetwork _, RoutedTransit _ -> List.of();
            case ProviderNetwork network -> {
                var ids = ids(neutron.ownNetworks(network.mark()));
                yield ids.isEmpty() ? List.of() : titles(neutron.ports(ids));
            }
            case ExternalSubnet external -> {
                var users = new ArrayList<String>();
                for (var subnet : ownSubnets(external)) {
                    users.addAll(titles(neutron.portsOnSubnet(subnet.id())));
                }
                yield List.copyOf(users);
            }
        };
    }

    List<String> leave() throws NotDone, InterruptedException {
        var users = users();
        switch (intent) {
            case ExistingNetwork _, RoutedTransit _ -> {}
            case ProviderNetwork network -> {
                for (var own : neutron.ownNetworks(network.mark())) {
                    for (var subnet : own.subnets()) {
                        neutron.unmark("subnets", subnet);
                    }
                    neutron.unmark("networks", own.id());
                }
            }
            case ExternalSubnet external -> {
                for (var subnet : ownSubnets(external)) {
                    neutron.unmark("subnets", subnet.id());
                }
            }
        }
        return users;
    }

    private List<NeutronSubnet> ownSubnets(ExternalSubnet external) throws NotDone, InterruptedException {
        return neutron.ownSubnets(external.mark()).stream()
                .filter(subnet -> subnet.networkId().equals(external.networkId()))
                .toList();
    }

    private static List<String> ids(List<NeutronNetwork> networks) {
        return networks.stream().map(NeutronNetwork::id).toList();
    }

    private static List<String> titles(List<NeutronPort> ports) {
        return ports.stream()
                .filter(port -> !port.isNeutronsOwn())
                .map(NeutronPort::title)
                .limit(MOST_NAMED)
                .toList();
    }
}
