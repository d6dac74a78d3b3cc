package io.isthmus.cli.endpoint;

import io.isthmus.cli.command.Setting;
import io.isthmus.cli.command.Syntax;
import io.isthmus.cli.http.Document;
import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.node.ObjectNode;

/** Which network of a site an endpoint joins, as options: a new one, or one that exists. */
public final class NetworkOptions {
    private final Setting<String> cidr;
    private final Setting<String> pool;
    private final Setting<String> gatewayIp;
    private final Setting<Boolean> enableDhcp;
    private final Setting<String> networkName;
    private final Setting<String> networkId;
    private final Setting<String> routerId;
    private final Setting<List<String>> prefixes;
    private final Setting<String> externalNetworkId;

    /** @param prefix of the options: {@code local-}, or nothing */
    public NetworkOptions(Syntax syntax, String prefix) {
        var p = "--" + prefix;
        cidr = syntax.text(p + "cidr", "CIDR", "Make a new network with this prefix.");
        pool = syntax.text(p + "pool", "START-END", "Addresses that this Neutron may give out.");
        gatewayIp = syntax.text(p + "gateway-ip", "IP", "The new subnet's gateway (default: none).");
        enableDhcp = syntax.choice(p + "enable-dhcp", "Whether this Neutron answers DHCP on it.");
        networkName = syntax.text(p + "network-name", "NAME", "The new network's name.");
        networkId = syntax.text(p + "network-id", "ID", "Join this existing Neutron network.");
        routerId = syntax.text(p + "router", "ROUTER", "Join this existing router, by its id or name (L3).");
        prefixes = syntax.repeated(
                p + "prefix", "CIDR", "A prefix behind that router (default: all of its subnets); may be repeated.");
        externalNetworkId =
                syntax.text(p + "external-network-id", "ID", "Add a subnet with the CIDR to this external network.");
    }

    public boolean isGiven() {
        return cidr.value().isPresent() || joinsExisting();
    }

    public boolean joinsExisting() {
        return Stream.of(networkId, routerId, externalNetworkId)
                .anyMatch(option -> option.value().isPresent());
    }

    /** The prefix that the operator wrote for this side. */
    public Optional<String> cidr() {
        return cidr.value();
    }

    /**
     * Puts the network into a request.
     *
     * @param usual the prefix, and the option it came from, where none was written for this side
     */
    public void put(Document document, String pointer, Optional<Prefix> usual) {
        var given = Stream.of(networkId, routerId, externalNetworkId)
                .filter(option -> option.value().isPresent())
                .toList();
        if (given.size() > 1) {
            throw Failure.usage("Say only one of " + given.get(0).name() + " and "
                    + given.get(1).name() + ".");
        }
        if (networkId.value().isPresent()) {
            document.put(pointer + "/network_id", networkId.name(), networkId.value());
        } else if (routerId.value().isPresent()) {
            document.put(pointer + "/router_id", routerId.name(), routerId.value())
                    .put(pointer + "/prefixes", prefixes.name(), prefixes.value());
        } else {
            var prefix = cidr.value()
                    .map(text -> new Prefix(text, cidr.name()))
                    .or(() -> usual)
                    .orElseThrow(() -> Failure.usage("Missing: " + cidr.name() + " or " + networkId.name()));
            if (externalNetworkId.value().isPresent()) {
                document.put(pointer + "/external_network_id", externalNetworkId.name(), externalNetworkId.value())
                        .put(pointer + "/cidr", prefix.option(), prefix.cidr());
            } else {
                putNew(document, pointer + "/create", prefix);
            }
        }
    }

    private void putNew(Document document, String pointer, Prefix prefix) {
        document.put(pointer + "/cidr", prefix.option(), prefix.cidr())
                .put(pointer + "/name", networkName.name(), networkName.value())
                .put(pointer + "/gateway_ip", gatewayIp.name(), gatewayIp.value())
                .put(pointer + "/enable_dhcp", enableDhcp.name(), enableDhcp.value())
                .put(pointer + "/allocation_pool", pool.name(), pool.value().map(NetworkOptions::pool));
    }

    /** A prefix and the option that it came from. */
    public record Prefix(String cidr, String option) {}

    private static ObjectNode pool(String text) {
        var ends = text.split("-", -1);
        if (ends.length != 2 || ends[0].isBlank() || ends[1].isBlank()) {
            throw Failure.usage("A pool is written START-END, such as 10.64.0.10-10.64.0.99: " + text);
        }
        return Json.object().put("start", ends[0].strip()).put("end", ends[1].strip());
    }
}
