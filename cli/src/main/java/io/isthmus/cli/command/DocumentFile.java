package io.isthmus.cli.command;

import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import tools.jackson.databind.node.ObjectNode;

/** A file with one object in YAML or JSON. */
public final class DocumentFile {
    private static final int LIMIT = 1 << 20;

    private DocumentFile() {}

    /** @param name of the file; {@code -} reads standard input */
    public static Document read(String name) {
        try {
            var text = text(name);
            if (Json.parseYaml(text) instanceof ObjectNode object) {
                return Document.of(object);
            }
            throw Failure.usage(name + " does not hold one object.");
        } catch (NoSuchFileException e) {
            throw Failure.usage("There is no file " + name + ".");
        } catch (IOException e) {
            throw Failure.usage("Cannot read " + name + ": " + e.getMessage());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(name + " is neither YAML nor JSON: " + e.getMessage());
        }
    }

    private static String text(String name) throws IOException {
        try (InputStream file = name.equals("-") ? System.in : Files.newInputStream(Path.of(name))) {
            var bytes = file.readNBytes(LIMIT + 1);
            if (bytes.length > LIMIT) {
                throw Failure.usage(name + " is larger than " + LIMIT + " bytes.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
