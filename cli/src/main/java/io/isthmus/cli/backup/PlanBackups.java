package io.isthmus.cli.backup;

import io.isthmus.cli.command.DocumentFile;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.output.Screen;
import io.isthmus.cli.output.Text;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus backup plan}: where each VNF of a fleet has its backup, and which losses do not fit. */
final class PlanBackups {
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Kind ASSIGNMENT = new Kind(
            "assignment",
            "assignments",
            List.of(Column.field("vnf", 0), Column.field("site", 0), Column.field("backup", 0)),
            Set.of("vnf", "site", "backup"));

    private static final Kind PLAN = new Kind(
            "plan",
            "plans",
            List.of(),
            Set.of("complete", "proven", "unplaced_at_least", "cost", "cost_at_least", "assignments", "losses"));

    private PlanBackups() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "plan",
                session,
                "Give every VNF of a fleet its backup, on paper, so that any single loss fits. Changes nothing.");
        var file = syntax.text(
                "-F,--from-file",
                "FILE",
                "vnfs (name, site, resources), and if wanted survives, constraints and weights; - reads standard input.");
        var survives = syntax.oneOf(
                "--survives", List.of("site", "failure_domain"), "Which losses to provide for (default: site).");
        var formatOrFile = syntax.formatOrFile(file);
        syntax.examples(
                "isthmus backup plan -F fleet.yaml", "isthmus backup plan -F fleet.yaml --survives failure_domain");
        return syntax.does(() -> {
            var document = DocumentFile.read(
                    formatOrFile.file().get().orElseThrow(() -> Failure.usage("Missing: " + file.name())));
            document.put("/survives", survives.name(), survives.value());
            var plan = session.api()
                    .post("/v1/backup-plans", document, Map.of(), LONGEST)
                    .body();
            show(formatOrFile.output().get(), syntax.screen(), plan);
            return plan.path("complete").asBoolean(false) ? ExitCode.DONE : ExitCode.FAILED;
        });
    }

    private static void show(Output output, Screen screen, JsonNode plan) {
        if (!output.isForPeople()) {
            output.show(PLAN, plan);
            return;
        }
        output.list(ASSIGNMENT, List.copyOf(plan.path("assignments").values()));
        screen.line("");
        screen.line(quality(plan));
        for (var loss : plan.path("losses").values()) {
            if (!loss.path("fits").asBoolean(true)) {
                screen.line(tooMuch(loss));
            }
        }
    }

    private static String quality(JsonNode plan) {
        if (plan.path("proven").asBoolean(false)) {
            return "There is no better plan.";
        }
        double cost = plan.path("cost").asDouble(0);
        double least = plan.path("cost_at_least").asDouble(0);
        return cost == 0
                ? "A better plan may exist."
                : "At most %s %% from the best plan there can be.".formatted(Text.number(100 * (cost - least) / cost));
    }

    private static String tooMuch(JsonNode loss) {
        var missing = loss.path("missing");
        return Text.clean("The loss of %s %s does not fit: %s without room, %s vCPUs, %s MB and %s GB missing."
                .formatted(
                        Json.text(loss, "kind").replace('_', ' '),
                        Json.text(loss, "name"),
                        loss.path("without_room").values().stream()
                                .map(Text::of)
                                .collect(Collectors.joining(", ")),
                        Json.text(missing, "vcpus"),
                        Json.text(missing, "ram_mb"),
                        Json.text(missing, "disk_gb")));
    }
}
