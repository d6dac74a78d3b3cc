package io.isthmus.southbound.frr;

import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.southbound.GatewayDriver.Rtt;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Reads a script's parts, or says which of the gateway's tools did not do its work and why. */
final class PartsReader {
    private final Target target;
    private final ReadAnswer answer;

    PartsReader(Target target, ReadAnswer answer) {
        this.target = target;
        this.answer = answer;
    }

    Outcome<GatewayState> state(GatewayIntent intent) {
        // A batch over devices of which some are missing ends with 1.
        var failure = this.<GatewayState>failure("gateway", 1)
                .or(() -> failure("dc", 1))
                .or(() -> failure("probe", 1))
                .or(() -> failure("translator", 0))
                .or(() -> failure("limit", 1))
                .or(() -> failure("loopback", 0))
                .or(() -> failure("ovs", 0))
                .or(() -> failure("frr", 0));
        return failure.orElseGet(() -> new Outcome.Done<>(GatewayReader.state(
                documents("gateway"),
                documents("dc"),
                documents("probe"),
                documents("ovs"),
                documents("frr"),
                TunnelReader.state(intent.tunnel(), documents("limit"), documents("loopback"), documents("frr")),
                documents("translator"),
                answer.parts().find("entries").map(Parts.Part::text).orElse(""),
                intent.vni())));
    }

    Outcome<Set<Integer>> vnis(long asn) {
        var failure = this.<Set<Integer>>failure("tools", 0)
                .or(() -> failure("gateway", 0))
                .or(() -> failure("dc", 0))
                .or(() -> failure("ovs", 0))
                .or(() -> failure("frr", 0));
        return failure.orElseGet(() -> {
            var frr = documents("frr");
            var observed = GatewayReader.asn(frr);
            if (observed.isEmpty() || frr.stream().noneMatch(PartsReader::advertises)) {
                return new Outcome.Refused<>(Failures.bgpMissing(target));
            }
            if (observed.get() != asn) {
                return new Outcome.Refused<>(Failures.asnMismatch(target, observed.get(), asn));
            }
            return new Outcome.Done<>(GatewayReader.vnis(documents("gateway"), frr));
        });
    }

    /** The IPv4 networks that the gateway is in, its own loopback left out. */
    Outcome<List<Cidr>> networks() {
        return this.<List<Cidr>>failure("networks", 0).orElseGet(() -> {
            var networks = new ArrayList<Cidr>();
            for (var devices : documents("networks")) {
                for (var device : devices) {
                    for (var address : device.path("addr_info")) {
                        if (address.path("family").asString("").equals("inet")
                                && !address.path("scope").asString("").equals("host")) {
                            networks.add(new Cidr(address.path("local").asString("") + "/32")
                                    .around(address.path("prefixlen").asInt(32)));
                        }
                    }
                }
            }
            return new Outcome.Done<>(networks.stream().distinct().toList());
        });
    }

    /** The largest packet that passed, if any did. */
    Outcome<OptionalInt> linkMtu() {
        return this.<OptionalInt>failure("link", 0).orElseGet(() -> {
            var text = answer.parts().find("link").orElseThrow().text().strip();
            return new Outcome.Done<>(
                    text.matches("\\d{2,5}") ? OptionalInt.of(Integer.parseInt(text)) : OptionalInt.empty());
        });
    }

    /** One for each of the neighbours, whether or not it answered. */
    Outcome<List<Rtt>> linkRtts(List<IpAddress> neighbours) {
        return this.<List<Rtt>>failure("rtts", 0).orElseGet(() -> {
            var replies = documents("rtts").stream()
                    .collect(Collectors.groupingBy(
                            reply -> reply.path("neighbour").asString(""),
                            Collectors.mapping(reply -> reply.path("ms").asDouble(0), Collectors.toList())));
            return new Outcome.Done<>(neighbours.stream()
                    .map(neighbour -> rtt(neighbour, replies.getOrDefault(neighbour.toString(), List.of())))
                    .toList());
        });
    }

    private static Rtt rtt(IpAddress neighbour, List<Double> replies) {
        var sorted = replies.stream().sorted().toList();
        return new Rtt(neighbour, sorted.size(), sorted.isEmpty() ? 0 : sorted.get(sorted.size() / 2));
    }

    private static boolean advertises(JsonNode document) {
        return document.path("advertiseAllVnis").asString("").equals("Enabled");
    }

    private List<JsonNode> documents(String name) {
        return answer.parts().find(name).flatMap(Parts.Part::documents).orElse(List.of());
    }

    private <T> Optional<Outcome<T>> failure(String name, int worstStatus) {
        var part = answer.parts().find(name);
        if (part.isEmpty()) {
            return Optional.of(
                    answer.status() == 0
                            ? new Outcome.Refused<>(Failures.unreadable(target, name))
                            : new Outcome.Refused<>(
                                    Failures.refused(target, "read its " + name, answer.status(), answer.errors())));
        }
        var status = part.get().status();
        var said = part.get().text() + "\n" + answer.errors();
        if (status > worstStatus || status < 0) {
            return Optional.of(
                    Failures.timedOut(status, answer.errors())
                            ? new Outcome.Unreachable<>(Failures.noAnswer(target, name + " did not end in time"))
                            : new Outcome.Refused<>(Failures.refused(target, "read its " + name, status, said)));
        }
        if (part.get().documents().isEmpty()) {
            return Optional.of(new Outcome.Refused<>(
                    Failures.known(target, status, said).orElseGet(() -> Failures.unreadable(target, name))));
        }
        return Optional.empty();
    }

    /** The same failure, for another kind of value. */
    static <T> Outcome<T> failed(Outcome<?> outcome) {
        return switch (outcome) {
            case Outcome.Done<?>(var value) -> throw new IllegalStateException("not a failure: " + value);
            case Outcome.Refused<?>(var failure) -> new Outcome.Refused<>(failure);
            case Outcome.Unreachable<?>(var failure) -> new Outcome.Unreachable<>(failure);
            case Outcome.Unknown<?>(var failure) -> new Outcome.Unknown<>(failure);
        };
    }
}
