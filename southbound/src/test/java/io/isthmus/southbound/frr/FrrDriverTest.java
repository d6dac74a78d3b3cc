package io.isthmus.southbound.frr;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.GatewayDriverContract;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import io.isthmus.southbound.frr.FakeGateway.Fault;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The driver with gateways in this process, well and not so well. */
final class FrrDriverTest extends GatewayDriverContract {
    private static final FrrLimits PATIENT = FrrLimits.DEFAULT;
    private static final FrrLimits IMPATIENT = new FrrLimits(
            Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300), Duration.ofMillis(300), 8, 100_000);
    private static final FakeUnderlay UNDERLAY = new FakeUnderlay();
    private static FakeGateway b;
    private static FakeGateway d;
    private static FrrDriver driver;

    @BeforeAll
    static void start() {
        b = new FakeGateway(UNDERLAY, "gw-b", "10.255.0.2", 65002);
        d = new FakeGateway(UNDERLAY, "gw-d", "10.255.0.4", 65004);
        driver = new FrrDriver(FakeGateway.credentials(), PATIENT);
    }

    @AfterAll
    static void stop() {
        driver.close();
        b.close();
        d.close();
    }

    @AfterEach
    void repair() {
        b.fault(Fault.NONE);
    }

    @Override
    protected GatewayDriver driver() {
        return driver;
    }

    @Override
    protected GatewayIntent left() {
        return intent(b.gateway(), d, "169.254.0.1", "169.254.0.2");
    }

    @Override
    protected GatewayIntent right() {
        return intent(d.gateway(), b, "169.254.0.2", "169.254.0.1");
    }

    @Test
    void theNeighboursThatAnswerAreMeasuredAndTheOthersAreSilent() throws Exception {
        var there = new IpAddress("10.255.0.4");
        var nobody = new IpAddress("10.255.0.99");
        assertThat(driver.linkRtts(b.gateway(), List.of(there, nobody)))
                .isEqualTo(new Outcome.Done<>(
                        List.of(new GatewayDriver.Rtt(there, 3, 10.3), new GatewayDriver.Rtt(nobody, 0, 0))));
    }

    @Test
    void whereAGatewayDoesNotAnswerNothingIsSaidOfItsLinks() throws Exception {
        b.fault(Fault.NO_ANSWER);
        assertThat(driver.linkRtts(b.gateway(), List.of(new IpAddress("10.255.0.4"))))
                .isInstanceOf(Outcome.Refused.class);
    }

    private static GatewayIntent intent(Gateway gateway, FakeGateway other, String address, String peer) {
        return new GatewayIntent(
                gateway,
                ConnectionId.parse("11111111-2222-3333-4444-555555555555"),
                2990,
                59900,
                other.gateway().tunnelAddress(),
                1400,
                new IpAddress(address),
                new IpAddress(peer));
    }

    @ParameterizedTest
    @CsvSource({"vxlan", "bridge", "handoff", "route_targets", "probe"})
    void whatVanishedIsMadeAgain(String object) throws InterruptedException {
        reach(left(), Goal.PRESENT);
        b.remove(left().vni(), object);
        assertThat(done(driver().observe(left(), Goal.PRESENT)).steps())
                .anySatisfy(step -> assertThat(step.object()).isEqualTo(object));
        reach(left(), Goal.PRESENT);
    }

    @Test
    void theRemoteTunnelAddressIsAFactOnceTheOtherSideIsThere() throws InterruptedException {
        reach(left(), Goal.PRESENT);
        assertThat(done(driver().observe(left(), Goal.PRESENT)).facts())
                .containsEntry("evpn_session", "Established")
                .containsEntry("remote_vteps", "");
        reach(right(), Goal.PRESENT);
        assertThat(done(driver().observe(left(), Goal.PRESENT)).facts()).containsEntry("remote_vteps", "10.255.0.4");
    }

    @Test
    void somebodyElsesDeviceIsNeitherTakenNorRemoved() throws InterruptedException {
        b.change(left().vni(), "bridge", "connection", "somebody");
        try {
            assertRefused(driver.observe(left(), Goal.PRESENT), "gateway_name_taken");
            assertThat(done(driver.observe(left(), Goal.ABSENT)).steps()).isEmpty();
        } finally {
            b.remove(left().vni(), "bridge");
        }
    }

    @Test
    void aGatewayWithAnotherAsNumberIsRefused() throws InterruptedException {
        var gateway = b.gateway();
        var other =
                new Gateway(gateway.name(), "frr", gateway.management(), gateway.tunnelAddress(), 65999, 1500, 1000);
        assertRefused(driver.usedVnis(other), "asn_mismatch");
        assertRefused(driver.observe(intent(other, d, "169.254.0.1", "169.254.0.2"), Goal.PRESENT), "asn_mismatch");
    }

    @Test
    void oneSessionServesManyCallsAtOnce() throws Exception {
        reach(left(), Goal.PRESENT);
        var before = b.authentications();
        allAtOnce(driver, b);
        assertThat(b.authentications()).isEqualTo(before);
    }

    @Test
    void anUnknownCredentialIsRefused() throws InterruptedException {
        var failure =
                assertRefused(driver.usedVnis(b.gateway(Map.of("credential_id", "nowhere"))), "credential_unknown");
        assertThat(failure.hint()).contains("credential");
    }

    @Test
    void anotherHostKeyIsRefusedAndNamed() throws InterruptedException {
        var other = PublicKeyEntry.toString(FakeGateway.pair().getPublic());
        var failure = assertRefused(driver.usedVnis(b.gateway(Map.of("host_key", other))), "host_key_mismatch");
        assertThat(failure.detail()).contains("gw-b", "127.0.0.1", "SHA256:");
    }

    /** Repeated, for the session may or may not have been handed out when the keys are compared. */
    @RepeatedTest(20)
    void aGatewayWithoutAKeyOfTheExpectedTypeIsRefused() throws InterruptedException {
        var ed25519 = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIDzDWCE2ObckG1TEOKHsnxgODxd5/R71jGu0GCmOAYHZ";
        assertRefused(driver.usedVnis(b.gateway(Map.of("host_key", ed25519))), "host_key_mismatch");
    }

    @Test
    void aRefusedKeySaysWhoseItIs() throws InterruptedException {
        b.fault(Fault.REFUSE_KEY);
        try (var another = new FrrDriver(FakeGateway.credentials(), PATIENT)) {
            var failure = assertRefused(another.usedVnis(b.gateway()), "ssh_key_refused");
            assertThat(failure.detail()).contains("isthmus", FakeGateway.CREDENTIAL);
        }
    }

    @Test
    void manyWhoNeedASessionAtOnceShareOne() throws Exception {
        var own = new FakeGateway(new FakeUnderlay(), "gw-x", "10.255.0.9", 65009);
        try (own;
                var another = new FrrDriver(FakeGateway.credentials(), PATIENT)) {
            allAtOnce(another, own);
            // A key is offered first, then signed with.
            assertThat(own.authentications()).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void aClosedDriverReachesNothing() throws InterruptedException {
        var another = new FrrDriver(FakeGateway.credentials(), PATIENT);
        another.close();
        assertUnreachable(another.usedVnis(b.gateway()), "gateway_unreachable");
    }

    @Test
    void aClosedPortIsUnreachable() throws Exception {
        int port;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        var outcome = driver.usedVnis(b.gateway(Map.of("port", Integer.toString(port))));
        assertUnreachable(outcome, "gateway_unreachable");
    }

    @Test
    void aGatewayThatAcceptsAndSaysNothingIsUnreachable() throws IOException, InterruptedException {
        try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var impatient = new FrrDriver(FakeGateway.credentials(), IMPATIENT)) {
            var gateway = b.gateway(Map.of("port", Integer.toString(silent.getLocalPort())));
            assertUnreachable(impatient.usedVnis(gateway), "gateway_unreachable");
        }
    }

    @Test
    void aGatewayThatHangsAtAuthenticationIsUnreachable() throws InterruptedException {
        var own = new FakeGateway(new FakeUnderlay(), "gw-x", "10.255.0.9", 65009);
        try (own;
                var impatient = new FrrDriver(FakeGateway.credentials(), IMPATIENT)) {
            own.fault(Fault.HANG_AT_AUTHENTICATION);
            assertUnreachable(impatient.usedVnis(own.gateway()), "gateway_unreachable");
        }
    }

    @Test
    void aScriptWithoutEndLeavesAChangeUnknownAndAReadUnreachable() throws InterruptedException {
        b.fault(Fault.HANG_AT_EXECUTION);
        try (var impatient = new FrrDriver(FakeGateway.credentials(), IMPATIENT)) {
            assertUnknown(impatient.apply(left(), bridgeStep(), StepListener.NONE));
            assertUnreachable(impatient.observe(left(), Goal.PRESENT), "gateway_no_answer");
            b.fault(Fault.NONE);
            assertThat(impatient.usedVnis(b.gateway())).isInstanceOf(Outcome.Done.class);
        }
    }

    @Test
    void aConnectionLostMidwayLeavesAChangeUnknownAndIsMadeAgain() throws InterruptedException {
        b.fault(Fault.CLOSE_MIDWAY);
        assertUnknown(driver.apply(left(), bridgeStep(), StepListener.NONE));
        assertUnreachable(driver.observe(left(), Goal.PRESENT), "gateway_no_answer");
        b.fault(Fault.NONE);
        reach(left(), Goal.PRESENT);
    }

    @Test
    void successWithoutAnAnswerIsNotBelieved() throws InterruptedException {
        b.fault(Fault.NO_ANSWER);
        assertUnknown(driver.apply(left(), bridgeStep(), StepListener.NONE));
        assertRefused(driver.observe(left(), Goal.PRESENT), "gateway_answer_unreadable");
    }

    @Test
    void aFailedStepIsNamedWithTheGatewaysOwnWords() throws InterruptedException {
        b.fault(Fault.FAIL);
        var failure = assertRefused(driver.apply(left(), bridgeStep(), StepListener.NONE), "gateway_refused");
        assertThat(failure.detail())
                .contains("gw-b", "127.0.0.1:", "create bridge br59900", "Numerical result out of range");
    }

    @Test
    void aMissingToolIsRefused() throws InterruptedException {
        b.fault(Fault.NO_VTYSH);
        assertRefused(driver.usedVnis(b.gateway()), "gateway_tool_missing");
        assertRefused(driver.observe(left(), Goal.PRESENT), "gateway_tool_missing");
        assertRefused(driver.apply(left(), bridgeStep(), StepListener.NONE), "gateway_tool_missing");
    }

    @Test
    void deadDaemonsAreRefused() throws InterruptedException {
        b.fault(Fault.FRR_DOWN);
        assertRefused(driver.usedVnis(b.gateway()), "frr_not_running");
        assertRefused(driver.observe(left(), Goal.PRESENT), "frr_not_running");
        assertRefused(driver.apply(left(), bridgeStep(), StepListener.NONE), "frr_not_running");
    }

    @Test
    void frozenDaemonsLeaveAChangeUnknownAndAReadUnreachable() throws InterruptedException {
        b.fault(Fault.FRR_FROZEN);
        assertUnreachable(driver.observe(left(), Goal.PRESENT), "gateway_no_answer");
        assertUnknown(driver.apply(left(), bridgeStep(), StepListener.NONE));
    }

    private static void allAtOnce(FrrDriver driver, FakeGateway gateway) throws Exception {
        var calls = new ArrayList<CompletableFuture<Outcome<?>>>();
        for (int i = 0; i < 50; i++) {
            var call = new CompletableFuture<Outcome<?>>();
            calls.add(call);
            Thread.ofVirtual().start(() -> {
                try {
                    call.complete(driver.usedVnis(gateway.gateway()));
                } catch (InterruptedException | RuntimeException e) {
                    call.completeExceptionally(e);
                }
            });
        }
        for (var call : calls) {
            assertThat(call.get()).isInstanceOf(Outcome.Done.class);
        }
    }

    private static List<Step> bridgeStep() {
        return List.of(new Step(Step.Action.CREATE, "bridge", "br59900", List.of()));
    }

    private static Failure assertRefused(Outcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return coded(((Outcome.Refused<?>) outcome).failure(), code);
    }

    private static void assertUnreachable(Outcome<?> outcome, String code) {
        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        coded(((Outcome.Unreachable<?>) outcome).failure(), code);
    }

    private static void assertUnknown(Outcome<?> outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        coded(((Outcome.Unknown<?>) outcome).failure(), "gateway_no_answer");
    }

    private static Failure coded(Failure failure, String code) {
        assertThat(failure.code()).as(failure.detail()).isEqualTo(code);
        assertThat(failure.detail()).contains("gateway gw-", "127.0.0.1:");
        assertThat(failure.hint()).isNotBlank();
        assertThat(failure.toString()).doesNotContain("PRIVATE KEY");
        return failure;
    }
}
