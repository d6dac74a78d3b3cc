package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.Tunnel;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a real gateway printed, whole and with one thing changed, against what it should have. */
final class DifferenceTest {
    static final GatewayIntent INTENT = new GatewayIntent(
            new Gateway(
                    "gw-b",
                    "frr",
                    Map.of(
                            "host",
                            "192.0.2.7",
                            "username",
                            "isthmus",
                            "credential_id",
                            "gateways",
                            "host_key",
                            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzDWCE2ObckG1TEOKHsnxgODxd5/R71jGu0GCmOAYHZ",
                            "bridge",
                            "br-interdc"),
                    new IpAddress("10.255.0.2"),
                    65002,
                    1500,
                    1000),
            ConnectionId.parse("11111111-2222-3333-4444-555555555555"),
            2990,
            59900,
            new IpAddress("10.255.0.4"),
            1500,
            new IpAddress("169.254.7.1"),
            new IpAddress("169.254.7.2"));
    static final Target TARGET = Target.of(INTENT.gateway());

    @Test
    void aWholeConnectionNeedsNothing() throws IOException {
        var state = state(text("observed-present.txt"));
        assertThat(steps(state, Goal.PRESENT)).isEmpty();
        assertThat(state.routing().remoteVteps()).containsExactly("10.255.0.4");
        assertThat(state.routing().sessions()).containsEntry("10.255.0.4", "Established");
    }

    @Test
    void aWholeConnectionIsTakenApartInReverse() throws IOException {
        assertThat(steps(state(text("observed-present.txt")), Goal.ABSENT))
                .containsExactly(
                        "delete probe", "delete vxlan", "delete route targets", "delete handoff", "delete bridge");
    }

    @Test
    void anEmptyGatewayNeedsEverything() throws IOException {
        var state = state(text("observed-absent.txt"));
        assertThat(steps(state, Goal.PRESENT))
                .containsExactly(
                        "create bridge", "create handoff", "create route targets", "create vxlan", "create probe");
        assertThat(steps(state, Goal.ABSENT)).isEmpty();
    }

    @Test
    void aCreationNamesEveryFieldThatIsSet() throws IOException {
        var steps = Difference.steps(state(text("observed-absent.txt")), INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(steps.get(1).identity()).isEqualTo("ac59900");
        assertThat(steps.get(1).changes())
                .contains(
                        new Step.FieldChange("vlan", "", "2990"),
                        new Step.FieldChange("mtu", "", "1500"),
                        new Step.FieldChange("ovs_bridge", "", "br-interdc"))
                .noneMatch(change -> change.field().equals("port_error"));
    }

    @ParameterizedTest(name = "{0} → {1}: {2}")
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"local\":\"10.255.0.2\" | \"local\":\"10.255.0.9\" | update vxlan: local 10.255.0.9 → 10.255.0.2",
                "\"df\":\"set\" | \"df\":\"unset\" | update vxlan: df unset → set",
                "\"id\":59900 | \"id\":59901 | delete vxlan:; create vxlan: vni → 59900",
                "\"port\":4789 | \"port\":8472 | delete vxlan:; create vxlan: vni → 59900",
                "\"forward_delay\":0 | \"forward_delay\":1500 | update bridge: forward_delay 1500 → 0",
                "\"stp_state\":0 | \"stp_state\":1 | update bridge: stp_state 1 → 0",
                "\"dc59900\",2990 | \"dc59900\",17 | update handoff: vlan 17 → 2990",
                "\"pp59900\",2990 | \"pp59900\",[\"set\",[]] | update probe: vlan → 2990",
                "\"prefixlen\":30 | \"prefixlen\":24 | update probe: address 169.254.7.1/24 → 169.254.7.1/30",
                "\"vxlanInterface\":\"vx59900\" | \"other\":1 | update vxlan: evpn_device → vx59900",
                "\"rd\":\"10.255.0.2:2\" | \"rd\":\"7:7\" | update route_targets: other_settings rd 7:7 →",
                "\"advertiseSviMacIp\":\"Disabled\" | \"advertiseSviMacIp\":\"Enabled\" | update route_targets: other_settings advertise-svi-ip →",
                "\"dc59900\",2990,\"access\",[\"set\",[]] | \"dc59900\",2990,\"access\",[\"set\",[5]] | update handoff: trunks 5 →",
                "[\"dc59900\",39,[\"set\",[]]] | [\"dc59900\",-1,\"in use\"] | update handoff: port_error in use →",
            })
    void oneChangeIsOneStep(String from, String to, String expected) throws IOException {
        var changed = text("observed-present.txt").replace(from, to);
        assertThat(changed).isNotEqualTo(text("observed-present.txt"));
        var steps = Difference.steps(state(changed), INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(String.join("; ", steps.stream().map(DifferenceTest::shown).toList()))
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "neigh_suppress, vx59900, update vxlan: neigh_suppress true → false",
        "learning, br59900, ''",
    })
    void suppressionOfNeighboursMattersOnTheTunnelOnly(String field, String device, String expected)
            throws IOException {
        var lines = text("observed-present.txt")
                .lines()
                .map(line -> line.contains("\"ifname\":\"" + device)
                        ? line.replace("\"" + field + "\":false", "\"" + field + "\":true")
                        : line)
                .toList();
        var steps = Difference.steps(state(String.join("\n", lines) + "\n"), INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(String.join("; ", steps.stream().map(DifferenceTest::shown).toList()))
                .isEqualTo(expected);
    }

    @Test
    void aDeletedTunnelIsMadeAgainAndNothingElse() throws IOException {
        assertThat(steps(without("\"ifname\":\"vx59900\""), Goal.PRESENT)).containsExactly("create vxlan");
    }

    @Test
    void aDeletedBridgeIsMadeAgainBeforeItsPortsReturn() throws IOException {
        var text = text("observed-present.txt").replace("\"master\":\"br59900\",", "");
        var lines = text.lines()
                .filter(line -> !line.contains("\"ifname\":\"br59900\""))
                .toList();
        assertThat(steps(state(String.join("\n", lines) + "\n"), Goal.PRESENT))
                .containsExactly("create bridge", "update handoff", "update vxlan");
    }

    @Test
    void routeTargetsThatFrrMadeUpAreReplaced() throws IOException {
        var state = state(text("observed-present.txt").replace("\"65000:59900\"", "\"65002:59900\""));
        var steps = Difference.steps(state, INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(steps.stream().map(DifferenceTest::shown))
                .containsExactly("update route_targets: import 65002:59900 → 65000:59900,"
                        + " export 65002:59900 → 65000:59900");
    }

    @ParameterizedTest
    @CsvSource({"ac59900", "br59900", "vx59900", "dc59900", "pp59900", "pr59900"})
    void aDeviceWithoutTheMarkIsSomebodyElses(String device) throws IOException {
        var lines = text("observed-present.txt")
                .lines()
                .map(line -> line.contains("\"ifname\":\"" + device + "\"")
                        ? line.replace("isthmus:11111111", "isthmus:99999999")
                        : line)
                .toList();
        var state = state(String.join("\n", lines) + "\n");
        assertThat(Difference.taken(state, INTENT, TARGET.management()).orElseThrow())
                .contains(device);
    }

    @ParameterizedTest
    @CsvSource({"dc59900, update handoff", "pr59900, update probe"})
    void theUnmarkedEndOfAMarkedPairIsOurs(String device, String step) throws IOException {
        var lines = text("observed-present.txt")
                .lines()
                .map(line -> line.contains("\"ifname\":\"" + device + "\"")
                        ? line.replace(",\"ifalias\":\"isthmus:11111111-2222-3333-4444-555555555555\"", "")
                        : line)
                .toList();
        var state = state(String.join("\n", lines) + "\n");
        assertThat(Difference.taken(state, INTENT, TARGET.management())).isEmpty();
        assertThat(steps(state, Goal.PRESENT)).containsExactly(step);
    }

    @Test
    void aVniThatAnotherDeviceCarriesIsSomebodyElsesAndStays() throws IOException {
        var text = text("observed-absent.txt").replace("=== part frr\n", """
                === part frr
                {"vni":59900,"vxlanInterface":"vxlan7"}
                {"vni":59900,"importRts":["1:1"],"exportRts":["1:1"]}
                """);
        assertThat(Difference.taken(state(text), INTENT, TARGET.management()).orElseThrow())
                .contains("vxlan7");
        assertThat(steps(state(text), Goal.ABSENT)).isEmpty();
    }

    private static final GatewayIntent STEERED = new GatewayIntent(
            INTENT.gateway(),
            INTENT.connection(),
            INTENT.vlan(),
            INTENT.vni(),
            INTENT.remoteTunnelAddress(),
            INTENT.mtu(),
            INTENT.probeAddress(),
            INTENT.peerProbeAddress(),
            new Tunnel(
                    new IpAddress("198.18.77.88"),
                    new IpAddress("198.18.77.89"),
                    Optional.of(new IpAddress("198.18.77.88")),
                    List.of(new Tunnel.Instruction(65004, 65001), new Tunnel.Instruction(65001, 65002)),
                    100));

    @ParameterizedTest(name = "{0} of {1}")
    @CsvSource({
        "flood, false, vx59900, update vxlan: flood false → true",
        "bcast_flood, false, ac59900, update handoff: bcast_flood false → true",
        "isolated, true, ac59900, update handoff: isolated true → false",
    })
    void thePortsOfTheBridgePassEverything(String field, String value, String device, String expected)
            throws IOException {
        var other = value.equals("true") ? "false" : "true";
        var lines = text("observed-present.txt")
                .lines()
                .map(line -> line.contains("\"ifname\":\"" + device)
                        ? line.replace("\"" + field + "\":" + other, "\"" + field + "\":" + value)
                        : line)
                .toList();
        var steps = Difference.steps(state(String.join("\n", lines) + "\n"), INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(String.join("; ", steps.stream().map(DifferenceTest::shown).toList()))
                .isEqualTo(expected);
    }

    /** Sessions are established, the other gateway tells its tunnel address, and yet nothing is sent there. */
    @ParameterizedTest
    @CsvSource({"true, true, ''", "false, true, remote_tunnel", "true, false, remote_tunnel"})
    void aGatewayThatToldItsAddressIsSentFrames(boolean frrSends, boolean kernelSends, String expected)
            throws IOException {
        var text = text("observed-present.txt")
                .replace("=== part dc\n", """
                        === part entries
                        00:00:00:00:00:00 dst %s self permanent
                        === ended 0
                        === part dc
                        """.formatted(kernelSends ? "10.255.0.4" : "10.255.0.77"))
                .replace("=== part frr\n", """
                        === part frr
                        {"[3]:[0]:[32]:[10.255.0.4]":{"paths":[[{"valid":true,"bestpath":true,"path":"65004",\
                        "nexthops":[{"ip":"10.255.0.4"}]}]]},"numPrefix":1}
                        """)
                .replace("    \"10.255.0.4\"\n", frrSends ? "    \"10.255.0.4\"\n" : "");
        var steps = Difference.steps(state(text), INTENT, TARGET.management(), Goal.PRESENT);
        assertThat(steps.stream()
                        .flatMap(step -> step.changes().stream())
                        .map(Step.FieldChange::field)
                        .toList())
                .isEqualTo(expected.isEmpty() ? List.of() : List.of(expected));
        assertThat(steps.stream().anyMatch(Membership::isMissing)).isEqualTo(!expected.isEmpty());
    }

    @Test
    void aBucketOfAnotherSizeOrAnotherKindOfQueueIsNoLimit() throws IOException {
        var limit = "[{\"kind\":\"tbf\",\"root\":true,\"options\":{\"rate\":12616666,\"burst\":%d}}]\n";
        assertThat(limits(limit.formatted(65535))).isEmpty();
        assertThat(limits(limit.formatted(1500))).containsExactly("limit_burst_bytes 1500 → 65536");
        assertThat(limits("[{\"kind\":\"pfifo\",\"root\":true}]\n"))
                .containsExactly("limit_bytes_per_second pfifo → 12616666");
        assertThat(limits("[{\"kind\":\"noqueue\",\"root\":true}]\n"))
                .containsExactly("limit_bytes_per_second  → 12616666");
    }

    private static List<String> limits(String queues) throws IOException {
        var text = text("observed-present.txt").replace("=== part limit\n", "=== part limit\n" + queues);
        return Difference.steps(read(text, STEERED), STEERED, TARGET.management(), Goal.PRESENT).stream()
                .flatMap(step -> step.changes().stream())
                .filter(change -> change.field().startsWith("limit_"))
                .map(change -> change.field() + " " + change.observed() + " → " + change.wanted())
                .toList();
    }

    @Test
    void aSteeredConnectionWithALimitDiffersInItsAddressItsAnnouncementAndItsLimit() throws IOException {
        var state = read(text("observed-present.txt"), STEERED);
        var steps = Difference.steps(state, STEERED, TARGET.management(), Goal.PRESENT);
        assertThat(steps.stream().map(Step::name)).containsExactly("create path", "update vxlan");
        assertThat(steps.getFirst().changes())
                .contains(new Step.FieldChange("steering", "", "65001:1:65002 65004:1:65001"));
        assertThat(steps.getLast().changes())
                .containsExactly(
                        new Step.FieldChange("local", "10.255.0.2", "198.18.77.88"),
                        new Step.FieldChange("limit_bytes_per_second", "", "12616666"));
    }

    @Test
    void whatIsAnnouncedOtherwiseIsPutRightAndWhatIsNotWantedGoesLast() throws IOException {
        var text = text("observed-present.txt")
                .replace("\"local\":\"10.255.0.2\"", "\"local\":\"198.18.77.88\"")
                .replace("=== part limit\n", "=== part limit\n[{\"kind\":\"tbf\",\"options\":{\"rate\":12616666}}]\n")
                .replace("=== part loopback\n", """
                        === part loopback
                        [{},{"addr_info":[{},{"local":"198.18.77.88","prefixlen":32}]}]
                        """)
                .replace("=== part frr\n", """
                        === part frr
                        {"prefix":"198.18.77.88/32","paths":[{"sourced":true,"largeCommunity":{"list":["1:1:1"]}}]}
                        {"ZEBRA":{"isthmus-59900-a":{"rules":[{"sequenceNumber":10,"type":"permit","setClauses":[]}]}}}
                        {"BGP":{"isthmus-59900-a":{"rules":[{"sequenceNumber":10,"type":"permit",\
                        "setClauses":["large-community 65004:1:65001 65001:1:65002"]}]}}}
                        {"prefix":"198.18.77.89/32","paths":[{"aspath":{"string":"65001 65004"},"bestpath":{"overall":true}}]}
                        """);
        var state = read(text, STEERED);
        assertThat(state.tunnel().asPath()).containsExactly(65001L, 65004L);
        assertThat(Difference.steps(state, STEERED, TARGET.management(), Goal.PRESENT))
                .singleElement()
                .satisfies(step ->
                        assertThat(shown(step)).isEqualTo("update path: steering 1:1:1 → 65001:1:65002 65004:1:65001"));
        var plain = new GatewayIntent(
                STEERED.gateway(),
                STEERED.connection(),
                STEERED.vlan(),
                STEERED.vni(),
                STEERED.remoteTunnelAddress(),
                STEERED.mtu(),
                STEERED.probeAddress(),
                STEERED.peerProbeAddress(),
                new Tunnel(
                        new IpAddress("10.255.0.2"),
                        new IpAddress("10.255.0.4"),
                        STEERED.tunnel().pathAddress(),
                        List.of(),
                        0));
        assertThat(Difference.steps(read(text, plain), plain, TARGET.management(), Goal.PRESENT).stream()
                        .map(Step::name))
                .containsExactly("update vxlan", "delete path");
        assertThat(Difference.steps(state, STEERED, TARGET.management(), Goal.ABSENT).stream()
                        .map(Step::name))
                .endsWith("delete bridge", "delete path");
    }

    private static GatewayState read(String text, GatewayIntent intent) {
        var outcome = new PartsReader(TARGET, new ReadAnswer(Parts.of(text), 0, "")).state(intent);
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<GatewayState>) outcome).value();
    }

    @Test
    void vnisOfDevicesAndOfFrrAreUsed() throws IOException {
        var used = new PartsReader(TARGET, new ReadAnswer(Parts.of(text("used-vnis.txt")), 0, "")).vnis(65002);
        assertThat(used).isEqualTo(new Outcome.Done<>(java.util.Set.of(59900)));
        var none = new PartsReader(TARGET, new ReadAnswer(Parts.of(text("used-vnis-none.txt")), 0, "")).vnis(65002);
        assertThat(none).isEqualTo(new Outcome.Done<>(java.util.Set.of()));
    }

    @Test
    void everyCutOfAnAnswerIsAFailureAndNeverAState() throws IOException {
        var text = text("observed-present.txt");
        for (int end = 0; end < text.length() - 1; end += 97) {
            var cut = new ReadAnswer(Parts.of(text.substring(0, end)), 0, "");
            assertThat(new PartsReader(TARGET, cut).state(INTENT)).isInstanceOf(Outcome.Refused.class);
        }
    }

    private static GatewayState without(String part) throws IOException {
        var lines = text("observed-present.txt")
                .lines()
                .filter(line -> !line.contains(part))
                .toList();
        return state(String.join("\n", lines) + "\n");
    }

    private static List<String> steps(GatewayState state, Goal goal) {
        return Difference.steps(state, INTENT, TARGET.management(), goal).stream()
                .map(Step::name)
                .toList();
    }

    private static String shown(Step step) {
        var changes = step.changes().stream()
                .limit(step.action() == Step.Action.CREATE ? 1 : 9)
                .map(change -> (change.field() + " " + change.observed() + " → " + change.wanted())
                        .replace("  ", " ")
                        .strip())
                .toList();
        return (step.action().name().toLowerCase(java.util.Locale.ROOT) + " " + step.object() + ": "
                        + String.join(", ", changes))
                .strip();
    }

    static GatewayState state(String text) {
        return read(text, INTENT);
    }

    static String text(String resource) throws IOException {
        try (var in = DifferenceTest.class.getResourceAsStream(resource)) {
            return new String(java.util.Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
