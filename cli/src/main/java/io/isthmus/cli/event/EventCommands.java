package io.isthmus.cli.event;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Text;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus event …}. */
public final class EventCommands {
    static final Kind KIND = new Kind(
            "event",
            "events",
            List.of(
                    Column.computed("at", 1, event -> first(event, "at", "time", "created_at")),
                    Column.computed("kind", 0, event -> first(event, "kind", "type")),
                    Column.computed("resource", 2, event -> first(event, "resource_id", "resource", "subject")),
                    Column.computed("detail", 3, EventCommands::detail)),
            Set.of(
                    "id",
                    "seq",
                    "at",
                    "kind",
                    "type",
                    "resource",
                    "resource_type",
                    "resource_id",
                    "project_id",
                    "revision",
                    "data",
                    "detail"));

    private EventCommands() {}

    public static CommandSpec of(Session session) {
        return Syntax.group(
                "event", session, "Events: what happens in the controller.", List.of(list(session), watch(session)));
    }

    private static CommandSpec list(Session session) {
        var syntax = new Syntax("list", session, "List the latest events that the controller still has.");
        var limit = syntax.number("--limit", "N", "At most so many (default: 100).");
        var output = syntax.output();
        return syntax.does(() -> {
            int most = limit.value().orElse(100);
            var query = Map.of("limit", Integer.toString(most));
            output.get().list(KIND, session.api().list(KIND.collection(), query, most));
            return ExitCode.DONE;
        });
    }

    private static CommandSpec watch(Session session) {
        var syntax = new Syntax(
                "watch", session, "Print events as they happen, until interrupted. A lost stream is taken up again.");
        var since = syntax.text("--since", "EVENT-ID", "Begin after this event (default: now).");
        var count = syntax.number("--count", "N", "End after so many events.");
        var output = syntax.output();
        syntax.examples("isthmus event watch", "isthmus event watch -f json --count 1");
        return syntax.does(() -> {
            var watch = new EventWatch(
                    session.api(), new EventLines(session.surroundings().out(), output.get()));
            watch.follow(since.value().orElse(""), count.value().orElse(Integer.MAX_VALUE));
            return ExitCode.DONE;
        });
    }

    /** The first of these fields that the event has. */
    private static String first(JsonNode event, String... names) {
        for (var name : names) {
            if (event.hasNonNull(name)) {
                return Text.of(event.path(name));
            }
        }
        return "";
    }

    private static String detail(JsonNode event) {
        if (event.path("data").isObject()) {
            return event.path("data").properties().stream()
                    .map(entry -> entry.getKey() + " " + Text.of(entry.getValue()))
                    .collect(Collectors.joining(", "));
        }
        return Text.clean(Json.text(event, "detail"));
    }
}
