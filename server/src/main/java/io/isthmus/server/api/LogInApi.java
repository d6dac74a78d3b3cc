package io.isthmus.server.api;

import io.isthmus.store.Json;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Optional;

/**
 * Logs people of the console in. A browser cannot ask Keystone itself (that is another origin), so the node passes name and
 * password on, and the token back; it keeps neither. Only the console's own pages may ask, and only so often: Keystone's own
 * lock-out sees the node's address, not the person's.
 */
final class LogInApi {
    private static final String PATH = "/console/log-in";
    private static final int TRIES = 20;
    private static final Duration WINDOW = Duration.ofMinutes(1);

    private final Optional<LogIn> logIn;
    private final InstantSource clock;
    private final ArrayDeque<Instant> tries = new ArrayDeque<>();

    LogInApi(Optional<LogIn> logIn, InstantSource clock) {
        this.logIn = logIn;
        this.clock = clock;
    }

    void addTo(RoutesConfig routes) {
        logIn.ifPresent(desk -> routes.post(PATH, context -> answer(context, desk)));
    }

    private void answer(Context context, LogIn desk) throws InterruptedException {
        onlyFromTheConsole(context);
        var person = person(new Request(context));
        takeTry();
        var given = desk.logIn(person);
        context.status(200)
                .contentType("application/json")
                .header("Cache-Control", "no-store")
                .result(Json.write(Map.of(
                        "token", given.token(), "expires_at", given.expiresAt().toString())));
    }

    /** Browsers say where a request comes from; another site's page must not try passwords here. */
    private static void onlyFromTheConsole(Context context) {
        if (!"same-origin".equals(context.header("Sec-Fetch-Site"))) {
            throw new Problem.Forbidden(
                    ProblemCode.FORBIDDEN,
                    "only the console's own page logs in here",
                    "get a token from Keystone itself");
        }
    }

    private static LogIn.Person person(Request request) {
        var fields = request.body();
        var person = new LogIn.Person(
                fields.text("user"),
                fields.findText("user_domain").orElse("Default"),
                fields.secret("password", Fields.MAX_TEXT),
                fields.findText("project").orElse(""),
                fields.findText("project_domain").orElse("Default"));
        fields.end();
        return person;
    }

    private synchronized void takeTry() {
        var now = clock.instant();
        while (!tries.isEmpty() && !tries.peekFirst().plus(WINDOW).isAfter(now)) {
            tries.removeFirst();
        }
        if (tries.size() >= TRIES) {
            throw new Problem.OverLimit(
                    ProblemCode.TOO_MANY_REQUESTS,
                    "too many log-ins within a minute; wait a little, then try again",
                    Duration.between(now, tries.getFirst().plus(WINDOW)));
        }
        tries.addLast(now);
    }
}
