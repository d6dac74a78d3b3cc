package io.isthmus.cli.output;

import io.isthmus.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Values as one line of text that is safe to print: what others named must not be able to command the terminal. */
public final class Text {
    private Text() {}

    public static String of(JsonNode value) {
        if (value.isMissingNode() || value.isNull()) {
            return "";
        }
        if (value.isValueNode()) {
            return clean(value.asString());
        }
        if (value.isArray() && value.values().stream().allMatch(JsonNode::isValueNode)) {
            return value.values().stream().map(Text::of).collect(Collectors.joining(", "));
        }
        return clean(Json.compact(value));
    }

    /** A time without its fraction, which people need nowhere in a table; other text as it is. */
    static String toTheSecond(String text) {
        return text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z") ? text.substring(0, 19) + "Z" : text;
    }

    /** Control characters become spaces. */
    public static String clean(String text) {
        return text.codePoints().anyMatch(Character::isISOControl)
                ? text.codePoints()
                        .map(c -> Character.isISOControl(c) ? ' ' : c)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                : text;
    }

    /** A number without a needless fraction: {@code 5}, {@code 14.2}. */
    public static String number(double value) {
        var rounded = Math.round(value * 100) / 100.0;
        return rounded == Math.rint(rounded) ? Long.toString((long) rounded) : Double.toString(rounded);
    }

    public static int width(String text) {
        return text.codePointCount(0, text.length());
    }

    public static String pad(String text, int width) {
        return text + " ".repeat(Math.max(0, width - width(text)));
    }

    /** At most {@code width} characters, ending in … where something is missing. */
    public static String cut(String text, int width) {
        if (width(text) <= width) {
            return text;
        }
        return width < 1 ? "" : text.substring(0, text.offsetByCodePoints(0, width - 1)) + "…";
    }

    /** Lines of at most {@code width} characters, broken at spaces where possible. */
    public static List<String> wrap(String text, int width) {
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        for (var word : text.split(" ", -1)) {
            if (!line.isEmpty() && width(line.toString()) + 1 + width(word) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            if (!line.isEmpty()) {
                line.append(' ');
            }
            line.append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
