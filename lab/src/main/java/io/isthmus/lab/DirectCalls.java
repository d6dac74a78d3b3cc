package io.isthmus.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The least that makes a connection between b and d: a network and a subnet in each Neutron, one script on each gateway over a
 * standing SSH session; both sides and both parts at once, nothing checked, nothing read back.
 */
final class DirectCalls implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final LabDescription lab;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<String, Neutron> neutrons;

    DirectCalls(LabDescription lab) {
        this.lab = lab;
        this.neutrons = Map.of("b", new Neutron(lab, "b"), "d", new Neutron(lab, "d"));
        List.of("b", "d").forEach(site -> {
            Command.run(LIMIT, ssh(site, List.of("-M", "-f", "-N"))).orFail();
            neutron(site).networkIds();
        });
    }

    /** Makes it; answers the two networks' ids, b first. */
    List<String> connect(int vlan, int vni, String prefix) {
        var calls = new ArrayList<Callable<String>>();
        calls.add(() -> network("b", vlan, prefix, "10", "99"));
        calls.add(() -> network("d", vlan, prefix, "110", "199"));
        calls.add(() -> gateway("b", vlan, vni));
        calls.add(() -> gateway("d", vlan, vni));
        return all(calls).subList(0, 2);
    }

    void disconnect(List<String> networks, int vni) {
        all(List.of(
                () -> delete("b", networks.getFirst()),
                () -> delete("d", networks.getLast()),
                () -> removeFromGateway("b", vni),
                () -> removeFromGateway("d", vni)));
    }

    private List<String> all(List<? extends Callable<String>> calls) {
        try {
            var results = new ArrayList<String>();
            for (var call : threads.invokeAll(calls)) {
                results.add(call.get());
            }
            return results;
        } catch (ExecutionException | InterruptedException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private String network(String site, int vlan, String prefix, String start, String end) {
        var neutron = neutron(site);
        var network = Map.of(
                "name", "direct",
                "provider:network_type", "vlan",
                "provider:physical_network", "interdc",
                "provider:segmentation_id", vlan,
                "mtu", 1450);
        var id = neutron.call("POST", "/networks", Map.of("network", network))
                .expect(201)
                .body()
                .at("/network/id")
                .asString();
        var subnet = new java.util.HashMap<String, Object>(Map.of(
                "network_id",
                id,
                "ip_version",
                4,
                "cidr",
                prefix + ".0/24",
                "enable_dhcp",
                false,
                "allocation_pools",
                List.of(Map.of("start", prefix + "." + start, "end", prefix + "." + end))));
        subnet.put("gateway_ip", null);
        neutron.call("POST", "/subnets", Map.of("subnet", subnet)).expect(201);
        return id;
    }

    private Neutron neutron(String site) {
        return java.util.Objects.requireNonNull(neutrons.get(site));
    }

    private String delete(String site, String network) {
        neutron(site).call("DELETE", "/networks/" + network, null).expect(204);
        return network;
    }

    private String gateway(String site, int vlan, int vni) {
        var gateway = lab.site(site).gateway();
        return onGateway(site, """
                set -e
                ip -batch - <<X
                link add ac%1$d type veth peer name dc%1$d netns %2$s
                link add br%1$d type bridge stp_state 0 forward_delay 0
                link add vx%1$d type vxlan id %1$d local %3$s dstport 4789 nolearning df set
                link set vx%1$d mtu 1450 master br%1$d
                link set vx%1$d type bridge_slave neigh_suppress off learning off
                link set br%1$d addrgenmode none
                link set vx%1$d addrgenmode none
                link set ac%1$d master br%1$d up
                link set vx%1$d up
                link set br%1$d up
                X
                ip -n %2$s link set dc%1$d up
                ethtool -K ac%1$d tx off >/dev/null
                ovs-vsctl --db=%4$s add-port %5$s dc%1$d tag=%6$d
                vtysh --vty_socket %7$s -c 'configure terminal' -c 'router bgp %8$d' -c 'address-family l2vpn evpn' \
                  -c 'vni %1$d' -c 'route-target import 65000:%1$d' -c 'route-target export 65000:%1$d'
                """.formatted(
                        vni,
                        gateway.dcNetns(),
                        gateway.tunnelAddress(),
                        gateway.ovsdb(),
                        gateway.bridge(),
                        vlan,
                        gateway.vtySocket(),
                        gateway.asn()));
    }

    String removeFromGateway(String site, int vni) {
        var gateway = lab.site(site).gateway();
        return onGateway(site, """
                ovs-vsctl --db=%2$s --if-exists del-port dc%1$d
                vtysh --vty_socket %3$s -c 'configure terminal' -c 'router bgp %4$d' -c 'address-family l2vpn evpn' -c 'no vni %1$d'
                ip link del vx%1$d; ip link del br%1$d; ip link del ac%1$d
                true
                """.formatted(vni, gateway.ovsdb(), gateway.vtySocket(), gateway.asn()));
    }

    private String onGateway(String site, String script) {
        return Command.run(LIMIT, ssh(site, List.of(script))).orFail();
    }

    /** OpenSSH with one master connection per gateway: a command costs one process and one round trip. */
    private List<String> ssh(String site, List<String> more) {
        var gateway = lab.site(site).gateway();
        var words = new ArrayList<>(List.of(
                "ssh",
                "-o",
                "StrictHostKeyChecking=no",
                "-o",
                "UserKnownHostsFile=/dev/null",
                "-o",
                "LogLevel=ERROR",
                "-S",
                lab.stateDir() + "/bench-" + site + ".ssh",
                "-i",
                gateway.privateKeyFile(),
                "-p",
                "" + gateway.port()));
        var options = more.stream().filter(word -> word.startsWith("-")).toList();
        words.addAll(options);
        words.add(gateway.username() + "@" + gateway.host());
        words.addAll(more.stream().filter(word -> !word.startsWith("-")).toList());
        return words;
    }

    @Override
    public void close() {
        List.of("b", "d").forEach(site -> Command.run(LIMIT, ssh(site, List.of("-Oexit"))));
        threads.shutdownNow();
    }
}
