package io.isthmus.cli.topology.file;

import io.isthmus.cli.http.Json;
import tools.jackson.databind.JsonNode;

/**
 * Writes sites and links as GML or GraphML: what other programs look for (label, place, latency, capacity), and the whole
 * object as JSON in the attribute {@code isthmus}, so that reading it back loses nothing.
 */
final class GraphExport {
    private final Inventory inventory;

    GraphExport(Inventory inventory) {
        this.inventory = inventory;
    }

    String gml() {
        var text = new StringBuilder("graph [\n  directed 0\n");
        for (var site : inventory.sites()) {
            text.append("  node [\n    id ")
                    .append(number(Json.text(site, "id")))
                    .append('\n');
            entry(text, "label", site.path("name"));
            entry(text, "Latitude", site.path("location").path("latitude"));
            entry(text, "Longitude", site.path("location").path("longitude"));
            entry(text, "isthmus_id", site.path("id"));
            text.append("    isthmus \"")
                    .append(Entities.encoded(Json.compact(site)))
                    .append("\"\n  ]\n");
        }
        for (var link : inventory.links()) {
            text.append("  edge [\n    source ")
                    .append(number(Json.text(link, "a_site")))
                    .append('\n');
            text.append("    target ").append(number(Json.text(link, "z_site"))).append('\n');
            entry(text, "label", link.path("name"));
            entry(text, "latency_ms", link.path("latency_ms"));
            entry(text, "capacity_mbps", link.path("capacity_mbps"));
            text.append("    isthmus \"")
                    .append(Entities.encoded(Json.compact(link)))
                    .append("\"\n  ]\n");
        }
        return text.append("]\n").toString();
    }

    /** GML counts its nodes. */
    private int number(String site) {
        for (int number = 0; number < inventory.sites().size(); number++) {
            if (Json.text(inventory.sites().get(number), "id").equals(site)) {
                return number;
            }
        }
        throw new IllegalStateException("a link ends at a site that is not there: " + site);
    }

    private static void entry(StringBuilder text, String key, JsonNode value) {
        if (value.isNumber()) {
            text.append("    ").append(key).append(' ').append(value.asString()).append('\n');
        } else if (value.isString()) {
            text.append("    ")
                    .append(key)
                    .append(" \"")
                    .append(Entities.encoded(value.asString()))
                    .append("\"\n");
        }
    }

    String graphml() {
        var text = new StringBuilder("""
                <?xml version="1.0" encoding="UTF-8"?>
                <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
                """);
        for (var key : new String[] {"label", "isthmus_id", "isthmus"}) {
            key(text, "node", key, "string");
        }
        key(text, "node", "Latitude", "double");
        key(text, "node", "Longitude", "double");
        key(text, "edge", "label", "string");
        key(text, "edge", "latency_ms", "double");
        key(text, "edge", "capacity_mbps", "int");
        key(text, "edge", "isthmus", "string");
        text.append("  <graph edgedefault=\"undirected\">\n");
        for (var site : inventory.sites()) {
            text.append("    <node id=\"")
                    .append(escaped(Json.text(site, "id")))
                    .append("\">\n");
            data(text, "node", "label", Json.text(site, "name"));
            data(text, "node", "Latitude", Json.text(site, "location", "latitude"));
            data(text, "node", "Longitude", Json.text(site, "location", "longitude"));
            data(text, "node", "isthmus_id", Json.text(site, "id"));
            data(text, "node", "isthmus", Json.compact(site));
            text.append("    </node>\n");
        }
        for (var link : inventory.links()) {
            text.append("    <edge source=\"")
                    .append(escaped(Json.text(link, "a_site")))
                    .append("\" target=\"")
                    .append(escaped(Json.text(link, "z_site")))
                    .append("\">\n");
            data(text, "edge", "label", Json.text(link, "name"));
            data(text, "edge", "latency_ms", Json.text(link, "latency_ms"));
            data(text, "edge", "capacity_mbps", Json.text(link, "capacity_mbps"));
            data(text, "edge", "isthmus", Json.compact(link));
            text.append("    </edge>\n");
        }
        return text.append("  </graph>\n</graphml>\n").toString();
    }

    private static void key(StringBuilder text, String element, String name, String type) {
        text.append("  <key id=\"%s_%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n"
                .formatted(element, name, element, name, type));
    }

    private static void data(StringBuilder text, String element, String name, String value) {
        if (!value.isEmpty()) {
            text.append("      <data key=\"%s_%s\">".formatted(element, name))
                    .append(escaped(value))
                    .append("</data>\n");
        }
    }

    private static String escaped(String value) {
        return value.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }
}
