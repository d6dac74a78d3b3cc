package io.isthmus.southbound.frr;

import io.isthmus.core.diagnosis.Deviation;
import io.isthmus.core.diagnosis.GatewayReading;
import io.isthmus.core.diagnosis.GatewayReading.Bfd;
import io.isthmus.core.diagnosis.GatewayReading.Daemon;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.diagnosis.GatewayReading.Session;
import io.isthmus.core.diagnosis.PartsReading;
import io.isthmus.core.diagnosis.Reading;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.southbound.Deviations;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayExaminer.Burst;
import io.isthmus.southbound.GatewayExaminer.Counters;
import io.isthmus.southbound.GatewayExaminer.Destination;
import io.isthmus.southbound.GatewayExaminer.Throughput;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.frr.FrrDriver.ReadAnswer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/** Takes apart what the scripts of an examination printed. */
final class ExaminationReader {
    private static final int TIMED_OUT = 124;
    private static final Pattern COUNTS = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");
    private static final Pattern REPLY = Pattern.compile("icmp_seq=\\d+ .*time=([0-9.]+) ms");

    private ExaminationReader() {}

    /** @param asked when the question was sent, on this node's clock */
    static Outcome<GatewayReading> gateway(Target target, ReadAnswer answer, Instant asked) {
        var time = text(answer, "clock").strip();
        if (!time.matches("\\d{1,12}")) {
            return new Outcome.Refused<>(Failures.refused(target, "read its clock", answer.status(), answer.errors()));
        }
        return new Outcome.Done<>(new GatewayReading(
                Duration.between(asked, Instant.ofEpochSecond(Long.parseLong(time))),
                daemons(text(answer, "daemons")),
                !text(answer, "bfd_wanted").strip().matches("0?"),
                sessions(documents(answer, "bgp")),
                bfd(documents(answer, "bfd")),
                List.of()));
    }

    private static List<Daemon> daemons(String text) {
        return text.lines()
                .map(line -> line.split(" ", -1))
                .filter(words -> words.length == 2)
                .map(words -> new Daemon(words[0], state(words[1])))
                .toList();
    }

    private static Daemon.State state(String status) {
        return switch (status) {
            case "0" -> Daemon.State.RUNNING;
            case "124", "137" -> Daemon.State.FROZEN;
            default -> Daemon.State.STOPPED;
        };
    }

    private static List<Session> sessions(List<JsonNode> documents) {
        var sessions = new ArrayList<Session>();
        for (var document : documents) {
            for (var family : document.properties()) {
                var evpn = family.getKey().toLowerCase(Locale.ROOT).contains("evpn");
                family.getValue()
                        .path("peers")
                        .properties()
                        .forEach(peer -> sessions.add(new Session(
                                peer.getKey(),
                                peer.getValue().path("remoteAs").asLong(0),
                                evpn,
                                peer.getValue().path("state").asString("unknown"))));
            }
        }
        return sessions;
    }

    private static List<Bfd> bfd(List<JsonNode> documents) {
        var found = new ArrayList<Bfd>();
        for (var document : documents) {
            for (var peer : document) {
                found.add(new Bfd(
                        peer.path("peer").asString(""),
                        peer.path("status").asString(""),
                        peer.path("diagnostic").asString("")));
            }
        }
        return found;
    }

    /** What one tool did not tell is left out, and its failure told, so that it hides nothing else. */
    static Outcome<PartsReading> parts(Target target, ReadAnswer answer, GatewayIntent intent) {
        var failures = new ArrayList<Reading.Failed<PartsReading>>();
        var silent = new ArrayList<String>();
        for (var part : List.of("gateway", "dc", "probe", "translator", "ovs", "frr")) {
            failure(target, answer, part).ifPresent(failure -> {
                silent.add(part);
                failures.add(new Reading.Failed<>(failure.code(), failure.detail(), failure.hint()));
            });
        }
        if (silent.contains("gateway")) {
            var first = failures.getFirst();
            return new Outcome.Refused<>(new Failure(first.code(), first.detail(), first.hint()));
        }
        var state = GatewayReader.state(
                documents(answer, "gateway"),
                documents(answer, "dc"),
                documents(answer, "probe"),
                documents(answer, "ovs"),
                documents(answer, "frr"),
                TunnelReader.state(
                        intent.tunnel(),
                        documents(answer, "limit"),
                        documents(answer, "loopback"),
                        documents(answer, "frr")),
                documents(answer, "translator"),
                answer.parts().find("entries").map(Parts.Part::text).orElse(""),
                intent.vni());
        Difference.taken(state, intent, target.management()).ifPresent(what -> {
            var failure = Failures.nameTaken(target, what);
            failures.add(new Reading.Failed<>(failure.code(), failure.detail(), failure.hint()));
        });
        var readable = Difference.steps(state, intent, target.management(), Goal.PRESENT).stream()
                .map(Deviations::of)
                .flatMap(deviation -> told(deviation, silent).stream())
                .toList();
        return new Outcome.Done<>(new PartsReading(
                readable,
                silent.contains("frr")
                        ? Optional.empty()
                        : Optional.of(state.routing()
                                .sessions()
                                .getOrDefault(intent.remoteTunnelAddress().toString(), "not configured")),
                state.routing().remoteVteps(),
                failures));
    }

    /** The deviation without what a silent tool would have had to tell. */
    private static Optional<Deviation> told(Deviation deviation, List<String> silent) {
        if (silent.contains("frr")
                && Set.of(Difference.ROUTE_TARGETS, PathDifference.PATH).contains(deviation.object())) {
            return Optional.empty();
        }
        var unread = new java.util.HashSet<String>();
        if (silent.contains("ovs")) {
            unread.addAll(Set.of(Difference.OVS_BRIDGE, "vlan", "port_mode", "port_error"));
        }
        if (silent.contains("frr")) {
            unread.addAll(Set.of(Membership.DEVICE, Membership.REMOTE));
        }
        if (unread.isEmpty() || deviation.kind() != Deviation.Kind.DIFFERENT) {
            return Optional.of(deviation);
        }
        var rest = deviation.fields().stream()
                .filter(field -> !unread.contains(field.name()))
                .toList();
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new Deviation(deviation.kind(), deviation.object(), deviation.identity(), rest));
    }

    private static Optional<Failure> failure(Target target, ReadAnswer answer, String name) {
        var part = answer.parts().find(name);
        if (part.isEmpty()) {
            return Optional.of(Failures.refused(target, "read its " + name, answer.status(), answer.errors()));
        }
        var status = part.get().status();
        if (status == TIMED_OUT) {
            return Optional.of(Failures.noAnswer(target, name + " did not end in time"));
        }
        // A batch over devices of which some are missing ends with 1.
        var worst = name.equals("ovs") || name.equals("frr") ? 0 : 1;
        var said = part.get().text() + "\n" + answer.errors();
        if (status > worst || status < 0) {
            return Optional.of(Failures.refused(target, "read its " + name, status, said));
        }
        return part.get().documents().isPresent()
                ? Optional.empty()
                : Optional.of(Failures.known(target, status, said).orElseGet(() -> Failures.unreadable(target, name)));
    }

    static Outcome<List<Reach>> reaches(Target target, ReadAnswer answer, List<Destination> destinations) {
        var reaches = new ArrayList<Reach>();
        for (var line : text(answer, "reach").lines().toList()) {
            var words = line.split(" ", -1);
            for (var destination : destinations) {
                if (words.length == 4 && words[0].equals(destination.address())) {
                    var mtu = number(words[3]);
                    reaches.add(new Reach(
                            destination.address(),
                            destination.tunnel(),
                            number(words[1]),
                            number(words[2]),
                            destination.mtu(),
                            mtu == 0 ? OptionalInt.empty() : OptionalInt.of(mtu)));
                }
            }
        }
        return reaches.isEmpty() && !destinations.isEmpty()
                ? new Outcome.Refused<>(Failures.refused(target, "send packets", answer.status(), answer.errors()))
                : new Outcome.Done<>(reaches);
    }

    /** Echo requests that arrived, from the table of the kernel: one line of names, one of values. */
    static Outcome<Counters> counters(Target target, ReadAnswer answer) {
        var lines = text(answer, "heard")
                .lines()
                .filter(line -> line.startsWith("Icmp: "))
                .toList();
        var tunnel = documents(answer, "tunnel").stream()
                .flatMap(document -> document.valueStream())
                .map(device -> device.path("stats64"))
                .findFirst();
        if (lines.size() != 2) {
            return new Outcome.Refused<>(Failures.probePortMissing(target));
        }
        var at = List.of(lines.get(0).split(" ", -1)).indexOf("InEchos");
        var values = lines.get(1).split(" ", -1);
        return new Outcome.Done<>(new Counters(
                at > 0 && at < values.length ? number(values[at]) : 0,
                tunnel.map(stats -> stats.path("tx").path("packets").asLong(0)).orElse(0L),
                tunnel.map(stats -> stats.path("rx").path("packets").asLong(0)).orElse(0L)));
    }

    static Outcome<Burst> burst(Target target, ReadAnswer answer) {
        var port = answer.parts().find("port");
        if (port.isPresent() && port.get().status() != 0) {
            return new Outcome.Refused<>(Failures.probePortMissing(target));
        }
        var text = text(answer, "burst");
        var counts = COUNTS.matcher(text);
        if (!counts.find()) {
            return new Outcome.Refused<>(Failures.refused(target, "send probes", answer.status(), answer.errors()));
        }
        var times = REPLY.matcher(text)
                .results()
                .map(reply -> Double.parseDouble(reply.group(1)))
                .toList();
        return new Outcome.Done<>(new Burst(number(counts.group(1)), times));
    }

    static Outcome<Throughput> throughput(Target target, ReadAnswer answer) {
        if (answer.errors().contains("iperf3: not found")) {
            return new Outcome.Refused<>(
                    Failures.known(target, 127, answer.errors()).orElseThrow());
        }
        for (var document : documents(answer, "iperf")) {
            var received = document.path("end").path("sum_received");
            if (received.has("bits_per_second")) {
                return new Outcome.Done<>(new Throughput(
                        received.path("bits_per_second").asDouble(0) / 1e6,
                        document.path("end")
                                .path("sum_sent")
                                .path("retransmits")
                                .asLong(0)));
            }
        }
        return new Outcome.Unreachable<>(
                Failures.noAnswer(target, "the other side did not take the data that it sent"));
    }

    static Outcome<Boolean> received(Target target, ReadAnswer answer) {
        return answer.errors().contains("iperf3: not found")
                ? new Outcome.Refused<>(
                        Failures.known(target, 127, answer.errors()).orElseThrow())
                : new Outcome.Done<>(answer.parts().find("iperf").isPresent());
    }

    private static String text(ReadAnswer answer, String name) {
        return answer.parts().find(name).map(Parts.Part::text).orElse("");
    }

    private static List<JsonNode> documents(ReadAnswer answer, String name) {
        return answer.parts().find(name).flatMap(Parts.Part::documents).orElse(List.of());
    }

    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    }
}
