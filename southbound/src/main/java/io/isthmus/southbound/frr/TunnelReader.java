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
                burst(limit),
                addresses(loopback),
                own.flatMap(TunnelReader::announced).isPresent(),
                own.flatMap(TunnelReader::announced).map(TunnelReader::marks).orElse(List.of()),
                routeMap(frr),
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
                if (queue.path("root").asBoolean(false)
                        && !queue.path("kind").asString("").equals("noqueue")) {
                    return queue.path("kind").asString("");
                }
            }
        }
        return "";
    }

    private static String burst(List<JsonNode> documents) {
        return documents.stream()
                .flatMap(queues -> StreamSupport.stream(queues.spliterator(), false))
                .filter(queue -> queue.path("kind").asString("").equals("tbf"))
                .map(queue -> queue.path("options").path("burst").asString(""))
                .findFirst()
                .orElse("");
    }

    /** Such as {@code permit 10: large-community 1:1:1 2:2:2}; each daemon tells, but only BGP's has it all. */
    private static String routeMap(List<JsonNode> documents) {
        var entries = new ArrayList<String>();
        for (var document : documents) {
            for (var map : document.path("BGP")) {
                for (var rule : map.path("rules")) {
                    entries.add(entry(rule));
                }
            }
        }
        return String.join("; ", entries);
    }

    private static String entry(JsonNode rule) {
        var clauses = new ArrayList<String>();
        for (var kind : List.of("matchClauses", "setClauses", "callClause")) {
            rule.path(kind).forEach(clause -> clauses.add(sorted(clause.asString(""))));
        }
        return rule.path("type").asString("") + " "
                + rule.path("sequenceNumber").asString("") + ": " + String.join(", ", clauses);
    }

    /** The order of marks means nothing. */
    static String sorted(String clause) {
        var words = clause.split(" ");
        java.util.Arrays.sort(words, 1, words.length);
        return String.join(" ", words);
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
