package io.isthmus.cli.event;

import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Format;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Text;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints events one by one: a line each, also as JSON (newline-delimited), so that a script can read them as they come. */
final class EventLines {
    private final Screen screen;
    private final Output output;

    EventLines(Screen screen, Output output) {
        this.screen = screen;
        this.output = output;
    }

    void print(JsonNode event) {
        if (output.format() == Format.JSON) {
            screen.raw(Json.compact(event) + "\n");
        } else if (output.format() == Format.TABLE) {
            var cells = EventCommands.KIND.columns().stream()
                    .map(column -> column.value().apply(event))
                    .toList();
            var line = "%-24s  %-22s  %-36s  %s".formatted(cells.toArray()).stripTrailing();
            screen.line(screen.styled() ? Text.cut(line, screen.width()) : line);
        } else {
            output.list(EventCommands.KIND, List.of(event));
        }
    }
}
