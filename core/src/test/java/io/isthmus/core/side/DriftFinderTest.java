package io.isthmus.core.side;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.IpAddress;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DriftFinderTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Optional<AddressRange> OTHER_POOL =
            Optional.of(new AddressRange(new IpAddress("10.0.0.128"), new IpAddress("10.0.0.254")));

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            REPAIR | NETWORK | subnet  | enable_dhcp     | false                 | REPAIRING
            REPORT | NETWORK | subnet  | enable_dhcp     | false                 | REPORTED
            ADOPT  | NETWORK | subnet  | enable_dhcp     | false                 | ADOPTED
            ADOPT  | NETWORK | network | name            | mine                  | ADOPTED
            ADOPT  | NETWORK | network | mtu             | 900                   | REPORTED
            ADOPT  | NETWORK | subnet  | description     | none                  | REPORTED
            ADOPT  | GATEWAY | vxlan   | name            | vx1                   | REPORTED
            ADOPT  | NETWORK | subnet  | allocation_pool | 10.0.0.2-10.0.0.100   | ADOPTED
            ADOPT  | NETWORK | subnet  | allocation_pool | 10.0.0.2-10.0.0.128   | REPORTED
            ADOPT  | NETWORK | subnet  | allocation_pool | 10.0.0.2-10.0.0.9,10.0.0.200-10.0.0.201 | REPORTED""")
    void thePolicySaysWhatBecomesOfADifference(
            DriftPolicy policy, Part part, String object, String field, String observed, DriftAction action) {
        var found = new Difference(part, object, "id", field, observed, "wanted", false);
        var drift = new DriftFinder(policy, OTHER_POOL).after(List.of(), part, List.of(found), NOON);
        assertThat(drift).singleElement().returns(action, Drift::action).returns(observed, Drift::observed);
    }

    @Test
    void whatIsForeignIsLeftAloneUnderEveryPolicy() {
        for (var policy : DriftPolicy.values()) {
            var found = new Difference(Part.GATEWAY, "handoff", "tap7", "vlan", "2000", "", true);
            assertThat(new DriftFinder(policy, OTHER_POOL).repairs(found)).isFalse();
            assertThat(new DriftFinder(policy, OTHER_POOL).after(List.of(), Part.GATEWAY, List.of(found), NOON))
                    .extracting(Drift::action)
                    .containsExactly(DriftAction.LEFT_ALONE);
        }
    }

    @Test
    void aFindingKeepsItsTimeUntilItIsGoneAndARepairIsRemembered() {
        var finder = new DriftFinder(DriftPolicy.REPAIR, OTHER_POOL);
        var found = List.of(difference("mtu"));
        var first = finder.after(List.of(), Part.GATEWAY, found, NOON);
        var again = finder.after(first, Part.GATEWAY, found, NOON.plusSeconds(9));
        assertThat(again).isEqualTo(first);
        assertThat(DriftFinder.repaired(again, Part.NETWORK)).isEqualTo(first);
        var repaired = DriftFinder.repaired(again, Part.GATEWAY);
        assertThat(repaired).extracting(Drift::action).containsExactly(DriftAction.REPAIRED);
        assertThat(finder.after(repaired, Part.GATEWAY, List.of(), NOON.plusSeconds(30)))
                .isEqualTo(repaired);
        assertThat(finder.after(first, Part.GATEWAY, List.of(), NOON.plusSeconds(30)))
                .isEqualTo(repaired);
        var other = finder.after(repaired, Part.GATEWAY, List.of(difference("up")), NOON.plusSeconds(60));
        assertThat(other).extracting(Drift::field).containsExactly("up");
    }

    @Test
    void aRepairIsRememberedBesideWhatIsForeign() {
        var finder = new DriftFinder(DriftPolicy.REPAIR, OTHER_POOL);
        var foreign = new Difference(Part.GATEWAY, "handoff", "tap7", "vlan", "2000", "", true);
        var first = finder.after(List.of(), Part.GATEWAY, List.of(difference("mtu"), foreign), NOON);
        assertThat(finder.after(first, Part.GATEWAY, List.of(foreign), NOON.plusSeconds(1)))
                .extracting(Drift::action)
                .containsExactlyInAnyOrder(DriftAction.REPAIRED, DriftAction.LEFT_ALONE);
    }

    @Test
    void oneAuditTellsOfSoManyDifferencesAndNoMore() {
        var many = IntStream.range(0, 500).mapToObj(at -> difference("f" + at)).toList();
        assertThat(new DriftFinder(DriftPolicy.REPAIR, OTHER_POOL).after(List.of(), Part.GATEWAY, many, NOON))
                .hasSize(DriftFinder.MOST);
    }

    private static Difference difference(String field) {
        return new Difference(Part.GATEWAY, "vxlan", "vx1", field, "a", "b", false);
    }
}
