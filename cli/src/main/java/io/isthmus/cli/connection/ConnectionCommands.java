package io.isthmus.cli.connection;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.http.Reply;
import io.isthmus.cli.output.Facts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus connection …}. */
public final class ConnectionCommands {
    private static final Duration LONGEST_WAIT = Duration.ofMinutes(2);

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
                        reconcile(session),
                        adminState(
                                session, "suspend", "suspended", "Let no traffic pass a connection; all else stays."),
                        adminState(session, "resume", "active", "Let traffic pass a suspended connection again.")));
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax("set", session, "Change a connection.");
        var options = new ConnectionOptions(syntax, session);
        syntax.examples(
                "isthmus connection set b-d --bandwidth 500", "isthmus connection set b-d --unset max_latency_ms");
        return verbs.set(syntax, options::fill);
    }

    private static CommandSpec delete(Session session) {
        var syntax = new Syntax("delete", session, "Delete connections, and all that they made at both sides.");
        var names = syntax.arguments("CONNECTION", "Ids or names.");
        var waiting = new Waiting(syntax, session, "Follow each until nothing of it is left.");
        var dryRun = syntax.flag("--dry-run", "Only show what would be removed at each side.");
        var force = syntax.flag(
                "--force", "Also where tenants have ports on a network of it: that network stays, and is theirs.");
        var output = syntax.output();
        syntax.examples("isthmus connection delete b-d --wait");
        return syntax.does(() -> {
            var resource = new Resource(Connections.KIND, session.api());
            var screen = session.surroundings().out();
            var forced = force.get() ? Map.of("force", "true") : Map.<String, String>of();
            for (var name : names.required()) {
                var connection = resource.get(name).body();
                var path = resource.path(Resource.id(connection));
                if (dryRun.get()) {
                    var query = new TreeMap<>(Map.of("dry_run", "true"));
                    query.putAll(forced);
                    var plan = session.api().delete(path, query).body();
                    PlanText.print(output.get(), screen, plan.has("plan") ? plan.path("plan") : plan);
                    continue;
                }
                var reply = session.api().delete(path, forced);
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

    public static CommandSpec verify(Session session) {
        var syntax = new Syntax(
                "verify",
                session,
                "Measure a connection now: MTU, loss and latency in both directions. Exits with 1 if no traffic passes.");
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var timeout = syntax.number("--timeout", "S", "Wait so many seconds at most (default: 30), then exit with 5.");
        var output = syntax.output();
        return syntax.does(() -> {
            int seconds = timeout.value().orElse(30);
            if (seconds < 0 || seconds > 300) {
                throw Failure.usage("--timeout must be within 0 to 300 seconds: " + seconds);
            }
            var query = Map.of("timeout_s", Integer.toString(seconds));
            var reply = act(session, name.required(), "verify", query, Duration.ofSeconds(seconds));
            if (reply.status() == 202) {
                throw Ending.notMeasured(reply.body(), seconds);
            }
            if (output.get().isForPeople()) {
                Ending.verified(reply.body()).forEach(session.surroundings().out()::line);
            } else {
                output.get().show(Connections.KIND, reply.body());
            }
            return Json.text(reply.body(), "oper_status").equals("down") ? ExitCode.FAILED : ExitCode.DONE;
        });
    }

    private static CommandSpec reconcile(Session session) {
        var syntax = new Syntax("reconcile", session, "Read both sides back now, and repair what drifted.");
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var output = syntax.output();
        return syntax.does(() -> {
            var reply = act(session, name.required(), "reconcile", Map.of(), Duration.ZERO);
            output.get().show(Connections.KIND, reply.body());
            return ExitCode.DONE;
        });
    }

    private static CommandSpec adminState(Session session, String action, String wanted, String summary) {
        var syntax = new Syntax(action, session, summary);
        var name = syntax.argument("CONNECTION", "Its id or name.");
        var wait = syntax.flag("--wait", "Wait until it is " + wanted + ".");
        var output = syntax.output();
        syntax.examples("isthmus connection " + action + " b-d --wait");
        return syntax.does(() -> {
            var asked = act(session, name.required(), action, Map.of(), Duration.ZERO)
                    .body();
            var reached = wait.get() ? awaited(session, asked, wanted) : asked;
            output.get().show(Connections.KIND, reached);
            return ExitCode.DONE;
        });
    }

    private static JsonNode awaited(Session session, JsonNode asked, String wanted) {
        var path = new Resource(Connections.KIND, session.api()).path(Resource.id(asked));
        var query = Map.of("wait", wanted, "timeout_s", Long.toString(LONGEST_WAIT.toSeconds()));
        var reached = session.api()
                .find(path, query, LONGEST_WAIT)
                .orElseThrow(() -> new Failure(ExitCode.NOT_FOUND, "The connection was deleted meanwhile."))
                .body();
        var status = Json.text(reached, "status");
        if (!status.equals(wanted)) {
            throw new Failure(
                    status.equals("updating") ? ExitCode.TIMED_OUT : ExitCode.FAILED,
                    "The connection is " + status + ", not " + wanted + ".",
                    "last error: " + Json.text(reached, "last_error", "detail"),
                    "hint: isthmus diagnose " + Resource.id(asked));
        }
        return reached;
    }

    private static Reply act(Session session, String name, String action, Map<String, String> query, Duration wait) {
        var resource = new Resource(Connections.KIND, session.api());
        var path = resource.path(resource.id(name)) + "/" + action;
        return session.api().post(path, Document.empty(), query, wait);
    }
}
