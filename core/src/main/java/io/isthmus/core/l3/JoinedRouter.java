package io.isthmus.core.l3;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;

/** A router that was there before, as its Neutron describes it, with what it is connected to and its extra routes. */
public record JoinedRouter(String routerId, String name, List<Subnet> subnets, List<Route> routes) {
    public JoinedRouter {
        subnets = List.copyOf(subnets);
        routes = List.copyOf(routes);
    }

    /** A subnet that the router has an interface in; {@code external}: it is there by the router's gateway. */
    public record Subnet(String networkId, Cidr cidr, boolean external) {}

    /** An extra route. */
    public record Route(Cidr destination, IpAddress nextHop) {}

    /** Its name with its id, for people. */
    public String title() {
        return name.isEmpty() ? routerId : name + " (" + routerId + ")";
    }
}
