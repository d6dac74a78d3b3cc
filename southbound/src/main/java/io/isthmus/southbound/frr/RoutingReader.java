package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.GatewayState.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Turns what {@code vtysh} prints as JSON of sessions and of one VNI into a record. */
final class RoutingReader {
    /** A route by which a gateway tells that it wants the frames of a VNI that go to everybody (RFC 7432, section 7.3). */
    private static final String INCLUSIVE_MULTICAST = "[3]:";

    private RoutingReader() {}

    /** FRR answers an unknown VNI with empty objects: what a document is, its fields say. */
    static Routing routing(List<JsonNode> documents, int vni) {
        var summary = first(documents, document -> document.has("routerId"));
        var known = first(documents, document -> isOf(document, vni) && document.has("importRts"));
        var device = first(documents, document -> isOf(document, vni) && document.has("vxlanInterface"));
        var routerId = summary.map(document -> GatewayReader.text(document, "routerId"));
        return new Routing(
                summary.map(document -> document.path("as").asLong(0)),
                known.map(document -> new Routing.Vni(
                        texts(document.path("importRts")),
                        texts(document.path("exportRts")),
                        others(document, routerId.orElse("")))),
                device.map(document -> GatewayReader.text(document, "vxlanInterface")),
                device.map(document -> texts(document.path("numRemoteVteps"))).orElse(List.of()),
                documents.stream().flatMap(RoutingReader::tellers).distinct().toList(),
                summary.map(RoutingReader::sessions).orElse(Map.of()));
    }

    private static boolean isOf(JsonNode document, int vni) {
        return document.path("vni").asInt(0) == vni;
    }

    private static Optional<JsonNode> first(
            List<JsonNode> documents, java.util.function.Predicate<JsonNode> condition) {
        return documents.stream().filter(condition).findFirst();
    }

    private static Map<String, String> sessions(JsonNode summary) {
        var sessions = new TreeMap<String, String>();
        summary.path("peers")
                .properties()
                .forEach(peer -> sessions.put(peer.getKey(), GatewayReader.text(peer.getValue(), "state")));
        return sessions;
    }

    /** What somebody configured of the VNI beside its route targets, as FRR's configuration has it. */
    private static List<String> others(JsonNode vni, String routerId) {
        var others = new ArrayList<String>();
        if (GatewayReader.text(vni, "advertiseGatewayMacip").equals("Enabled")) {
            others.add("advertise-default-gw");
        }
        if (GatewayReader.text(vni, "advertiseSviMacIp").equals("Enabled")) {
            others.add("advertise-svi-ip");
        }
        var distinguisher = GatewayReader.text(vni, "rd");
        if (!distinguisher.isEmpty() && !distinguisher.startsWith(routerId + ":")) {
            others.add("rd " + distinguisher);
        }
        return others;
    }

    private static java.util.stream.Stream<String> tellers(JsonNode document) {
        return document.properties().stream()
                .filter(route -> route.getKey().startsWith(INCLUSIVE_MULTICAST))
                .flatMap(route -> elements(route.getValue().path("paths")))
                .flatMap(RoutingReader::elements)
                .filter(path -> path.path("valid").asBoolean(false)
                        && path.path("bestpath").asBoolean(false)
                        && !GatewayReader.text(path, "path").isEmpty())
                .flatMap(path -> elements(path.path("nexthops")))
                .map(hop -> GatewayReader.text(hop, "ip"));
    }

    private static java.util.stream.Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    /** FRR 8.4 lists the remote tunnel addresses under a name that promises their number. */
    private static List<String> texts(JsonNode array) {
        return array.isArray()
                ? elements(array).map(element -> element.asString("")).toList()
                : List.of();
    }
}
