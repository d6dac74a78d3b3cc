package io.isthmus.core.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.link.Link;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.Tunnel.Instruction;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SteeringTest {
    private static final List<Link> EXAMPLE = List.of(link("a", "b"), link("a", "c"), link("b", "c"), link("a", "d"));

    @ParameterizedTest
    @CsvSource({"ba, false", "bad, false", "bcad, true", "bac, true", "bc, false"})
    void onlyPathsThatTheUnderlayWouldNotTakeByItselfAreSteered(String path, boolean steered) {
        assertThat(Steering.isNeeded(path(EXAMPLE, path), EXAMPLE)).isEqualTo(steered);
    }

    @Test
    void twoShortestPathsAreOneTooManyToLeaveTheChoiceToTheUnderlay() {
        var square = List.of(link("a", "b"), link("b", "d"), link("a", "c"), link("c", "d"));
        assertThat(Steering.isNeeded(path(square, "abd"), square)).isTrue();
        var parallel = List.of(link("a", "b"), link("a", "b"), link("b", "d"));
        assertThat(Steering.isNeeded(path(parallel, "abd"), parallel)).isFalse();
    }

    @Test
    void everyGatewayOfThePathIsToldWhichNeighbourToPreferTowardsEachEnd() {
        var held = new Reservation(
                50_000,
                1,
                2,
                List.of(new SiteId("b"), new SiteId("c"), new SiteId("d")),
                List.of(),
                1,
                1450,
                0,
                List.of(2L, 3L, 4L));
        assertThat(Steering.instructions(held, SideRole.REMOTE))
                .containsExactly(new Instruction(2, 3), new Instruction(3, 4));
        assertThat(Steering.instructions(held, SideRole.LOCAL))
                .containsExactly(new Instruction(4, 3), new Instruction(3, 2));
    }

    @Test
    void noTwoVnisShareAnAddressAndNoneLeavesThePrefix() {
        var seen = new HashSet<String>();
        for (int vni = ConnectionPlanner.FIRST_VNI; vni <= ConnectionPlanner.LAST_VNI; vni++) {
            for (var role : SideRole.values()) {
                var address = Steering.address(vni, role).toString();
                assertThat(address.startsWith("198.18.") || address.startsWith("198.19."))
                        .isTrue();
                assertThat(seen.add(address)).isTrue();
            }
        }
    }

    /** In a model of BGP: each AS prefers what it was told to, then the shorter AS path; until nothing changes. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void packetsFollowTheInstructionsAndFindAnotherWayWhereALinkIsCut(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var links = new ArrayList<Link>();
            for (int one = 0; one < 6; one++) {
                for (int other = one + 1; other < 6; other++) {
                    if (random.nextInt(100) < 55) {
                        links.add(link(name(one), name(other)));
                    }
                }
            }
            var wanted = anyPath(links, random);
            if (wanted.length() < 2) {
                continue;
            }
            var told = new HashSet<String>();
            for (int hop = 0; hop + 1 < wanted.length(); hop++) {
                told.add(wanted.substring(hop, hop + 2));
            }
            var end = wanted.substring(wanted.length() - 1);
            assertThat(Bgp.route(links, wanted.substring(0, 1), end, told, random))
                    .isEqualTo(wanted);
            var cut = random.nextInt(wanted.length() - 1);
            var left = links.stream()
                    .filter(link -> !joins(link, wanted.charAt(cut), wanted.charAt(cut + 1)))
                    .toList();
            var around = Bgp.route(left, wanted.substring(0, 1), end, told, random);
            var plain = Bgp.route(left, wanted.substring(0, 1), end, Set.of(), random);
            assertThat(around.isEmpty()).isEqualTo(plain.isEmpty());
        }
    }

    private static String anyPath(List<Link> links, SplittableRandom random) {
        var path = new StringBuilder(name(random.nextInt(6)));
        var length = 2 + random.nextInt(5);
        while (path.length() < length) {
            var at = path.charAt(path.length() - 1);
            var next = links.stream()
                    .flatMap(link -> Bgp.across(link, at).stream())
                    .filter(site -> path.indexOf(site) < 0)
                    .toList();
            if (next.isEmpty()) {
                break;
            }
            path.append(next.get(random.nextInt(next.size())));
        }
        return path.toString();
    }

    private static boolean joins(Link link, char one, char other) {
        return Bgp.across(link, one).stream().anyMatch(("" + other)::equals);
    }

    private static String name(int number) {
        return "" + (char) ('a' + number);
    }

    private static Path path(List<Link> links, String sites) {
        var on = new ArrayList<Link>();
        for (int hop = 0; hop + 1 < sites.length(); hop++) {
            int at = hop;
            on.add(links.stream()
                    .filter(link -> joins(link, sites.charAt(at), sites.charAt(at + 1)))
                    .findFirst()
                    .orElseThrow());
        }
        return new Path(
                sites.chars().mapToObj(site -> new SiteId("" + (char) site)).toList(), on);
    }

    private static Link link(String one, String other) {
        return new Link(
                UUID.randomUUID(), one + other, new SiteId(one), new SiteId(other), 5, 1000, 1500, 1, List.of(), true);
    }
}
