package io.isthmus.cli.topology.file;

import io.isthmus.cli.http.Json;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/**
 * Makes sites and links of nodes and edges. What Isthmus wrote itself is taken as it is; of other files the label names the site,
 * latitude and longitude place it, and a link's latency follows from the distance: 5 µs per kilometre of fibre, times 1.3 for
 * detours. A node without a place stands where its first neighbour with one stands.
 */
final class GraphImport {
    private static final double MS_PER_KM = 0.005 * 1.3;
    private static final double LEAST_MS = 0.05;
    private static final int USUAL_MBPS = 10_000;
    private static final int LONGEST_ID = 63;

    private record Place(double latitude, double longitude) {}

    private final GraphFile graph;
    private final ObjectNode cloud;
    private final Map<String, Place> places = new HashMap<>();
    private final Map<String, String> siteIds = new HashMap<>();

    /** @param cloud what every site's cloud is like; {@code {site}} in its texts stands for the site's id */
    GraphImport(GraphFile graph, ObjectNode cloud) {
        this.graph = graph;
        this.cloud = cloud;
    }

    Inventory inventory() {
        place();
        var taken = new HashSet<String>();
        var sites = new ArrayList<ObjectNode>();
        for (var node : graph.nodes()) {
            if (siteIds.containsKey(node.id())) {
                throw new Unreadable(node.line(), "there are two nodes with the id " + node.id());
            }
            var id = siteId(node, taken);
            siteIds.put(node.id(), id);
            sites.add(site(node, id));
        }
        var links = new ArrayList<ObjectNode>();
        var names = new HashSet<String>();
        for (var edge : graph.edges()) {
            link(edge, names).ifPresent(links::add);
        }
        return new Inventory(sites, links);
    }

    private void place() {
        for (var node : graph.nodes()) {
            var latitude = number(node.attribute("Latitude"), node.line(), "Latitude");
            var longitude = number(node.attribute("Longitude"), node.line(), "Longitude");
            if (latitude.isPresent() && longitude.isPresent()) {
                places.put(node.id(), new Place(latitude.get(), longitude.get()));
            }
        }
        var known = Map.copyOf(places);
        for (var edge : graph.edges()) {
            borrow(known, edge.source(), edge.target());
            borrow(known, edge.target(), edge.source());
        }
    }

    private void borrow(Map<String, Place> known, String node, String neighbour) {
        var there = known.get(neighbour);
        if (there != null) {
            places.putIfAbsent(node, there);
        }
    }

    private static Optional<Double> number(Optional<String> text, int line, String name) {
        return text.map(value -> {
            try {
                return Double.valueOf(value);
            } catch (NumberFormatException noNumber) {
                throw new Unreadable(line, "%s is no number: %s".formatted(name, value));
            }
        });
    }

    private static String siteId(GraphFile.Node node, Set<String> taken) {
        var given = node.attribute("isthmus_id");
        var base = given.orElseGet(() -> plain(node.attribute("label").orElse("site-" + node.id())));
        if (given.isPresent() || taken.add(base)) {
            taken.add(base);
            return base;
        }
        for (int number = 2; ; number++) {
            var tail = "-" + number;
            var id = base.substring(0, Math.min(base.length(), LONGEST_ID - tail.length())) + tail;
            if (taken.add(id)) {
                return id;
            }
        }
    }

    /** {@code Frankfurt (Main)} as an id: {@code frankfurt-main}. */
    private static String plain(String label) {
        var letters = Normalizer.normalize(label, Normalizer.Form.NFD)
                .replaceAll("\\p{M}", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-+|-+$", "");
        var id = letters.matches("[a-z].*") ? letters : ("site-" + letters).replaceAll("-+$", "");
        return id.substring(0, Math.min(id.length(), LONGEST_ID));
    }

    private ObjectNode site(GraphFile.Node node, String id) {
        var written = node.attribute("isthmus");
        if (written.isPresent()) {
            return object(written.get(), node.line());
        }
        var site = Json.object().put("id", id);
        site.put(
                "name",
                node.attribute("label").filter(label -> !label.isBlank()).orElse(id));
        var place = places.get(node.id());
        if (place != null) {
            site.putObject("location").put("latitude", place.latitude()).put("longitude", place.longitude());
        }
        site.set("cloud", Json.parse(Json.compact(cloud).replace("{site}", id)));
        return site;
    }

    private Optional<ObjectNode> link(GraphFile.Edge edge, Set<String> names) {
        var written = edge.attribute("isthmus");
        if (written.isPresent()) {
            return Optional.of(object(written.get(), edge.line()));
        }
        var a = end(edge, edge.source());
        var z = end(edge, edge.target());
        if (a.equals(z)) {
            return Optional.empty();
        }
        var link = Json.object();
        var base = a + "-" + z;
        var name = base;
        for (int number = 2; !names.add(name); number++) {
            name = base + "-" + number;
        }
        link.put("name", name).put("a_site", a).put("z_site", z);
        link.put("latency_ms", latency(edge));
        link.put("capacity_mbps", capacity(edge));
        return Optional.of(link);
    }

    private String end(GraphFile.Edge edge, String node) {
        return Optional.ofNullable(siteIds.get(node))
                .orElseThrow(() ->
                        new Unreadable(edge.line(), "an edge names the node %s, which is not there".formatted(node)));
    }

    private double latency(GraphFile.Edge edge) {
        var given = number(edge.attribute("latency_ms"), edge.line(), "latency_ms");
        if (given.isPresent()) {
            return given.get();
        }
        var one = places.get(edge.source());
        var other = places.get(edge.target());
        if (one == null || other == null) {
            return 1;
        }
        return Math.max(LEAST_MS, Math.round(kilometres(one, other) * MS_PER_KM * 1000) / 1000.0);
    }

    /** Along the great circle, by the haversine formula. */
    private static double kilometres(Place one, Place other) {
        double half = square(Math.sin(Math.toRadians(other.latitude() - one.latitude()) / 2))
                + Math.cos(Math.toRadians(one.latitude()))
                        * Math.cos(Math.toRadians(other.latitude()))
                        * square(Math.sin(Math.toRadians(other.longitude() - one.longitude()) / 2));
        return 2 * 6371.0088 * Math.asin(Math.sqrt(Math.min(1, half)));
    }

    private static double square(double value) {
        return value * value;
    }

    /** In Mbit/s; the zoo writes bit/s. */
    private static int capacity(GraphFile.Edge edge) {
        var mbps = number(edge.attribute("capacity_mbps"), edge.line(), "capacity_mbps")
                .or(() -> number(edge.attribute("LinkSpeedRaw"), edge.line(), "LinkSpeedRaw")
                        .map(bits -> bits / 1e6));
        return mbps.map(value -> Math.clamp(Math.round(value), 1, Integer.MAX_VALUE))
                .orElse(USUAL_MBPS);
    }

    private static ObjectNode object(String json, int line) {
        try {
            if (Json.parse(json) instanceof ObjectNode object) {
                return object;
            }
        } catch (IllegalArgumentException broken) {
            throw new Unreadable(line, "the attribute isthmus is no JSON");
        }
        throw new Unreadable(line, "the attribute isthmus is no JSON object");
    }
}
