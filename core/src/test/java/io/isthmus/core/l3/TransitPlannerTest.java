package io.isthmus.core.l3;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.l3.TransitPlanner.End;
import io.isthmus.core.l3.TransitPlanner.Occupied;
import io.isthmus.core.l3.TransitPlanner.Result;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransitPlannerTest {
    private static final SiteId B = new SiteId("b");
    private static final SiteId D = new SiteId("d");
    private static final Occupied NOTHING = new Occupied(List.of(), List.of(), Set.of(), Set.of());

    @Test
    void theRoutersGetTheFirstTwoAddressesOfTheLowestFreeTransit() {
        var transit = planned(end(B, "10.1.0.0/24"), end(D, "10.2.0.0/24"), NOTHING);

        assertThat(transit.prefix()).isEqualTo(new Cidr("100.126.0.0/29"));
        assertThat(transit.router(SideRole.LOCAL)).isEqualTo(new IpAddress("100.126.0.1"));
        assertThat(transit.nextHop(SideRole.LOCAL)).isEqualTo(new IpAddress("100.126.0.2"));
        assertThat(transit.destinations(SideRole.LOCAL)).containsExactly(new Cidr("10.2.0.0/24"));
        assertThat(transit.translates()).isFalse();
        var reserved = new Occupied(List.of(), List.of(), Set.of(transit.number()), Set.of());
        assertThat(planned(end(B, "10.1.0.0/24"), end(D, "10.2.0.0/24"), reserved)
                        .prefix())
                .isEqualTo(new Cidr("100.126.0.8/29"));
    }

    @Test
    void bothPrefixesThatOverlapAreNamedWithTheirPlaces() {
        var refused = refused(end(B, "10.1.0.0/24"), end(D, "10.1.0.0/16"), NOTHING);

        assertThat(refused.code()).isEqualTo("prefix_overlap");
        assertThat(refused.detail())
                .contains("10.1.0.0/24", "router rb at site b", "10.1.0.0/16", "router rd at site d");
    }

    @Test
    void whatTheOtherRouterReachesInAnyWayIsInTheWay() {
        var subnet = new JoinedRouter.Subnet("n", new Cidr("10.9.0.0/24"), false);
        var route = new JoinedRouter.Route(new Cidr("10.2.0.0/16"), new IpAddress("10.1.0.9"));
        var everywhere = new JoinedRouter.Route(new Cidr("0.0.0.0/0"), new IpAddress("10.1.0.9"));
        var own = new JoinedRouter.Subnet("n", new Cidr("10.1.0.0/24"), false);
        var shown = List.of(new Cidr("10.1.0.0/24"));

        var bySubnet = new End(B, new JoinedRouter("rb", "", List.of(own, subnet), List.of()), shown);
        assertThat(refused(bySubnet, end(D, "10.9.0.0/25"), NOTHING).detail()).contains("a subnet of router rb");
        var byRoute = new End(B, new JoinedRouter("rb", "", List.of(own), List.of(route)), shown);
        assertThat(refused(byRoute, end(D, "10.2.7.0/24"), NOTHING).detail())
                .contains("an extra route of router rb at site b via 10.1.0.9");
        var byDefault = new End(B, new JoinedRouter("rb", "", List.of(own), List.of(everywhere)), shown);
        assertThat(planned(byDefault, end(D, "10.2.7.0/24"), NOTHING).translates())
                .isFalse();
        var underlay = new Occupied(
                List.of(),
                List.of(new Place(new Cidr("10.255.0.1/32"), "the tunnel address of gateway gw-a at site a")),
                Set.of(),
                Set.of());
        assertThat(refused(end(B, "10.1.0.0/24"), end(D, "10.255.0.0/24"), underlay)
                        .detail())
                .contains("10.255.0.0/24", "the tunnel address of gateway gw-a at site a");
    }

    @Test
    void anotherConnectionOfTheRouterIsInTheWayAndOneOfAnotherRouterIsNot() {
        var other = planned(end(B, "10.1.0.0/24"), end(D, "10.2.0.0/24"), NOTHING);
        var onB = new RouterUse(new ConnectionId(new UUID(0, 1)), "older", B, SideRole.LOCAL, other);
        var occupied = new Occupied(List.of(onB), List.of(), Set.of(other.number()), Set.of());
        var elsewhere = new End(
                new SiteId("c"),
                new JoinedRouter(
                        "rc", "", List.of(new JoinedRouter.Subnet("n", new Cidr("10.2.0.0/24"), false)), List.of()),
                List.of(new Cidr("10.2.0.0/24")));

        assertThat(refused(end(B, "10.1.0.0/24"), elsewhere, occupied).detail())
                .contains("a prefix of connection older", "router rb at site b");
        var otherRouter = new End(
                B,
                new JoinedRouter(
                        "rb2", "", List.of(new JoinedRouter.Subnet("n", new Cidr("10.3.0.0/24"), false)), List.of()),
                List.of(new Cidr("10.3.0.0/24")));
        assertThat(planned(otherRouter, elsewhere, occupied).prefix()).isNotEqualTo(other.prefix());
    }

    @Test
    void onRequestWhatCollidesIsTranslatedAndWhatDoesNotIsNot() {
        var local = new End(
                B,
                router("rb", "10.0.0.0/24", "10.5.0.0/24"),
                List.of(new Cidr("10.0.0.0/24"), new Cidr("10.5.0.0/24")));
        var transit = nat(local, end(D, "10.0.0.0/24"), NOTHING);

        assertThat(transit.local().translations())
                .containsExactly(new Translation(new Cidr("10.0.0.0/24"), new Cidr("100.64.0.0/24")));
        assertThat(transit.remote().translations())
                .containsExactly(new Translation(new Cidr("10.0.0.0/24"), new Cidr("100.64.1.0/24")));
        assertThat(transit.destinations(SideRole.REMOTE))
                .containsExactly(new Cidr("100.64.0.0/24"), new Cidr("10.5.0.0/24"));
        assertThat(transit.nextHop(SideRole.LOCAL)).isEqualTo(transit.translator(SideRole.LOCAL));
        assertThat(transit.natNumbers()).hasSize(2).doesNotHaveDuplicates();
        var second = nat(
                end(B, "10.0.0.0/24"),
                end(D, "10.0.0.0/24"),
                new Occupied(List.of(), List.of(), Set.of(transit.number()), Set.copyOf(transit.natNumbers())));
        assertThat(second.natNumbers()).doesNotContainAnyElementsOf(transit.natNumbers());
    }

    @Test
    void aPrefixMustBeOneThatTheRouterReaches() {
        var elsewhere = new End(B, router("rb", "10.1.0.0/24"), List.of(new Cidr("10.7.0.0/24")));
        assertThat(refused(elsewhere, end(D, "10.2.0.0/24"), NOTHING).code()).isEqualTo("prefix_unknown");
        var none = new End(B, router("rb"), List.of());
        assertThat(refused(none, end(D, "10.2.0.0/24"), NOTHING).code()).isEqualTo("prefix_unknown");
        var sixth = new End(B, router("rb", "fd00::/64"), List.of(new Cidr("fd00::/64")));
        assertThat(refused(sixth, end(D, "10.2.0.0/24"), NOTHING).code()).isEqualTo("prefix_version");
        var part = new End(B, router("rb", "10.1.0.0/24"), List.of(new Cidr("10.1.0.128/25")));
        assertThat(planned(part, end(D, "10.2.0.0/24"), NOTHING).destinations(SideRole.REMOTE))
                .containsExactly(new Cidr("10.1.0.128/25"));
    }

    @Test
    void withoutNamesARouterShowsItsSubnetsButNoTransitAndNothingExternal() {
        var router = new JoinedRouter(
                "rb",
                "",
                List.of(
                        new JoinedRouter.Subnet("n1", new Cidr("10.1.0.0/24"), false),
                        new JoinedRouter.Subnet("n2", new Cidr("10.2.0.0/24"), false),
                        new JoinedRouter.Subnet("t", new Cidr("100.126.0.0/29"), false),
                        new JoinedRouter.Subnet("x", new Cidr("203.0.113.0/24"), true)),
                List.of());
        var other = planned(end(B, "10.8.0.0/24"), end(D, "10.9.0.0/24"), NOTHING);
        var uses = List.of(new RouterUse(new ConnectionId(new UUID(0, 1)), "older", B, SideRole.LOCAL, other));

        assertThat(TransitPlanner.prefixes(B, router, List.of(), Optional.empty(), uses))
                .containsExactly(new Cidr("10.1.0.0/24"), new Cidr("10.2.0.0/24"));
        assertThat(TransitPlanner.prefixes(B, router, List.of(), Optional.of("n2"), uses))
                .containsExactly(new Cidr("10.2.0.0/24"));
    }

    /** Connections are planned one after the other on two routers; no router ever reaches one address in two ways. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noRouterEverGetsTwoOverlappingPrefixes(long seed) {
        var random = new SplittableRandom(seed);
        var uses = new ArrayList<RouterUse>();
        var transits = new HashSet<Integer>();
        var blocks = new HashSet<Integer>();
        int planned = 0;
        for (int round = 0; round < 60; round++) {
            var local = anyEnd(random, B, "rb" + random.nextInt(2));
            var remote = anyEnd(random, D, "rd" + random.nextInt(2));
            var policy = random.nextInt(2) == 0 ? AddressPolicy.NAT : AddressPolicy.REJECT_OVERLAP;
            var result = TransitPlanner.plan(
                    AddressPools.DEFAULT, policy, local, remote, new Occupied(uses, List.of(), transits, blocks));
            if (result instanceof Result.Planned(var transit)) {
                planned++;
                assertThat(transits.add(transit.number())).isTrue();
                transit.natNumbers()
                        .forEach(number -> assertThat(blocks.add(number)).isTrue());
                for (var role : SideRole.values()) {
                    var end = role == SideRole.LOCAL ? local : remote;
                    demandDisjoint(end, role, transit, uses);
                }
                var id = new ConnectionId(new UUID(seed, round));
                uses.add(new RouterUse(id, "c" + round, B, SideRole.LOCAL, transit));
                uses.add(new RouterUse(id, "c" + round, D, SideRole.REMOTE, transit));
            } else {
                assertThat(policy).isEqualTo(AddressPolicy.REJECT_OVERLAP);
            }
        }
        assertThat(planned).isGreaterThan(20);
    }

    private static void demandDisjoint(End end, SideRole role, Transit transit, List<RouterUse> uses) {
        var reached = Stream.concat(
                        end.router().subnets().stream().map(JoinedRouter.Subnet::cidr),
                        uses.stream()
                                .filter(use -> use.site().equals(end.site())
                                        && use.routerId().equals(end.router().routerId()))
                                .flatMap(use -> Stream.concat(
                                        use.transit().destinations(use.role()).stream(),
                                        Stream.of(use.transit().prefix()))))
                .toList();
        for (var prefix : Stream.concat(transit.destinations(role).stream(), Stream.of(transit.prefix()))
                .toList()) {
            assertThat(reached).noneMatch(prefix::overlaps);
        }
    }

    /** One or two subnets of a small range, so that many collide. */
    private static End anyEnd(SplittableRandom random, SiteId site, String router) {
        var first = random.nextInt(6);
        var second = (first + 1 + random.nextInt(5)) % 6;
        var one = new Cidr("10.0.%d.0/24".formatted(first));
        var two = new Cidr("10.0.%d.0/25".formatted(second));
        return new End(
                site, router(router, one.text(), two.text()), random.nextBoolean() ? List.of(one) : List.of(one, two));
    }

    private static End end(SiteId site, String cidr) {
        return new End(site, router("r" + site, cidr), List.of(new Cidr(cidr)));
    }

    private static JoinedRouter router(String id, String... cidrs) {
        return new JoinedRouter(
                id,
                "",
                Stream.of(cidrs)
                        .map(cidr -> new JoinedRouter.Subnet("n", new Cidr(cidr), false))
                        .toList(),
                List.of());
    }

    private static Transit planned(End local, End remote, Occupied occupied) {
        return value(TransitPlanner.plan(AddressPools.DEFAULT, AddressPolicy.REJECT_OVERLAP, local, remote, occupied));
    }

    private static Transit nat(End local, End remote, Occupied occupied) {
        return value(TransitPlanner.plan(AddressPools.DEFAULT, AddressPolicy.NAT, local, remote, occupied));
    }

    private static Transit value(Result result) {
        assertThat(result).isInstanceOf(Result.Planned.class);
        return ((Result.Planned) result).transit();
    }

    private static Result.Impossible refused(End local, End remote, Occupied occupied) {
        var result = TransitPlanner.plan(AddressPools.DEFAULT, AddressPolicy.REJECT_OVERLAP, local, remote, occupied);
        assertThat(result).isInstanceOf(Result.Impossible.class);
        return (Result.Impossible) result;
    }
}
