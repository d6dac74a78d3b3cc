package io.isthmus.lab;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** A stand-in for a VNF: a network namespace plugged into a Neutron port of its site. */
final class Vnf implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final Pattern LOSS = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
    private static final Pattern RTT = Pattern.compile("= [\\d.]+/([\\d.]+)/");

    private final LabDescription lab;
    private final Neutron neutron;
    private final String name;
    private final String portId;
    private final String address;

    private Vnf(LabDescription lab, Neutron neutron, String name, String portId, String address) {
        this.lab = lab;
        this.neutron = neutron;
        this.name = name;
        this.portId = portId;
        this.address = address;
    }

    /** Creates the port, as Nova would, and plugs the stand-in; {@code address} empty lets Neutron assign one. */
    static Vnf start(LabDescription lab, String site, String name, String networkId, String address) {
        var neutron = new Neutron(lab, site);
        return into(
                lab, site, name, neutron.createPort(networkId, lab.site(site).computeHost(), name, address));
    }

    /** Plugs a stand-in into a port that is bound to the site's host. */
    static Vnf into(LabDescription lab, String site, String name, JsonNode port) {
        var neutron = new Neutron(lab, site);
        var network = neutron.network(port.get("network_id").asString());
        var ip = port.at("/fixed_ips/0/ip_address").asString();
        var prefix = neutron.call(
                        "GET", "/subnets/" + port.at("/fixed_ips/0/subnet_id").asString(), null)
                .expect(200)
                .body()
                .at("/subnet/cidr")
                .asString()
                .replaceAll(".*/", "");
        var id = port.get("id").asString();
        Command.run(
                        LIMIT,
                        lab.labCommand(),
                        "vnf",
                        "plug",
                        site,
                        name,
                        id,
                        port.get("mac_address").asString(),
                        ip + "/" + prefix,
                        network.get("mtu").asString())
                .orFail();
        return new Vnf(lab, neutron, name, id, ip);
    }

    String address() {
        return address;
    }

    String namespace() {
        return "ist-vnf-" + name;
    }

    boolean active() {
        return neutron.portStatus(portId).equals("ACTIVE");
    }

    /** Sends everything that is not of its own network to a router. */
    void defaultRoute(String gateway) {
        Command.run(LIMIT, "ip", "-n", namespace(), "route", "replace", "default", "via", gateway)
                .orFail();
    }

    record Ping(int sent, int received, double averageRttMs) {}

    /** Sends {@code count} echo requests, 100 ms apart. */
    Ping ping(Vnf other, int count, String... options) {
        return ping(other.address(), count, options);
    }

    /** The same to any address. */
    Ping ping(String to, int count, String... options) {
        var words =
                new java.util.ArrayList<>(java.util.List.of("ip", "netns", "exec", namespace(), "ping", "-n", "-q"));
        words.addAll(java.util.List.of(options));
        words.addAll(java.util.List.of("-c", "" + count, "-i", "0.1", "-W", "2", to));
        var output = Command.run(LIMIT, words).output();
        var loss = LOSS.matcher(output);
        if (!loss.find()) {
            throw new IllegalStateException("ping said: " + output.toLowerCase(Locale.ROOT));
        }
        var rtt = RTT.matcher(output);
        return new Ping(
                Integer.parseInt(loss.group(1)),
                Integer.parseInt(loss.group(2)),
                rtt.find() ? Double.parseDouble(rtt.group(1)) : 0);
    }

    /** Whether a packet of this many bytes, IP header included, passes unfragmented. */
    boolean passes(Vnf other, int bytes) {
        return ping(other, 3, "-M", "do", "-s", "" + (bytes - 28)).received() > 0;
    }

    @Override
    public void close() {
        Command.run(LIMIT, lab.labCommand(), "vnf", "unplug", name).orFail();
        neutron.deletePort(portId);
    }
}
