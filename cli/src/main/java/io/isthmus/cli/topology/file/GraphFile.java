package io.isthmus.cli.topology.file;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What GML and GraphML have in common: nodes and edges with attributes by name. Values are text, also where the file has
 * numbers.
 */
record GraphFile(List<Node> nodes, List<Edge> edges) {
    GraphFile {
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
    }

    record Node(String id, Map<String, String> attributes, int line) {
        Node {
            attributes = Map.copyOf(attributes);
        }

        Optional<String> attribute(String name) {
            return find(attributes, name);
        }
    }

    record Edge(String source, String target, Map<String, String> attributes, int line) {
        Edge {
            attributes = Map.copyOf(attributes);
        }

        Optional<String> attribute(String name) {
            return find(attributes, name);
        }
    }

    /** Programs do not agree on capital letters. */
    private static Optional<String> find(Map<String, String> attributes, String name) {
        return attributes.entrySet().stream()
                .filter(entry -> entry.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .findFirst();
    }
}
