package io.isthmus.cli.command;

import io.isthmus.cli.http.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/** Reads a secret from where nobody else sees it: a file, standard input, or the terminal without showing it. */
public final class SecretInput {
    private static final int MOST = 16_384;

    private SecretInput() {}

    /**
     * The secret.
     *
     * @param file where it is; {@code -} is standard input, and nothing asks for it
     * @param whole whether line ends at its end belong to it
     */
    public static String read(Optional<String> file, boolean whole) {
        var text = file.map(SecretInput::fromFile).orElseGet(SecretInput::ask);
        var secret = whole ? text : text.replaceAll("[\r\n]+\\z", "");
        if (secret.isEmpty()) {
            throw Failure.usage("The secret is empty.");
        }
        return secret;
    }

    private static String ask() {
        var console = Objects.requireNonNull(System.console());
        if (!console.isTerminal()) {
            throw Failure.usage("Missing: --secret-file", "hint: --secret-file - reads standard input");
        }
        var typed = console.readPassword("Secret: ");
        return typed == null ? "" : new String(typed);
    }

    private static String fromFile(String name) {
        try (InputStream in = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            var bytes = in.readNBytes(MOST + 1);
            if (bytes.length > MOST) {
                throw Failure.usage("The secret in " + name + " is larger than " + MOST + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw Failure.usage("Cannot read the secret from " + name + ".");
        }
    }
}
