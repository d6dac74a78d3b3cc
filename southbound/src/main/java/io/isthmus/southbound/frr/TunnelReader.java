package io.isthmus.southbound.frr;

import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.Tunnel;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;

/** Turns what {@code tc}, {@code ip} and {@code vtysh} tell of one connection's tunnel into a record. */
final class TunnelReader {
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private TunnelReader() {}

    static TunnelState state(Tunnel tunnel, List<JsonNode> limit, List<JsonNode> loopback, List<JsonNode> frr) {
        var own = tunnel.pathAddress().flatMap(address -> route(frr, address));
        return new TunnelState(
                limit(limit),
                addresses(loopback),
                own.flatMap(TunnelReader::announced).isPresent(),
                own.flatMap(TunnelReader::announced).map(TunnelReader::marks).orElse(List.of()),
                route(frr, tunnel.remoteAddress()).map(TunnelReader::asPath).orElse(List.of()));
    }

    /** Where BGP has the route to an address: {@code ipv4 unicast 192.0.2.1/32}. */
    static String table(IpAddress address) {
        return address.version() == 4 ? "ipv4 unicast " + prefix(address) : "ipv6 unicast " + prefix(address);
    }

    private static String prefix(IpAddress address) {
        return address + (address.version() == 4 ? "/32" : "/128");
    }

    private static String limit(List<JsonNode> documents) {
        for (var queues : documents) {
            for (var queue : queues) {
                if (queue.path("kind").asString("").equals("tbf")) {
                    return queue.path("options").path("rate").asString("");
                }
            }
        }
        return "";
    }

    private static List<String> addresses(List<JsonNode> documents) {
        var addresses = new ArrayList<String>();
        for (var devices : documents) {
            for (var device : devices) {
                for (var address : device.path("addr_info")) {
                    if (address.has("local")) {
                        addresses.add(address.path("local").asString("") + "/"
                                + address.path("prefixlen").asString(""));
                    }
                }
            }
        }
        return addresses;
    }

    /** FRR answers a prefix that it does not know with an empty object. */
    private static Optional<JsonNode> route(List<JsonNode> documents, IpAddress address) {
        return documents.stream()
                .filter(document -> document.path("prefix").asString("").equals(prefix(address)))
                .findFirst();
    }

    private static Optional<JsonNode> announced(JsonNode route) {
        return paths(route).stream()
                .filter(path -> path.path("sourced").asBoolean(false))
                .findFirst();
    }

    private static List<String> marks(JsonNode path) {
        return StreamSupport.stream(path.path("largeCommunity").path("list").spliterator(), false)
                .map(mark -> mark.asString(""))
                .sorted()
                .toList();
    }

    private static List<Long> asPath(JsonNode route) {
        return paths(route).stream()
                .filter(path -> path.path("bestpath").path("overall").asBoolean(false))
                .findFirst()
                .map(path -> path.path("aspath").path("string").asString(""))
                .map(text -> NUMBER.matcher(text)
                        .results()
                        .map(number -> Long.parseLong(number.group()))
                        .toList())
                .orElse(List.of());
    }

    private static List<JsonNode> paths(JsonNode route) {
        return StreamSupport.stream(route.path("paths").spliterator(), false).toList();
    }
}
