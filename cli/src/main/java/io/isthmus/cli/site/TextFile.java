package io.isthmus.cli.site;

import io.isthmus.cli.http.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** A file whose text becomes the value of a field. */
final class TextFile {
    private TextFile() {}

    static String read(String name) {
        try {
            return Files.readString(Path.of(name));
        } catch (IOException | InvalidPathException unreadable) {
            throw Failure.usage("Cannot read " + name + ".");
        }
    }
}
