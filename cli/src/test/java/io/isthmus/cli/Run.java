package io.isthmus.cli;

import io.isthmus.cli.command.Surroundings;
import io.isthmus.cli.output.Screen;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** One run of the command against a fake controller, and what came of it. */
record Run(int exitCode, String out, String err) {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

    /** In a pipe. */
    static Run of(FakeIsthmus fake, String... args) {
        return of(Map.of("ISTHMUS_URL", fake.url()), 0, args);
    }

    /** On a terminal that is so many columns wide. */
    static Run onTerminal(FakeIsthmus fake, int columns, String... args) {
        return of(Map.of("ISTHMUS_URL", fake.url(), "TERM", "xterm"), columns, args);
    }

    static Run of(Map<String, String> environment, int columns, String... args) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var variables = new HashMap<>(environment);
        var surroundings = new Surroundings(
                Map.copyOf(variables),
                screen(out, variables, columns),
                screen(err, variables, columns),
                InstantSource.fixed(NOON),
                UUID::randomUUID);
        int exitCode = Isthmus.run(args, surroundings);
        return new Run(exitCode, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    private static Screen screen(ByteArrayOutputStream bytes, Map<String, String> environment, int columns) {
        var stream = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        return columns == 0
                ? Screen.pipe(stream)
                : Screen.terminal(stream, environment, () -> new Screen.Size(columns, 40));
    }

    /** The output without colours. */
    String plainOut() {
        return out.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
