package io.isthmus.cli.endpoint;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Column;
import io.isthmus.cli.output.Kind;
import io.isthmus.cli.output.Text;
import io.isthmus.cli.site.SiteChoice;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus endpoint …}. */
public final class EndpointCommands {
    public static final Kind KIND = new Kind(
            "endpoint",
            "endpoints",
            List.of(
                    Column.field("id", 5),
                    Column.field("name", 3),
                    Column.field("site", 0),
                    Column.computed("network", 2, endpoint -> summary(endpoint.path("network"))),
                    Column.field("role", 4),
                    Column.field("segmentation_id", 6),
                    Column.field("mtu", 7),
                    Column.state("status")),
            Set.of(
                    "id",
                    "name",
                    "project_id",
                    "site",
                    "network",
                    "role",
                    "connection_id",
                    "network_id",
                    "subnet_id",
                    "segmentation_id",
                    "mtu",
                    "status",
                    "created_at",
                    "updated_at",
                    "revision",
                    "tags"));

    private EndpointCommands() {}

    private static String summary(JsonNode network) {
        if (network.has("create")) {
            return "new " + Text.clean(Json.text(network, "create", "cidr"));
        }
        if (network.has("router_id")) {
            return "router " + Text.clean(Json.text(network, "router_id"));
        }
        if (network.has("external_network_id")) {
            return "external " + Text.clean(Json.text(network, "cidr"));
        }
        return Text.clean(Json.text(network, "network_id"));
    }

    public static CommandSpec of(Session session) {
        var verbs = new Verbs(KIND, session);
        return Syntax.group(
                "endpoint",
                session,
                "Endpoints: one end of a connection each, a site and the network there that is to be joined.",
                List.of(verbs.list(), verbs.show(), create(verbs, session), set(verbs, session), verbs.delete()));
    }

    private static CommandSpec create(Verbs verbs, Session session) {
        var syntax = new Syntax("create", session, "Describe an endpoint; nothing is made at the site yet.");
        var site = syntax.optionalArgument("SITE", "The site: its id, its name, cell:NAME or region:NAME.");
        var common = new CommonOptions(syntax);
        var network = new NetworkOptions(syntax, "");
        var chosen = new SiteChoice(syntax, session, "");
        syntax.examples(
                "isthmus endpoint create b --cidr 10.64.0.0/24 --pool 10.64.0.10-10.64.0.99",
                "isthmus endpoint create --cell cell-b --network-id 6f2c0d0e-6a4b-4d8e-8f6a-0d9a3c5b7e11",
                "isthmus endpoint create b --router web --prefix 10.1.0.0/16");
        return verbs.create(syntax, () -> {
            var document = Document.empty();
            chosen.put(document, "/site", site.name(), site.value());
            network.put(document, "/network", Optional.empty());
            common.fill(document);
            return document;
        });
    }

    private static CommandSpec set(Verbs verbs, Session session) {
        var syntax = new Syntax("set", session, "Change an endpoint that no connection uses yet.");
        var common = new CommonOptions(syntax);
        var network = new NetworkOptions(syntax, "");
        return verbs.set(syntax, document -> {
            common.fill(document);
            if (network.isGiven()) {
                network.put(document, "/network", Optional.empty());
            }
        });
    }

    /** The fields that say nothing about the network. */
    private static final class CommonOptions {
        private final Setting<String> name;
        private final Setting<List<String>> tags;

        CommonOptions(Syntax syntax) {
            name = syntax.text("--name", "NAME", "A name for people.");
            tags = syntax.repeated("--tag", "TAG", "May be repeated.");
        }

        void fill(Document document) {
            document.put("/name", name.name(), name.value()).put("/tags", tags.name(), tags.value());
        }
    }
}
