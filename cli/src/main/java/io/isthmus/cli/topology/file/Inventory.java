package io.isthmus.cli.topology.file;

import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/** Sites and links as the API writes them, read from a file or from the controller. */
public record Inventory(List<ObjectNode> sites, List<ObjectNode> links) {
    public static final int MOST_SITES = 2_000;
    public static final int MOST_LINKS = 20_000;

    public Inventory {
        sites = List.copyOf(sites);
        links = List.copyOf(links);
    }
}
