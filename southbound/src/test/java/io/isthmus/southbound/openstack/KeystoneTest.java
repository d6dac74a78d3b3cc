package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static io.isthmus.southbound.openstack.CloudDriverContract.refused;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.Outcome;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How the driver gets its tokens and finds its Neutron. */
class KeystoneTest {
    private FakeClouds clouds;
    private OpenStackDriver driver;

    @BeforeEach
    void start() {
        clouds = new FakeClouds();
        driver = clouds.driver(FakeClouds.PATIENT);
    }

    @AfterEach
    void stop() {
        driver.close();
        clouds.close();
    }

    @Test
    void aTokenServesManyCalls() throws Exception {
        for (int call = 0; call < 5; call++) {
            done(driver.usedVlans(clouds.cloud()));
        }

        assertThat(clouds.keystone.tokensIssued()).isEqualTo(1);
    }

    @Test
    void manyCallsAtOnceAskForOneToken() throws Exception {
        var calls = new ArrayList<Future<Outcome<Set<Integer>>>>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int call = 0; call < 30; call++) {
                calls.add(threads.submit(() -> driver.usedVlans(clouds.cloud())));
            }
        }

        for (var call : calls) {
            done(call.get());
        }
        assertThat(clouds.keystone.tokensIssued()).isEqualTo(1);
    }

    @Test
    void aTokenIsRenewedBeforeItExpires() throws Exception {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
        InstantSource clock = now::get;
        try (var timed = new FakeClouds(clock);
                var timedDriver =
                        new OpenStackDriver(FakeClouds.credentials(FakeClouds.USER), FakeClouds.PATIENT, clock)) {
            timed.keystone.withTokenLife(Duration.ofMinutes(60));
            done(timedDriver.usedVlans(timed.cloud()));
            now.set(now.get().plus(Duration.ofMinutes(57)));
            done(timedDriver.usedVlans(timed.cloud()));
            assertThat(timed.keystone.tokensIssued()).isEqualTo(1);

            now.set(now.get().plus(Duration.ofMinutes(1)));
            done(timedDriver.usedVlans(timed.cloud()));
            assertThat(timed.keystone.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void aServiceThatTheCatalogueLackedIsLookedForAnewButNotWithEveryCall() throws Exception {
        var now = new AtomicReference<>(Instant.parse("2026-03-01T00:00:00Z"));
        InstantSource clock = now::get;
        try (var timed = new FakeClouds(clock);
                var timedDriver =
                        new OpenStackDriver(FakeClouds.credentials(FakeClouds.USER), FakeClouds.PATIENT, clock)) {
            assertThat(refused(timedDriver.servers(timed.cloud(), "vnf")).code())
                    .isEqualTo("compute_missing");
            timed.keystone.withEndpoint("compute", "nova", FakeClouds.REGION, "public", "http://127.0.0.1:1/v2.1");
            assertThat(refused(timedDriver.servers(timed.cloud(), "vnf")).code())
                    .isEqualTo("compute_missing");
            assertThat(timed.keystone.tokensIssued()).isEqualTo(1);

            now.set(now.get().plusSeconds(20));
            assertThat(timedDriver.servers(timed.cloud(), "vnf"))
                    .isInstanceOfSatisfying(
                            Outcome.Unreachable.class,
                            it -> assertThat(it.failure().code()).isEqualTo("compute_unreachable"));
            assertThat(timed.keystone.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void aRevokedTokenIsRenewedOnceAndTheCallGoesThrough() throws Exception {
        done(driver.usedVlans(clouds.cloud()));
        clouds.keystone.revokeTokens();

        done(driver.usedVlans(clouds.cloud()));

        assertThat(clouds.keystone.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aNeutronThatRefusesEveryTokenIsReportedAfterTheSecond() throws Exception {
        clouds.neutron.failNext(Fault.UNAUTHORIZED, 2);

        var failure = refused(driver.usedVlans(clouds.cloud()));

        assertThat(failure.code()).isEqualTo("credential_refused");
        assertThat(clouds.keystone.tokensIssued()).isEqualTo(2);
    }

    @Test
    void anApplicationCredentialOpensTheCloudToo() throws Exception {
        var credential = new Credential.ApplicationCredential("app-1", "a-long-secret");
        clouds.keystone.withApplicationCredential(credential, "network-operations");
        try (var other =
                new OpenStackDriver(FakeClouds.credentials(credential), FakeClouds.PATIENT, InstantSource.system())) {
            done(other.usedVlans(clouds.cloud()));
        }
    }

    @Test
    void aChangedCredentialIsUsedAtOnce() throws Exception {
        var held = new AtomicReference<Credential>(FakeClouds.USER);
        var other = new Credential.KeystonePassword("other", "p2", "Default", "network-operations", "Default");
        clouds.keystone.withUser(other, true);
        try (var changing =
                new OpenStackDriver(id -> Optional.of(held.get()), FakeClouds.PATIENT, InstantSource.system())) {
            done(changing.usedVlans(clouds.cloud()));
            held.set(other);
            done(changing.usedVlans(clouds.cloud()));
        }
        assertThat(clouds.keystone.tokensIssued()).isEqualTo(2);
    }

    @Test
    void aWrongPasswordIsRefusedAndNeverShown() throws Exception {
        var wrong = new Credential.KeystonePassword("isthmus", "top-secret-9", "Default", "x", "Default");
        try (var other =
                new OpenStackDriver(FakeClouds.credentials(wrong), FakeClouds.PATIENT, InstantSource.system())) {
            var failure = refused(other.usedVlans(clouds.cloud()));

            assertThat(failure.code()).isEqualTo("credential_refused");
            assertThat(failure.detail()).contains("RegionB", "127.0.0.1", "isthmus (***)");
            assertThat(failure.toString()).doesNotContain("top-secret-9");
        }
    }

    @Test
    void aCredentialThatTheNodeDoesNotHoldIsNamed() throws Exception {
        try (var bare = new OpenStackDriver(id -> Optional.empty(), FakeClouds.PATIENT, InstantSource.system())) {
            var failure = refused(bare.usedVlans(clouds.cloud()));

            assertThat(failure.code()).isEqualTo("credential_missing");
            assertThat(failure.detail()).contains("fake");
        }
    }

    @Test
    void aRegionThatTheCatalogueLacksIsRefusedWithThoseThatItHas() throws Exception {
        clouds.keystone.withRegion("RegionA", clouds.neutron.url());

        var failure = refused(driver.usedVlans(clouds.cloud("Atlantis")));

        assertThat(failure.code()).isEqualTo("region_not_in_catalog");
        assertThat(failure.detail()).contains("Atlantis", "RegionA, RegionB");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v2.0", "/v2.0/"})
    void theCataloguesUrlMayNameTheVersionOrNot(String ending) throws Exception {
        clouds.keystone.withRegion("Other", URI.create(clouds.neutron.url() + ending));

        done(driver.usedVlans(clouds.cloud("Other")));
    }

    @ParameterizedTest
    @EnumSource(names = {"CLOSE", "ERROR_500", "ERROR_503", "BUSY"})
    void aTokenIsAskedForAgainWhenKeystoneStumbles(Fault fault) throws Exception {
        clouds.keystone.failNext(fault, 1);

        done(driver.usedVlans(clouds.cloud()));
    }

    @Test
    void aKeystoneThatStaysBrokenIsUnreachableAfterBoundedAttempts() throws Exception {
        clouds.keystone.failNext(Fault.ERROR_503, 100);

        var outcome = driver.usedVlans(clouds.cloud());

        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        assertThat(outcome.toString()).contains("keystone_error");
        assertThat(clouds.keystone.requests()).hasSize(3);
    }

    @Test
    void aSilentKeystoneIsUnreachable() throws Exception {
        clouds.keystone.failNext(Fault.HANG, 100);
        try (var quick = clouds.driver(FakeClouds.QUICK)) {
            var outcome = quick.usedVlans(clouds.cloud());

            assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
            assertThat(outcome.toString()).contains("keystone_unreachable");
        }
    }

    @Test
    void waitersShareTheFailureOfTheOneWhoAsked() throws Exception {
        clouds.keystone.failNext(Fault.HANG, 100);
        List<Future<Outcome<Set<Integer>>>> calls = new ArrayList<>();
        try (var quick = clouds.driver(FakeClouds.QUICK);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int call = 0; call < 20; call++) {
                calls.add(threads.submit(() -> quick.usedVlans(clouds.cloud())));
            }
            for (var call : calls) {
                assertThat(call.get()).isInstanceOf(Outcome.Unreachable.class);
            }
        }
        assertThat(clouds.keystone.requests()).hasSizeLessThan(5);
    }

    @Test
    void aKeystoneThatIsNotThereIsUnreachable() throws Exception {
        int port;
        try (var nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        for (var url : List.of("http://127.0.0.1:" + port + "/v3", "http://no-such-host.invalid:5000/v3")) {
            var outcome = driver.usedVlans(new Cloud(
                    CloudKind.REGION,
                    URI.create(url),
                    FakeClouds.REGION,
                    Optional.empty(),
                    FakeClouds.PHYSICAL_NETWORK,
                    FakeClouds.VLANS,
                    "fake"));

            assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
            assertThat(outcome.toString()).contains("keystone_unreachable");
        }
    }

    @Test
    void anAddressThatIsNoKeystoneIsRefusedWithAHint() throws Exception {
        var failure = refused(driver.usedVlans(new Cloud(
                CloudKind.REGION,
                URI.create(clouds.keystone.authUrl() + "/oops"),
                FakeClouds.REGION,
                Optional.empty(),
                FakeClouds.PHYSICAL_NETWORK,
                FakeClouds.VLANS,
                "fake")));

        assertThat(failure.code()).isEqualTo("keystone_rejected");
        assertThat(failure.hint()).contains("auth_url");
    }
}
