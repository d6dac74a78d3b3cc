package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.GatewayState.Entry;
import io.isthmus.southbound.frr.GatewayState.Link;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Turns what {@code ip} and {@code vtysh} print as JSON into records. */
final class GatewayReader {
    private static final Pattern ENTRY = Pattern.compile("(?m)^([0-9a-f:]{17}) .*?\\bdst ([0-9a-fA-F.:]+)");

    private GatewayReader() {}

    static GatewayState state(
            List<JsonNode> gateway,
            List<JsonNode> dc,
            List<JsonNode> probe,
            List<JsonNode> ovs,
            List<JsonNode> frr,
            TunnelState tunnel,
            List<JsonNode> translator,
            String entries,
            int vni) {
        return new GatewayState(
                links(gateway),
                links(dc),
                links(probe),
                probe.stream().anyMatch(document -> document.path("namespace").asBoolean(false)),
                OvsReader.ports(ovs),
                RoutingReader.routing(frr, vni),
                tunnel,
                TranslatorReader.state(translator),
                entries(entries));
    }

    /** Such as {@code 00:00:00:00:00:00 dst 192.0.2.4 self permanent}. */
    private static List<Entry> entries(String text) {
        return ENTRY.matcher(text)
                .results()
                .map(entry -> new Entry(entry.group(1), entry.group(2)))
                .toList();
    }

    /** The ids of all VXLAN devices and of all VNIs that FRR knows. */
    static Set<Integer> vnis(List<JsonNode> gateway, List<JsonNode> frr) {
        var vnis = new TreeSet<Integer>();
        for (var devices : gateway) {
            for (var device : devices) {
                var id = device.path("linkinfo").path("info_data").path("id");
                if (id.isInt()) {
                    vnis.add(id.asInt());
                }
            }
        }
        for (var document : frr) {
            for (var entry : document.properties()) {
                if (entry.getValue().path("vni").isInt()) {
                    vnis.add(entry.getValue().path("vni").asInt());
                }
            }
        }
        return vnis;
    }

    /** The number of FRR's default BGP instance, if it has one. */
    static Optional<Long> asn(List<JsonNode> frr) {
        return frr.stream()
                .filter(document -> document.has("routerId"))
                .map(document -> document.path("as").asLong(0))
                .findFirst();
    }

    static Map<String, Link> links(List<JsonNode> documents) {
        var links = new HashMap<String, Link>();
        for (var devices : documents) {
            if (!devices.isArray()) {
                continue;
            }
            for (var device : devices) {
                if (device.has("ifname")) {
                    links.put(text(device, "ifname"), link(device));
                }
            }
        }
        return links;
    }

    private static Link link(JsonNode device) {
        var flags = new HashSet<String>();
        device.path("flags").forEach(flag -> flags.add(flag.asString("")));
        var addresses = new ArrayList<String>();
        for (var address : device.path("addr_info")) {
            addresses.add(text(address, "local") + "/" + text(address, "prefixlen"));
        }
        return new Link(
                text(device, "ifname"),
                text(device.path("linkinfo"), "info_kind"),
                text(device, "ifalias"),
                device.path("mtu").asInt(0),
                flags.contains("UP"),
                text(device, "master"),
                addresses,
                settings(device));
    }

    private static Map<String, String> settings(JsonNode device) {
        var own = device.path("linkinfo").path("info_data");
        var port = device.path("linkinfo").path("info_slave_data");
        var settings = new TreeMap<String, String>();
        settings.put("vni", text(own, "id"));
        settings.put("port", text(own, "port"));
        settings.put("local", own.has("local6") ? text(own, "local6") : text(own, "local"));
        settings.put("learning", text(own, "learning"));
        settings.put("df", own.has("df") ? text(own, "df") : "unset");
        settings.put("stp_state", text(own, "stp_state"));
        settings.put("forward_delay", text(own, "forward_delay"));
        settings.put("neigh_suppress", text(port, "neigh_suppress"));
        settings.put("port_learning", text(port, "learning"));
        settings.put("flood", port.path("flood").asString("true"));
        settings.put("bcast_flood", port.path("bcast_flood").asString("true"));
        settings.put("isolated", port.path("isolated").asString("false"));
        settings.put("address_generation", text(device, "inet6_addr_gen_mode"));
        return settings;
    }

    static String text(JsonNode node, String field) {
        return node.path(field).asString("");
    }
}
