package io.isthmus.cli.output;

import io.isthmus.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** One object as people read it: a line for each field, objects inside it indented. */
final class Details {
    private static final Set<String> STATES = Set.of("status", "oper_status", "sync_status", "state");
    private static final List<String> FIRST =
            List.of("id", "name", "kind", "status", "oper_status", "sync_status", "state", "last_error");
    private static final List<String> LAST =
            List.of("operation_id", "project_id", "created_at", "updated_at", "revision", "tags");
    private static final Set<String> UNIT_SUFFIXES = Set.of("_ms", "_mbps", "_km", "_s");

    private final int width;
    private final boolean marks;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    private Details(int width, boolean marks, Style style) {
        this.width = width;
        this.marks = marks;
        this.style = style;
    }

    static List<String> of(JsonNode object, int width, boolean marks, Style style) {
        var details = new Details(width, marks, style);
        details.object(ordered(object), "");
        return details.lines;
    }

    /** What an operator looks for first comes first, what only programs need comes last. */
    private static JsonNode ordered(JsonNode object) {
        var ordered = Json.object();
        FIRST.forEach(name -> object.optional(name).ifPresent(value -> ordered.set(name, value)));
        object.properties().stream()
                .filter(entry -> !LAST.contains(entry.getKey()))
                .forEach(entry -> ordered.set(entry.getKey(), entry.getValue()));
        LAST.forEach(name -> object.optional(name).ifPresent(value -> ordered.set(name, value)));
        return ordered;
    }

    private void object(JsonNode object, String indent) {
        var label = object.properties().stream()
                .filter(entry -> isShown(entry.getValue()))
                .filter(entry -> oneLine(entry.getKey(), entry.getValue()).isPresent())
                .mapToInt(entry -> Text.width(entry.getKey()))
                .max()
                .orElse(0);
        for (var entry : object.properties()) {
            if (isShown(entry.getValue())) {
                field(entry, indent, label);
            }
        }
    }

    /** What is absent or empty says nothing. */
    private static boolean isShown(JsonNode value) {
        return !value.isNull() && !(value.isContainer() && value.isEmpty());
    }

    private void field(Map.Entry<String, JsonNode> entry, String indent, int label) {
        var name = entry.getKey();
        var value = entry.getValue();
        var prefix = indent + style.bold(Text.pad(name, label)) + "  ";
        var oneLine = oneLine(name, value);
        if (oneLine.isPresent()) {
            wrapped(prefix, indent.length() + label + 2, name, oneLine.get());
        } else if (value.isArray()) {
            lines.add(indent + style.bold(name));
            for (var item : value.values()) {
                item(item, indent + "  ");
            }
        } else {
            lines.add(indent + style.bold(name));
            object(value, indent + "  ");
        }
    }

    private void wrapped(String prefix, int margin, String name, String text) {
        var parts = Text.wrap(text, Math.max(20, width - margin));
        for (int i = 0; i < parts.size(); i++) {
            var part = STATES.contains(name)
                    ? style.of(Mark.of(text.substring(text.indexOf(' ') + 1)), parts.get(i))
                    : parts.get(i);
            lines.add(i == 0 ? prefix + part : " ".repeat(margin) + part);
        }
    }

    private void item(JsonNode item, String indent) {
        if (!item.isObject()) {
            lines.add(indent + "- " + Text.of(item));
            return;
        }
        var summary = new ArrayList<String>();
        for (var entry : item.properties()) {
            oneLine(entry.getKey(), entry.getValue())
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> summary.add(entry.getKey() + " " + text));
        }
        var flat = item.properties().stream()
                .allMatch(entry -> oneLine(entry.getKey(), entry.getValue()).isPresent());
        var text = String.join(", ", summary);
        if (flat && Text.width(text) <= width - indent.length() - 2) {
            lines.add(indent + "- " + text);
            return;
        }
        int first = lines.size();
        object(item, indent + "  ");
        lines.set(first, indent + "- " + lines.get(first).substring(indent.length() + 2));
    }

    /** The value as one line, where that says all of it. */
    private Optional<String> oneLine(String name, JsonNode value) {
        if (!value.isContainer()) {
            var text = Text.of(value);
            return Optional.of(STATES.contains(name) && marks ? Mark.marked(text) : withUnit(name, text));
        }
        if (name.equals("path") && !value.path("sites").isEmpty() && !isConstrained(value)) {
            return Optional.of(Facts.path(value));
        }
        if (name.equals("measured") && value.has("rtt_ms")) {
            return Optional.of(Facts.measured(value));
        }
        if (name.equals("mtu") && value.isObject()) {
            return Optional.of(Facts.mtu(value));
        }
        if (value.isArray() && value.values().stream().allMatch(JsonNode::isValueNode)) {
            return Optional.of(Text.of(value));
        }
        if (name.equals("allocation_pool") && value.has("start")) {
            return Optional.of(Json.text(value, "start") + "-" + Json.text(value, "end"));
        }
        return Optional.empty();
    }

    /** Whether something was asked of the path, beside the path that came of it. */
    private static boolean isConstrained(JsonNode path) {
        return path.properties().stream()
                .anyMatch(entry ->
                        !List.of("sites", "links", "latency_ms").contains(entry.getKey()) && isShown(entry.getValue()));
    }

    /** A unit after the number is easier to read than one in the name alone. */
    private static String withUnit(String name, String text) {
        if (text.isEmpty()) {
            return text;
        }
        return UNIT_SUFFIXES.stream()
                .filter(name::endsWith)
                .findFirst()
                .map(suffix -> text + (suffix.equals("_mbps") ? " Mbit/s" : " " + suffix.substring(1)))
                .orElse(text);
    }
}
