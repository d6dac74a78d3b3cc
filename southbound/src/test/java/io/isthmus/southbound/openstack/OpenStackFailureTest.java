package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static io.isthmus.southbound.openstack.CloudDriverContract.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.network.AddressRange;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.request.RequestId;
import io.isthmus.core.side.Goal;
import io.isthmus.core.side.NetworkIntent.ProviderNetwork;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import java.net.ServerSocket;
import java.net.URI;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the driver answers when Neutron fails, and that it recovers. */
class OpenStackFailureTest {
    private FakeClouds clouds;
    private OpenStackDriver driver;
    /** Gives up soon, for servers that say nothing. */
    private OpenStackDriver hasty;

    @BeforeEach
    void start() {
        clouds = new FakeClouds();
        driver = clouds.driver(FakeClouds.PATIENT);
        hasty = clouds.driver(FakeClouds.QUICK);
    }

    @AfterEach
    void stop() {
        hasty.close();
        driver.close();
        clouds.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "ERROR_500", "ERROR_503", "BUSY"})
    void aReadIsSentAgainWhenNeutronStumbles(Fault fault) throws Exception {
        clouds.neutron.failNext(fault, 2);

        assertThat(done(driver.observe(intent(), Goal.PRESENT)).steps()).hasSize(2);
    }

    @ParameterizedTest
    @EnumSource(Fault.class)
    void aReadThatKeepsFailingIsUnreachableBecauseNothingChanged(Fault fault) throws Exception {
        if (fault == Fault.UNAUTHORIZED) {
            return;
        }
        clouds.neutron.failNext(fault, 1000);

        var outcome = driverFor(fault).observe(intent(), Goal.PRESENT);

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        // The JDK's client repeats a read by itself when a connection closes on it, a few times.
        assertThat(clouds.neutron.requestCount()).isBetween(1, fault.isClosing() ? 3 * 5 : 3);
        assertGoodWords(outcome);
    }

    @Test
    void anAnswerThatStopsInTheMiddleDoesNotHoldTheCallForEver() throws Exception {
        clouds.neutron.failNext(Fault.DONE_THEN_HALF, 1);

        assertThat(hasty.observe(intent(), Goal.PRESENT)).isInstanceOf(Outcome.Unreachable.class);
    }

    @ParameterizedTest
    @EnumSource(
            names = {
                "HANG",
                "CLOSE",
                "ERROR_500",
                "ERROR_503",
                "WEB_PAGE",
                "DONE_THEN_HANG",
                "DONE_THEN_CLOSE",
                "DONE_THEN_503",
                "DONE_THEN_HALF"
            })
    void aWriteWithoutAClearAnswerIsUnknownAndNeverSentAgain(Fault fault) throws Exception {
        var intent = intent();
        var steps = done(driver.observe(intent, Goal.PRESENT)).steps();
        clouds.neutron.failNext(fault, "POST", "/networks", 1);

        var outcome = driverFor(fault).apply(intent, steps, StepListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(clouds.neutron.writes()).isEqualTo(1);
        assertGoodWords(outcome);
        reach(intent, Goal.PRESENT);
        assertThat(clouds.neutron.networks()).hasSize(1);
        assertThat(clouds.neutron.subnets()).hasSize(1);
    }

    @Test
    void aWriteThatIsTurnedAwayForBusynessChangedNothing() throws Exception {
        var intent = intent();
        var steps = done(driver.observe(intent, Goal.PRESENT)).steps();
        clouds.neutron.failNext(Fault.BUSY, "POST", "/networks", 1);

        assertThat(driver.apply(intent, steps, StepListener.NONE)).isInstanceOf(Outcome.Unreachable.class);
    }

    @Test
    void whatFailsAfterAStepWasDoneIsNotSaidToHaveChangedNothing() throws Exception {
        var intent = intent();
        var steps = done(driver.observe(intent, Goal.PRESENT)).steps();
        clouds.neutron.failNext(Fault.BUSY, "POST", "/subnets", 1);

        assertThat(driver.apply(intent, steps, StepListener.NONE)).isInstanceOf(Outcome.Unknown.class);
    }

    @Test
    void aTokenRefusedInTheMiddleOfAWriteIsRenewedAndTheWriteDoneOnce() throws Exception {
        var intent = intent();
        var steps = done(driver.observe(intent, Goal.PRESENT)).steps();
        clouds.keystone.revokeTokens();

        done(driver.apply(intent, steps, StepListener.NONE));

        assertThat(clouds.neutron.networks()).hasSize(1);
    }

    @Test
    void aNeutronThatIsNotThereIsUnreachableEvenForAWrite() throws Exception {
        var intent = intent("Gone");
        try (var nobody = new ServerSocket(0)) {
            clouds.keystone.withRegion("Gone", URI.create("http://127.0.0.1:" + nobody.getLocalPort()));
        }

        var read = driver.observe(intent, Goal.PRESENT);
        var write = driver.apply(
                intent, List.of(new Step(Step.Action.DELETE, "network", "n1", List.of())), StepListener.NONE);

        assertThat(read).isInstanceOf(Outcome.Unreachable.class);
        assertThat(write).isInstanceOf(Outcome.Unreachable.class);
        assertThat(read.toString()).contains("neutron_unreachable", "region Gone");
    }

    @Test
    void aUserWithoutTheRightToProviderFieldsIsToldWhatIsMissing() throws Exception {
        var plain = new Credential.KeystonePassword("plain", "pw", "Default", "network-operations", "Default");
        clouds.keystone.withUser(plain, false);
        try (var modest =
                new OpenStackDriver(FakeClouds.credentials(plain), FakeClouds.PATIENT, InstantSource.system())) {
            var intent = intent();
            var steps = done(modest.observe(intent, Goal.PRESENT)).steps();
            var failure = refused(modest.apply(intent, steps, StepListener.NONE));
            assertThat(failure.code()).isEqualTo("neutron_forbidden");
            assertThat(failure.hint()).contains("provider networks");

            reach(intent, Goal.PRESENT);
            assertThat(refused(modest.observe(intent, Goal.PRESENT)).code()).isEqualTo("neutron_forbidden");
        }
    }

    @Test
    void aTenantsNetworkWithOurMarkIsNotOurs() throws Exception {
        var tenant = new Credential.KeystonePassword("tenant", "pw", "Default", "somebody", "Default");
        clouds.keystone.withUser(tenant, true);
        try (var other =
                new OpenStackDriver(FakeClouds.credentials(tenant), FakeClouds.PATIENT, InstantSource.system())) {
            reach(other, intent(), Goal.PRESENT);
        }

        assertThat(done(driver.observe(intent(), Goal.ABSENT)).steps()).isEmpty();
        var steps = done(driver.observe(intent(), Goal.PRESENT)).steps();
        assertThat(refused(driver.apply(intent(), steps, StepListener.NONE)).code())
                .isEqualTo("vlan_in_use");
    }

    @Test
    void aNetworkThatVanishesBetweenTheLookAndTheChangeIsLookedAtAgain() throws Exception {
        var gone = new Step(Step.Action.UPDATE, "network", "n1", List.of(new Step.FieldChange("mtu", "1300", "1400")));

        var outcome = driver.apply(intent(), List.of(gone), StepListener.NONE);

        assertThat(outcome).isInstanceOf(Outcome.Unknown.class);
        assertThat(outcome.toString()).contains("changed_meanwhile");
    }

    @Test
    void usedVlansAreReadThroughEveryPage() throws Exception {
        try (var operator = clouds.operator();
                var small = clouds.driver(FakeClouds.PATIENT.withSizes(2, 10, 100_000))) {
            var wanted = new HashSet<Integer>();
            for (int vlan = 2000; vlan < 2007; vlan++) {
                wanted.add(vlan);
                operator.create("networks", vlanNetwork(vlan));
                operator.create("networks", java.util.Map.of("name", "overlay"));
            }

            assertThat(done(small.usedVlans(clouds.cloud()))).isEqualTo(wanted);
        }
    }

    @Test
    void aListWithoutEndIsNotReadForEver() throws Exception {
        try (var operator = clouds.operator();
                var small = clouds.driver(FakeClouds.PATIENT.withSizes(1, 3, 100_000))) {
            for (int vlan = 2000; vlan < 2005; vlan++) {
                operator.create("networks", vlanNetwork(vlan));
            }

            assertThat(refused(small.usedVlans(clouds.cloud())).code()).isEqualTo("neutron_too_large");
        }
    }

    @Test
    void anAnswerThatIsTooLargeIsNotRead() throws Exception {
        try (var operator = clouds.operator();
                var small = clouds.driver(FakeClouds.PATIENT.withSizes(500, 3, 2048))) {
            for (int vlan = 2000; vlan < 2040; vlan++) {
                operator.create("networks", vlanNetwork(vlan));
            }

            assertThat(small.usedVlans(clouds.cloud())).isInstanceOf(Outcome.Unreachable.class);
        }
    }

    @Test
    void lookingCostsOneRequestWhereNothingIsAndTwoWhereTheNetworkIs() throws Exception {
        var intent = intent();
        clouds.neutron.forgetRequests();
        var steps = done(driver.observe(intent, Goal.PRESENT)).steps();
        assertThat(clouds.neutron.requestCount()).isEqualTo(1);

        done(driver.apply(intent, steps, StepListener.NONE));
        assertThat(clouds.neutron.requestCount()).isEqualTo(3);

        done(driver.observe(intent, Goal.PRESENT));
        assertThat(clouds.neutron.requestCount()).isEqualTo(5);

        done(driver.apply(intent, done(driver.observe(intent, Goal.ABSENT)).steps(), StepListener.NONE));
        assertThat(clouds.neutron.requestCount()).isEqualTo(7);
    }

    @Test
    void theCallersRequestIdGoesWithEveryRequest() throws Exception {
        var id = "req-" + new UUID(1, 2);
        ScopedValue.where(RequestId.CURRENT, id).call(() -> driver.observe(intent(), Goal.PRESENT));
        ScopedValue.where(RequestId.CURRENT, "not an id\r\nX-Evil: 1")
                .call(() -> driver.observe(intent(), Goal.PRESENT));

        assertThat(clouds.neutron.requests())
                .extracting(request -> request.header("x-openstack-request-id"))
                .containsExactly(id, "");
    }

    @Test
    void anInterruptEndsTheCall() throws Exception {
        try (var patient = clouds.driver(OpenStackOptions.DEFAULTS)) {
            done(patient.observe(intent(), Goal.PRESENT));
            clouds.neutron.failNext(Fault.HANG, 1);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> patient.observe(intent(), Goal.PRESENT)).isInstanceOf(InterruptedException.class);
        }
    }

    /** Whatever goes wrong at whichever request, looking and applying again ends with exactly one network, then with none. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everyFaultIsOvercomeAndNothingIsMadeTwice(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        var faults = Fault.values();
        for (int round = 0; round < 6; round++) {
            var intent = intent();
            for (var goal : List.of(Goal.PRESENT, Goal.ABSENT)) {
                int silent = 0;
                for (int count = random.nextInt(1, 4); count > 0; count--) {
                    var fault = faults[random.nextInt(faults.length)];
                    if (fault.isSilent() && silent++ > 0) {
                        continue;
                    }
                    clouds.neutron.failOnce(fault, random.nextInt(0, 4));
                }
                if (random.nextInt(4) == 0) {
                    clouds.keystone.revokeTokens();
                }
                settle(intent, goal);
                clouds.neutron.failNoMore();
                assertThat(done(driver.observe(intent, goal)).steps())
                        .as("round %d, %s", round, goal)
                        .isEmpty();
                assertThat(clouds.neutron.networks()).hasSize(goal == Goal.PRESENT ? 1 : 0);
                assertThat(clouds.neutron.subnets()).hasSize(goal == Goal.PRESENT ? 1 : 0);
            }
        }
    }

    private OpenStackDriver driverFor(Fault fault) {
        return fault.isSilent() ? hasty : driver;
    }

    private void settle(ProviderNetwork intent, Goal goal) throws InterruptedException {
        for (int attempt = 0; attempt < 20; attempt++) {
            if (hasty.observe(intent, goal) instanceof Outcome.Done<io.isthmus.southbound.Observed>(var observed)) {
                if (observed.goalReached()) {
                    return;
                }
                var outcome = hasty.apply(intent, observed.steps(), StepListener.NONE);
                if (outcome instanceof Outcome.Refused<?>(var failure)) {
                    assertThat(failure.code())
                            .as("only a second 401 is a refusal")
                            .isEqualTo("credential_refused");
                }
            }
        }
        throw new AssertionError("not settled after 20 attempts: " + goal);
    }

    private void reach(ProviderNetwork intent, Goal goal) throws InterruptedException {
        reach(driver, intent, goal);
    }

    private static void reach(OpenStackDriver driver, ProviderNetwork intent, Goal goal) throws InterruptedException {
        done(driver.apply(intent, done(driver.observe(intent, goal)).steps(), StepListener.NONE));
        assertThat(done(driver.observe(intent, goal)).steps()).isEmpty();
    }

    private void assertGoodWords(Outcome<?> outcome) {
        var failure = switch (outcome) {
            case Outcome.Unreachable<?>(var why) -> why;
            case Outcome.Unknown<?>(var why) -> why;
            case Outcome.Refused<?>(var why) -> why;
            case Outcome.Done<?> _ -> new Failure("", "", "");
        };
        assertThat(failure.detail()).startsWith("region RegionB: Neutron at 127.0.0.1:");
        assertThat(failure.hint()).isNotBlank();
        assertThat(failure.toString()).doesNotContain("token-", "open-sesame");
    }

    private static java.util.Map<String, Object> vlanNetwork(int vlan) {
        return java.util.Map.of(
                "provider:network_type",
                "vlan",
                "provider:physical_network",
                FakeClouds.PHYSICAL_NETWORK,
                "provider:segmentation_id",
                vlan);
    }

    private ProviderNetwork intent() {
        return intent(FakeClouds.REGION);
    }

    private ProviderNetwork intent(String region) {
        return new ProviderNetwork(
                clouds.cloud(region),
                new ConnectionId(new UUID(7, 7)),
                "isthmus connection 7",
                "isthmus-7",
                2200,
                1400,
                new Cidr("10.99.0.0/24"),
                new AddressRange(new IpAddress("10.99.0.10"), new IpAddress("10.99.0.99")),
                Optional.empty(),
                false);
    }
}
