package io.isthmus.server.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
final class LogInApiTest extends ApiTest {
    private static final String PASSWORD = "dearest\tsecret-4711";
    private static final String BODY =
            "{\"user\": \"ann\", \"password\": \"dearest\\tsecret-4711\", \"project\": \"demo\"}";
    private static final String GOOD_UNTIL = "2026-01-01T01:00:00Z";

    private final Queue<LogIn.Person> asked = new ConcurrentLinkedQueue<>();
    private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");

    @Override
    InstantSource clock() {
        return () -> now;
    }

    /** A Keystone that knows ann. */
    @Override
    Authentication authentication() {
        return new Authentication() {
            @Override
            public Caller authenticate(Headers headers) {
                throw new Problem.Unauthorized("no token");
            }

            @Override
            public Optional<LogIn> logIn() {
                return Optional.of(LogInApiTest.this::logIn);
            }
        };
    }

    private LogIn.Given logIn(LogIn.Person person) {
        asked.add(person);
        if (!person.password().equals(PASSWORD)) {
            throw new Problem.Unauthorized("name, password or project are not right");
        }
        return new LogIn.Given("the-token", Instant.parse(GOOD_UNTIL));
    }

    private Answer fromTheConsole(String body) {
        return raw("POST", "/console/log-in", body, "application/json", "Sec-Fetch-Site", "same-origin");
    }

    @Test
    void thePageOfTheConsoleGetsATokenAndNothingElse() {
        var given = fromTheConsole(BODY).with(200);
        assertThat(given.body().propertyNames()).containsExactlyInAnyOrder("token", "expires_at");
        assertThat(given.text("token")).isEqualTo("the-token");
        assertThat(given.text("expires_at")).isEqualTo(GOOD_UNTIL);
        assertThat(given.header("cache-control")).isEqualTo("no-store");
        assertThat(asked).containsExactly(new LogIn.Person("ann", "Default", PASSWORD, "demo", "Default"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site", "none", ""})
    void whoeverIsNotThatPageIsRefusedBeforeKeystoneIsAsked(String from) {
        var refused = from.isEmpty()
                ? raw("POST", "/console/log-in", BODY, "application/json")
                : raw("POST", "/console/log-in", BODY, "application/json", "Sec-Fetch-Site", from);
        refused.isProblem(403, "forbidden", "");
        assertThat(asked).isEmpty();
    }

    @Test
    void afterTwentyTriesWithinAMinuteNobodyIsAskedForUntilItIsOver() {
        for (int each = 0; each < 20; each++) {
            fromTheConsole("{\"user\": \"ann\", \"password\": \"guess\"}").with(401);
        }
        var refused = fromTheConsole(BODY);
        refused.isProblem(429, "too_many_requests", "");
        assertThat(refused.header("retry-after")).isEqualTo("60");
        assertThat(asked).hasSize(20);
        now = now.plusSeconds(60);
        fromTheConsole(BODY).with(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"user\": \"ann\", \"password\": \"guess-4711\"}",
                "{\"user\": \"ann\", \"password\": [\"guess-4711\"]}",
                "{\"user\": \"ann\", \"password\": \"guess-4711\", \"colour\": \"red\"}",
                "{\"user\": [], \"password\": \"guess-4711\"}",
                "{\"user\": \"ann\", \"password\": \"guess-4711\" "
            })
    void aRefusalNeverSaysThePassword(String body) {
        var refused = fromTheConsole(body);
        assertThat(refused.status()).isIn(400, 401);
        assertThat(refused.body().toString()).doesNotContain("4711");
        assertThat(refused.headers().toString()).doesNotContain("4711");
    }
}
