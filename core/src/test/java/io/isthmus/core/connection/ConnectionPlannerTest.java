package io.isthmus.core.connection;

import static io.isthmus.core.Example.A;
import static io.isthmus.core.Example.B;
import static io.isthmus.core.Example.C;
import static io.isthmus.core.Example.D;
import static io.isthmus.core.Example.connection;
import static io.isthmus.core.Example.endpoint;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.Example;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Disjointness;
import io.isthmus.core.side.NetworkIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ConnectionPlannerTest {
    private static final ConnectionPlanner PLANNER = new ConnectionPlanner(Example.UNDERLAY);
    private static final String CIDR = "10.50.0.0/24";

    @Test
    void theExamplesConnectionGetsItsPathMtuAndTheLowestFreeNumbers() {
        var taken = new Taken(Set.of(2000, 2001), Set.of(2000), Set.of(50_000));
        var reservation = planned(plan(connection(endpoint(B, CIDR), endpoint(D, CIDR)), taken));
        assertThat(reservation.sites()).containsExactly(B, A, D);
        assertThat(reservation.mtu()).isEqualTo(1450);
        assertThat(reservation.localVlan()).isEqualTo(2002);
        assertThat(reservation.remoteVlan()).isEqualTo(2001);
        assertThat(reservation.vni()).isEqualTo(50_001);
    }

    @Test
    void bothSidesAreToldTheSameVniAndMtuAndPoolsThatDoNotOverlap() {
        var local = endpoint(B, CIDR);
        var remote = endpoint(D, CIDR);
        var wanted = connection(local, remote);
        var reservation = planned(plan(wanted, Taken.NOTHING));
        var here = new SideIntents.End(local, Example.site(B, 2));
        var there = new SideIntents.End(remote, Example.site(D, 4));
        var left = SideIntents.of(wanted, reservation, SideRole.LOCAL, here, there);
        var right = SideIntents.of(wanted, reservation, SideRole.REMOTE, here, there);
        assertThat(left.gateway().vni()).isEqualTo(right.gateway().vni());
        assertThat(left.gateway().routeTarget()).isEqualTo(right.gateway().routeTarget());
        assertThat(left.gateway().probeAddress()).isEqualTo(right.gateway().peerProbeAddress());
        assertThat(left.gateway().remoteTunnelAddress())
                .isEqualTo(right.gateway().gateway().tunnelAddress());
        var leftNetwork = (NetworkIntent.ProviderNetwork) left.network();
        var rightNetwork = (NetworkIntent.ProviderNetwork) right.network();
        assertThat(leftNetwork.mtu()).isEqualTo(rightNetwork.mtu());
        assertThat(leftNetwork.allocationPool().overlaps(rightNetwork.allocationPool()))
                .isFalse();
    }

    @Test
    void anExhaustedVlanRangeNamesTheSite() {
        var all = IntStream.rangeClosed(2000, 2999).boxed().collect(Collectors.toSet());
        var result =
                impossible(plan(connection(endpoint(B, CIDR), endpoint(D, CIDR)), new Taken(Set.of(), all, Set.of())));
        assertThat(result.code()).isEqualTo("vlan_exhausted");
        assertThat(result.field()).isEqualTo("remote_endpoint.site");
        assertThat(result.detail()).contains("site d");
    }

    @Test
    void anMtuThatDoesNotFitIsRefusedWithTheLargest() {
        var wanted = connection(
                endpoint(B, CIDR),
                endpoint(D, CIDR),
                Optional.empty(),
                Optional.empty(),
                Optional.of(1500),
                PathConstraints.NONE);
        var result = impossible(plan(wanted, Taken.NOTHING));
        assertThat(result.code()).isEqualTo("mtu_too_large");
        assertThat(result.detail()).contains("1450 bytes at the most");
    }

    @Test
    void anMtuThatOnlyADetourCarriesLeadsOverTheDetour() {
        var links = List.of(
                carrying(9000, Example.link(B, A, 5)),
                Example.link(A, D, 1),
                carrying(9000, Example.link(A, C, 10)),
                carrying(9000, Example.link(C, D, 20)));
        var planner = new ConnectionPlanner(new Underlay(Example.SITES, links, Map.of()));
        var local = endpoint(B, CIDR);
        var remote = endpoint(D, CIDR);
        var wanted =
                connection(local, remote, Optional.empty(), Optional.empty(), Optional.of(8950), PathConstraints.NONE);
        var reservation =
                planned(planner.plan(wanted, local, remote, Optional.empty(), Optional.empty(), Taken.NOTHING));
        assertThat(reservation.sites()).containsExactly(B, A, C, D);
        assertThat(reservation.mtu()).isEqualTo(8950);
    }

    @Test
    void aConnectionThatCannotBeDisjointFromAnotherIsRefused() {
        var local = endpoint(B, CIDR);
        var remote = endpoint(D, CIDR);
        var other = planned(plan(connection(local, remote), Taken.NOTHING));
        var wanted = connection(
                local,
                remote,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new PathConstraints(List.of(), List.of(), List.of(), Optional.of(new ConnectionId(new UUID(0, 9)))));
        var avoided = new Avoided(Disjointness.LINK, other.sites(), Set.copyOf(other.links()), Set.of());
        var result = impossible(PLANNER.plan(
                wanted, local, remote, Optional.empty(), Optional.empty(), Taken.NOTHING, Optional.of(avoided)));
        assertThat(result.code()).isEqualTo("no_path");
        assertThat(result.field()).isEqualTo("path.disjoint_from");
    }

    private static Link carrying(int mtu, Link link) {
        return new Link(
                link.id(),
                link.name(),
                link.aSite(),
                link.zSite(),
                link.latencyMs(),
                link.capacityMbps(),
                mtu,
                link.cost(),
                link.failureDomains(),
                true);
    }

    @Test
    void differentPrefixesCannotBeOneNetwork() {
        var local = endpoint(B, CIDR);
        var remote = endpoint(D, "10.51.0.0/24");
        var result = PLANNER.plan(
                connection(local, remote), local, remote, Optional.empty(), Optional.empty(), Taken.NOTHING);
        assertThat(impossible(result).code()).isEqualTo("cidr_mismatch");
    }

    @Test
    void aSiteIsNotConnectedWithItself() {
        var local = endpoint(B, CIDR);
        var result =
                PLANNER.plan(connection(local, local), local, local, Optional.empty(), Optional.empty(), Taken.NOTHING);
        assertThat(impossible(result).code()).isEqualTo("same_site");
    }

    @Test
    void anUnknownSiteIsNamed() {
        var local = endpoint(B, CIDR);
        var remote = endpoint(new SiteId("x"), CIDR);
        var result = impossible(PLANNER.plan(
                connection(local, remote), local, remote, Optional.empty(), Optional.empty(), Taken.NOTHING));
        assertThat(result.code()).isEqualTo("site_not_found");
        assertThat(result.field()).isEqualTo("remote_endpoint.site");
    }

    @Test
    void anExistingNetworkKeepsItsVlanAndTheOtherSideMustNameItsPool() {
        var local = endpoint(B, new EndpointNetwork.Existing("6b1e"));
        var remote = endpoint(D, CIDR);
        var joined = Optional.of(new JoinedNetwork(321, 1400));
        var result = impossible(
                PLANNER.plan(connection(local, remote), local, remote, joined, Optional.empty(), Taken.NOTHING));
        assertThat(result.code()).isEqualTo("allocation_pool");
        var other = endpoint(D, new EndpointNetwork.Existing("77aa"));
        var reservation = planned(PLANNER.plan(
                connection(local, other),
                local,
                other,
                joined,
                Optional.of(new JoinedNetwork(322, 1450)),
                Taken.NOTHING));
        assertThat(reservation.localVlan()).isEqualTo(321);
        assertThat(reservation.remoteVlan()).isEqualTo(322);
    }

    @Test
    void anExistingNetworkWithALargerMtuThanThePathIsRefused() {
        var local = endpoint(B, new EndpointNetwork.Existing("6b1e"));
        var remote = endpoint(D, new EndpointNetwork.Existing("77aa"));
        var result = impossible(PLANNER.plan(
                connection(local, remote),
                local,
                remote,
                Optional.of(new JoinedNetwork(321, 1500)),
                Optional.of(new JoinedNetwork(322, 1450)),
                Taken.NOTHING));
        assertThat(result.field()).isEqualTo("local_endpoint.network.network_id");
    }

    private static ConnectionPlanner.Result plan(Connection wanted, Taken taken) {
        return PLANNER.plan(wanted, endpoint(B, CIDR), endpoint(D, CIDR), Optional.empty(), Optional.empty(), taken);
    }

    private static Reservation planned(ConnectionPlanner.Result result) {
        assertThat(result).isInstanceOf(ConnectionPlanner.Result.Planned.class);
        return ((ConnectionPlanner.Result.Planned) result).reservation();
    }

    private static ConnectionPlanner.Result.Impossible impossible(ConnectionPlanner.Result result) {
        assertThat(result).isInstanceOf(ConnectionPlanner.Result.Impossible.class);
        return (ConnectionPlanner.Result.Impossible) result;
    }
}
