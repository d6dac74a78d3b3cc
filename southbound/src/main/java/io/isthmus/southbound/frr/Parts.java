package io.isthmus.southbound.frr;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** A script's output, cut at its marker lines. */
final class Parts {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final ObjectReader DOCUMENT =
            JSON.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
    private static final String PART = "=== part ";
    private static final String ENDED = "=== ended ";

    private final Map<String, Part> parts = new HashMap<>();

    /** What one tool printed and its exit status. */
    record Part(String text, int status) {

        /** The JSON documents in it, one after the other; empty if it is something else. */
        Optional<List<JsonNode>> documents() {
            return Parts.documents(text);
        }
    }

    /** The JSON documents in a text, one after the other; empty if it is something else. */
    static Optional<List<JsonNode>> documents(String text) {
        var documents = new ArrayList<JsonNode>();
        try (var parser = JSON.createParser(text)) {
            while (parser.nextToken() != null) {
                documents.add(DOCUMENT.readValue(parser));
            }
        } catch (JacksonException e) {
            return Optional.empty();
        }
        return Optional.of(documents);
    }

    static Parts of(String output) {
        var parts = new Parts();
        var name = "";
        var text = new StringBuilder();
        for (var line : output.split("\n", -1)) {
            if (line.startsWith(PART)) {
                name = line.substring(PART.length()).strip();
                text.setLength(0);
            } else if (line.startsWith(ENDED)) {
                parts.parts.put(name, new Part(text.toString(), status(line)));
            } else {
                text.append(line).append('\n');
            }
        }
        return parts;
    }

    private static int status(String line) {
        try {
            return Integer.parseInt(line.substring(ENDED.length()).strip());
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    /** Empty if the output ended before it. */
    Optional<Part> find(String name) {
        return Optional.ofNullable(parts.get(name));
    }
}
