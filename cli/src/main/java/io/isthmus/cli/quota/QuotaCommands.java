package io.isthmus.cli.quota;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus quota …}. */
public final class QuotaCommands {
    private static final Kind KIND = new Kind(
            "quota",
            "quotas",
            List.of(
                    Column.field("project_id", 0),
                    Column.computed("connections", 1, used("connections")),
                    Column.computed("endpoints", 2, used("endpoints")),
                    Column.computed("bandwidth_mbps", 1, used("bandwidth_mbps")),
                    Column.field("is_default", 3)),
            Set.of(
                    "id",
                    "name",
                    "project_id",
                    "connections",
                    "endpoints",
                    "bandwidth_mbps",
                    "used",
                    "is_default",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private QuotaCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "quota",
                session,
                "Quotas: how much a project may have.",
                List.of(verbs.list(), show(session), set(session), delete(session)));
    }

    /** {@code 3 of 10}, or {@code 3 of any}. */
    private static Function<JsonNode, String> used(String field) {
        return quota -> "%d of %s"
                .formatted(
                        quota.path("used").path(field).asLong(0),
                        quota.path(field).asLong(-1) < 0
                                ? "any"
                                : quota.path(field).asString());
    }

    private static CommandSpec show(Session session) {
        var syntax = new Syntax("show", session, "Show what a project may have and what it has.");
        var project = syntax.argument("PROJECT", "Its id in Keystone.");
        var output = syntax.output();
        return syntax.does(() -> {
            output.get()
                    .show(
                            KIND,
                            new Resource(KIND, session.api())
                                    .get(project.required())
                                    .body());
            return ExitCode.DONE;
        });
    }

    private static CommandSpec set(Session session) {
        var syntax = new Syntax("set", session, "Change what a project may have; what it has already stays.");
        var project = syntax.argument("PROJECT", "Its id in Keystone.");
        var limits = List.<Setting<Integer>>of(
                syntax.number("--connections", "N", "-1 is any number."),
                syntax.number("--endpoints", "N", "-1 is any number."),
                syntax.number("--bandwidth-mbps", "MBPS", "The sum of its connections' bandwidths; -1 is any."));
        var output = syntax.output();
        syntax.examples("isthmus quota set 4f0a6c --connections 20 --bandwidth-mbps 10000");
        return syntax.does(() -> {
            if (limits.stream().allMatch(limit -> limit.value().isEmpty())) {
                throw Failure.usage("Nothing to change: name at least one limit.");
            }
            var resource = new Resource(KIND, session.api());
            var found = resource.get(project.required());
            var document = Document.empty();
            for (var limit : limits) {
                var field = limit.name().substring(2).replace('-', '_');
                var kept = Optional.of(found.body().path(field).asInt(-1));
                document.put("/" + field, limit.name(), limit.value().or(() -> kept));
            }
            var replaced = session.api().put(resource.path(project.required()), document, Resource.etag(found));
            output.get().show(KIND, replaced.body());
            return ExitCode.DONE;
        });
    }

    private static CommandSpec delete(Session session) {
        var syntax = new Syntax("delete", session, "Give projects the defaults again.");
        var projects = syntax.arguments("PROJECT", "Ids in Keystone.");
        return syntax.does(() -> {
            for (var project : projects.required()) {
                session.api().delete(new Resource(KIND, session.api()).path(project), Map.of());
                session.surroundings().out().line("Project " + project + " has the default quota.");
            }
            return ExitCode.DONE;
        });
    }
}
