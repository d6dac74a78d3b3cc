package io.isthmus.server.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The console's files, read once each from the class path. Names are checked by the caller. */
final class ConsoleFiles {
    private static final String FOLDER = "/console/";
    private static final Map<String, String> MEDIA_TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "json", "application/json",
            "svg", "image/svg+xml");

    private final Map<String, ConsoleFile> known = new ConcurrentHashMap<>();

    /**
     * A file.
     *
     * @param etag changes with the content
     */
    @SuppressWarnings("ArrayRecordComponent") // written to the wire as it is, never compared
    record ConsoleFile(String mediaType, String etag, byte[] bytes) {}

    Optional<ConsoleFile> find(String name) {
        var found = known.get(name);
        if (found != null) {
            return Optional.of(found);
        }
        var read = read(name);
        read.ifPresent(file -> known.put(name, file));
        return read;
    }

    private static Optional<ConsoleFile> read(String name) {
        try (var stream = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (stream == null) {
                return Optional.empty();
            }
            var bytes = stream.readAllBytes();
            var ending = name.substring(name.lastIndexOf('.') + 1);
            return Optional.of(new ConsoleFile(MEDIA_TYPES.getOrDefault(ending, "text/plain"), etag(bytes), bytes));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    private static String etag(byte[] bytes) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return '"' + HexFormat.of().formatHex(digest, 0, 12) + '"';
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
