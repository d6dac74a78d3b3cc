package io.isthmus.lab;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long it takes from the order until packets pass both ways and both Neutrons have the network: by Isthmus, by
 * the same minimal calls issued directly, and by a script of commands. Beside it, how long until Isthmus says {@code active},
 * which the others never say: it has read everything back and probed by then. Interleaved, so that a busy machine is as busy
 * for each.
 */
final class ConnectBenchmark {
    private static final int VLAN = 2000;
    private static final int VNI_BY_HAND = 49_001;

    private final LabDescription lab = LabDescription.read();
    private final String script;
    private final int rounds;

    /** Milliseconds from the order: until the later of both first pings, until both networks are there, until all is done. */
    private record Trial(double pingMs, double networksMs, double doneMs) {
        double usableMs() {
            return Math.max(pingMs, networksMs);
        }
    }

    private ConnectBenchmark(String script, int rounds) {
        this.script = script;
        this.rounds = rounds;
    }

    public static void main(String[] args) throws Exception {
        new ConnectBenchmark(args[0], Integer.parseInt(args[1])).run();
    }

    private void run() throws Exception {
        var directory = Files.createTempDirectory("isthmus-bench");
        var isthmus = new ArrayList<Trial>();
        var direct = new ArrayList<Trial>();
        var byHand = new ArrayList<Trial>();
        try (var node = IsthmusNode.start(lab, directory);
                var calls = new DirectCalls(lab);
                var inB = new BenchmarkStandIn(lab.site("b"), VLAN, 1);
                var inD = new BenchmarkStandIn(lab.site("d"), VLAN, 2)) {
            node.registerExample();
            inB.know(inD);
            inD.know(inB);
            // One of each first, not counted: sessions and tokens are standing, and the JVM has seen the code.
            for (int round = 0; round <= rounds; round++) {
                var counted = round > 0;
                keep(counted, isthmus, byIsthmus(node, inB, inD));
                keep(counted, direct, byDirectCalls(calls, inB, inD));
                keep(counted, byHand, byHand(calls, inB, inD));
                System.out.printf("round %d of %d%n", round, rounds);
            }
        } finally {
            remove(directory);
        }
        report(isthmus, direct, byHand);
    }

    private static void keep(boolean counted, List<Trial> trials, Trial trial) {
        if (counted) {
            trials.add(trial);
        }
    }

    private Trial byIsthmus(IsthmusNode node, BenchmarkStandIn inB, BenchmarkStandIn inD) {
        try (var there = inB.ping(inD);
                var back = inD.ping(inB)) {
            var ordered = Instant.now();
            var start = System.nanoTime();
            var id = node.connect("b", "d", "10.66.0.0/24", Map.of()).get("id").asString();
            var connection = node.waitFor(id, "active");
            var done = System.nanoTime();
            if (!connection.get("status").asString().equals("active")) {
                throw new IllegalStateException("the connection is " + connection.toPrettyString());
            }
            var networks = networksMade(node, connection.get("operation_id").asString());
            var trial = trial(
                    start, there, back, Duration.between(ordered, networks).toNanos() / 1e6, done);
            node.deleteAndWait(id);
            return trial;
        }
    }

    /** When the later of both subnets was acknowledged, by the operation's steps. */
    private static Instant networksMade(IsthmusNode node, String operation) {
        var steps = node.call("GET", "/v1/operations/" + operation, null)
                .expect(200)
                .body()
                .get("steps");
        var last = Instant.MIN;
        for (var step : steps) {
            if (step.get("step").asString().equals("create subnet")) {
                var end = Instant.parse(step.get("started_at").asString())
                        .plusMillis(step.get("duration_ms").asLong());
                last = end.isAfter(last) ? end : last;
            }
        }
        return last;
    }

    private static Trial byDirectCalls(DirectCalls calls, BenchmarkStandIn inB, BenchmarkStandIn inD) {
        try (var there = inB.ping(inD);
                var back = inD.ping(inB)) {
            var start = System.nanoTime();
            var networks = calls.connect(VLAN, VNI_BY_HAND, "10.67.0");
            var done = System.nanoTime();
            var trial = trial(start, there, back, (done - start) / 1e6, done);
            calls.disconnect(networks, VNI_BY_HAND);
            return trial;
        }
    }

    private Trial byHand(DirectCalls calls, BenchmarkStandIn inB, BenchmarkStandIn inD) {
        try (var there = inB.ping(inD);
                var back = inD.ping(inB)) {
            var start = System.nanoTime();
            var output = Command.run(Duration.ofMinutes(3), script, "" + VLAN, "" + VNI_BY_HAND, "10.68.0.0/24")
                    .orFail();
            var done = System.nanoTime();
            var trial = trial(start, there, back, (done - start) / 1e6, done);
            var networks = output.lines()
                    .filter(line -> line.matches("[bd] .*"))
                    .map(line -> line.substring(2))
                    .toList();
            calls.disconnect(networks, VNI_BY_HAND);
            return trial;
        }
    }

    private static Trial trial(
            long start, BenchmarkStandIn.Watch there, BenchmarkStandIn.Watch back, double networksMs, long done) {
        var ping = Math.max(there.nanosOfFirst(), back.nanosOfFirst());
        return new Trial((ping - start) / 1e6, networksMs, (done - start) / 1e6);
    }

    private void report(List<Trial> isthmus, List<Trial> direct, List<Trial> byHand) {
        System.out.printf(
                "%nConnect b and d, median of %d in one run, milliseconds from the order (min to max):%n", rounds);
        System.out.printf("  %-28s %-24s %-24s %s%n", "", "first ping both ways", "… and both networks", "all done");
        row("Isthmus", isthmus);
        row("(a) bare calls, in parallel", direct);
        row("(b) script of commands", byHand);
        var mine = median(isthmus.stream().map(Trial::usableMs).toList());
        var bare = median(direct.stream().map(Trial::usableMs).toList());
        var script = median(byHand.stream().map(Trial::usableMs).toList());
        System.out.println("  (for Isthmus, all done is status active: everything read back, and probed both ways)");
        System.out.printf(
                "%nPings and networks: Isthmus / (a) = %.2f (target at most 1.3);  (b) / Isthmus = %.1f (target at least 8)%n",
                mine / bare, script / mine);
        System.out.printf(
                "Until active:       Isthmus / (a) = %.2f;  (b) / Isthmus = %.1f%n",
                median(isthmus.stream().map(Trial::doneMs).toList()) / bare,
                script / median(isthmus.stream().map(Trial::doneMs).toList()));
    }

    private static void row(String name, List<Trial> trials) {
        System.out.printf(
                "  %-28s %-24s %-24s %s%n",
                name,
                spread(trials.stream().map(Trial::pingMs).toList()),
                spread(trials.stream().map(Trial::usableMs).toList()),
                spread(trials.stream().map(Trial::doneMs).toList()));
    }

    private static String spread(List<Double> values) {
        return "%.0f (%.0f to %.0f)"
                .formatted(
                        median(values),
                        values.stream().mapToDouble(d -> d).min().orElse(0),
                        values.stream().mapToDouble(d -> d).max().orElse(0));
    }

    private static double median(List<Double> values) {
        var sorted = values.stream().sorted().collect(Collectors.toList());
        var middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }

    private static void remove(@Nullable Path directory) throws java.io.IOException {
        if (directory == null) {
            return;
        }
        try (var files = Files.walk(directory)) {
            for (var file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
