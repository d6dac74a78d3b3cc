package io.isthmus.cli.topology;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.topology.file.Inventory;
import io.isthmus.cli.topology.file.TopologyFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.node.ObjectNode;

/** {@code isthmus topology export}: the controller's sites and links as a file that {@code apply} reads, or as RFC 8345 has them. */
final class ExportTopology {
    private static final String RFC_8345 = "rfc8345";
    private static final List<String> OBSERVED = List.of(
            "status", "conditions", "reserved_mbps", "oper_status", "measured", "created_at", "updated_at", "revision");

    private ExportTopology() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax("export", session, "Print the controller's sites and links.");
        var format = syntax.oneOf(
                "--format",
                Stream.concat(TopologyFormat.names().stream(), Stream.of(RFC_8345))
                        .toList(),
                "yaml, gml and graphml can be applied again; rfc8345 is ietf-network JSON (default: yaml).");
        syntax.examples(
                "isthmus topology export > topology.yaml",
                "isthmus topology export --format graphml > topology.graphml",
                "isthmus topology export --format rfc8345");
        return syntax.does(() -> {
            var screen = session.surroundings().out();
            var name = format.value().orElse("yaml");
            if (name.equals(RFC_8345)) {
                screen.raw(
                        Json.pretty(session.api().get("/v1/topology", Map.of()).body()) + "\n");
            } else {
                var inventory = described(ApplyTopology.Controller.inventory(session.api()));
                screen.raw(TopologyFormat.named(name).orElseThrow().write(inventory));
            }
            return ExitCode.DONE;
        });
    }

    /** Without what the controller observes or keeps for itself. */
    private static Inventory described(Inventory inventory) {
        var sites = new ArrayList<ObjectNode>();
        inventory.sites().forEach(site -> sites.add(described(site)));
        var links = new ArrayList<ObjectNode>();
        inventory.links().forEach(link -> {
            var described = described(link);
            described.remove("id");
            links.add(described);
        });
        return new Inventory(sites, links);
    }

    private static ObjectNode described(ObjectNode object) {
        var described = object.deepCopy();
        described.remove(OBSERVED);
        return described;
    }
}
