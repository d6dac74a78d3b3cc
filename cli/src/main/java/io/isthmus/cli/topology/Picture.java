package io.isthmus.cli.topology;

import io.isthmus.cli.output.Mark;
import io.isthmus.cli.output.Text;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Draws sites as boxes, links as single lines and connections as double lines. Links are laid out before connections, so
 * that a new connection leaves everything else where it was.
 */
final class Picture {
    static final int MOST_SITES = 8;

    private static final int BOX_HEIGHT = 4;
    private static final int ROW_GAP = 3;
    private static final int MARGIN_X = 3;
    private static final int MARGIN_Y = 2;
    private static final int WIDEST_BOX = 18;
    private static final int NARROWEST_GAP = 7;
    private static final int WIDEST_GAP = 24;

    private final List<Topology.Site> sites;
    private final List<Topology.Link> links;
    private final List<Topology.Connection> connections;
    private final Map<String, Box> boxes = new LinkedHashMap<>();
    private final Canvas canvas;

    private Picture(
            List<Topology.Site> sites, List<Topology.Link> links, List<Topology.Connection> connections, int width) {
        this.sites = sites;
        this.links = links;
        this.connections = connections;
        var cells = Layout.of(sites, links);
        int columns = 1 + cells.values().stream().mapToInt(Cell::column).max().orElse(0);
        int rows = 1 + cells.values().stream().mapToInt(Cell::row).max().orElse(0);
        int room = width - 2 * MARGIN_X;
        int boxWidth = Math.clamp(
                (room - (columns - 1) * NARROWEST_GAP) / columns,
                8,
                Math.min(
                        WIDEST_BOX,
                        4 + sites.stream().mapToInt(Picture::widest).max().orElse(10)));
        int gap = columns == 1 ? 0 : Math.min(WIDEST_GAP, (room - columns * boxWidth) / (columns - 1));
        this.canvas = new Canvas(
                columns * boxWidth + (columns - 1) * gap + 2 * MARGIN_X,
                rows * (BOX_HEIGHT + ROW_GAP) - ROW_GAP + 2 * MARGIN_Y);
        cells.forEach((id, cell) -> boxes.put(
                id,
                new Box(
                        MARGIN_X + cell.column() * (boxWidth + gap),
                        MARGIN_Y + cell.row() * (BOX_HEIGHT + ROW_GAP),
                        boxWidth,
                        BOX_HEIGHT)));
    }

    /** The picture, then its legend; a list where there are more sites than a picture can show, or no room for it. */
    static List<String> draw(
            List<Topology.Site> sites, List<Topology.Link> links, List<Topology.Connection> connections, int width) {
        if (sites.isEmpty() || sites.size() > MOST_SITES || width < 60) {
            return SiteList.draw(sites, links, connections);
        }
        var sorted =
                sites.stream().sorted(Comparator.comparing(Topology.Site::id)).toList();
        return new Picture(sorted, links, connections, width)
                .draw()
                .orElseGet(() -> SiteList.draw(sites, links, connections));
    }

    private Optional<List<String>> draw() {
        sites.forEach(site -> {
            var box = boxes.get(site.id());
            if (box != null) {
                box.drawOn(canvas, content(site, box.width() - 4));
            }
        });
        var labels = new LinkedHashMap<Line, String>();
        for (var link : inOrder(links, Topology.Link::a, Topology.Link::z)) {
            var line = line(link.a(), link.z(), Canvas.Pen.LIGHT, !link.isUp());
            if (line.isEmpty()) {
                return Optional.empty();
            }
            labels.put(line.get(), link.isUp() ? link.label() : "✗ down");
        }
        label(labels);
        var drawn = connections.stream()
                .filter(connection -> !connection.isOnlyRemembered())
                .toList();
        for (var connection : inOrder(drawn, Topology.Connection::local, Topology.Connection::remote)) {
            var line = line(connection.local(), connection.remote(), Canvas.Pen.DOUBLE, false);
            if (line.isEmpty()) {
                return Optional.empty();
            }
            labels.put(line.get(), Text.cut(connection.name(), 16) + " " + Mark.marked(connection.state()));
        }
        label(labels);
        var lines = new ArrayList<>(canvas.lines());
        lines.add("");
        lines.addAll(Legend.of(connections));
        return Optional.of(lines);
    }

    private void label(Map<Line, String> labels) {
        labels.forEach((line, label) -> {
            if (!label.isEmpty()) {
                line.label(canvas, label);
            }
        });
        labels.clear();
    }

    /** Shortest first, so that long lines go around short ones; between sites that the picture has. */
    private <T> List<T> inOrder(List<T> lines, Function<T, String> from, Function<T, String> to) {
        return lines.stream()
                .filter(line -> boxes.containsKey(from.apply(line)) && boxes.containsKey(to.apply(line)))
                .filter(line -> !from.apply(line).equals(to.apply(line)))
                .sorted(Comparator.<T, Integer>comparing(line -> distance(from.apply(line), to.apply(line)))
                        .thenComparing(from)
                        .thenComparing(to))
                .toList();
    }

    private int distance(String from, String to) {
        var a = box(from).middle();
        var b = box(to).middle();
        return Math.abs(a.x() - b.x()) + 2 * Math.abs(a.y() - b.y());
    }

    private Box box(String id) {
        return Optional.ofNullable(boxes.get(id)).orElseThrow();
    }

    private Optional<Line> line(String from, String to, Canvas.Pen pen, boolean isDashed) {
        var line =
                new Router(canvas, boxes.values()).route(box(from), box(to)).map(way -> new Line(way, pen, isDashed));
        line.ifPresent(found -> found.drawOn(canvas));
        return line;
    }

    private static List<String> content(Topology.Site site, int width) {
        return contents(site).map(text -> Text.cut(text, width)).toList();
    }

    private static Stream<String> contents(Topology.Site site) {
        var caption = site.name().isEmpty() ? site.cloud() : site.name();
        return Stream.of(caption.isEmpty() ? site.id() : site.id() + " · " + caption, Mark.marked(site.status()));
    }

    private static int widest(Topology.Site site) {
        return contents(site).mapToInt(Text::width).max().orElse(0);
    }
}
