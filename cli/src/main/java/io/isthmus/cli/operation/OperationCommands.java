package io.isthmus.cli.operation;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Text;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus operation …}. */
public final class OperationCommands {
    public static final Kind KIND = new Kind(
            "operation",
            "operations",
            List.of(
                    Column.field("id", 3),
                    Column.field("kind", 1),
                    Column.computed("resource", 2, OperationCommands::resource),
                    Column.state("state"),
                    Column.computed("steps", 4, OperationCommands::progress),
                    Column.field("created_at", 5)),
            Set.of(
                    "id",
                    "kind",
                    "resource",
                    "resource_type",
                    "resource_id",
                    "project_id",
                    "state",
                    "steps",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private OperationCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "operation",
                session,
                "Operations: every change under way or done, step by step.",
                List.of(verbs.list(), verbs.show()));
    }

    private static String resource(JsonNode operation) {
        var resource = operation.path("resource");
        if (resource.isObject()) {
            return Text.clean(Json.text(resource, "type") + " " + Json.text(resource, "id"));
        }
        return resource.isMissingNode()
                ? Text.clean(Json.text(operation, "resource_type") + " " + Json.text(operation, "resource_id"))
                : Text.of(resource);
    }

    /** How many of the known steps are done: {@code 3/8}. */
    private static String progress(JsonNode operation) {
        var steps = operation.path("steps").values();
        var done = steps.stream()
                .filter(step -> Json.text(step, "state").equals("succeeded"))
                .count();
        return done + "/" + steps.size();
    }
}
