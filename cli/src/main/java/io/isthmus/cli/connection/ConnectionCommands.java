package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code isthmus connection …}. */
public final class ConnectionCommands {
    private ConnectionCommands() {}

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(Connections.KIND, session);
        return Syntax.group(
                "connection",
                session,
                "Connections: programmed networks between two endpoints.",
                List.of(
                        verbs.list(),
                        verbs.show(),
                        CreateConnection.create(session),
                        set(verbs, session),
                        delete(session),
                        verify(session),
                        reconcile(session)));
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax("set", session, "Change a connection.");
        var options = new ConnectionOptions(syntax);
        syntax.examples(
                "isthmus connection set b-d --bandwidth 500", "isthmus connection set b-d --unset max_latency_ms");
        return verbs.set(syntax, options::fill);
    }

    private static CommandSpec delete(Session session) {
        var syntax = new Syntax("delete", session, "Delete connections, and all that they made at both sides.");
        var names = syntax.arguments("CONNECTION", "Ids or names.");
        var waiting = new Waiting(syntax, session, "Follow each until nothing of it is left.");
        var dryRun = syntax.flag("--dry-run", "Only show what would be removed at each side.");
        var output = syntax.output();
        syntax.examples("isthmus connection delete b-d --wait");
        return syntax.does(() -> {
            var resource = new Resource(Connections.KIND, session.api());
            var screen = session.surroundings().out();
            for (var name : names.required()) {
                var connection = resource.get(name).body();
                var path = resource.path(Resource.id(connection));
                if (dryRun.get()) {
                    var plan = session.api()
                            .delete(path, Map.of("dry_run", "true"))
                            .body();
                    output.get().show(Connections.PLAN, plan.has("plan") ? plan.path("plan") : plan);
                    continue;
                }
                var reply = session.api().delete(path, Map.of());
                if (waiting.isWanted() && reply.status() == 202) {
                    // The reply has the id of the deletion's operation; a reply without a body still tells what to
                    // follow.
                    var deleting = reply.body().has("id") ? reply.body() : connection;
                    waiting.start(screen, "delete", deleting).untilDeleted(deleting);
                }
                screen.line(
                        (waiting.isWanted() || reply.status() != 202 ? "Deleted connection " : "Deleting connection ")
                                + name + " (" + Facts.ends(connection) + ").");
            }
            return ExitCode.DONE;
        });
    }

    private static CommandSpec verify(Session session) {
        var syntax = new Syntax(
                "verify",
                session,
                "Measure a connection now: MTU, loss and latency in both directions. Exits with 1 if no traffic passes.");
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var output = syntax.output();
        return syntax.does(() -> {
            var result = act(session, name.required(), "verify");
            if (output.get().isForPeople() && result.has("measured")) {
                session.surroundings().out().line(Facts.ends(result) + ": " + Json.text(result, "oper_status"));
                Ending.facts(result).forEach(session.surroundings().out()::line);
            } else {
                output.get().show(Connections.KIND, result);
            }
            return Json.text(result, "oper_status").equals("down") ? ExitCode.FAILED : ExitCode.DONE;
        });
    }

    private static CommandSpec reconcile(Session session) {
        var syntax = new Syntax("reconcile", session, "Read both sides back now, and repair what drifted.");
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var output = syntax.output();
        return syntax.does(() -> {
            output.get().show(Connections.KIND, act(session, name.required(), "reconcile"));
            return ExitCode.DONE;
        });
    }

    private static tools.jackson.databind.JsonNode act(Session session, String name, String action) {
        var resource = new Resource(Connections.KIND, session.api());
        var path = resource.path(resource.id(name)) + "/" + action;
        return session.api().post(path, Document.empty(), Map.of()).body();
    }
}
