package io.isthmus.cli.output;

import java.util.Arrays;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A column of a table.
 *
 * @param rank how much it matters: columns with a high rank are cut first where the terminal is narrow, 0 never
 * @param state whether its values are states, which get a mark
 */
public record Column(String name, int rank, boolean state, Function<JsonNode, String> value) {

    /** The field of that name; a dotted name reaches into objects: {@code cloud.region_name}. */
    public static Column field(String name, int rank) {
        return new Column(name, rank, false, object -> Text.of(at(object, name)));
    }

    public static Column state(String name) {
        return new Column(name, 1, true, object -> Text.of(at(object, name)));
    }

    public static Column computed(String name, int rank, Function<JsonNode, String> value) {
        return new Column(name, rank, false, value);
    }

    /** What the dotted name reaches; a missing node where it reaches nothing. */
    public static JsonNode at(JsonNode object, String name) {
        return Arrays.stream(name.split("\\.", -1))
                .reduce(
                        object,
                        (node, part) -> node.isArray() && part.matches("\\d{1,6}")
                                ? node.path(Integer.parseInt(part))
                                : node.path(part),
                        (one, other) -> other);
    }
}
