package io.isthmus.southbound.openstack;

import static io.isthmus.southbound.openstack.CloudDriverContract.done;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.EndpointInterface;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.openstack.FakeServer.Reply;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What stands between a node and a cloud: addresses, versions, TLS, clocks. Each misfit is told for what it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReachingCloudsTest {
    private TestCertificate certificate;
    private TestCertificate ofAnotherName;
    private FakeKeystone secureKeystone;
    private FakeNeutron secureNeutron;
    private OpenStackDriver driver;

    @BeforeAll
    void start(@TempDir Path folder) throws Exception {
        certificate = TestCertificate.of(folder, "ip:127.0.0.1");
        ofAnotherName = TestCertificate.of(folder, "dns:elsewhere.example");
        secureKeystone = new FakeKeystone(InstantSource.system(), Optional.of(certificate.server()))
                .withUser(FakeClouds.USER, true);
        secureNeutron = new FakeNeutron(secureKeystone, FakeClouds.PHYSICAL_NETWORK, Optional.of(certificate.server()));
        secureKeystone.withRegion(FakeClouds.REGION, secureNeutron.url());
        driver = new OpenStackDriver(
                FakeClouds.credentials(FakeClouds.USER), FakeClouds.PATIENT, InstantSource.system());
    }

    @AfterAll
    void stop() {
        driver.close();
        secureNeutron.close();
        secureKeystone.close();
    }

    private static Cloud cloud(URI authUrl, Optional<String> caCertificate) {
        return cloud(authUrl, caCertificate, Optional.empty(), Optional.empty());
    }

    private static Cloud cloud(
            URI authUrl,
            Optional<String> caCertificate,
            Optional<EndpointInterface> endpointInterface,
            Optional<URI> override) {
        return new Cloud(
                CloudKind.INSTANCE,
                authUrl,
                FakeClouds.REGION,
                Optional.empty(),
                endpointInterface,
                Optional.empty(),
                override,
                caCertificate,
                FakeClouds.PHYSICAL_NETWORK,
                FakeClouds.VLANS,
                "fake");
    }

    private Failure unreachable(Cloud cloud) throws InterruptedException {
        var outcome = driver.usedVlans(cloud);
        assertThat(outcome).isInstanceOf(Outcome.Unreachable.class);
        var failure = ((Outcome.Unreachable<?>) outcome).failure();
        assertThat(failure.toString()).doesNotContain("open-sesame");
        return failure;
    }

    @Test
    void aCloudWithACertificateAuthorityOfItsOwnIsTrustedByIt() throws Exception {
        done(driver.usedVlans(cloud(secureKeystone.authUrl(), Optional.of(certificate.pem()))));
    }

    @Test
    void withoutItTheCloudIsNotTrustedAndTheErrorSaysWhatToDo() throws Exception {
        var failure = unreachable(cloud(secureKeystone.authUrl(), Optional.empty()));

        assertThat(failure.code()).isEqualTo("tls_untrusted");
        assertThat(failure.detail()).contains("Keystone at 127.0.0.1", "issuer is not trusted");
        assertThat(failure.hint()).contains("ca_certificate");
    }

    @Test
    void anotherAuthorityIsNoHelp() throws Exception {
        assertThat(unreachable(cloud(secureKeystone.authUrl(), Optional.of(ofAnotherName.pem())))
                        .code())
                .isEqualTo("tls_untrusted");
    }

    @Test
    void aCertificateForAnotherNameIsNotTaken() throws Exception {
        try (var server = new FakeServer(request -> Reply.empty(204), Optional.of(ofAnotherName.server()))) {
            var failure = unreachable(cloud(server.url(), Optional.of(ofAnotherName.pem())));

            assertThat(failure.code()).isEqualTo("tls_untrusted");
            assertThat(failure.detail()).contains("another name");
            assertThat(server.requests()).isEmpty();
        }
    }

    @Test
    void theTrustOfOneSiteIsNotLentToAnother() throws Exception {
        done(driver.usedVlans(cloud(secureKeystone.authUrl(), Optional.of(certificate.pem()))));

        assertThat(unreachable(cloud(secureKeystone.authUrl(), Optional.empty()))
                        .code())
                .isEqualTo("tls_untrusted");
    }

    @Test
    void httpWhereTheKeystoneSpeaksTlsIsToldForWhatItIs() throws Exception {
        var plain = URI.create(secureKeystone.authUrl().toString().replace("https:", "http:"));
        var failure = unreachable(cloud(plain, Optional.empty()));

        assertThat(failure.code()).isEqualTo("wrong_scheme");
        assertThat(failure.detail()).contains("speaks TLS");
        assertThat(failure.hint()).contains("https://");
    }

    @Test
    void httpsWhereTheKeystoneSpeaksPlainHttpIsToldForWhatItIs() throws Exception {
        try (var clouds = new FakeClouds()) {
            var secure = URI.create(clouds.keystone.authUrl().toString().replace("http:", "https:"));
            var failure = unreachable(cloud(secure, Optional.empty()));

            assertThat(failure.code()).isEqualTo("wrong_scheme");
            assertThat(failure.detail()).contains("speaks plain HTTP");
            assertThat(failure.hint()).contains("http://");
        }
    }

    @Test
    void aCatalogueWithTheWrongSchemeForNeutronIsToldToo() throws Exception {
        var wrong = URI.create(secureNeutron.url().toString().replace("https:", "http:"));
        var failure = unreachable(
                cloud(secureKeystone.authUrl(), Optional.of(certificate.pem()), Optional.empty(), Optional.of(wrong)));

        assertThat(failure.code()).isEqualTo("wrong_scheme");
        assertThat(failure.detail()).contains("Neutron at 127.0.0.1", "speaks TLS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<html><center>The plain HTTP request was sent to HTTPS port</center></html>",
                "Bad Request: You're speaking plain HTTP to an SSL-enabled server port.",
                "Client sent an HTTP request to an HTTPS server.\n"
            })
    void serversThatExplainThemselvesInPlainWordsAreUnderstood(String words) throws Exception {
        try (var proxy = new FakeServer(request -> new Reply(400, Map.of(), words))) {
            assertThat(unreachable(cloud(proxy.url(), Optional.empty())).code()).isEqualTo("wrong_scheme");
        }
    }

    @Test
    void aRedirectIsToldAndNeverFollowedWithTheCredential() throws Exception {
        try (var elsewhere = new FakeServer(request -> Reply.empty(204));
                var proxy = new FakeServer(request ->
                        new Reply(301, Map.of("Location", elsewhere.url() + "/v3/auth/tokens?x=secret"), ""))) {
            var failure = unreachable(cloud(proxy.url(), Optional.empty()));

            assertThat(failure.code()).isEqualTo("redirected");
            assertThat(failure.detail())
                    .contains(elsewhere.url() + "/v3/auth/tokens")
                    .doesNotContain("secret");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/v3", "/v3/", "", "/"})
    void theAuthUrlMayNameTheVersionOrNot(String ending) throws Exception {
        try (var clouds = new FakeClouds()) {
            done(driver.usedVlans(cloud(URI.create(clouds.keystone.root() + ending), Optional.empty())));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "/v3"})
    void aKeystoneThatIsElsewhereOnItsServerIsFoundByItsDiscoveryDocument(String ending) throws Exception {
        try (var clouds = new FakeClouds()) {
            clouds.keystone.under("/identity/v3");
            var known = clouds.keystone.requests().size();
            done(driver.usedVlans(cloud(URI.create(clouds.keystone.root() + ending), Optional.empty())));
            assertThat(clouds.keystone.requests()).hasSize(known + 3);

            clouds.keystone.revokeTokens();
            done(driver.usedVlans(cloud(URI.create(clouds.keystone.root() + ending), Optional.empty())));
            assertThat(clouds.keystone.requests()).as("it is remembered").hasSize(known + 4);
        }
    }

    @Test
    void aDiscoveryDocumentDoesNotLeadTheCredentialToAnotherServer() throws Exception {
        try (var elsewhere = new FakeServer(request -> Reply.empty(204));
                var clouds = new FakeClouds()) {
            clouds.keystone.under("/identity/v3", elsewhere.url() + "/v3");
            var outcome = driver.usedVlans(cloud(clouds.keystone.root(), Optional.empty()));

            assertThat(outcome).isInstanceOf(Outcome.Refused.class);
            assertThat(outcome.toString()).contains("keystone_rejected", "auth_url");
            assertThat(elsewhere.requests()).isEmpty();
        }
    }

    @Test
    void theInterfaceThatTheSiteNamesIsUsed() throws Exception {
        try (var clouds = new FakeClouds()) {
            clouds.keystone.withEndpoint(
                    "network",
                    "neutron",
                    FakeClouds.REGION,
                    "admin",
                    clouds.neutron.url().toString());
            clouds.neutron.forgetRequests();
            done(driver.usedVlans(cloud(
                    clouds.keystone.authUrl(),
                    Optional.empty(),
                    Optional.of(EndpointInterface.ADMIN),
                    Optional.empty())));
            assertThat(clouds.neutron.requestCount()).isPositive();
        }
    }

    /** However wrong the node's date or the cloud's is, a token serves as long as Keystone said that it would. */
    @ParameterizedTest
    @ValueSource(longs = {-10L * 365 * 86_400, -7_200, 7_200, 10L * 365 * 86_400})
    void theCloudsClockMayDifferFromTheNodes(long seconds) throws Exception {
        try (var clouds = new FakeClouds(() -> Instant.now().plusSeconds(seconds));
                var steady = new OpenStackDriver(
                        FakeClouds.credentials(FakeClouds.USER), FakeClouds.PATIENT, new SteadyClock())) {
            for (int call = 0; call < 3; call++) {
                done(steady.usedVlans(clouds.cloud()));
            }
            assertThat(clouds.keystone.tokensIssued()).isEqualTo(1);
        }
    }

    @Test
    void aTokenThatExpiresBetweenTwoRequestsOfACallIsRenewed() throws Exception {
        try (var clouds = new FakeClouds();
                var steady = new OpenStackDriver(
                        FakeClouds.credentials(FakeClouds.USER), FakeClouds.PATIENT, new SteadyClock())) {
            done(steady.usedVlans(clouds.cloud()));
            clouds.keystone.withTokenLife(Duration.ofMinutes(5)).revokeTokens();
            done(steady.usedVlans(clouds.cloud()));
            assertThat(clouds.keystone.tokensIssued()).isEqualTo(2);
        }
    }

    @Test
    void theSteadyClockOnlyGoesForward() {
        var clock = new SteadyClock();
        var before = clock.instant();
        for (int look = 0; look < 1_000; look++) {
            var now = clock.instant();
            assertThat(now).isAfterOrEqualTo(before);
            before = now;
        }
    }
}
