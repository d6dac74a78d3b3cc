package io.isthmus.cli.topology.file;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads GML (Himsolt, "GML: A portable Graph File Format", 1996): keys followed by a number, a text or a list in brackets. Only
 * what nodes and edges say directly is kept; other lists are read over.
 */
final class GmlReader {
    private static final int DEEPEST = 20;
    private static final int MOST_ATTRIBUTES = 100;
    private static final int LONGEST = 4_096;

    private final String text;
    private int place;
    private int line = 1;

    private final List<GraphFile.Node> nodes = new ArrayList<>();
    private final List<GraphFile.Edge> edges = new ArrayList<>();

    private GmlReader(String text) {
        this.text = text;
    }

    /** @throws Unreadable if it is no GML */
    static GraphFile read(String text) {
        var reader = new GmlReader(text);
        boolean found = false;
        for (var key = reader.key(); key.isPresent(); key = reader.key()) {
            if (key.get().equals("graph") && reader.opens()) {
                reader.graph();
                found = true;
            } else {
                reader.skip(0);
            }
        }
        if (!found) {
            throw new Unreadable(reader.line, "there is no graph [ … ]");
        }
        return new GraphFile(reader.nodes, reader.edges);
    }

    private void graph() {
        for (var key = key(); key.isPresent(); key = key()) {
            int begin = line;
            if (key.get().equals("node") && opens()) {
                node(begin);
            } else if (key.get().equals("edge") && opens()) {
                edge(begin);
            } else {
                skip(1);
            }
        }
        close();
    }

    private void node(int begin) {
        var attributes = attributes();
        var id = Optional.ofNullable(attributes.get("id")).orElseThrow(() -> new Unreadable(begin, "a node has no id"));
        nodes.add(new GraphFile.Node(id, attributes, begin));
        atMost(nodes.size(), Inventory.MOST_SITES, "nodes");
    }

    private void edge(int begin) {
        var attributes = attributes();
        var source = Optional.ofNullable(attributes.get("source"));
        var target = Optional.ofNullable(attributes.get("target"));
        if (source.isEmpty() || target.isEmpty()) {
            throw new Unreadable(begin, "an edge has no source or no target");
        }
        edges.add(new GraphFile.Edge(source.get(), target.get(), attributes, begin));
        atMost(edges.size(), Inventory.MOST_LINKS, "edges");
    }

    private void atMost(int count, int most, String what) {
        if (count > most) {
            throw new Unreadable(line, "there are more than %d %s".formatted(most, what));
        }
    }

    private Map<String, String> attributes() {
        var attributes = new LinkedHashMap<String, String>();
        for (var key = key(); key.isPresent(); key = key()) {
            if (opens()) {
                list(2);
            } else {
                attributes.put(key.get(), value());
                atMost(attributes.size(), MOST_ATTRIBUTES, "attributes");
            }
        }
        close();
        return attributes;
    }

    /** Reads over a value. */
    private void skip(int depth) {
        if (opens()) {
            list(depth + 1);
        } else {
            value();
        }
    }

    private void list(int depth) {
        if (depth > DEEPEST) {
            throw new Unreadable(line, "lists are nested more than %d deep".formatted(DEEPEST));
        }
        while (key().isPresent()) {
            skip(depth);
        }
        close();
    }

    private void blank() {
        while (place < text.length()) {
            char letter = text.charAt(place);
            if (letter == '\n') {
                line++;
                place++;
            } else if (Character.isWhitespace(letter)) {
                place++;
            } else if (letter == '#' && (place == 0 || text.charAt(place - 1) == '\n')) {
                int end = text.indexOf('\n', place);
                place = end < 0 ? text.length() : end;
            } else {
                return;
            }
        }
    }

    /** The next key; empty before a closing bracket and at the end. */
    private Optional<String> key() {
        blank();
        if (place == text.length() || text.charAt(place) == ']') {
            return Optional.empty();
        }
        int begin = place;
        while (place < text.length() && (Character.isLetterOrDigit(text.charAt(place)) || text.charAt(place) == '_')) {
            place++;
        }
        if (place == begin) {
            throw new Unreadable(line, "a key is wanted here, not '%c'".formatted(text.charAt(place)));
        }
        return Optional.of(text.substring(begin, place));
    }

    private boolean opens() {
        blank();
        if (place < text.length() && text.charAt(place) == '[') {
            place++;
            return true;
        }
        return false;
    }

    private void close() {
        blank();
        if (place == text.length()) {
            throw new Unreadable(line, "a ] is missing at the end");
        }
        place++;
    }

    private String value() {
        blank();
        if (place == text.length()) {
            throw new Unreadable(line, "a value is missing at the end");
        }
        if (text.charAt(place) == '"') {
            int end = text.indexOf('"', place + 1);
            if (end < 0) {
                throw new Unreadable(line, "a text has no end");
            }
            var value = text.substring(place + 1, end);
            place = end + 1;
            line += (int) value.chars().filter(letter -> letter == '\n').count();
            return Entities.decoded(checked(value));
        }
        int begin = place;
        while (place < text.length()
                && !Character.isWhitespace(text.charAt(place))
                && text.charAt(place) != ']'
                && text.charAt(place) != '[') {
            place++;
        }
        var value = checked(text.substring(begin, place));
        if (!value.matches("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?|[+-]?(?i:nan|inf)")) {
            throw new Unreadable(line, "a number, a text in quotes or a list is wanted here");
        }
        return value;
    }

    private String checked(String value) {
        if (value.length() > LONGEST) {
            throw new Unreadable(line, "a value is longer than %d letters".formatted(LONGEST));
        }
        return value;
    }
}
