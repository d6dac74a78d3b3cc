package io.isthmus.cli.topology.file;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * Reads GraphML (Brandes et al., "GraphML Progress Report", Graph Drawing 2001). Nothing outside the file is read: document
 * types are refused, and with them every entity that is not XML's own.
 */
final class GraphmlReader {
    private static final int LONGEST = 4_096;

    private final XMLStreamReader xml;
    private final Map<String, String> names = new HashMap<>();
    private final List<GraphFile.Node> nodes = new ArrayList<>();
    private final List<GraphFile.Edge> edges = new ArrayList<>();

    private GraphmlReader(XMLStreamReader xml) {
        this.xml = xml;
    }

    /** @throws Unreadable if it is no GraphML */
    static GraphFile read(String text) {
        var factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_REPLACING_ENTITY_REFERENCES, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside the file is read");
        });
        try {
            var reader = new GraphmlReader(factory.createXMLStreamReader(new StringReader(text)));
            return reader.file();
        } catch (XMLStreamException broken) {
            int line = broken.getLocation() == null ? 1 : broken.getLocation().getLineNumber();
            throw new Unreadable(line, "this is not well-formed XML");
        }
    }

    private int line() {
        return xml.getLocation().getLineNumber();
    }

    private GraphFile file() throws XMLStreamException {
        boolean found = false;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.DTD) {
                throw new Unreadable(line(), "a document type is not allowed");
            }
            if (event != XMLStreamConstants.START_ELEMENT) {
                continue;
            }
            switch (xml.getLocalName()) {
                case "graph" -> found = true;
                case "key" -> names.put(required("id"), attribute("attr.name").orElse(required("id")));
                case "node" -> {
                    int begin = line();
                    var id = required("id");
                    nodes.add(new GraphFile.Node(id, data("node"), begin));
                    atMost(nodes.size(), Inventory.MOST_SITES, "nodes");
                }
                case "edge" -> {
                    int begin = line();
                    var source = required("source");
                    var target = required("target");
                    edges.add(new GraphFile.Edge(source, target, data("edge"), begin));
                    atMost(edges.size(), Inventory.MOST_LINKS, "edges");
                }
                default -> {
                    // Other elements say nothing about sites and links.
                }
            }
        }
        if (!found) {
            throw new Unreadable(line(), "there is no <graph>");
        }
        return new GraphFile(nodes, edges);
    }

    private void atMost(int count, int most, String what) {
        if (count > most) {
            throw new Unreadable(line(), "there are more than %d %s".formatted(most, what));
        }
    }

    private Optional<String> attribute(String name) {
        return Optional.ofNullable(xml.getAttributeValue(null, name));
    }

    private String required(String name) {
        return attribute(name)
                .orElseThrow(() -> new Unreadable(line(), "<%s> has no %s".formatted(xml.getLocalName(), name)));
    }

    /** The data of a node or edge, up to its end. */
    private Map<String, String> data(String element) throws XMLStreamException {
        var data = new HashMap<String, String>();
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamConstants.END_ELEMENT && xml.getLocalName().equals(element)) {
                return data;
            }
            if (event == XMLStreamConstants.START_ELEMENT && xml.getLocalName().equals("data")) {
                var key = required("key");
                var value = xml.getElementText().strip();
                if (value.length() > LONGEST) {
                    throw new Unreadable(line(), "a value is longer than %d letters".formatted(LONGEST));
                }
                data.put(names.getOrDefault(key, key), value);
            } else if (event == XMLStreamConstants.START_ELEMENT
                    && xml.getLocalName().equals(element)) {
                throw new Unreadable(line(), "a <%s> inside another is not read".formatted(element));
            }
        }
        throw new Unreadable(line(), "a <%s> has no end".formatted(element));
    }
}
