package io.isthmus.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs programs of this machine and waits for them, never longer than told. */
final class Command {
    private Command() {}

    record Finished(int exit, String output) {
        String orFail() {
            if (exit != 0) {
                throw new IllegalStateException("exit " + exit + ": " + output);
            }
            return output;
        }
    }

    static Finished run(Duration limit, String... words) {
        return run(limit, List.of(words));
    }

    /** Standard output and error come as one text. */
    static Finished run(Duration limit, List<String> words) {
        try {
            var process = new ProcessBuilder(words)
                    .redirectErrorStream(true)
                    .redirectInput(ProcessBuilder.Redirect.from(new java.io.File("/dev/null")))
                    .start();
            var output = new StringBuilder();
            var reader = Thread.ofVirtual().start(() -> {
                try (var in = process.inputReader(StandardCharsets.UTF_8)) {
                    in.lines().forEach(line -> output.append(line).append('\n'));
                } catch (IOException | UncheckedIOException _) {
                    output.append("(output ended early)\n");
                }
            });
            if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new IllegalStateException(words + " took longer than " + limit);
            }
            reader.join(Duration.ofSeconds(2));
            return new Finished(process.exitValue(), output.toString());
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(stopped);
        }
    }
}
