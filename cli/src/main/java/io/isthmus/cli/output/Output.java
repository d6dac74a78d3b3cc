package io.isthmus.cli.output;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints results in the format and with the columns that the operator chose. */
public final class Output {
    private final Screen screen;
    private final Format format;
    private final List<String> chosen;

    public Output(Screen screen, Format format, List<String> chosen) {
        this.screen = screen;
        this.format = format;
        this.chosen = List.copyOf(chosen);
    }

    public Format format() {
        return format;
    }

    /** Whether the operator named columns. */
    public boolean choosesColumns() {
        return !chosen.isEmpty();
    }

    /** Whether people read the output, so that more may be printed than the result itself. */
    public boolean isForPeople() {
        return format == Format.TABLE;
    }

    public void list(Kind kind, List<JsonNode> objects) {
        var columns = columns(kind, objects);
        switch (format) {
            case TABLE -> table(kind, columns, objects);
            case JSON -> screen.raw(Json.pretty(array(objects, columns)) + "\n");
            case YAML -> screen.raw(Json.yaml(array(objects, columns)));
            case CSV -> {
                csv(columns.stream().map(Column::name).toList());
                objects.forEach(object -> csv(cells(columns, object)));
            }
            case VALUE -> objects.forEach(object -> screen.raw(String.join(" ", cells(columns, object)) + "\n"));
        }
    }

    private void table(Kind kind, List<Column> columns, List<JsonNode> objects) {
        if (objects.isEmpty() && screen.terminal()) {
            screen.line("No " + kind.collection() + ".");
            return;
        }
        var rows = objects.stream()
                .map(object ->
                        cells(columns, object).stream().map(Text::toTheSecond).toList())
                .toList();
        var table = new Table(columns, rows);
        (screen.styled() ? table.boxed(screen.width(), screen.style()) : table.plain()).forEach(screen::line);
    }

    public void show(Kind kind, JsonNode object) {
        var selected = chosen.isEmpty() ? object : selected(columns(kind, List.of(object)), object);
        switch (format) {
            case TABLE ->
                Details.of(
                                selected,
                                screen.terminal() ? screen.width() : Integer.MAX_VALUE,
                                screen.styled(),
                                screen.style())
                        .forEach(screen::line);
            case JSON -> screen.raw(Json.pretty(selected) + "\n");
            case YAML -> screen.raw(Json.yaml(selected));
            case CSV -> {
                csv(List.copyOf(selected.propertyNames()));
                csv(selected.values().stream().map(Text::of).toList());
            }
            case VALUE -> selected.values().forEach(value -> screen.raw(Text.of(value) + "\n"));
        }
    }

    private List<Column> columns(Kind kind, List<JsonNode> objects) {
        if (chosen.isEmpty()) {
            return kind.columns();
        }
        var columns = new ArrayList<Column>();
        for (var name : chosen) {
            var known = kind.column(name);
            var first = name.substring(0, name.indexOf('.') < 0 ? name.length() : name.indexOf('.'));
            if (known.isEmpty()
                    && !kind.fields().contains(first)
                    && objects.stream().noneMatch(o -> o.has(first))) {
                throw Failure.usage(
                        "A " + kind.noun() + " has no column " + name + ".",
                        "known: " + kind.fields().stream().sorted().collect(Collectors.joining(", ")));
            }
            columns.add(known.orElseGet(() -> Column.field(name, columns.size() + 1)));
        }
        return columns;
    }

    private JsonNode array(List<JsonNode> objects, List<Column> columns) {
        var array = JsonNodeFactory.instance.arrayNode();
        objects.forEach(object -> array.add(chosen.isEmpty() ? object : selected(columns, object)));
        return array;
    }

    /** The chosen columns alone; a column that is a field keeps its JSON. */
    private static JsonNode selected(List<Column> columns, JsonNode object) {
        var selected = Json.object();
        for (var column : columns) {
            var field = Column.at(object, column.name());
            if (field.isMissingNode()) {
                selected.put(column.name(), column.value().apply(object));
            } else {
                selected.set(column.name(), field);
            }
        }
        return selected;
    }

    private static List<String> cells(List<Column> columns, JsonNode object) {
        return columns.stream().map(column -> column.value().apply(object)).toList();
    }

    /** One record of RFC 4180, with the line end of this world. */
    private void csv(List<String> cells) {
        screen.raw(cells.stream().map(Output::quoted).collect(Collectors.joining(",")) + "\n");
    }

    private static String quoted(String cell) {
        return cell.matches("[^,\"\\r\\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
