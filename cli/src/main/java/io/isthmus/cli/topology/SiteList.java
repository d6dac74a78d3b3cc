package io.isthmus.cli.topology;

import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The topology as a list: every site, and under it what it is joined to. Serves any number of sites. */
final class SiteList {
    private SiteList() {}

    static List<String> draw(
            List<Topology.Site> sites, List<Topology.Link> links, List<Topology.Connection> connections) {
        if (sites.isEmpty()) {
            return List.of("No sites. Register one: isthmus site create --help");
        }
        var sorted =
                sites.stream().sorted(Comparator.comparing(Topology.Site::id)).toList();
        int width =
                sorted.stream().mapToInt(site -> Text.width(site.id())).max().orElse(0);
        var lines = new ArrayList<String>();
        for (var site : sorted) {
            lines.add((Text.pad(site.id(), width) + "  " + site.name() + "  " + Mark.marked(site.status()))
                    .stripTrailing());
            var joined = joined(site.id(), links, connections, width);
            for (int i = 0; i < joined.size(); i++) {
                lines.add((i + 1 < joined.size() ? "├" : "└") + joined.get(i));
            }
        }
        lines.add("");
        lines.addAll(Legend.of(connections));
        return lines;
    }

    private static List<String> joined(
            String site, List<Topology.Link> links, List<Topology.Connection> connections, int width) {
        var joined = new ArrayList<String>();
        for (var link : links) {
            if (link.a().equals(site) || link.z().equals(site)) {
                var other = link.a().equals(site) ? link.z() : link.a();
                joined.add(("── " + Text.pad(other, width) + "  " + (link.isUp() ? link.label() : "✗ down"))
                        .stripTrailing());
            }
        }
        for (var connection : connections) {
            if (connection.local().equals(site) || connection.remote().equals(site)) {
                var other = connection.local().equals(site) ? connection.remote() : connection.local();
                joined.add("══ " + Text.pad(other, width) + "  " + connection.name() + " "
                        + Mark.marked(connection.state()));
            }
        }
        return joined;
    }
}
