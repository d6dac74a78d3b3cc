package io.isthmus.cli.diagnosis;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.connection.Connections;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Format;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.site.Sites;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus diagnose [CONNECTION|SITE]}, and the same as a verb of either. */
public final class Diagnose {
    static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int MANY = 1_000;

    private static final Kind FINDING = new Kind(
            "finding",
            "findings",
            List.of(
                    Column.state("severity"),
                    Column.field("site", 0),
                    Column.field("side", 4),
                    Column.field("layer", 2),
                    Column.field("code", 0),
                    Column.field("detail", 3)),
            Set.of("severity", "site", "side", "layer", "code", "detail", "evidence", "remedy"));

    private static final Kind DIAGNOSIS = new Kind("diagnosis", "diagnoses", List.of(), Set.of());

    private final Session session;
    private final Supplier<Output> output;

    private Diagnose(Syntax syntax, Session session) {
        this.session = session;
        this.output = syntax.output();
    }

    /** What is diagnosed. */
    private record Target(String path, String title) {}

    public static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "diagnose",
                session,
                "Find what is wrong with a connection or a site, or with all of them: site, layer, evidence, remedy. Exits with"
                        + " 1 if there is an error.");
        var name = syntax.optionalArgument("CONNECTION|SITE", "An id or name (default: everything).");
        var command = new Diagnose(syntax, session);
        syntax.examples("isthmus diagnose b-d", "isthmus diagnose d", "isthmus diagnose b-d -f json");
        return syntax.does(() -> command.run(name.value().map(command::either).orElseGet(command::all)));
    }

    /** {@code isthmus connection diagnose CONNECTION}. */
    public static CommandSpec ofConnection(Session session) {
        var syntax = new Syntax(
                "diagnose", session, "Find what is wrong with a connection. Exits with 1 if there is an error.");
        return one(syntax, session, syntax.argument("CONNECTION", "Its id or name."), Connections.KIND);
    }

    /** {@code isthmus site diagnose SITE}. */
    public static CommandSpec ofSite(Session session) {
        var syntax =
                new Syntax("diagnose", session, "Find what is wrong with a site. Exits with 1 if there is an error.");
        return one(syntax, session, syntax.argument("SITE", "Its id or name."), Sites.KIND);
    }

    private static CommandSpec one(Syntax syntax, Session session, Setting<String> name, Kind kind) {
        var command = new Diagnose(syntax, session);
        return syntax.does(() -> command.run(List.of(command.target(
                kind, new Resource(kind, session.api()).get(name.required()).body()))));
    }

    /** A connection or a site; several of both at once are never guessed between. */
    private List<Target> either(String name) {
        var connection = new Resource(Connections.KIND, session.api()).find(name);
        var site = new Resource(Sites.KIND, session.api()).find(name);
        if (connection.isPresent() && site.isPresent()) {
            throw new Failure(
                    ExitCode.REFUSED_BY_STATE,
                    "There are a connection and a site " + name + ".",
                    "candidates: connection " + Resource.id(connection.get().body()) + ", site "
                            + Resource.id(site.get().body()),
                    "hint: isthmus connection diagnose, or isthmus site diagnose");
        }
        var found = connection
                .map(reply -> target(Connections.KIND, reply.body()))
                .or(() -> site.map(reply -> target(Sites.KIND, reply.body())));
        return List.of(found.orElseThrow(() -> new Failure(
                ExitCode.NOT_FOUND,
                "There is no connection and no site " + name + ".",
                "hint: isthmus connection list, or isthmus site list, shows what there is")));
    }

    private List<Target> all() {
        var targets = new ArrayList<Target>();
        for (var kind : List.of(Sites.KIND, Connections.KIND)) {
            for (var object : session.api().list(kind.collection(), Map.of(), MANY)) {
                targets.add(target(kind, object));
            }
        }
        return targets;
    }

    private Target target(Kind kind, JsonNode object) {
        var ends = Facts.ends(object);
        var title = kind.noun() + " " + Verbs.called(object) + (ends.isEmpty() ? "" : " (" + ends + ")");
        return new Target(new Resource(kind, session.api()).path(Resource.id(object)) + "/diagnose", title);
    }

    private ExitCode run(List<Target> targets) {
        var out = output.get();
        var screen = session.surroundings().out();
        var documents = new ArrayList<JsonNode>();
        for (var target : targets) {
            var document = session.api()
                    .post(target.path(), Document.empty(), Map.of(), LIMIT)
                    .body();
            documents.add(document);
            if (out.isForPeople() && !out.choosesColumns()) {
                DiagnosisText.of(target.title(), document, screen).forEach(screen::line);
            }
        }
        if (!out.isForPeople() || out.choosesColumns()) {
            print(out, documents);
        }
        return documents.stream().anyMatch(Diagnose::hasError) ? ExitCode.FAILED : ExitCode.DONE;
    }

    /** Programs that read JSON or YAML get all; those that read rows get the findings. */
    private static void print(Output out, List<JsonNode> documents) {
        var whole = !out.choosesColumns() && (out.format() == Format.JSON || out.format() == Format.YAML);
        if (whole && documents.size() == 1) {
            out.show(DIAGNOSIS, documents.getFirst());
        } else if (whole) {
            out.list(DIAGNOSIS, documents);
        } else {
            out.list(
                    FINDING,
                    documents.stream()
                            .flatMap(document -> document.path("findings").values().stream())
                            .toList());
        }
    }

    static boolean hasError(JsonNode document) {
        return document.path("findings").values().stream()
                .anyMatch(finding -> Json.text(finding, "severity").equals("error"));
    }

    static Optional<JsonNode> first(JsonNode document) {
        return document.path("findings").values().stream().findFirst();
    }
}
