package io.isthmus.cli.backup;

import io.isthmus.cli.command.Resource;
import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Output;
import io.isthmus.cli.site.SiteChoice;
import io.isthmus.cli.site.Sites;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code isthmus backup suggest}: the ranked candidates, then every other site with its reason. */
final class SuggestBackup {
    private static final Kind CANDIDATE = new Kind(
            "candidate",
            "candidates",
            List.of(
                    Column.field("rank", 0),
                    Column.field("site", 0),
                    Column.field("score", 0),
                    Column.computed("path", 1, site -> Facts.sites(site.path("path"))),
                    Column.field("latency_ms", 2),
                    Column.field("free_capacity", 3),
                    Column.field("shared_risk", 4),
                    Column.field("spare_balance", 5),
                    Column.field("cost", 6)),
            Set.of("rank", "site", "score", "reasons", "path", "latency_ms"));

    /** Where the VNF is known, so is what its spare is built from. */
    private static final Kind READY = new Kind(
            "candidate",
            "candidates",
            Stream.concat(CANDIDATE.columns().stream(), Stream.of(Column.field("flavor", 2), Column.field("image", 2)))
                    .toList(),
            CANDIDATE.fields());

    private static final Kind REJECTED = new Kind(
            "rejection",
            "rejected",
            List.of(
                    Column.field("site", 0),
                    Column.field("criterion", 1),
                    Column.field("value", 0),
                    Column.field("limit", 0),
                    Column.field("reason", 2)),
            Set.of("site", "criterion", "value", "limit", "reason"));

    private static final Kind CHOICE =
            new Kind("selection", "selections", List.of(), Set.of("candidates", "rejected", "vnf"));

    private SuggestBackup() {}

    static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "suggest",
                session,
                "Rank the sites that could back a site or a server up, and say of every other one why it cannot. Changes nothing.");
        var site = syntax.optionalArgument(
                "SITE|SERVER",
                "The active site: its id, its name, cell:NAME or region:NAME; else the VNF, by its server's id or name.");
        var server = syntax.text(
                "--server",
                "SERVER",
                "The VNF, by its server's id or name in Nova, at the named site; it needs what its flavour has.");
        var options = new ConstraintOptions(syntax);
        var choice = new SiteChoice(syntax, session, "");
        var output = syntax.output();
        syntax.examples(
                "isthmus backup suggest b --max-latency 15 --min-bandwidth 200",
                "isthmus backup suggest b --min-distance 100 --vcpus 4 --ram 8192 --disk 40",
                "isthmus backup suggest firewall-1 --max-latency 15",
                "isthmus backup suggest b --server firewall-1",
                "isthmus backup suggest b --user-site a --weight shared_risk=10");
        return syntax.does(() -> {
            var document = Document.empty();
            putActive(document, session, choice, site, server);
            options.fill(document);
            var reply = session.api().post("/v1/backup-selections", document, Map.of());
            show(output.get(), syntax, reply.body());
            return reply.body().path("candidates").isEmpty() ? ExitCode.FAILED : ExitCode.DONE;
        });
    }

    /** What is no site is taken for a server, and looked for at all sites. */
    private static void putActive(
            Document document, Session session, SiteChoice choice, Setting<String> site, Setting<String> server) {
        if (server.value().isPresent()) {
            document.put("/vnf/server", server.name(), server.value());
            if (choice.isBySelector() || site.value().isPresent()) {
                choice.put(document, "/vnf/site", site.name(), site.value());
            }
        } else if (!choice.isBySelector()
                && site.value().isPresent()
                && new Resource(Sites.KIND, session.api())
                        .find(site.value().get())
                        .isEmpty()) {
            document.put("/vnf/server", site.name(), site.value());
        } else {
            choice.put(document, "/site", site.name(), site.value());
        }
    }

    private static String sentence(JsonNode vnf) {
        var needs = vnf.path("resources");
        var image = Json.text(vnf, "image_id");
        return "%s (%s) at %s: %s vCPUs, %s MB, %s GB; flavour %s, %s"
                .formatted(
                        Json.text(vnf, "name"),
                        Json.text(vnf, "server_id"),
                        Json.text(vnf, "site"),
                        Json.text(needs, "vcpus"),
                        Json.text(needs, "ram_mb"),
                        Json.text(needs, "disk_gb"),
                        Json.text(vnf, "flavor"),
                        image.isEmpty() ? "boots from a volume" : "image " + image);
    }

    private static void show(Output output, Syntax syntax, JsonNode choice) {
        if (!output.isForPeople()) {
            output.show(CHOICE, choice);
            return;
        }
        var vnf = choice.path("vnf");
        if (vnf.isObject()) {
            syntax.screen().line(sentence(vnf));
            syntax.screen().line("");
        }
        var candidates = new ArrayList<JsonNode>();
        for (var candidate : choice.path("candidates").values()) {
            candidates.add(flat(candidate, candidates.size() + 1));
        }
        if (candidates.isEmpty()) {
            syntax.screen().line("No site can be the backup.");
        } else {
            output.list(vnf.isObject() ? READY : CANDIDATE, candidates);
        }
        var rejected = List.copyOf(choice.path("rejected").values());
        if (!rejected.isEmpty()) {
            syntax.screen().line("");
            syntax.screen().line("Rejected:");
            output.list(REJECTED, rejected);
        }
    }

    /** The values of the criteria as fields of the candidate. */
    private static JsonNode flat(JsonNode candidate, int rank) {
        ObjectNode flat = Json.object().put("rank", rank);
        flat.set("site", candidate.path("site"));
        flat.set("score", candidate.path("score"));
        flat.set("path", candidate.path("path"));
        for (var part : List.of("flavor", "image")) {
            if (candidate.has(part)) {
                flat.set(part, candidate.path(part));
            }
        }
        for (var reason : candidate.path("reasons").values()) {
            flat.set(Json.text(reason, "criterion"), reason.path("value"));
        }
        return flat;
    }
}
