package io.isthmus.cli.connection;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.output.Screen;
import java.time.Duration;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** {@code --wait} and {@code --timeout}. */
final class Waiting {
    private static final int USUAL_SECONDS = 120;

    private final Session session;
    private final Supplier<Boolean> wanted;
    private final Setting<Integer> timeout;

    Waiting(Syntax syntax, Session session, String description) {
        this.session = session;
        this.wanted = syntax.flag("--wait", description);
        this.timeout = syntax.number(
                "--timeout", "S", "Wait so many seconds at most (default: " + USUAL_SECONDS + "), then exit with 5.");
    }

    boolean isWanted() {
        return wanted.get();
    }

    /** @param verb what is done: {@code connect} or {@code delete} */
    Follow start(Screen screen, String verb, JsonNode connection) {
        int seconds = timeout.value().orElse(USUAL_SECONDS);
        if (seconds < 0 || seconds > 86_400) {
            throw Failure.usage("--timeout must be within 0 to 86400 seconds: " + seconds);
        }
        var clock = session.surroundings().clock();
        Progress progress = screen.styled() ? new LiveProgress(screen, verb, clock) : new PlainProgress(screen);
        return new Follow(session.api(), progress, clock, Duration.ofSeconds(seconds));
    }
}
