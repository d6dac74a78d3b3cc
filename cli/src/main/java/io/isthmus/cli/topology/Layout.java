package io.isthmus.cli.topology;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where each site stands on a small grid: as on the map where all locations are known, else around a circle in the order
 * that crosses the fewest links, with the site that has the most links in the middle.
 */
final class Layout {
    /** Clockwise from the north-west, on the rim of three by three cells. */
    private static final List<Cell> RIM = List.of(
            new Cell(0, 0),
            new Cell(1, 0),
            new Cell(2, 0),
            new Cell(2, 1),
            new Cell(2, 2),
            new Cell(1, 2),
            new Cell(0, 2),
            new Cell(0, 1));

    private static final Cell MIDDLE = new Cell(1, 1);

    private Layout() {}

    static Map<String, Cell> of(List<Topology.Site> sites, List<Topology.Link> links) {
        var located = sites.stream().allMatch(site -> site.place().isPresent());
        return compacted(located ? byPlace(sites) : onCircle(sites, links));
    }

    private static Map<String, Cell> byPlace(List<Topology.Site> sites) {
        int columns = sites.size() > 5 ? 4 : 3;
        int rows = Math.min(3, sites.size());
        var longitudes = sites.stream().flatMap(site -> site.place().stream()).mapToDouble(Topology.Place::longitude);
        var latitudes = sites.stream().flatMap(site -> site.place().stream()).mapToDouble(Topology.Place::latitude);
        var east = longitudes.summaryStatistics();
        var north = latitudes.summaryStatistics();
        var cells = new LinkedHashMap<String, Cell>();
        for (var site : sites) {
            var place = site.place().orElseThrow();
            double x = share(place.longitude(), east.getMin(), east.getMax());
            double y = 1 - share(place.latitude(), north.getMin(), north.getMax());
            var wanted = new Cell((int) Math.round(x * (columns - 1)), (int) Math.round(y * (rows - 1)));
            cells.put(site.id(), nearestFree(wanted, Set.copyOf(cells.values()), columns, rows));
        }
        return cells;
    }

    private static double share(double value, double least, double most) {
        return most > least ? (value - least) / (most - least) : 0.5;
    }

    private static Cell nearestFree(Cell wanted, Set<Cell> taken, int columns, int rows) {
        return allCells(columns, Math.max(rows, 3)).stream()
                .filter(cell -> !taken.contains(cell))
                .min(Comparator.comparingDouble(
                        cell -> Math.abs(cell.column() - wanted.column()) * 1.5 + Math.abs(cell.row() - wanted.row())))
                .orElseThrow();
    }

    private static List<Cell> allCells(int columns, int rows) {
        var all = new ArrayList<Cell>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                all.add(new Cell(column, row));
            }
        }
        return all;
    }

    private static Map<String, Cell> onCircle(List<Topology.Site> sites, List<Topology.Link> links) {
        var ids = new ArrayList<>(sites.stream().map(Topology.Site::id).sorted().toList());
        var cells = new HashMap<String, Cell>();
        hub(ids, links).ifPresent(hub -> {
            cells.put(hub, MIDDLE);
            ids.remove(hub);
        });
        var places = rim(ids.size());
        var best = new Best(places, cells, links);
        best.tryEvery(ids, 0);
        return best.found();
    }

    /** The site with more links than every other one, where there are enough sites around it. */
    private static Optional<String> hub(List<String> ids, List<Topology.Link> links) {
        if (ids.size() < 4) {
            return Optional.empty();
        }
        var byDegree = new ArrayList<>(ids);
        Comparator<String> degree = Comparator.comparingInt(id -> neighbours(id, links));
        byDegree.sort(degree.reversed());
        var most = neighbours(byDegree.get(0), links);
        return most >= 3 && most > neighbours(byDegree.get(1), links) ? Optional.of(byDegree.get(0)) : Optional.empty();
    }

    private static int neighbours(String id, List<Topology.Link> links) {
        var neighbours = new HashSet<String>();
        for (var link : links) {
            if (link.a().equals(id)) {
                neighbours.add(link.z());
            } else if (link.z().equals(id)) {
                neighbours.add(link.a());
            }
        }
        return neighbours.size();
    }

    private static List<Cell> rim(int count) {
        return switch (count) {
            case 1 -> List.of(MIDDLE);
            case 2 -> List.of(new Cell(0, 1), new Cell(2, 1));
            case 3 -> List.of(RIM.get(0), RIM.get(2), RIM.get(5));
            case 4 -> List.of(RIM.get(0), RIM.get(2), RIM.get(4), RIM.get(6));
            case 5 -> List.of(RIM.get(0), RIM.get(2), RIM.get(3), RIM.get(5), RIM.get(7));
            default -> RIM.subList(0, Math.min(count, RIM.size()));
        };
    }

    /** Searches all orders around the rim; the first of the best is kept, so that the result is always the same. */
    private static final class Best {
        private final List<Cell> places;
        private final Map<String, Cell> fixed;
        private final List<Topology.Link> links;
        private Map<String, Cell> best = Map.of();
        private int fewest = Integer.MAX_VALUE;

        Best(List<Cell> places, Map<String, Cell> fixed, List<Topology.Link> links) {
            this.places = places;
            this.fixed = fixed;
            this.links = links;
        }

        Map<String, Cell> found() {
            return best;
        }

        void tryEvery(List<String> order, int from) {
            if (fewest == 0) {
                return;
            }
            if (from >= order.size() - 1) {
                consider(order);
                return;
            }
            for (int i = from; i < order.size(); i++) {
                // Rotating keeps the order of the others, so that names stay sorted where that is as good.
                Collections.rotate(order.subList(from, i + 1), 1);
                tryEvery(order, from + 1);
                Collections.rotate(order.subList(from, i + 1), -1);
            }
        }

        private void consider(List<String> order) {
            var cells = new HashMap<>(fixed);
            for (int i = 0; i < order.size(); i++) {
                cells.put(order.get(i), places.get(i));
            }
            int crossings = crossings(cells);
            if (crossings < fewest) {
                fewest = crossings;
                best = cells;
            }
        }

        private int crossings(Map<String, Cell> cells) {
            int count = 0;
            for (int i = 0; i < links.size(); i++) {
                for (int j = i + 1; j < links.size(); j++) {
                    if (cross(cells, links.get(i), links.get(j))) {
                        count++;
                    }
                }
            }
            return count;
        }

        private static boolean cross(Map<String, Cell> cells, Topology.Link one, Topology.Link other) {
            var a = cells.get(one.a());
            var b = cells.get(one.z());
            var c = cells.get(other.a());
            var d = cells.get(other.z());
            if (a == null || b == null || c == null || d == null) {
                return false;
            }
            return turn(a, b, c) * turn(a, b, d) < 0 && turn(c, d, a) * turn(c, d, b) < 0;
        }

        /** On which side of the line from {@code a} to {@code b} is {@code c}. */
        private static int turn(Cell a, Cell b, Cell c) {
            return Integer.signum(
                    (b.column() - a.column()) * (c.row() - a.row()) - (b.row() - a.row()) * (c.column() - a.column()));
        }
    }

    /** Leaves out rows and columns in which no site stands. */
    private static Map<String, Cell> compacted(Map<String, Cell> cells) {
        var columns =
                cells.values().stream().map(Cell::column).distinct().sorted().toList();
        var rows = cells.values().stream().map(Cell::row).distinct().sorted().toList();
        var result = new LinkedHashMap<String, Cell>();
        cells.forEach((id, cell) -> result.put(id, new Cell(columns.indexOf(cell.column()), rows.indexOf(cell.row()))));
        return result;
    }
}
