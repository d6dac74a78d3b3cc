package io.isthmus.server.api;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /v1/topology}: sites and links as RFC 8345 (ietf-network and ietf-network-topology, JSON as in RFC 7951), with the names,
 * flags and metrics of RFC 8346. A link of RFC 8345 has one direction, so each of ours is two; a site has a termination point for
 * each of its links.
 */
final class TopologyApi {
    private static final String L3 = "ietf-l3-unicast-topology:";
    private static final String TOPOLOGY = "ietf-network-topology:";

    private final Stores stores;

    TopologyApi(Stores stores) {
        this.stores = stores;
    }

    void addTo(Routes routes) {
        routes.get("/v1/topology", this::show);
    }

    private Reply show(Request request) {
        request.allowQueries();
        var sites =
                stores.sites().list(ListQuery.ALL).stream().map(Stored::value).toList();
        var links =
                stores.links().list(ListQuery.ALL).stream().map(Stored::value).toList();
        return Reply.ok(document(sites, links));
    }

    static ObjectNode document(List<Site> sites, List<Link> links) {
        var body = Json.MAPPER.createObjectNode();
        var network =
                body.putObject("ietf-network:networks").putArray("network").addObject();
        network.put("network-id", "isthmus");
        network.putObject("network-types").putObject(L3 + "l3-unicast-topology");
        network.putObject(L3 + "l3-topology-attributes").put("name", "isthmus underlay");
        var nodes = network.putArray("node");
        sites.forEach(site -> addNode(nodes, site, links));
        var directions = network.putArray(TOPOLOGY + "link");
        for (var link : links) {
            addDirection(directions, link, link.aSite(), link.zSite());
            addDirection(directions, link, link.zSite(), link.aSite());
        }
        return body;
    }

    private static void addNode(ArrayNode nodes, Site site, List<Link> links) {
        var node = nodes.addObject().put("node-id", site.id().name());
        node.putObject(L3 + "l3-node-attributes").put("name", site.name());
        var points = node.putArray(TOPOLOGY + "termination-point");
        links.stream()
                .filter(link -> link.touches(site.id()))
                .forEach(link -> points.addObject().put("tp-id", link.id().toString()));
    }

    private static void addDirection(ArrayNode directions, Link link, SiteId from, SiteId to) {
        var direction = directions.addObject().put("link-id", "%s:%s:%s".formatted(link.id(), from, to));
        direction
                .putObject("source")
                .put("source-node", from.name())
                .put("source-tp", link.id().toString());
        direction
                .putObject("destination")
                .put("dest-node", to.name())
                .put("dest-tp", link.id().toString());
        direction.putObject(L3 + "l3-link-attributes").put("name", link.name()).put("metric1", link.cost());
    }
}
