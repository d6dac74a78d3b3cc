package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.side.Goal;
import io.isthmus.southbound.Observed.Foreign;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a real gateway printed, with something of somebody else's in its midst. */
final class ForeignFinderTest {

    @Test
    void inAWholeConnectionNothingIsForeign() throws IOException {
        assertThat(foreign(DifferenceTest.text("observed-present.txt"))).isEmpty();
    }

    @Test
    void aDeviceInTheConnectionsBridgeIsForeign() throws IOException {
        var text = DifferenceTest.text("observed-present.txt").replace("=== part gateway\n", """
                === part gateway
                [{},{"ifname":"tap7","flags":["UP"],"mtu":1500,"master":"br59900"}]
                """);
        assertThat(foreign(text)).containsExactly(new Foreign("bridge", "tap7", "bridge", "br59900"));
        assertNothingIsDoneAbout(text);
    }

    @Test
    void anotherPortOfTheVlanIsForeignIfItIsOnTheConnectionsSwitch() throws IOException {
        var ours = "[\"uuid\",\"5e7566b7-ba43-4361-bea5-80f7f02dc72c\"]";
        var text = DifferenceTest.text("observed-present.txt").replace("=== part ovs\n", """
                === part ovs
                {"data":[[%s,"tap8",2990,[],["set",[]],["map",[]]],[["uuid","77"],"elsewhere",2990,[],["set",[]],["map",[]]]],\
                "headings":["_uuid","name","tag","vlan_mode","trunks","external_ids"]}
                """.formatted(ours));
        assertThat(foreign(text)).containsExactly(new Foreign("handoff", "tap8", "vlan", "2990"));
        assertNothingIsDoneAbout(text);
    }

    @Test
    void anEntryThatSendsFramesToNeitherGatewayIsForeign() throws IOException {
        var text = DifferenceTest.text("observed-present.txt").replace("=== part dc\n", """
                === part entries
                00:00:00:00:00:00 dst 10.255.0.4 self permanent
                00:00:00:00:00:00 dst 192.0.2.9 self permanent
                02:00:00:00:00:07 dst 192.0.2.9 self static
                === ended 0
                === part dc
                """);
        assertThat(foreign(text))
                .containsExactly(
                        new Foreign("vxlan", "00:00:00:00:00:00", "entry", "192.0.2.9"),
                        new Foreign("vxlan", "02:00:00:00:00:07", "entry", "192.0.2.9"));
        assertNothingIsDoneAbout(text);
    }

    private static void assertNothingIsDoneAbout(String text) {
        var state = DifferenceTest.state(text);
        for (var goal : List.of(Goal.PRESENT, Goal.ABSENT)) {
            var steps = Difference.steps(state, DifferenceTest.INTENT, DifferenceTest.TARGET.management(), goal);
            assertThat(steps.toString()).doesNotContain("tap", "192.0.2.9");
        }
    }

    private static List<Foreign> foreign(String text) {
        return ForeignFinder.foreign(DifferenceTest.state(text), DifferenceTest.INTENT);
    }
}
