package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.GatewayDriverContract;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver with real gateways: Linux, FRR, Open vSwitch and OpenSSH. */
@Tag("lab")
final class FrrDriverLabTest extends GatewayDriverContract {
    private static final ConnectionId CONNECTION = ConnectionId.parse("11111111-2222-3333-4444-555555555555");
    private static final LabGateways LAB = new LabGateways();
    private static final FrrLimits LIMITS = new FrrLimits(
            Duration.ofSeconds(5), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(2), 8, 4_000_000);
    private static FrrDriver driver;

    @BeforeAll
    static void connect() {
        driver = new FrrDriver(LAB.credentials(), LIMITS);
    }

    @AfterAll
    static void disconnect() {
        driver.close();
    }

    @Override
    protected GatewayDriver driver() {
        return driver;
    }

    @Override
    protected GatewayIntent left() {
        return intent("b", "d", "169.254.250.1", "169.254.250.2");
    }

    @Override
    protected GatewayIntent right() {
        return intent("d", "b", "169.254.250.2", "169.254.250.1");
    }

    private static GatewayIntent intent(String site, String other, String address, String peer) {
        return new GatewayIntent(
                LAB.gateway(site),
                CONNECTION,
                2990,
                59900,
                LAB.gateway(other).tunnelAddress(),
                1400,
                new IpAddress(address),
                new IpAddress(peer));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "ip link del vx59900 | create vxlan",
                "ip link del br59900 | create bridge, update handoff, update vxlan",
                "ip link del ac59900 | create handoff",
                "ip netns del $probe_netns | create probe",
                "ip link set vx59900 mtu 1300 | update vxlan",
                "ip link set vx59900 type vxlan local 10.255.0.99 | update vxlan",
                "ip link set vx59900 type bridge_slave neigh_suppress on | update vxlan",
                "ip link set vx59900 nomaster | update vxlan",
                "ip link set vx59900 down | update vxlan",
                "ip link set br59900 down | update bridge",
                "ip link set ac59900 nomaster | update handoff",
                "dc_ip link set dc59900 mtu 1200 | update handoff",
                "dc_ip link set dc59900 alias '' | update handoff",
                "ip -n $probe_netns address add 192.0.2.1/24 dev pr59900 | update probe",
                "ovs set Port dc59900 tag=17 | update handoff",
                "ovs del-port dc59900 | update handoff",
                "ovs del-port pp59900 | update probe",
                "ovs set Port pp59900 tag=17 | update probe",
                "ip -n $probe_netns address flush dev pr59900 | update probe",
                "frr_configure -c 'no vni 59900' | update route targets",
                "frr_configure -c 'vni 59900' -c 'no route-target import 65000:59900' | update route targets",
                "frr_configure -c 'vni 59900' -c 'route-target export 65000:7' | update route targets",
            })
    void whatWasChangedByHandIsSeenAndRepaired(String damage, String steps) throws InterruptedException {
        reach(left(), Goal.PRESENT);
        byHand(damage);
        var missing = done(driver().observe(left(), Goal.PRESENT)).steps();
        assertThat(String.join(", ", missing.stream().map(Step::name).toList())).isEqualTo(steps);
        done(driver().apply(left(), missing, StepListener.NONE));
        assertThat(done(driver().observe(left(), Goal.PRESENT)).steps()).isEmpty();
    }

    @Test
    void aDeviceThatFrrForgotIsMadeAnew() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        byHand("""
                ip link add vxf type vxlan id 59900 dstport 8472 local 10.255.0.2
                ip link set vxf up
                ip link del vxf
                for i in $(seq 50); do
                    frr -c "show evpn vni 59900" | grep -q "does not exist" && break
                    sleep 0.1
                done""");
        var missing = missing();
        assertThat(missing).extracting(Step::name).containsExactly("update vxlan");
        assertThat(missing.getFirst().changes())
                .extracting(Step.FieldChange::field)
                .containsExactly("evpn_device");
        done(driver().apply(left(), missing, StepListener.NONE));
        assertThat(missing()).isEmpty();
    }

    private List<Step> missing() throws InterruptedException {
        return done(driver().observe(left(), Goal.PRESENT)).steps();
    }

    @Test
    void theGatewayIsAfterwardsAsItWasBefore() throws InterruptedException {
        var before = everything();
        reach(left(), Goal.PRESENT);
        assertThat(everything()).isNotEqualTo(before);
        reach(left(), Goal.ABSENT);
        assertThat(everything()).isEqualTo(before);
    }

    @Test
    void somebodyElsesDeviceIsNeitherTakenNorRemoved() throws InterruptedException {
        byHand("ip link add br59900 type bridge");
        try {
            var outcome = driver().observe(left(), Goal.PRESENT);
            assertThat(outcome).isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                assertThat(refused.failure().code()).isEqualTo("gateway_name_taken");
                assertThat(refused.failure().detail()).contains("br59900");
            });
            assertThat(done(driver().observe(left(), Goal.ABSENT)).steps()).isEmpty();
            var bridge = new Step(Step.Action.CREATE, "bridge", "br59900", List.of());
            assertThat(driver().apply(left(), List.of(bridge), StepListener.NONE))
                    .isInstanceOfSatisfying(
                            Outcome.Refused.class,
                            refused -> assertThat(refused.failure().code()).isEqualTo("gateway_name_taken"));
        } finally {
            byHand("ip link del br59900");
        }
    }

    @Test
    void somebodyElsesPortIsNeitherTakenNorRemoved() throws InterruptedException {
        byHand("ovs --no-wait add-port $ovs_bridge pp59900 -- set Port pp59900 tag=17");
        try {
            assertThat(driver().apply(left(), driver().fromNothing(left()), StepListener.NONE))
                    .isInstanceOfSatisfying(Outcome.Refused.class, refused -> {
                        assertThat(refused.failure().code()).isEqualTo("gateway_name_taken");
                        assertThat(refused.failure().detail()).contains("pp59900");
                    });
            reach(left(), Goal.ABSENT);
            byHand("test \"$(ovs get Port pp59900 tag)\" = 17");
        } finally {
            byHand("ovs --no-wait --if-exists del-port pp59900");
        }
    }

    @Test
    void theRemoteTunnelAddressShowsOnceTheOtherSideIsThere() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        assertThat(done(driver().observe(left(), Goal.PRESENT)).facts())
                .containsEntry("remote_vteps", "")
                .containsEntry("evpn_session", "Established");
        reach(right(), Goal.PRESENT);
        done(driver().probe(left()));
        assertThat(done(driver().observe(left(), Goal.PRESENT)).facts())
                .containsEntry("remote_vteps", right().gateway().tunnelAddress().toString());
    }

    @Test
    void aSmallerWayIsFoundByProbing() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        reach(right(), Goal.PRESENT);
        byHand("ip link set ac59900 mtu 1234");
        // A receiving device lets packets through that are larger by a VLAN tag.
        assertThat(done(driver().probe(left())).mtu().orElseThrow()).isBetween(1234, 1238);
    }

    private String everything() throws InterruptedException {
        return byHand("""
                ip -br link; ip netns list | sort; dc_ip -br link; ovs show
                frr -c 'show running-config'
                """);
    }

    private String byHand(String command) throws InterruptedException {
        try (var shell = new SshShell(LAB.credentials(), LIMITS)) {
            return byHand(shell, command);
        }
    }

    /** In the gateway's namespace, with the driver's own functions at hand. */
    private String byHand(GatewayShell shell, String command) throws InterruptedException {
        var target = Target.of(left().gateway());
        var script = Script.apply(left(), target.management(), List.of(), LIMITS.execution()) + command;
        var answer = shell.run(target, script, LIMITS.execution(), line -> {});
        assertThat(answer)
                .isInstanceOfSatisfying(
                        GatewayShell.Answer.Ended.class,
                        ended -> assertThat(ended.status()).as(ended.errors()).isZero());
        return ((GatewayShell.Answer.Ended) answer).output();
    }

    /** Prints how long things take, beside the fewest commands that make the same; asserts nothing about it. */
    @Test
    void timesAreShown() throws InterruptedException {
        try (var shell = new SshShell(LAB.credentials(), LIMITS)) {
            byHand(shell, "true");
            for (int round = 0; round < 8; round++) {
                var start = System.nanoTime();
                byHand(shell, FEWEST_COMMANDS);
                var bare = millisSince(start);
                byHand(shell, FEWEST_COMMANDS_BACK);
                System.out.println("ms: bare creation " + bare + oneRound());
            }
        }
    }

    private String oneRound() throws InterruptedException {
        var times = new StringBuilder();
        for (var goal : List.of(Goal.PRESENT, Goal.ABSENT)) {
            var start = System.nanoTime();
            var steps = done(driver().observe(left(), goal)).steps();
            times.append(" observe ").append(millisSince(start));
            var other = done(driver().observe(right(), goal)).steps();
            start = System.nanoTime();
            done(driver().apply(left(), steps, StepListener.NONE));
            times.append(" apply ").append(goal).append(' ').append(millisSince(start));
            done(driver().apply(right(), other, StepListener.NONE));
            if (goal == Goal.PRESENT) {
                start = System.nanoTime();
                assertThat(done(driver().probe(left())).received()).isPositive();
                times.append(" probe ").append(millisSince(start));
                start = System.nanoTime();
                done(driver().probe(left()));
                times.append(" again ").append(millisSince(start));
            }
        }
        return times.toString();
    }

    private static long millisSince(long start) {
        return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
    }

    private static final String FEWEST_COMMANDS = """
            ip netns add $probe_netns
            ip -batch - <<END
            link add $br type bridge stp_state 0 forward_delay 0
            link set $br mtu $mtu addrgenmode none
            link add $vx type vxlan id $vni local $tunnel dstport 4789 nolearning df set
            link set $vx mtu $mtu addrgenmode none master $br
            link set $vx type bridge_slave neigh_suppress off learning off
            link add $ac mtu $mtu type veth peer name $dc netns $dc_netns
            link set $ac addrgenmode none master $br
            link set $ac up
            link set $vx up
            link set $br up
            END
            dc_ip -batch - <<END
            link add $pp mtu $mtu type veth peer name $pr netns $probe_netns
            link set $dc mtu $mtu addrgenmode none
            link set $pp addrgenmode none
            link set $dc up
            link set $pp up
            END
            ip -n $probe_netns -batch - <<END
            link set $pr mtu $mtu
            address add $probe_address/30 dev $pr
            link set $pr up
            END
            ethtool -K $ac tx off >/dev/null
            dc_run ethtool -K $dc tx off >/dev/null
            ovs add-port $ovs_bridge $dc tag=$vlan -- add-port $ovs_bridge $pp tag=$vlan
            vtysh ${vty_socket:+--vty_socket $vty_socket} -c 'configure terminal' -c "router bgp $asn" \
                -c 'address-family l2vpn evpn' -c "vni $vni" \
                -c "route-target import $route_target" -c "route-target export $route_target"
            """;
    private static final String FEWEST_COMMANDS_BACK = """
            frr_configure -c "no vni $vni"
            ovs del-port $dc -- del-port $pp
            ip link del $vx
            ip link del $ac
            ip link del $br
            dc_ip link del $pp
            ip netns del $probe_netns
            """;
}
