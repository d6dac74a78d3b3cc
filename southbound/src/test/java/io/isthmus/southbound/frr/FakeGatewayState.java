package io.isthmus.southbound.frr;

import io.isthmus.southbound.frr.FakeGateway.Fault;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.TreeMap;

/** What was put on a fake gateway: by VNI and object, the values of the script that put it there last. */
final class FakeGatewayState {
    private static final Set<String> ALL =
            Set.of(Difference.BRIDGE, Difference.HANDOFF, Difference.ROUTE_TARGETS, Difference.VXLAN, Difference.PROBE);
    private static final String ENDED = "=== ended 0\n";

    private final FakeGateway gateway;
    private final FakeUnderlay underlay;

    /** Guarded by this. */
    private final Map<Integer, Map<String, Map<String, String>>> connections = new TreeMap<>();

    FakeGatewayState(FakeGateway gateway, FakeUnderlay underlay) {
        this.gateway = gateway;
        this.underlay = underlay;
    }

    synchronized void put(Map<String, String> values, String object, boolean there) {
        var vni = vni(values);
        if (object.equals("access_port")) {
            return;
        }
        if (there) {
            connections.computeIfAbsent(vni, key -> new HashMap<>()).put(object, new HashMap<>(values));
        } else {
            remove(vni, object);
        }
    }

    synchronized void remove(int vni, String object) {
        var objects = connections.getOrDefault(vni, Map.of());
        if (!objects.isEmpty()) {
            objects.remove(object);
        }
        if (objects.isEmpty()) {
            connections.remove(vni);
        }
    }

    synchronized void change(int vni, String object, String value, String text) {
        connections
                .computeIfAbsent(vni, key -> new HashMap<>())
                .computeIfAbsent(object, key -> new HashMap<>(Map.of("vni", Integer.toString(vni))))
                .put(value, text);
    }

    synchronized boolean foreign(Map<String, String> values, String object) {
        var there = connections.getOrDefault(vni(values), Map.of()).get(object);
        return there != null && !text(there, "connection").equals(text(values, "connection"));
    }

    /** A copy, so that no lock is held while other gateways are asked. */
    private synchronized Map<String, Map<String, String>> objects(int vni) {
        var copy = new HashMap<String, Map<String, String>>();
        connections.getOrDefault(vni, Map.of()).forEach((object, values) -> copy.put(object, Map.copyOf(values)));
        return copy;
    }

    boolean complete(int vni) {
        return objects(vni).keySet().containsAll(ALL);
    }

    int mtu(int vni) {
        return objects(vni).values().stream()
                .mapToInt(values -> Integer.parseInt(values.getOrDefault("mtu", "0")))
                .min()
                .orElse(0);
    }

    String observed(Map<String, String> values) {
        var vni = vni(values);
        var objects = objects(vni);
        return "=== part gateway\n" + gatewayLinks(vni, objects) + "=== ended 1\n=== part dc\n" + dcLinks(vni, objects)
                + "=== ended 1\n=== part probe\n" + probe(vni, objects) + ENDED + FakeTunnel.parts(objects)
                + "=== part ovs\n"
                + ovs(vni, objects) + ENDED + "=== part frr\n" + frr(vni, values, objects);
    }

    synchronized String used() {
        var links = new StringJoiner(",", "[", "]\n");
        var vnis = new StringJoiner(",", "{\"advertiseAllVnis\":\"Enabled\",", "}\n")
                .setEmptyValue("{\"advertiseAllVnis\":\"Enabled\"}\n");
        connections.forEach((vni, objects) -> {
            var values = objects.get("vxlan");
            if (values != null) {
                links.add(vxlan(vni, values, ""));
            }
            vnis.add("\"%d\":{\"vni\":%d}".formatted(vni, vni));
        });
        return "=== part tools\n" + ENDED + "=== part gateway\n" + links + ENDED + "=== part dc\n" + ENDED
                + "=== part ovs\n" + ENDED + "=== part frr\n" + frrAnswer(summary() + vnis);
    }

    String probed(Map<String, String> values) {
        var vni = vni(values);
        var others = underlay.others(gateway).stream()
                .map(FakeGateway::state)
                .filter(other -> other.complete(vni))
                .toList();
        if (!complete(vni) || others.isEmpty()) {
            return "=== part port\n" + ENDED + "=== part first\n=== ended 1\n=== part burst\n"
                    + "10 packets transmitted, 0 received, 100% packet loss, time 150ms\n=== ended 1\n=== part mtu\n"
                    + ENDED;
        }
        var replies = new StringBuilder();
        for (int i = 1; i <= 10; i++) {
            replies.append("64 bytes from 169.254.0.2: icmp_seq=").append(i).append(" ttl=64 time=1.5 ms\n");
        }
        var mtu = Math.min(mtu(vni), others.getFirst().mtu(vni));
        return "=== part port\n" + ENDED + "=== part first\n" + ENDED + "=== part burst\n" + replies
                + "10 packets transmitted, 10 received, 0% packet loss, time 150ms\n" + ENDED + "=== part mtu\n" + mtu
                + "\n" + ENDED;
    }

    private static String gatewayLinks(int vni, Map<String, Map<String, String>> objects) {
        var links = new StringBuilder();
        var master = objects.containsKey("bridge") ? "br" + vni : "";
        var handoff = objects.get("handoff");
        if (handoff != null) {
            links.append('[')
                    .append(link("ac" + vni, "veth", handoff, master, "", "", ""))
                    .append("]\n");
        }
        var bridge = objects.get("bridge");
        if (bridge != null) {
            links.append('[')
                    .append(link("br" + vni, "bridge", bridge, "", "\"stp_state\":0,\"forward_delay\":0", "", ""))
                    .append("]\n");
        }
        var vxlan = objects.get("vxlan");
        if (vxlan != null) {
            links.append('[').append(vxlan(vni, vxlan, master)).append("]\n");
        }
        return links.toString();
    }

    private static String vxlan(int vni, Map<String, String> values, String master) {
        var own = "\"id\":%d,\"local\":\"%s\",\"port\":4789,\"learning\":false,\"df\":\"set\""
                .formatted(vni, text(values, "tunnel"));
        var port = "\"neigh_suppress\":%s,\"learning\":false".formatted(values.getOrDefault("neigh_suppress", "false"));
        return link("vx" + vni, "vxlan", values, master, own, port, "");
    }

    private static String dcLinks(int vni, Map<String, Map<String, String>> objects) {
        var links = new StringBuilder();
        Map.of("dc", "handoff", "pp", "probe").forEach((prefix, object) -> {
            var values = objects.get(object);
            if (values != null) {
                links.append('[')
                        .append(link(prefix + vni, "veth", values, "", "", "", ""))
                        .append("]\n");
            }
        });
        return links.toString();
    }

    private static String probe(int vni, Map<String, Map<String, String>> objects) {
        var values = objects.get("probe");
        if (values == null) {
            return "";
        }
        var address = "{\"local\":\"%s\",\"prefixlen\":30}".formatted(text(values, "probe_address"));
        return "{\"namespace\":true}\n[" + link("pr" + vni, "veth", values, "", "", "", address) + "]\n";
    }

    private static String link(
            String name,
            String kind,
            Map<String, String> values,
            String master,
            String own,
            String port,
            String addresses) {
        return """
                {"ifname":"%s","flags":["UP"],"mtu":%s,"master":"%s","ifalias":"isthmus:%s","inet6_addr_gen_mode":"none",\
                "linkinfo":{"info_kind":"%s","info_data":{%s},"info_slave_data":{%s}},"addr_info":[%s]}""".formatted(
                name, values.getOrDefault("mtu", "0"), master, text(values, "connection"), kind, own, port, addresses);
    }

    private static String ovs(int vni, Map<String, Map<String, String>> objects) {
        var ids = new StringJoiner(",");
        var ports = new StringJoiner(",");
        var interfaces = new StringJoiner(",");
        Map.of("dc", "handoff", "pp", "probe").forEach((prefix, object) -> {
            var values = objects.get(object);
            if (values != null) {
                var name = prefix + vni;
                ids.add("[\"uuid\",\"%s\"]".formatted(name));
                ports.add(
                        "[[\"uuid\",\"%s\"],\"%s\",%s,\"access\",[\"set\",[]],[\"map\",[[\"isthmus-connection\",\"%s\"]]]]"
                                .formatted(name, name, text(values, "vlan"), text(values, "connection")));
                interfaces.add("[\"%s\",1,[\"set\",[]]]".formatted(name));
            }
        });
        return """
                {"data":[["br-interdc",["set",[%s]]]],"headings":["name","ports"]}
                {"data":[%s],"headings":["_uuid","name","tag","vlan_mode","trunks","external_ids"]}
                {"data":[%s],"headings":["name","ofport","error"]}
                """.formatted(ids, ports, interfaces);
    }

    private String frr(int vni, Map<String, String> values, Map<String, Map<String, String>> objects) {
        var answer = new StringBuilder(summary());
        if (objects.containsKey("vxlan")) {
            answer.append("{\"vni\":%d,\"vxlanInterface\":\"vx%d\",\"numRemoteVteps\":[%s]}\n"
                    .formatted(vni, vni, remoteVteps(vni)));
        }
        var targets = objects.get("route_targets");
        if (targets != null || objects.containsKey("vxlan")) {
            var target = targets == null ? gateway.asn() + ":" + vni : text(targets, "route_target");
            answer.append(
                    "{\"vni\":%d,\"importRts\":[\"%s\"],\"exportRts\":[\"%s\"]}\n".formatted(vni, target, target));
        }
        answer.append(FakeTunnel.routes(values, objects));
        return frrAnswer(answer.toString());
    }

    private String frrAnswer(String answer) {
        return switch (gateway.fault()) {
            case Fault.NO_VTYSH -> "=== ended 127\n";
            case Fault.FRR_DOWN -> "Exiting: failed to connect to any daemons.\n=== ended 1\n";
            case Fault.FRR_FROZEN -> "=== ended 124\n";
            default -> answer + ENDED;
        };
    }

    private String summary() {
        var peers = new StringJoiner(",");
        underlay.others(gateway)
                .forEach(other -> peers.add("\"%s\":{\"state\":\"Established\"}".formatted(other.tunnelAddress())));
        return "{\"routerId\":\"%s\",\"as\":%d,\"peers\":{%s}}\n"
                .formatted(gateway.tunnelAddress(), gateway.asn(), peers);
    }

    private String remoteVteps(int vni) {
        List<String> vteps = underlay.others(gateway).stream()
                .filter(other -> other.state().complete(vni))
                .map(other -> '"' + other.tunnelAddress() + '"')
                .toList();
        return String.join(",", vteps);
    }

    private static int vni(Map<String, String> values) {
        return Integer.parseInt(text(values, "vni"));
    }

    private static String text(Map<String, String> values, String name) {
        return values.getOrDefault(name, "");
    }
}
