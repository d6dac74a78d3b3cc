package io.isthmus.server.keystone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.server.api.Caller;
import io.isthmus.server.api.Problem;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import io.isthmus.southbound.openstack.Fault;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KeystoneAuthenticationTest {
    private static final Credential.KeystonePassword SERVICE =
            new Credential.KeystonePassword("isthmus", "secret", "Default", "service", "Default");

    private volatile Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private final InstantSource clock = () -> now;
    private final FakeKeystone keystone = new FakeKeystone(clock).withUser(SERVICE, true);
    private KeystoneAuthentication authentication = remembering(Duration.ofSeconds(60), SERVICE);

    private KeystoneAuthentication remembering(Duration time, Credential credential) {
        return new KeystoneAuthentication(
                new KeystoneSettings(keystone.authUrl(), "c1", time), id -> Optional.of(credential), clock);
    }

    @AfterEach
    void stop() {
        authentication.close();
        keystone.close();
    }

    private Caller caller(String token) {
        return authentication.authenticate(
                name -> name.equalsIgnoreCase("X-Auth-Token") ? Optional.of(token) : Optional.empty());
    }

    @Test
    void aTokenTellsUserProjectAndRoles() {
        assertThat(caller(keystone.tokenOf("ann", "p1", "member", "reader")))
                .isEqualTo(new Caller("p1", "id-of-ann", Set.of("member", "reader"), false));
        assertThat(caller(keystone.systemTokenOf("root", "admin")))
                .isEqualTo(new Caller("", "id-of-root", Set.of("admin"), true));
    }

    @Test
    void aTokenIsValidatedOnceAMinute() {
        var token = keystone.tokenOf("ann", "p1", "member");
        for (int request = 0; request < 10; request++) {
            caller(token);
            now = now.plusSeconds(5);
        }
        assertThat(keystone.validations()).isEqualTo(1);
        now = now.plusSeconds(11);
        caller(token);
        assertThat(keystone.validations()).isEqualTo(2);
        assertThat(keystone.tokensIssued()).as("of callers and of the node").isEqualTo(2);
    }

    @Test
    void aRevokedTokenStopsWorkingWithinTheTimeItIsRemembered() {
        var token = keystone.tokenOf("ann", "p1", "member");
        caller(token);
        keystone.revoke(token);
        now = now.plusSeconds(59);
        caller(token);
        now = now.plusSeconds(2);
        assertThatThrownBy(() -> caller(token)).isInstanceOf(Problem.Unauthorized.class);
    }

    @Test
    void aNodeThatRemembersNothingHonoursARevocationAtOnce() {
        authentication.close();
        authentication = remembering(Duration.ZERO, SERVICE);
        var token = keystone.tokenOf("ann", "p1", "member");
        caller(token);
        keystone.revoke(token);
        assertThatThrownBy(() -> caller(token)).isInstanceOf(Problem.Unauthorized.class);
    }

    @Test
    void aTokenIsNotRememberedBeyondItsExpiry() {
        keystone.withTokenLife(Duration.ofSeconds(10));
        var token = keystone.tokenOf("ann", "p1", "member");
        caller(token);
        now = now.plusSeconds(11);
        assertThatThrownBy(() -> caller(token)).isInstanceOf(Problem.Unauthorized.class);
    }

    @Test
    void aRefusedTokenIsNotAskedAboutAgainAtOnceAndIsNotRepeatedInTheRefusal() {
        for (int request = 0; request < 5; request++) {
            assertThatThrownBy(() -> caller("gAAAAA-guess"))
                    .isInstanceOf(Problem.Unauthorized.class)
                    .hasMessageNotContaining("guess");
        }
        assertThat(keystone.validations()).isEqualTo(1);
        now = now.plusSeconds(6);
        assertThatThrownBy(() -> caller("gAAAAA-guess")).isInstanceOf(Problem.Unauthorized.class);
        assertThat(keystone.validations()).isEqualTo(2);
    }

    @Test
    void whatCannotBeATokenNeverReachesKeystone() {
        for (var text : new String[] {"a b", "ü", "x".repeat(9_000), "a\tb"}) {
            assertThatThrownBy(() -> caller(text)).isInstanceOf(Problem.Unauthorized.class);
        }
        assertThatThrownBy(() -> caller(" ")).isInstanceOf(Problem.Unauthorized.class);
        assertThat(keystone.validations()).isZero();
    }

    @Test
    void manyRequestsWithOneTokenAskKeystoneOnce() throws Exception {
        keystone.latency(Duration.ofMillis(200));
        var token = keystone.tokenOf("ann", "p1", "member");
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<Caller>>();
            for (int request = 0; request < 50; request++) {
                answers.add(threads.submit(() -> caller(token)));
            }
            for (var answer : answers) {
                assertThat(answer.get().projectId()).isEqualTo("p1");
            }
        }
        assertThat(keystone.validations()).isEqualTo(1);
    }

    @Test
    void tokensWithoutAScopeHereAreRefusedWithAdvice() {
        for (var scope : new Map<?, ?>[] {Map.of(), Map.of("domain", Map.of("id", "default"))}) {
            @SuppressWarnings("unchecked")
            var token = keystone.tokenOf("ann", (Map<String, Object>) scope, "admin");
            assertThatThrownBy(() -> caller(token)).isInstanceOfSatisfying(Problem.Forbidden.class, problem -> {
                assertThat(problem.code().word()).isEqualTo("wrong_scope");
                assertThat(problem.hint()).contains("OS_PROJECT_NAME");
            });
        }
    }

    @Test
    void aNodeWhoseOwnTokenWasRevokedGetsANewOne() {
        caller(keystone.tokenOf("ann", "p1", "member"));
        keystone.revokeTokens();
        assertThat(caller(keystone.tokenOf("bob", "p1", "member")).userId()).isEqualTo("id-of-bob");
    }

    @Test
    void rememberedTokensOutliveAnOutageOfKeystone() {
        var token = keystone.tokenOf("ann", "p1", "member");
        caller(token);
        keystone.close();
        caller(token);
        now = now.plusSeconds(61);
        assertUnavailable(token, "answers");
    }

    @Test
    void anErrorOfKeystoneIsNoRefusal() {
        var token = keystone.tokenOf("ann", "p1", "member");
        caller(keystone.tokenOf("bob", "p1", "member"));
        keystone.failNext(Fault.ERROR_500, 2);
        assertUnavailable(token, "log");
        now = now.plusSeconds(2);
        assertThat(caller(token).userId()).isEqualTo("id-of-ann");
        keystone.failNext(Fault.WEB_PAGE, 1);
        assertUnavailable(keystone.tokenOf("cid", "p1", "member"), "Keystone v3");
    }

    @Test
    void aServiceUserWithoutTheRightSaysWhatItNeeds() {
        var weak = new Credential.KeystonePassword("weak", "secret", "Default", "service", "Default");
        keystone.withUser(weak, false);
        authentication.close();
        authentication = remembering(Duration.ofSeconds(60), weak);
        assertUnavailable(keystone.tokenOf("ann", "p1", "member"), "role service or admin");
    }

    @Test
    void aServiceUserWithAWrongPasswordIsNotTheCallersFault() {
        authentication.close();
        authentication = remembering(
                Duration.ofSeconds(60),
                new Credential.KeystonePassword("isthmus", "wrong", "Default", "service", "Default"));
        assertUnavailable(keystone.tokenOf("ann", "p1", "member"), "c1");
    }

    @Test
    void anApplicationCredentialIsEnough() {
        var application = new Credential.ApplicationCredential("ac1", "secret");
        keystone.withApplicationCredential(application, "service");
        authentication.close();
        authentication = remembering(Duration.ofSeconds(60), application);
        assertThat(caller(keystone.tokenOf("ann", "p1", "reader")).roles()).containsExactly("reader");
    }

    @Test
    void wrongSettingsAreSeenAtStart() {
        var url = keystone.authUrl();
        assertThatThrownBy(() -> new KeystoneAuthentication(
                        new KeystoneSettings(url, "c1", Duration.ZERO), id -> Optional.empty(), clock))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("c1");
        assertThatThrownBy(() -> new KeystoneSettings(url, "c1", Duration.ofSeconds(61)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new KeystoneSettings(URI.create("http://u:p@h:5000/v3"), "c1", Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("u:p");
    }

    private void assertUnavailable(String token, String hint) {
        assertThatThrownBy(() -> caller(token)).isInstanceOfSatisfying(Problem.Unavailable.class, problem -> {
            assertThat(problem.code().word()).isEqualTo("keystone_unavailable");
            assertThat(problem.hint()).containsIgnoringCase(hint);
            assertThat(problem.detail() + problem.hint()).doesNotContain(token, "secret");
        });
    }
}
