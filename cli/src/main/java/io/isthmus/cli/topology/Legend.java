package io.isthmus.cli.topology;

import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.List;

/** What the lines mean, and every connection in words. */
final class Legend {
    private Legend() {}

    static List<String> of(List<Topology.Connection> connections) {
        var lines = new ArrayList<String>();
        lines.add("─── link, with its latency one way    "
                + (connections.stream().allMatch(Topology.Connection::isOnlyRemembered)
                        ? "(no connection yet)"
                        : "═══ connection, made by Isthmus"));
        connections.forEach(connection -> lines.add(words(connection)));
        return lines;
    }

    private static String words(Topology.Connection connection) {
        var line = (connection.isOnlyRemembered() ? "    " : "═══ ")
                + Text.pad(connection.local() + " ↔ " + connection.remote(), 10) + "  "
                + Mark.marked(connection.state());
        return connection.facts().isEmpty() ? line : line + ", " + connection.facts();
    }
}
