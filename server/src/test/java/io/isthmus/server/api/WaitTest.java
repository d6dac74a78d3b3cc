package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.side.StepError;
import io.isthmus.server.keystone.KeystoneAuthentication;
import io.isthmus.server.keystone.KeystoneSettings;
import io.isthmus.southbound.Credential;
import io.isthmus.southbound.openstack.FakeKeystone;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Requests that wait are answered whatever happens meanwhile. */
@Timeout(60)
final class WaitTest extends ApiTest {
    private static final Credential.KeystonePassword SERVICE =
            new Credential.KeystonePassword("isthmus", "secret", "Default", "service", "Default");

    private final FakeKeystone keystone = new FakeKeystone().withUser(SERVICE, true);
    private final KeystoneAuthentication authentication = new KeystoneAuthentication(
            new KeystoneSettings(keystone.authUrl(), "c1", Duration.ZERO),
            id -> Optional.of(SERVICE),
            InstantSource.system());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final String token = keystone.tokenOf("ann", "p1", "admin");
    private String path = "";

    @Override
    Authentication authentication() {
        return authentication;
    }

    @Override
    ApiLimits limits() {
        return new ApiLimits(0, 1, 5, 3, Duration.ofMillis(50));
    }

    @BeforeEach
    void connection() {
        for (var id : new String[] {"b", "d"}) {
            post("/v1/sites", site(id), "X-Auth-Token", token).with(201);
        }
        path = "/v1/connections/"
                + post("/v1/connections", bToD(), "X-Auth-Token", token)
                        .with(202)
                        .text("id");
    }

    @AfterEach
    void stopKeystone() {
        threads.close();
        authentication.close();
        keystone.close();
    }

    private ConnectionId id() {
        return new ConnectionId(UUID.fromString(path.substring(path.lastIndexOf('/') + 1)));
    }

    private Future<Answer> waitFor(String status) {
        Callable<Answer> ask = () -> get(path + "?wait=" + status + "&timeout_s=30", "X-Auth-Token", token);
        return threads.submit(ask);
    }

    @Test
    void whoWaitsForADeletionIsToldWhenItIsGone() throws Exception {
        delete(path, "X-Auth-Token", token).with(202);
        var waiting = waitFor("deleted");
        stores.connections().forget(id(), Instant.now());
        waiting.get().isProblem(404, "connection_not_found", "");
    }

    @Test
    void whoWaitsForActiveIsToldOfAFailure() throws Exception {
        var waiting = waitFor("active");
        stores.connections().start(id(), Optional.empty(), Instant.now());
        stores.connections()
                .fail(id(), new StepError("reserve", "no_path", "none", "add a link", Instant.now()), Instant.now());
        assertThat(waiting.get().with(200).text("status")).isEqualTo("error");
    }

    @Test
    void whoWaitsWithATokenThatIsRevokedIsNotKeptWaiting() throws Exception {
        var waiting = waitFor("active");
        keystone.revoke(token);
        waiting.get().isProblem(401, "unauthenticated", "");
    }

    @Test
    void whenTheTimeIsUpTheObjectTellsHowFarItIs() {
        var answer = get(path + "?wait=active&timeout_s=0", "X-Auth-Token", token);
        assertThat(answer.with(200).text("status")).isEqualTo("requested");
        get(path + "?wait=perfect", "X-Auth-Token", token).isProblem(400, "invalid_parameter", "wait");
        get(path + "?wait=active&timeout_s=301", "X-Auth-Token", token)
                .isProblem(400, "invalid_parameter", "timeout_s");
    }

    @Test
    void oneCallerHoldsOnlySoManyRequestsBack() throws Exception {
        var waiting = java.util.List.of(waitFor("active"), waitFor("active"), waitFor("active"));
        await().untilAsserted(() ->
                get(path + "?wait=active&timeout_s=0", "X-Auth-Token", token).isProblem(429, "too_many_requests", ""));
        stores.connections().forget(id(), Instant.now());
        for (var each : waiting) {
            each.get().with(404);
        }
    }

    @Test
    void whoWaitsIsAnsweredWhenTheServerStops() throws Exception {
        var waiting = waitFor("active");
        await().until(() -> keystone.validations() > 0);
        server.close();
        assertThat(waiting.get().status()).isIn(200, 503);
    }
}
