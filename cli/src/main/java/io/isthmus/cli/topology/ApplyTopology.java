package io.isthmus.cli.topology;

import io.isthmus.cli.command.DocumentFile;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Api;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Text;
import io.isthmus.cli.topology.file.Differences;
import io.isthmus.cli.topology.file.Differences.Verb;
import io.isthmus.cli.topology.file.Inventory;
import io.isthmus.cli.topology.file.TopologyFormat;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code isthmus topology apply}: makes the controller have the sites and links of a file; shows first what that changes. */
final class ApplyTopology {
    private static final int MOST_SHOWN = 40;

    private ApplyTopology() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "apply",
                session,
                "Make the controller have the sites and links of a file (YAML, GML or GraphML). Shows the changes, then asks.");
        var file = syntax.text("-f,--file", "FILE", "The file; - reads standard input.");
        var cloud = syntax.text(
                "--cloud",
                "FILE",
                "For GML and GraphML: a site's cloud as YAML, in which {site} stands for the site's id. Without it a"
                        + " placeholder that no OpenStack answers for.");
        var yes = syntax.flag("--yes", "Do not ask.");
        var dryRun = syntax.flag("--dry-run", "Show the changes and leave it at that.");
        var prune = syntax.flag("--prune", "Delete sites and links that the file does not name.");
        syntax.examples(
                "isthmus topology apply -f topology.yaml",
                "isthmus topology apply -f Abilene.gml --cloud cloud.yaml --dry-run",
                "isthmus topology apply -f topology.yaml --prune --yes");
        return syntax.does(() -> {
            var wanted = TopologyFormat.read(file.required(), cloud(cloud.value()));
            var api = session.api();
            var differences = Differences.between(wanted, Controller.inventory(api), prune.get());
            var screen = session.surroundings().out();
            show(differences, screen);
            if (differences.changes().isEmpty() || dryRun.get()) {
                return ExitCode.DONE;
            }
            if (!yes.get() && !agreed(file.required(), screen)) {
                screen.line("Nothing was changed.");
                return ExitCode.DONE;
            }
            return carryOut(differences, api, screen);
        });
    }

    private static ObjectNode cloud(Optional<String> file) {
        if (file.isPresent()) {
            var document = DocumentFile.read(file.get()).body();
            return document.path("cloud") instanceof ObjectNode inner ? inner : document;
        }
        return Json.object()
                .put("kind", "instance")
                .put("auth_url", "http://{site}.invalid:5000/v3")
                .put("region_name", "{site}")
                .put("physical_network", "physnet1")
                .put("vlan_range", "2000-2999")
                .put("credential_id", "{site}");
    }

    private static void show(Differences differences, Screen screen) {
        int shown = 0;
        for (var change : differences.changes()) {
            if (shown++ == MOST_SHOWN) {
                screen.line("… and %d more".formatted(differences.changes().size() - MOST_SHOWN));
                break;
            }
            var noun = change.collection().substring(0, change.collection().length() - 1);
            var fields = change.verb() == Verb.CHANGE ? ": " + String.join(", ", change.fields()) : "";
            screen.line(Text.clean("%s %s %s%s".formatted(sign(change.verb()), noun, change.name(), fields)));
        }
        screen.line("%d to create, %d to change, %d to delete, %d as they should be."
                .formatted(
                        count(differences, Verb.CREATE),
                        count(differences, Verb.CHANGE),
                        count(differences, Verb.DELETE),
                        differences.same()));
    }

    private static String sign(Verb verb) {
        return switch (verb) {
            case CREATE -> "+";
            case CHANGE -> "~";
            case DELETE -> "-";
        };
    }

    private static long count(Differences differences, Verb verb) {
        return differences.changes().stream()
                .filter(change -> change.verb() == verb)
                .count();
    }

    private static boolean agreed(String file, Screen screen) {
        if (!screen.terminal() || file.equals("-")) {
            throw Failure.usage(
                    "Nobody can be asked here.", "hint: --yes makes the changes, --dry-run only shows them");
        }
        screen.line("Make these changes? [y/N]");
        try {
            var answer = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
            return answer != null && answer.strip().matches("(?i)y|yes");
        } catch (IOException e) {
            return false;
        }
    }

    private static ExitCode carryOut(Differences differences, Api api, Screen screen) {
        int done = 0;
        for (var change : differences.changes()) {
            var path = "/v1/" + change.collection();
            var one = path + "/" + Api.encode(change.id());
            try {
                switch (change.verb()) {
                    case CREATE -> api.post(path, Document.of(change.body()), Map.of());
                    case CHANGE -> {
                        var etag = '"' + Json.text(api.get(one, Map.of()).body(), "revision") + '"';
                        api.patch(one, Document.of(change.body()), etag, Map.of());
                    }
                    case DELETE -> api.delete(one, Map.of());
                }
            } catch (Failure failure) {
                screen.line("%d of %d changes made; stopped at %s %s. Run it again once that is mended."
                        .formatted(done, differences.changes().size(), change.collection(), Text.clean(change.name())));
                throw failure;
            }
            done++;
        }
        screen.line("%d changes made.".formatted(done));
        return ExitCode.DONE;
    }

    /** The sites and links that a controller has. */
    static final class Controller {
        private Controller() {}

        static Inventory inventory(Api api) {
            return new Inventory(
                    api.list("sites", Map.of(), Inventory.MOST_SITES).stream()
                            .map(ObjectNode.class::cast)
                            .toList(),
                    api.list("links", Map.of(), Inventory.MOST_LINKS).stream()
                            .map(ObjectNode.class::cast)
                            .toList());
        }
    }
}
