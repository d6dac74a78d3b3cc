package io.isthmus.cli.output;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A kind of object as it is shown and named.
 *
 * @param noun in commands: {@code site}
 * @param collection in paths: {@code sites}
 * @param columns shown where the operator asks for none
 * @param fields every field that the API knows, so that a mistyped column is noticed
 */
public record Kind(String noun, String collection, List<Column> columns, Set<String> fields) {
    public Kind {
        columns = List.copyOf(columns);
        fields = Set.copyOf(fields);
    }

    Optional<Column> column(String name) {
        return columns.stream().filter(column -> column.name().equals(name)).findFirst();
    }
}
