package io.isthmus.lab;

import java.util.SplittableRandom;
import tools.jackson.databind.JsonNode;

/**
 * What can be changed by hand at the gateway of one side of a connection. {@code n} stands for the connection's VNI, {@code ip}
 * for the gateway's namespace.
 */
final class GatewayMutations extends Mutations {
    private final LabDescription.LabGateway gateway;
    private final String connection;
    private final int vni;
    private final int vlan;

    private GatewayMutations(LabDescription lab, JsonNode connection, JsonNode side) {
        super(lab, side.get("site").asString());
        this.gateway = lab.site(site).gateway();
        this.connection = connection.get("id").asString();
        this.vni = connection.get("vni").asInt();
        this.vlan = side.get("segmentation_id").asInt();
    }

    /** Of a connection with a steered path and a bandwidth. */
    static GatewayMutations ofStretched(LabDescription lab, JsonNode connection, JsonNode side) {
        var all = new GatewayMutations(lab, connection, side);
        all.tunnel();
        all.limit();
        all.bridge();
        all.handoff();
        all.probe();
        all.routeTargets();
        all.path();
        all.foreign();
        return all;
    }

    static GatewayMutations ofTranslator(LabDescription lab, JsonNode connection, JsonNode side) {
        var all = new GatewayMutations(lab, connection, side);
        all.translator();
        return all;
    }

    private void tunnel() {
        repaired("VXLAN device deleted", "vxlan", "presence", _ -> ip("link del vx" + vni));
        repaired(
                "VXLAN of another VNI",
                "vxlan",
                "presence",
                random -> ip("link del vx" + vni) + " && "
                        + ip("link add vx%d type vxlan id %d local %s dstport 4789 nolearning"
                                .formatted(vni, 900_000 + random.nextInt(9_000), gateway.tunnelAddress()))
                        + " && " + ip("link set vx" + vni + " alias isthmus:" + connection));
        repaired("VXLAN MTU", "vxlan", "mtu", random -> ip("link set vx" + vni + " mtu " + mtu(random)));
        repaired("VXLAN down", "vxlan", "up", _ -> ip("link set vx" + vni + " down"));
        repaired("VXLAN out of the bridge", "vxlan", "bridge", _ -> ip("link set vx" + vni + " nomaster"));
        repaired(
                "VXLAN sends from another address",
                "vxlan",
                "local",
                random -> ip("link set vx%d type vxlan local 10.99.0.%d".formatted(vni, 1 + random.nextInt(250))));
        repaired("VXLAN learns", "vxlan", "learning", _ -> ip("link set vx" + vni + " type vxlan learning"));
        repaired("VXLAN may fragment", "vxlan", "df", _ -> ip("link set vx" + vni + " type vxlan df unset"));
        repaired(
                "VXLAN makes addresses",
                "vxlan",
                "address_generation",
                _ -> ip("link set vx" + vni + " addrgenmode eui64"));
        slave("vx", "vxlan", "neigh_suppress", "neigh_suppress on");
        slave("vx", "vxlan", "port_learning", "learning on");
        slave("vx", "vxlan", "flood", "flood off");
        slave("vx", "vxlan", "isolated", "isolated on");
        repaired(
                "another device with the VNI came and went",
                "vxlan",
                "evpn_device",
                _ -> ip("link add vxf type vxlan id " + vni + " dstport 8472 local " + gateway.tunnelAddress()) + " && "
                        + ip("link set vxf up") + " && sleep 0.3 && " + ip("link del vxf"));
    }

    private void limit() {
        repaired("limit taken away", "vxlan", "limit_bytes_per_second", _ -> tc("qdisc del dev vx" + vni + " root"));
        repaired(
                "limit changed",
                "vxlan",
                "limit_bytes_per_second",
                random -> tc("qdisc replace dev vx%d root tbf rate %dmbit burst 64k latency 40ms"
                        .formatted(vni, 21 + random.nextInt(400))));
        repaired(
                "bucket too small",
                "vxlan",
                "limit_burst_bytes",
                _ -> tc("qdisc replace dev vx%d root tbf rate 20186666bit burst 3000 latency 40ms".formatted(vni)));
    }

    private void bridge() {
        repaired("bridge deleted", "bridge", "presence", _ -> ip("link del br" + vni));
        repaired("bridge MTU", "bridge", "mtu", random -> ip("link set br" + vni + " mtu " + mtu(random)));
        repaired("bridge down", "bridge", "up", _ -> ip("link set br" + vni + " down"));
        repaired("bridge speaks STP", "bridge", "stp_state", _ -> ip("link set br" + vni + " type bridge stp_state 1"));
        repaired(
                "bridge waits",
                "bridge",
                "forward_delay",
                random -> ip("link set br%d type bridge forward_delay %d".formatted(vni, 200 + random.nextInt(1000))));
    }

    private void handoff() {
        repaired("hand-off deleted", "handoff", "presence", _ -> ip("link del ac" + vni));
        repaired("hand-off MTU", "handoff", "mtu", random -> ip("link set ac" + vni + " mtu " + mtu(random)));
        repaired("hand-off down", "handoff", "up", _ -> ip("link set ac" + vni + " down"));
        repaired("hand-off out of the bridge", "handoff", "bridge", _ -> ip("link set ac" + vni + " nomaster"));
        slave("ac", "handoff", "bcast_flood", "bcast_flood off");
        slave("ac", "handoff", "isolated", "isolated on");
        repaired("switch's end of the hand-off down", "handoff", "up", _ -> dc("link set dc" + vni + " down"));
        repaired("switch's end without its mark", "handoff", "mark", _ -> dc("link set dc" + vni + " alias ''"));
        repaired(
                "access port on another VLAN",
                "handoff",
                "vlan",
                random -> vsctl("set port dc%d tag=%d".formatted(vni, 100 + random.nextInt(1800))));
        repaired("access port without a VLAN", "handoff", "vlan", _ -> vsctl("clear port dc" + vni + " tag"));
        repaired(
                "access port of another mode",
                "handoff",
                "port_mode",
                _ -> vsctl("set port dc" + vni + " vlan_mode=native-untagged"));
        repaired(
                "access port with trunks",
                "handoff",
                "trunks",
                random -> vsctl("set port dc%d trunks=%d".formatted(vni, 1 + random.nextInt(4000))));
        repaired(
                "access port takes little",
                "handoff",
                "policing",
                random ->
                        vsctl("set interface dc%d ingress_policing_rate=%d".formatted(vni, 100 + random.nextInt(900))));
        repaired("access port removed", "handoff", "ovs_bridge", _ -> vsctl("del-port dc" + vni));
        repaired(
                "access port on another bridge",
                "handoff",
                "ovs_bridge",
                _ -> vsctl("del-port dc" + vni)
                        + " && "
                        + vsctl("add-port br-int dc%1$d tag=7 -- set port dc%1$d external_ids:isthmus-connection=%2$s"
                                .formatted(vni, connection)));
    }

    private void probe() {
        var namespace = "isthmus-probe-" + vni + "-" + gateway.tunnelAddress();
        repaired("probe's namespace deleted", "probe", "presence", _ -> "ip netns del " + namespace);
        repaired(
                "probe's address",
                "probe",
                "address",
                random -> "ip -n %s address add 169.254.99.%d/30 dev pr%d"
                        .formatted(namespace, 1 + random.nextInt(250), vni));
        repaired("probe down", "probe", "up", _ -> "ip -n " + namespace + " link set pr" + vni + " down");
        repaired("probe MTU", "probe", "mtu", random -> dc("link set pp" + vni + " mtu " + mtu(random)));
        repaired(
                "probe on another VLAN",
                "probe",
                "vlan",
                random -> vsctl("set port pp%d tag=%d".formatted(vni, 100 + random.nextInt(1800))));
        repaired("probe's port removed", "probe", "ovs_bridge", _ -> vsctl("del-port pp" + vni));
    }

    private void routeTargets() {
        repaired("route target removed", "route_targets", "import", _ -> evpn("no route-target import 65000:" + vni));
        repaired(
                "another route target imported",
                "route_targets",
                "import",
                random -> evpn("route-target import 65000:" + (900_000 + random.nextInt(9_000))));
        repaired(
                "another route target exported",
                "route_targets",
                "export",
                random -> evpn("route-target export 65000:" + (900_000 + random.nextInt(9_000))));
        repaired("VNI's configuration removed", "route_targets", "import", _ -> bgp("l2vpn evpn", "no vni " + vni));
        repaired(
                "another route distinguisher",
                "route_targets",
                "other_settings",
                random -> evpn("rd 7:" + (1 + random.nextInt(9_000))));
        repaired("gateway announces its own address", "route_targets", "other_settings", _ -> evpn("advertise-svi-ip"));
    }

    private void path() {
        var map = "route-map isthmus-" + vni + "-a";
        repaired("announcement removed", "path", "announced", _ -> withAddress("no network $address/32"));
        repaired(
                "path's marks changed",
                "path",
                "route_map",
                random -> vtysh(
                        map + " permit 10", "set large-community 65001:1:%d".formatted(65100 + random.nextInt(100))));
        repaired(
                "path's route map says more",
                "path",
                "route_map",
                random -> vtysh(map + " permit 10", "set metric " + (1 + random.nextInt(900))));
        repaired("path's route map has another entry", "path", "route_map", _ -> vtysh(map + " deny 5"));
        repaired("path's route map removed", "path", "route_map", _ -> vtysh("no " + map));
        repaired(
                "path's address removed",
                "path",
                "address",
                _ -> address() + " && " + ip("address del $address/32 dev lo"));
    }

    private void foreign() {
        leftAlone(
                "foreign: device in the bridge",
                "bridge",
                "bridge",
                ip("link add frgn0 type veth peer name frgn1") + " && " + ip("link set frgn0 master br" + vni),
                ip("link del frgn0"));
        leftAlone(
                "foreign: access port of the VLAN",
                "handoff",
                "vlan",
                vsctl("add-port %s frgn1 tag=%d -- set interface frgn1 type=internal"
                        .formatted(gateway.bridge(), vlan)),
                vsctl("del-port frgn1"));
        leftAlone(
                "foreign: tunnel end by hand",
                "vxlan",
                "entry",
                in("bridge fdb append 00:00:00:00:00:00 dev vx" + vni + " dst 192.0.2.9"),
                in("bridge fdb del 00:00:00:00:00:00 dev vx" + vni + " dst 192.0.2.9"));
        leftAlone(
                "foreign: mark of the bridge taken away",
                "gateway",
                "gateway_name_taken",
                ip("link set br" + vni + " alias mine"),
                ip("link set br" + vni + " alias isthmus:" + connection));
        leftAlone(
                "foreign: another device with the VNI",
                "gateway",
                "gateway_name_taken",
                ip("link add vxf type vxlan id " + vni + " dstport 8472 local " + gateway.tunnelAddress()) + " && "
                        + ip("link set vxf up") + " && sleep 0.3",
                ip("link del vxf"));
    }

    private void translator() {
        var namespace = "isthmus-nat-" + vni + "-" + gateway.tunnelAddress();
        var inside = "ip -n " + namespace + " ";
        var nft = "ip netns exec " + namespace + " nft ";
        repaired("translator's device deleted", "translator", "presence", _ -> ip("link del nt" + vni));
        repaired("translator's namespace deleted", "translator", "presence", _ -> "ip netns del " + namespace);
        repaired("translations flushed", "translator", "translations", _ -> nft + "flush ruleset");
        repaired(
                "another rule among the translations",
                "translator",
                "translations",
                _ -> nft + "insert rule ip isthmus arriving ip saddr 192.0.2.9 drop");
        repaired(
                "translator's MTU",
                "translator",
                "mtu",
                random -> inside + "link set nr" + vni + " mtu " + mtu(random));
        repaired(
                "translator's route removed",
                "translator",
                "routes",
                _ -> inside + "route del $(" + inside + "route show | awk '/via/ {print $1; exit}')");
        repaired(
                "translator's address",
                "translator",
                "address",
                random -> inside + "address add 192.0.2.%d/30 dev nr%d".formatted(1 + random.nextInt(250), vni));
        repaired("translator out of the bridge", "translator", "bridge", _ -> ip("link set nt" + vni + " nomaster"));
    }

    private void slave(String device, String object, String field, String setting) {
        repaired(
                object + ": " + setting,
                object,
                field,
                _ -> ip("link set " + device + vni + " type bridge_slave " + setting));
    }

    private static int mtu(SplittableRandom random) {
        return 1000 + random.nextInt(400);
    }

    private String ip(String words) {
        return "ip -n " + gateway.gatewayNetns() + " " + words;
    }

    private String dc(String words) {
        return "ip -n " + gateway.dcNetns() + " " + words;
    }

    private String tc(String words) {
        return "tc -n " + gateway.gatewayNetns() + " " + words;
    }

    private String in(String command) {
        return "ip netns exec " + gateway.gatewayNetns() + " bash -c \"" + command.replace("$", "\\$") + "\"";
    }

    private String vsctl(String words) {
        return "ovs-vsctl --timeout=10 --db=" + gateway.ovsdb() + " " + words;
    }

    private String evpn(String line) {
        return bgp("l2vpn evpn", "vni " + vni, line);
    }

    private String bgp(String family, String... lines) {
        var all =
                new java.util.ArrayList<>(java.util.List.of("router bgp " + gateway.asn(), "address-family " + family));
        all.addAll(java.util.List.of(lines));
        return vtysh(all.toArray(String[]::new));
    }

    /** With the address that the connection's VXLAN sends from. */
    private String withAddress(String line) {
        return address() + " && " + bgp("ipv4 unicast", line);
    }

    private String address() {
        return "address=$(" + ip("-j -d link show vx" + vni) + " | jq -r '.[0].linkinfo.info_data.local')";
    }

    private String vtysh(String... lines) {
        var command = new StringBuilder("vtysh --vty_socket " + gateway.vtySocket() + " -c 'configure terminal'");
        for (var line : lines) {
            command.append(" -c \"").append(line).append('"');
        }
        return command.toString();
    }
}
