package io.isthmus.cli.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Server-sent events, as the WHATWG HTML standard defines their lines (section 9.2.6). */
public final class EventStream implements AutoCloseable {
    private static final int LINE_LIMIT = 1 << 20;
    private static final Duration SILENCE_LIMIT = Duration.ofSeconds(60);

    private final InputStream source;
    private final Reader reader;
    private final Thread watchdog;
    private volatile long heardAt = System.nanoTime();
    private String id = "";

    /** One event; {@code data} is JSON, or an object with the text as {@code detail} where it is not. */
    public record Event(String id, String type, JsonNode data) {
        public boolean isAbout(String resourceId) {
            return data.toString().contains('"' + resourceId + '"');
        }

        /** The data, with the stream's id and type where it has none of its own. */
        public ObjectNode document() {
            var document = data instanceof ObjectNode object
                    ? object.deepCopy()
                    : Json.object().set("detail", data);
            if (!document.has("id") && !id.isEmpty()) {
                document.put("id", id);
            }
            if (!document.has("type") && !document.has("kind")) {
                document.put("type", type);
            }
            return document;
        }
    }

    public EventStream(InputStream source) {
        this.source = source;
        this.reader = new BufferedReader(new InputStreamReader(source, StandardCharsets.UTF_8));
        this.watchdog = Thread.ofVirtual().name("silence").start(this::endAfterSilence);
    }

    /** A controller says at least that it is alive now and then; without a word for this long the connection is dead. */
    private void endAfterSilence() {
        try {
            while (true) {
                var silent = Duration.ofNanos(System.nanoTime() - heardAt);
                if (silent.compareTo(SILENCE_LIMIT) >= 0) {
                    source.close();
                    return;
                }
                Thread.sleep(SILENCE_LIMIT.minus(silent));
            }
        } catch (InterruptedException | IOException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for the next event; empty when the stream has ended. */
    public Optional<Event> next() throws IOException {
        var type = "message";
        var data = new StringBuilder();
        while (true) {
            var read = readLine();
            heardAt = System.nanoTime();
            if (read.isEmpty()) {
                return Optional.empty();
            }
            var line = read.get();
            if (line.isEmpty()) {
                if (!data.isEmpty()) {
                    return Optional.of(new Event(id, type, parse(data.toString().stripTrailing())));
                }
                type = "message";
                continue;
            }
            var colon = line.indexOf(':');
            var field = colon < 0 ? line : line.substring(0, colon);
            var value = colon < 0 ? "" : line.substring(colon + 1);
            value = value.startsWith(" ") ? value.substring(1) : value;
            switch (field) {
                case "id" -> id = value;
                case "event" -> type = value;
                case "data" -> data.append(value).append('\n');
                default -> {} // A comment, or a field that means nothing to us.
            }
        }
    }

    public String lastId() {
        return id;
    }

    private static JsonNode parse(String text) {
        try {
            return Json.parse(text);
        } catch (IllegalArgumentException e) {
            return Json.object().put("detail", text);
        }
    }

    private Optional<String> readLine() throws IOException {
        var line = new StringBuilder();
        while (true) {
            int next = reader.read();
            if (next < 0) {
                return Optional.empty();
            }
            if (next == '\n') {
                return Optional.of(line.toString());
            }
            if (next != '\r') {
                line.append((char) next);
            }
            if (line.length() > LINE_LIMIT) {
                throw new IOException("an event is larger than " + LINE_LIMIT + " characters");
            }
        }
    }

    @Override
    public void close() throws IOException {
        watchdog.interrupt();
        source.close();
    }
}
