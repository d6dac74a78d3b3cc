package io.isthmus.cli.command;

import io.isthmus.cli.output.Screen;
import java.io.Console;
import java.io.File;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** What the process was given: variables, output streams, clock and ids. */
public record Surroundings(
        Map<String, String> environment, Screen out, Screen err, InstantSource clock, Supplier<UUID> ids) {

    public static Surroundings ofProcess() {
        var environment = System.getenv();
        return new Surroundings(
                environment,
                screen(FileDescriptor.out, 1, environment),
                screen(FileDescriptor.err, 2, environment),
                InstantSource.system(),
                UUID::randomUUID);
    }

    private static Screen screen(FileDescriptor descriptor, int number, Map<String, String> environment) {
        var out = new PrintStream(new FileOutputStream(descriptor), true, StandardCharsets.UTF_8);
        return isTerminal(number)
                ? Screen.terminal(out, environment, new MeasuredOnce(environment)::get)
                : Screen.pipe(out);
    }

    /** The JDK only says whether input and output together are a terminal; Linux says it of each. */
    private static boolean isTerminal(int number) {
        var descriptor = Path.of("/proc/self/fd/" + number);
        if (Files.isSymbolicLink(descriptor)) {
            try {
                var target = Files.readSymbolicLink(descriptor).toString();
                return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty") || target.equals("/dev/console");
            } catch (IOException e) {
                return false;
            }
        }
        return Optional.ofNullable(System.console()).map(Console::isTerminal).orElse(false);
    }

    /** The terminal's size, asked for when it is first needed. */
    private static final class MeasuredOnce {
        private final Map<String, String> environment;
        private Screen.Size size = new Screen.Size(0, 0);

        MeasuredOnce(Map<String, String> environment) {
            this.environment = environment;
        }

        synchronized Screen.Size get() {
            if (size.columns() == 0) {
                size = measure();
            }
            return size;
        }

        private Screen.Size measure() {
            var columns = environment.getOrDefault("COLUMNS", "");
            if (columns.matches("[1-9]\\d{1,3}")) {
                return new Screen.Size(Integer.parseInt(columns), Screen.Size.USUAL.rows());
            }
            try {
                var stty = new ProcessBuilder("stty", "size")
                        .redirectInput(new File("/dev/tty"))
                        .redirectError(ProcessBuilder.Redirect.DISCARD)
                        .start();
                if (!stty.waitFor(1, TimeUnit.SECONDS)) {
                    stty.destroyForcibly();
                    return Screen.Size.USUAL;
                }
                var answer = new String(stty.getInputStream().readNBytes(64), StandardCharsets.US_ASCII).strip();
                if (answer.matches("[1-9]\\d{0,3} [1-9]\\d{0,3}")) {
                    var parts = answer.split(" ", -1);
                    return new Screen.Size(Integer.parseInt(parts[1]), Integer.parseInt(parts[0]));
                }
            } catch (IOException e) {
                return Screen.Size.USUAL;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return Screen.Size.USUAL;
        }
    }
}
