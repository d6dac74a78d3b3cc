package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.GatewayState.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** Turns the tables that {@code ovs-vsctl} prints as JSON into records. */
final class OvsReader {
    private OvsReader() {}

    static Map<String, Port> ports(List<JsonNode> tables) {
        var onBridge = new HashSet<String>();
        var errors = new HashMap<String, String>();
        var policing = new HashMap<String, String>();
        var ports = new HashMap<String, Port>();
        for (var row : rows(tables, "ports")) {
            onBridge.addAll(members(row.column("ports")));
        }
        for (var row : rows(tables, "ofport")) {
            errors.put(row.text("name"), row.text("error"));
            policing.put(row.text("name"), row.text("ingress_policing_rate"));
        }
        for (var row : rows(tables, "tag")) {
            var name = row.text("name");
            ports.put(
                    name,
                    new Port(
                            name,
                            entry(row.column("external_ids"), "isthmus-connection"),
                            row.text("tag"),
                            row.text("vlan_mode"),
                            row.text("trunks"),
                            onBridge.contains(row.text("_uuid")),
                            policing.getOrDefault(name, ""),
                            errors.getOrDefault(name, "")));
        }
        return ports;
    }

    private record Row(Map<String, JsonNode> columns) {
        JsonNode column(String name) {
            return columns.getOrDefault(name, MissingNode.getInstance());
        }

        String text(String name) {
            return String.join(", ", members(column(name)));
        }
    }

    /** The rows of the tables that have a column of that name. */
    private static List<Row> rows(List<JsonNode> tables, String column) {
        var rows = new ArrayList<Row>();
        for (var table : tables) {
            var headings = new ArrayList<String>();
            table.path("headings").forEach(heading -> headings.add(heading.asString("")));
            if (!headings.contains(column)) {
                continue;
            }
            for (var data : table.path("data")) {
                var columns = new HashMap<String, JsonNode>();
                for (int i = 0; i < headings.size(); i++) {
                    columns.put(headings.get(i), data.path(i));
                }
                rows.add(new Row(columns));
            }
        }
        return rows;
    }

    // RFC 7047, section 5.1: an atom, ["uuid", id], ["set", [atoms]] or ["map", [[key, value]]].

    private static List<String> members(JsonNode value) {
        if (!value.isArray()) {
            return List.of(value.asString(""));
        }
        return switch (value.path(0).asString("")) {
            case "set" -> {
                var members = new ArrayList<String>();
                value.path(1).forEach(member -> members.addAll(members(member)));
                yield members;
            }
            case "uuid" -> List.of(value.path(1).asString(""));
            default -> List.of();
        };
    }

    private static String entry(JsonNode map, String key) {
        for (var pair : map.path(1)) {
            if (pair.path(0).asString("").equals(key)) {
                return pair.path(1).asString("");
            }
        }
        return "";
    }
}
