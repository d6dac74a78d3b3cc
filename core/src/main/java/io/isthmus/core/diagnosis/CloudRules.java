package io.isthmus.core.diagnosis;

import io.isthmus.core.diagnosis.CloudReading.Agent;
import io.isthmus.core.diagnosis.CloudReading.NetworkReading;
import io.isthmus.core.diagnosis.CloudReading.Port;
import io.isthmus.core.diagnosis.CloudReading.Token;
import io.isthmus.core.diagnosis.Diagnostician.Findings;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** The Keystone and the Neutron of one site, and the connection's network and ports there. */
final class CloudRules {
    private static final Duration CLOCKS_DIFFER = Duration.ofSeconds(10);
    private static final Duration CLOCKS_DIFFER_MUCH = Duration.ofMinutes(2);
    private static final String RECONCILE =
            "Have it repaired: isthmus connection reconcile; then find out who changed it.";

    private final Place place;
    private final Findings findings;

    CloudRules(Place place, Findings findings) {
        this.place = place;
        this.findings = findings;
    }

    void apply(CloudReading cloud) {
        switch (cloud.token()) {
            case Reading.Failed<Token> failed -> findings.failed(place, Layer.CLOUD, failed);
            case Reading.NotTried<Token>(var why) -> findings.unchecked(place, Layer.CREDENTIAL, why);
            case Reading.Read<Token>(var token) -> token(token);
        }
        switch (cloud.network()) {
            case Reading.Failed<NetworkReading> failed -> findings.failed(place, Layer.CLOUD, failed);
            case Reading.NotTried<NetworkReading>(var why) -> {
                findings.unchecked(place, Layer.CLOUD, why);
                findings.unchecked(place, Layer.PORTS, why);
            }
            case Reading.Read<NetworkReading>(var network) -> network(network);
        }
    }

    private void token(Token token) {
        var ahead = token.clockAhead();
        if (ahead.abs().compareTo(CLOCKS_DIFFER) <= 0) {
            findings.healthy(
                    place, Layer.CREDENTIAL, "Keystone gives a token for the site's credential, and its clock agrees");
            return;
        }
        var detail = "Keystone's clock is " + Clocks.text(ahead);
        var remedy = "Have both follow the same time servers (NTP): tokens seem to expire too early or too late.";
        findings.add(
                ahead.abs().compareTo(CLOCKS_DIFFER_MUCH) > 0
                        ? place.error(Layer.CLOUD, "keystone_clock_skew", detail, List.of(detail), remedy)
                        : place.warning(Layer.CLOUD, "keystone_clock_skew", detail, List.of(detail), remedy));
    }

    private void network(NetworkReading reading) {
        int before = findings.count();
        switch (reading.deviations()) {
            case Reading.Failed<List<Deviation>> failed -> findings.failed(place, Layer.CLOUD, failed);
            case Reading.NotTried<List<Deviation>>(var why) -> findings.unchecked(place, Layer.CLOUD, why);
            case Reading.Read<List<Deviation>>(var deviations) ->
                deviations.forEach(deviation -> deviation(deviation, reading));
        }
        agents(reading);
        if (findings.count() == before) {
            findings.healthy(place, Layer.CLOUD, "Neutron answers, its agents are alive, the network is as wanted");
        }
        ports(reading.ports());
    }

    private void deviation(Deviation deviation, NetworkReading reading) {
        if (deviation.is("network") && deviation.kind() == Deviation.Kind.MISSING) {
            if (reading.othersOnVlan().isEmpty()) {
                add("network_missing", "the connection's network is gone from Neutron", deviation);
            } else {
                findings.add(place.error(
                        Layer.CLOUD,
                        "vlan_taken",
                        "the connection's network is gone, and its VLAN is used by another network",
                        reading.othersOnVlan().stream()
                                .map(name -> "on that VLAN: " + name)
                                .toList(),
                        "Delete that network, or delete the connection, take the VLAN out of the site's vlan_range and"
                                + " connect again."));
            }
        } else if (deviation.is("network")) {
            add(networkCode(deviation), "the connection's network in Neutron is not as it was made", deviation);
        } else if (reading.network().isPresent()) {
            add("subnet_changed", "the subnet of the connection's network is not as it was made", deviation);
        }
    }

    private static String networkCode(Deviation deviation) {
        if (deviation.kind() == Deviation.Kind.SURPLUS) {
            return "network_surplus";
        }
        if (deviation.field("admin_state_up").isPresent()) {
            return "network_admin_down";
        }
        return deviation.field("mtu").isPresent() ? "network_mtu_wrong" : "network_changed";
    }

    private void add(String code, String detail, Deviation deviation) {
        findings.add(place.error(Layer.CLOUD, code, detail, deviation.evidence(), RECONCILE));
    }

    /** A dead agent harms the connection if it has ports in the network, or if no other can plug any. */
    private void agents(NetworkReading reading) {
        var hosts = reading.ports().stream().map(Port::host).collect(Collectors.toUnmodifiableSet());
        var layer2 = reading.agents().stream().filter(Agent::isForLayer2).toList();
        var noneWorks = !layer2.isEmpty() && layer2.stream().noneMatch(agent -> agent.alive() && agent.adminStateUp());
        for (var agent : reading.agents()) {
            if (!agent.alive()) {
                agent(agent, "neutron_agent_dead", "is not heard of", matters(agent, hosts, noneWorks));
            } else if (!agent.adminStateUp()) {
                agent(agent, "neutron_agent_disabled", "is disabled", matters(agent, hosts, noneWorks));
            }
        }
    }

    private static boolean matters(Agent agent, Set<String> hosts, boolean noneWorks) {
        return agent.isForLayer2() && (noneWorks || hosts.contains(agent.host()));
    }

    private void agent(Agent agent, String code, String what, boolean matters) {
        var detail = "Neutron's " + agent.type() + " on " + agent.host() + " " + what;
        var evidence = List.of(agent.type() + " on " + agent.host() + ": alive " + agent.alive() + ", enabled "
                + agent.adminStateUp());
        var remedy = "Start or enable the agent on " + agent.host() + " (openstack network agent list).";
        findings.add(
                matters
                        ? place.error(Layer.CLOUD, code, detail, evidence, remedy)
                        : place.warning(Layer.CLOUD, code, detail, evidence, remedy));
    }

    private void ports(List<Port> ports) {
        int before = findings.count();
        ports.forEach(this::port);
        if (findings.count() == before) {
            findings.healthy(place, Layer.PORTS, ports.size() + " ports in the network, none with a fault");
        }
    }

    private void port(Port port) {
        var seen = List.of("port " + port.title() + ": status " + port.status() + ", enabled " + port.adminStateUp()
                + ", binding " + (port.vifType().isEmpty() ? "unknown" : port.vifType()) + " on "
                + (port.host().isEmpty() ? "no host" : port.host()));
        if (!port.adminStateUp()) {
            findings.add(place.error(
                    Layer.PORTS,
                    "port_admin_down",
                    "port " + port.title() + " is switched off",
                    seen,
                    "Switch it on: openstack port set --enable " + port.id()));
        } else if (port.vifType().equals("binding_failed")) {
            findings.add(place.error(
                    Layer.PORTS,
                    "port_binding_failed",
                    "Neutron could not bind port " + port.title() + " to host " + port.host(),
                    seen,
                    "Check that the host's agent is alive and has the physical network in its bridge_mappings; then bind"
                            + " the port again."));
        } else if (port.status().equals("DOWN") && !port.host().isEmpty() && !port.isNeutronsOwn()) {
            findings.add(place.error(
                    Layer.PORTS,
                    "port_down",
                    "port " + port.title() + " is DOWN, though it is bound to host " + port.host(),
                    seen,
                    "Check that its server runs and is plugged in there; look into the log of the host's agent."));
        }
        if (!port.allowsRemote()) {
            findings.add(place.warning(
                    Layer.PORTS,
                    "security_group_blocks",
                    "the security groups of port " + port.title() + " let nothing in from the other side",
                    List.of(
                            "no ingress rule of its groups covers the connection's prefix; a rule for members of the same"
                                    + " group does not cover ports of another Neutron"),
                    "Add a rule that lets the connection's prefix in (openstack security group rule create --ingress"
                            + " --remote-ip PREFIX GROUP)."));
        }
    }
}
