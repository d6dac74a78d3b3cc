package io.isthmus.core.connection;

import io.isthmus.core.endpoint.AllocationPools;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Path;
import io.isthmus.core.path.PathFinder;
import io.isthmus.core.path.PathRequest;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decides what a connection gets: its path, its MTU, a VLAN on each side and a VNI; or why it cannot be. */
public final class ConnectionPlanner {
    /** VXLAN over IPv4: outer IP 20, UDP 8, VXLAN 8, inner Ethernet 14 bytes (RFC 7348, section 5). */
    static final int VXLAN_IPV4_OVERHEAD = 50;

    /** VXLAN over IPv6: the outer IP header has 20 bytes more. */
    static final int VXLAN_IPV6_OVERHEAD = 70;

    /** The VNIs that Isthmus gives out; operators keep their own below. */
    static final int FIRST_VNI = 50_000;

    static final int LAST_VNI = 115_535;

    /** What came of planning. */
    public sealed interface Result {
        record Planned(Reservation reservation, Path path) implements Result {}

        /**
         * The connection cannot be.
         *
         * @param code stable and documented, such as {@code no_path}
         * @param field the request's field that cannot be satisfied, such as {@code local_endpoint.network.create.cidr}
         */
        record Impossible(String code, String field, String detail, String hint) implements Result {}
    }

    private record End(String field, Endpoint endpoint, Site site, Gateway gateway, Optional<JoinedNetwork> joined) {}

    private final Underlay underlay;
    private final PathFinder paths;

    public ConnectionPlanner(Underlay underlay) {
        this.underlay = underlay;
        paths = new PathFinder(underlay.sites(), underlay.links(), underlay.bookedMbps());
    }

    /**
     * Plans a connection.
     *
     * @param localNetwork the local endpoint's network, where it joins an existing one that was read already
     * @param remoteNetwork likewise
     */
    public Result plan(
            Connection connection,
            Endpoint local,
            Endpoint remote,
            Optional<JoinedNetwork> localNetwork,
            Optional<JoinedNetwork> remoteNetwork,
            Taken taken) {
        return plan(connection, local, remote, localNetwork, remoteNetwork, taken, Optional.empty());
    }

    /**
     * Plans a connection that may have to keep clear of another one.
     *
     * @param avoided the path of the connection that {@code connection.path().disjointFrom()} names
     */
    public Result plan(
            Connection connection,
            Endpoint local,
            Endpoint remote,
            Optional<JoinedNetwork> localNetwork,
            Optional<JoinedNetwork> remoteNetwork,
            Taken taken,
            Optional<Avoided> avoided) {
        var siteProblem = siteProblem("local_endpoint", local).or(() -> siteProblem("remote_endpoint", remote));
        if (siteProblem.isPresent()) {
            return siteProblem.get();
        }
        if (local.site().equals(remote.site())) {
            return new Result.Impossible(
                    "same_site",
                    "remote_endpoint.site",
                    "both endpoints are at site " + local.site(),
                    "name two different sites");
        }
        var here = end("local_endpoint", local, localNetwork);
        var there = end("remote_endpoint", remote, remoteNetwork);
        var addresses = addressProblem(local, remote);
        if (addresses.isPresent()) {
            return addresses.get();
        }
        var request = new PathRequest(
                local.site(),
                remote.site(),
                connection.bandwidthMbps().orElse(0),
                underlayMtu(connection, here, there),
                connection.maxLatencyMs(),
                connection.path(),
                avoided);
        return switch (paths.find(request)) {
            case PathFinder.Result.NoPath(var field, var detail) -> {
                // With the path that carries most, the refusal tells how much that is.
                var widest = field.equals("mtu") ? paths.widest(request) : Optional.<Path>empty();
                yield widest.isPresent()
                        ? allocate(connection, here, there, widest.get(), taken)
                        : new Result.Impossible(
                                "no_path",
                                field,
                                detail,
                                "add or repair a link, or ask less of the path; see isthmus link list");
            }
            case PathFinder.Result.Undecided(var field, var detail) ->
                new Result.Impossible("path_undecided", field, detail, "name fewer sites to include");
            case PathFinder.Result.Found(var path) -> allocate(connection, here, there, path, taken);
        };
    }

    /** What the path's links must carry for the MTU asked for and for networks that exist; zero if neither asks for any. */
    private static int underlayMtu(Connection connection, End local, End remote) {
        int mtu = Stream.of(local, remote)
                .flatMap(end -> end.joined().stream())
                .mapToInt(JoinedNetwork::mtu)
                .reduce(connection.mtu().orElse(0), Math::max);
        return mtu == 0 ? 0 : mtu + overhead(local.gateway());
    }

    private Optional<Result.Impossible> siteProblem(String field, Endpoint endpoint) {
        var site = underlay.site(endpoint.site());
        if (site.isEmpty()) {
            return Optional.of(new Result.Impossible(
                    "site_not_found", field + ".site", "no site " + endpoint.site(), "see isthmus site list"));
        }
        if (site.get().gateway().isEmpty()) {
            return Optional.of(new Result.Impossible(
                    "no_gateway",
                    field + ".site",
                    "site " + endpoint.site() + " has no gateway",
                    "add one to the site's gateways"));
        }
        if (!site.get().adminStateUp()) {
            return Optional.of(new Result.Impossible(
                    "site_down",
                    field + ".site",
                    "site " + endpoint.site() + " is administratively down",
                    "set the site's admin_state_up to true, or use another site"));
        }
        return Optional.empty();
    }

    private End end(String field, Endpoint endpoint, Optional<JoinedNetwork> joined) {
        var site = underlay.site(endpoint.site()).orElseThrow();
        return new End(field, endpoint, site, site.gateway().orElseThrow(), joined);
    }

    /** Both sides of a stretched network that Isthmus makes have one prefix and pools that do not overlap. */
    private static Optional<Result.Impossible> addressProblem(Endpoint local, Endpoint remote) {
        if (!(local.network() instanceof EndpointNetwork.Create here
                && remote.network() instanceof EndpointNetwork.Create there)) {
            return poolMissing("local_endpoint", local).or(() -> poolMissing("remote_endpoint", remote));
        }
        if (!here.cidr().equals(there.cidr())) {
            return Optional.of(new Result.Impossible(
                    "cidr_mismatch",
                    "remote_endpoint.network.create.cidr",
                    "the two ends of an L2 connection share one network, but local has %s and remote %s"
                            .formatted(here.cidr(), there.cidr()),
                    "give both ends the same cidr"));
        }
        return switch (AllocationPools.divide(here, there)) {
            case AllocationPools.Result.Divided _ -> Optional.empty();
            case AllocationPools.Result.Impossible(var field, var detail) ->
                Optional.of(new Result.Impossible(
                        "allocation_pool", field, detail, "use a larger cidr or pools that do not overlap"));
        };
    }

    /** Only the owner of a network that was there before knows which of its addresses are free for the other side. */
    private static Optional<Result.Impossible> poolMissing(String field, Endpoint endpoint) {
        return endpoint.network() instanceof EndpointNetwork.Create create
                        && create.allocationPool().isEmpty()
                ? Optional.of(new Result.Impossible(
                        "allocation_pool",
                        field + ".network.create.allocation_pool",
                        "the other end joins a network that exists already, so Isthmus cannot divide " + create.cidr(),
                        "name an allocation_pool that the existing network does not use"))
                : Optional.empty();
    }

    private Result allocate(Connection connection, End local, End remote, Path path, Taken taken) {
        var largest = largestMtu(path, local.gateway(), remote.gateway());
        var mtu = connection.mtu().orElse(largest);
        if (mtu > largest) {
            return new Result.Impossible(
                    "mtu_too_large",
                    "mtu",
                    "mtu %d does not fit the path over %s: %d bytes at the most".formatted(mtu, path.sites(), largest),
                    "ask for %d or less, or leave mtu out".formatted(largest));
        }
        for (var end : List.of(local, remote)) {
            if (end.joined().isPresent() && end.joined().get().mtu() > mtu) {
                return new Result.Impossible(
                        "mtu_too_large",
                        end.field() + ".network.network_id",
                        "the network's MTU is %d, but the path carries %d bytes at the most"
                                .formatted(end.joined().get().mtu(), mtu),
                        "lower the network's MTU to %d in its Neutron".formatted(mtu));
            }
        }
        var localVlan = vlan(local, taken.localVlans());
        var remoteVlan = vlan(remote, taken.remoteVlans());
        var vni = lowestFree(FIRST_VNI, LAST_VNI, taken.vnis());
        if (localVlan.isEmpty()) {
            return vlansExhausted(local);
        }
        if (remoteVlan.isEmpty()) {
            return vlansExhausted(remote);
        }
        if (vni.isEmpty()) {
            return new Result.Impossible(
                    "vni_exhausted", "vni", "every VNI is in use", "delete connections that are no longer needed");
        }
        var asns = asns(path);
        if (asns.isEmpty()) {
            return new Result.Impossible(
                    "no_gateway",
                    "path",
                    "the underlay does not take the path over %s by itself, and a site of it has no gateway to be told"
                            .formatted(path.sites()),
                    "add gateways to the sites of the path, or avoid those without: path.avoid_sites");
        }
        return new Result.Planned(
                new Reservation(
                        vni.get(),
                        localVlan.get(),
                        remoteVlan.get(),
                        path.sites(),
                        path.links().stream().map(link -> link.id()).toList(),
                        path.latencyMs(),
                        mtu,
                        connection.bandwidthMbps().orElse(0),
                        asns.get()),
                path);
    }

    /** What steers traffic onto the path: nothing where that is not needed; empty where it is, but cannot be. */
    private Optional<List<Long>> asns(Path path) {
        if (!Steering.isNeeded(path, underlay.links())) {
            return Optional.of(List.of());
        }
        var gateways = path.sites().stream()
                .flatMap(id -> underlay.site(id).stream())
                .flatMap(site -> site.gateway().stream())
                .toList();
        return gateways.size() == path.sites().size()
                ? Optional.of(gateways.stream().map(Gateway::asn).toList())
                : Optional.empty();
    }

    private static int largestMtu(Path path, Gateway local, Gateway remote) {
        return Math.min(path.mtu() - overhead(local), Math.min(local.maxMtu(), remote.maxMtu()));
    }

    private static int overhead(Gateway gateway) {
        return gateway.tunnelAddress().version() == 4 ? VXLAN_IPV4_OVERHEAD : VXLAN_IPV6_OVERHEAD;
    }

    private static Optional<Integer> vlan(End end, Set<Integer> taken) {
        return end.joined().isPresent()
                ? Optional.of(end.joined().get().vlan())
                : lowestFree(
                        end.site().cloud().vlanRange().first(),
                        end.site().cloud().vlanRange().last(),
                        taken);
    }

    private static Optional<Integer> lowestFree(int first, int last, Set<Integer> taken) {
        for (int number = first; number <= last; number++) {
            if (!taken.contains(number)) {
                return Optional.of(number);
            }
        }
        return Optional.empty();
    }

    private static Result.Impossible vlansExhausted(End end) {
        var cloud = end.site().cloud();
        return new Result.Impossible(
                "vlan_exhausted",
                end.field() + ".site",
                "site %s has no free VLAN left in %s on physical network %s"
                        .formatted(end.site().id(), cloud.vlanRange(), cloud.physicalNetwork()),
                "widen the site's cloud.vlan_range, or delete networks that are no longer needed");
    }
}
