package io.isthmus.southbound;

import io.isthmus.core.endpoint.Claim;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import java.util.List;
import java.util.Set;

/** Makes networks in a site's cloud. */
public interface CloudDriver extends Driver<NetworkIntent>, SpareReader {

    /** Reads which VLANs of the cloud's physical network are in use, by anyone. */
    Outcome<Set<Integer>> usedVlans(Cloud cloud) throws InterruptedException;

    /**
     * Reads a network that Isthmus did not make; refused with {@code network_not_found} or {@code network_not_vlan}. To whom
     * it is not to be joined, it is not there.
     */
    Outcome<FoundNetwork> find(Cloud cloud, String networkId, Claim claim) throws InterruptedException;

    /** Reads a router that Isthmus did not make; refused with {@code router_not_found}, also where the claim is not enough. */
    Outcome<JoinedRouter> router(Cloud cloud, String routerId, Claim claim) throws InterruptedException;

    /**
     * Reads the one router that serves a network; refused with {@code network_not_found}, {@code router_not_found} or {@code
     * router_ambiguous}; the claim must be enough for network and router.
     */
    Outcome<JoinedRouter> routerOf(Cloud cloud, String networkId, Claim claim) throws InterruptedException;

    /**
     * Whose ports are on what Isthmus made for this intent, in words for people; empty if nobody's but Isthmus's own and the
     * cloud's, so that it can be removed.
     */
    Outcome<List<String>> users(NetworkIntent intent) throws InterruptedException;

    /**
     * Leaves what Isthmus made for this intent to those who use it: it stays as it is, and is not Isthmus's any more. To be
     * repeated until it is done.
     */
    Outcome<List<String>> leave(NetworkIntent intent) throws InterruptedException;

    /** Reads what the cloud's hosts together have free for more servers, whoever's; refused where it cannot tell. */
    default Outcome<Capacity> freeCapacity(Cloud cloud) throws InterruptedException {
        return new Outcome.Refused<>(
                new Failure("capacity_unknown", "this driver does not read it", "Declare the site's capacity."));
    }

    /** A network as its Neutron describes it; {@code external}: routers may have their gateway on it. */
    record FoundNetwork(String networkId, String name, int vlan, int mtu, List<Cidr> cidrs, boolean external) {
        public FoundNetwork {
            cidrs = List.copyOf(cidrs);
        }
    }
}
