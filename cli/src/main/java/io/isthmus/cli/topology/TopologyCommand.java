package io.isthmus.cli.topology;

import io.isthmus.cli.command.Session;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.command.Verbs;
import io.isthmus.cli.http.ExitCode;
import io.isthmus.cli.http.Json;
import io.isthmus.cli.output.Facts;
import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Style;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import tools.jackson.databind.JsonNode;

/** {@code isthmus topology}. */
public final class TopologyCommand {
    private static final int WIDEST = 100;
    private static final int MOST = 10_000;
    private static final Pattern CONNECTION_LINES = Pattern.compile("[═║╔╗╚╝╡╞╥╨╬╪╫]+");
    private static final Pattern MARKS = Pattern.compile("[●◐▲✗]");

    private TopologyCommand() {}

    public static CommandSpec of(Session session) {
        var syntax = new Syntax(
                "topology",
                session,
                "Draw sites, links and connections: a map of up to " + Picture.MOST_SITES
                        + " sites, a list of more; or apply or export them as a file.");
        var width = syntax.number("--width", "COLUMNS", "How wide (default: the terminal, at most " + WIDEST + ").");
        var list = syntax.flag("--list", "A list, however few sites there are.");
        var command = syntax.does(() -> {
            var screen = session.surroundings().out();
            var api = session.api();
            var sites = api.list("sites", Map.of(), MOST).stream()
                    .map(TopologyCommand::site)
                    .toList();
            var links = api.list("links", Map.of(), MOST).stream()
                    .map(TopologyCommand::link)
                    .toList();
            var connections = api.list("connections", Map.of(), MOST).stream()
                    .map(TopologyCommand::connection)
                    .toList();
            int columns = width.value().orElse(screen.terminal() ? Math.min(screen.width(), WIDEST) : 80);
            var lines = list.get()
                    ? SiteList.draw(sites, links, connections)
                    : Picture.draw(sites, links, connections, columns);
            lines.forEach(line -> screen.line(emphasized(line, screen.style())));
            return ExitCode.DONE;
        });
        for (var verb : List.of(ApplyTopology.of(session), ExportTopology.of(session))) {
            command.addSubcommand(verb.name(), verb);
        }
        return command.aliases("map");
    }

    private static String emphasized(String line, Style style) {
        if (style == Style.PLAIN) {
            return line;
        }
        var bold = CONNECTION_LINES.matcher(line).replaceAll(run -> style.of(Mark.BUSY, run.group()));
        return MARKS.matcher(bold).replaceAll(mark -> style.of(markOf(mark.group()), mark.group()));
    }

    private static Mark markOf(String sign) {
        return switch (sign) {
            case "●" -> Mark.GOOD;
            case "◐" -> Mark.BUSY;
            case "▲" -> Mark.WARNING;
            default -> Mark.BAD;
        };
    }

    private static Topology.Site site(JsonNode site) {
        var id = Text.clean(Json.text(site, "id"));
        var name = Text.clean(Json.text(site, "name"));
        var cell = Text.clean(Json.text(site, "cloud", "cell"));
        var region = Text.clean(Json.text(site, "cloud", "region_name"));
        var location = site.path("location");
        var place = location.path("latitude").isNumber()
                        && location.path("longitude").isNumber()
                ? Optional.of(new Topology.Place(
                        location.path("latitude").asDouble(),
                        location.path("longitude").asDouble()))
                : Optional.<Topology.Place>empty();
        return new Topology.Site(
                id,
                name.equals(id) ? "" : name,
                cell.isEmpty() ? region : cell,
                Text.clean(Json.text(site, "status")),
                place);
    }

    private static Topology.Link link(JsonNode link) {
        var isUp = !Json.text(link, "oper_status").equals("down")
                && link.path("admin_state_up").asBoolean(true);
        return new Topology.Link(
                Text.clean(Json.text(link, "a_site")),
                Text.clean(Json.text(link, "z_site")),
                link.path("latency_ms").isNumber()
                        ? Text.number(link.path("latency_ms").asDouble()) + " ms"
                        : "",
                isUp);
    }

    private static Topology.Connection connection(JsonNode connection) {
        var status = Text.clean(Json.text(connection, "status"));
        var oper = Text.clean(Json.text(connection, "oper_status"));
        var facts = new ArrayList<String>();
        if (connection.path("path").has("sites")) {
            facts.add("path " + Facts.sites(connection.path("path")));
        }
        if (connection.path("measured").hasNonNull("rtt_ms")) {
            facts.add("RTT "
                    + Text.number(connection.path("measured").path("rtt_ms").asDouble(0)) + " ms");
        }
        return new Topology.Connection(
                Facts.end(connection, "local"),
                Facts.end(connection, "remote"),
                Text.clean(Verbs.called(connection)),
                status.equals("active") && !oper.isEmpty() ? oper : status,
                String.join(", ", facts));
    }
}
