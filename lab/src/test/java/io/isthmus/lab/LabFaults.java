package io.isthmus.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/** Faults that can be put into the lab and taken out again, for a connection between b (local) and d (remote) by way of a. */
final class LabFaults {
    private static final Duration SOON = Duration.ofSeconds(25);
    /** Neutron takes an agent for dead after 45 s. */
    private static final Duration LATER = Duration.ofSeconds(100);

    private final LabDescription lab;
    private final int vni;
    private final int localVlan;
    private final Neutron neutronB;
    private final Neutron neutronD;
    private final String network;
    private final JsonNode connection;
    private final List<Fault> faults = new ArrayList<>();
    private final List<String> ports = new ArrayList<>();

    /**
     * One fault.
     *
     * @param expected site, layer and code of the first finding
     * @param needsRepair whether Isthmus itself must mend what the fault took away
     */
    record Fault(String name, String expected, Duration limit, boolean needsRepair, Runnable inject, Runnable undo) {}

    private LabFaults(LabDescription lab, JsonNode connection) {
        this.lab = lab;
        this.connection = connection;
        this.vni = connection.get("vni").asInt();
        this.localVlan = connection.at("/sides/local/segmentation_id").asInt();
        this.network = connection.at("/sides/remote/network_id").asString();
        this.neutronB = new Neutron(lab, "b");
        this.neutronD = new Neutron(lab, "d");
    }

    static List<Fault> all(LabDescription lab, JsonNode connection, ShiftedKeystone keystone, LabUser user) {
        var all = new LabFaults(lab, connection);
        all.access();
        all.underlay();
        all.gateways();
        all.clouds(keystone, user);
        all.ports();
        all.daemons();
        return List.copyOf(all.faults);
    }

    private void access() {
        var config = state("gateway-d/sshd_config");
        add(
                "SSH key is not accepted",
                "d/access/ssh_key_refused",
                "sed -i s,keys/controller.pub,keys/nobody.pub, " + config,
                "sed -i s,keys/nobody.pub,keys/controller.pub, " + config);
        var key = state("gateway-b/host_key");
        add(
                "host key changed",
                "b/access/host_key_mismatch",
                "mv " + key + " " + key + ".kept && ssh-keygen -q -t ed25519 -N '' -f " + key,
                "mv -f " + key + ".kept " + key + " && ssh-keygen -y -f " + key + " >" + key + ".pub");
    }

    private void underlay() {
        add(
                "WAN link: black hole one way",
                "b/underlay/link_one_way",
                lab("link a-b direction=az loss=100"),
                lab("link a-b direction=both loss=0"));
        add(
                "both WAN links of b are cut",
                "b/underlay/link_down",
                lab("link a-b down=1") + " && " + lab("link b-c down=1"),
                lab("link a-b down=0") + " && " + lab("link b-c down=0"));
        add(
                "MTU cut on one WAN link",
                "a/underlay/link_mtu_too_small",
                "ip -n ist-gw-a link set wan-b mtu 1300",
                "ip -n ist-gw-a link set wan-b mtu 1500 && for n in $(ip netns | cut -d' ' -f1); do"
                        + " ip -n $n route flush cache; done");
        add(
                "a filter drops VXLAN one way",
                "d/underlay/tunnel_one_way",
                "printf 'table inet fault {\\n chain in {\\n type filter hook input priority 0\\n"
                        + " udp dport 4789 drop\\n }\\n}\\n' | ip netns exec ist-gw-d nft -f -",
                "ip netns exec ist-gw-d nft delete table inet fault");
    }

    private void gateways() {
        var targets = "-c 'configure terminal' -c 'router bgp 65002' -c 'address-family l2vpn evpn' -c 'vni " + vni
                + "' -c 'no route-target import 65000:" + vni + "'";
        addRepaired(
                "route target removed",
                "b/overlay/route_targets_wrong",
                "vtysh --vty_socket " + lab.site("b").gateway().vtySocket() + " " + targets);
        addRepaired("VXLAN device deleted", "d/tunnel/vxlan_missing", "ip -n ist-gw-d link del vx" + vni);
        addRepaired(
                "bridge port taken out",
                "b/tunnel/handoff_not_in_bridge",
                "ip -n ist-gw-b link set ac" + vni + " nomaster");
        addRepaired(
                "access port removed from switch", "b/handoff/access_port_missing", vsctl("b", "del-port dc" + vni));
        addRepaired("wrong VLAN tag", "d/handoff/access_port_wrong_vlan", vsctl("d", "set port dc" + vni + " tag=999"));
    }

    private void clouds(ShiftedKeystone keystone, LabUser user) {
        add("Neutron's server is down", "d/cloud/neutron_unreachable", lab("neutron stop d"), lab("neutron start d"));
        add(
                "clock of Keystone ten minutes behind",
                "d/cloud/keystone_clock_skew",
                () -> keystone.shift(Duration.ofMinutes(-10)),
                () -> keystone.shift(Duration.ZERO));
        add("credential revoked", "d/credential/credential_refused", () -> user.enable(false), () -> user.enable(true));
        add(
                "network switched off",
                "d/cloud/network_admin_down",
                () -> put("/networks/" + network, "network", Map.of("admin_state_up", false)),
                () -> put("/networks/" + network, "network", Map.of("admin_state_up", true)));
        var subnet = connection.at("/sides/remote/subnet_id").asString();
        repaired(
                "subnet changed",
                "d/cloud/subnet_changed",
                () -> put("/subnets/" + subnet, "subnet", Map.of("enable_dhcp", !isDhcp(subnet))));
        repaired("VLAN taken by hand", "b/cloud/vlan_taken", this::takeVlan, this::giveVlanBack);
        var agent = "$(cat " + state("run/site-d-agent.pid") + ")";
        faults.add(new Fault(
                "Neutron's agent is dead",
                "d/cloud/neutron_agent_dead",
                LATER,
                false,
                () -> shell("kill -STOP -- -" + agent),
                () -> shell("kill -CONT -- -" + agent)));
    }

    private void ports() {
        var host = lab.site("d").computeHost();
        add("port is DOWN", "d/ports/port_down", () -> port(neutronD, network, host, ""), this::removePorts);
        add(
                "port binding failed",
                "d/ports/port_binding_failed",
                () -> port(neutronD, network, "no-such-host", ""),
                this::removePorts);
        add(
                "security group blocks",
                "d/ports/security_group_blocks",
                () -> port(neutronD, network, "", ""),
                this::removePorts);
        add(
                "same IP address at both sides",
                "d/ports/duplicate_ip",
                () -> {
                    port(neutronB, localNetwork(), "", "10.61.0.77");
                    port(neutronD, network, "", "10.61.0.77");
                },
                this::removePorts);
    }

    /** Last: restarting FRR takes away what Isthmus configured, which it then has to repair. */
    private void daemons() {
        var zebra = "$(cat " + state("run/gateway-d-zebra.pid") + ")";
        add("zebra is frozen", "d/daemons/zebra_frozen", "kill -STOP " + zebra, "kill -CONT " + zebra);
        repaired("bgpd stopped", "d/daemons/bgpd_stopped", () -> shell(kill("d", "bgpd")), () -> shell(lab("up")));
        repaired("bfdd stopped", "d/daemons/bfdd_stopped", () -> shell(kill("d", "bfdd")), () -> shell(lab("up")));
    }

    private String kill(String site, String daemon) {
        return "kill $(cat " + state("run/gateway-" + site + "-" + daemon + ".pid") + ")";
    }

    private void takeVlan() {
        var id = localNetwork();
        var ids = neutronB.call("GET", "/ports?network_id=" + id + "&fields=id", null)
                .expect(200)
                .body();
        ids.get("ports")
                .forEach(port ->
                        neutronB.call("DELETE", "/ports/" + port.get("id").asString(), null));
        neutronB.call("DELETE", "/networks/" + id, null).expect(204);
        neutronB.call(
                        "POST",
                        "/networks",
                        Map.of(
                                "network",
                                Map.of(
                                        "name",
                                        "foreign-by-hand",
                                        "provider:network_type",
                                        "vlan",
                                        "provider:physical_network",
                                        lab.site("b").physicalNetwork(),
                                        "provider:segmentation_id",
                                        localVlan)))
                .expect(201);
    }

    private void giveVlanBack() {
        neutronB.call("GET", "/networks?name=foreign-by-hand", null)
                .expect(200)
                .body()
                .get("networks")
                .forEach(each -> neutronB.call(
                                "DELETE", "/networks/" + each.get("id").asString(), null)
                        .expect(204));
    }

    /** It may have been made anew meanwhile. */
    private String localNetwork() {
        return neutronB.call("GET", "/networks?provider:segmentation_id=" + localVlan, null)
                .expect(200)
                .body()
                .at("/networks/0/id")
                .asString();
    }

    private boolean isDhcp(String subnet) {
        return neutronD.call("GET", "/subnets/" + subnet, null)
                .expect(200)
                .body()
                .at("/subnet/enable_dhcp")
                .asBoolean();
    }

    private void put(String path, String item, Map<String, Object> fields) {
        neutronD.call("PUT", path, Map.of(item, fields)).expect(200);
    }

    private void port(Neutron neutron, String networkId, String host, String address) {
        var id = neutron.createPort(networkId, host, "fault", address).get("id").asString();
        ports.add(id);
    }

    private void removePorts() {
        for (var id : ports) {
            neutronB.call("DELETE", "/ports/" + id, null);
            neutronD.call("DELETE", "/ports/" + id, null);
        }
        ports.clear();
    }

    private void add(String name, String expected, String inject, String undo) {
        add(name, expected, () -> shell(inject), () -> shell(undo));
    }

    private void add(String name, String expected, Runnable inject, Runnable undo) {
        faults.add(new Fault(name, expected, SOON, false, inject, undo));
    }

    private void addRepaired(String name, String expected, String inject) {
        repaired(name, expected, () -> shell(inject));
    }

    private void repaired(String name, String expected, Runnable inject) {
        repaired(name, expected, inject, () -> {});
    }

    private void repaired(String name, String expected, Runnable inject, Runnable undo) {
        faults.add(new Fault(name, expected, SOON, true, inject, undo));
    }

    private String vsctl(String site, String command) {
        return "ovs-vsctl --timeout=10 --db=" + lab.site(site).gateway().ovsdb() + " " + command;
    }

    private String state(String file) {
        return lab.stateDir() + "/" + file;
    }

    private String lab(String words) {
        return lab.labCommand() + " " + words;
    }

    private static void shell(String command) {
        Command.run(Duration.ofMinutes(2), "bash", "-c", command).orFail();
    }
}
