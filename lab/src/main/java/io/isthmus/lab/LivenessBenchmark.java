package io.isthmus.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Measures what a cut does: for how long packets of a steered connection stop where there is another way, and how long it takes
 * until a connection without one is said to be down, and up again after the cut was mended.
 */
final class LivenessBenchmark {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern REPLY = Pattern.compile("\\[(\\d+\\.\\d+)\\].*bytes from.*");

    private final LabDescription lab = LabDescription.read();
    private final int rounds;

    private LivenessBenchmark(int rounds) {
        this.rounds = rounds;
    }

    public static void main(String[] arguments) throws IOException {
        new LivenessBenchmark(Integer.parseInt(arguments[0])).run();
    }

    private void run() throws IOException {
        var reroutes = new ArrayList<Double>();
        var down = new ArrayList<Double>();
        var up = new ArrayList<Double>();
        try (var node = IsthmusNode.start(lab, Files.createTempDirectory("isthmus-bench"))) {
            node.registerExample();
            var around = active(node, Map.of("path", Map.of("include_sites", List.of("c"))), "10.67.0.0/24");
            try (var inB = vnf(around, "local", "bench-b");
                    var inD = vnf(around, "remote", "bench-d")) {
                wait("packets flow", () -> inB.ping(inD, 1).received() == 1);
                for (int round = 0; round < rounds; round++) {
                    reroutes.add(reroute(node, around, inB, inD));
                }
            }
            node.deleteAndWait(id(around));
            var only = active(node, Map.of(), "10.68.0.0/24");
            pause(Duration.ofSeconds(6));
            for (int round = 0; round < rounds; round++) {
                link("a-d", "direction=az", "down=1");
                down.add(until(node, only, found -> status(found).equals("down")));
                link("a-d", "direction=az", "down=0");
                up.add(until(node, only, found -> status(found).equals("up")));
                pause(Duration.ofSeconds(2));
            }
            node.deleteAndWait(id(only));
        }
        report("no packet passes, cut b-c of a path b-c-a-d while b-a-d stands", reroutes);
        report("from a cut of one direction to oper_status down", down);
        report("from the cut's end to oper_status up", up);
    }

    /** The longest time without a reply, in ms, when the path is cut silently. */
    private double reroute(IsthmusNode node, JsonNode connection, Vnf from, Vnf to) {
        var ping = Command.run(
                LIMIT,
                "sh",
                "-c",
                "ip netns exec %s ping -D -n -i 0.02 -c 250 -W 1 %s & sleep 1; %s link b-c down=1 >/dev/null; wait"
                        .formatted(from.namespace(), to.address(), lab.labCommand()));
        link("b-c", "down=0");
        wait("it is back on the path", () -> {
            node.call("POST", "/v1/connections/" + id(connection) + "/reconcile", null)
                    .expect(202);
            return node.connection(id(connection)).at("/path/in_use").size() == 4;
        });
        var at = ping.output()
                .lines()
                .map(REPLY::matcher)
                .filter(java.util.regex.Matcher::matches)
                .map(reply -> Double.valueOf(reply.group(1)))
                .toList();
        var longest = 0.0;
        for (int reply = 1; reply < at.size(); reply++) {
            longest = Math.max(longest, at.get(reply) - at.get(reply - 1));
        }
        return longest * 1000;
    }

    private static double until(IsthmusNode node, JsonNode connection, Predicate<JsonNode> condition) {
        var start = System.nanoTime();
        while (!condition.test(node.connection(id(connection)))) {
            if (System.nanoTime() - start > LIMIT.toNanos()) {
                throw new IllegalStateException("not within " + LIMIT);
            }
            pause(Duration.ofMillis(10));
        }
        return (System.nanoTime() - start) / 1e6;
    }

    private JsonNode active(IsthmusNode node, Map<String, Object> more, String cidr) {
        return node.waitFor(id(node.connect("b", "d", cidr, more)), "active");
    }

    private Vnf vnf(JsonNode connection, String role, String name) {
        var side = connection.at("/sides/" + role);
        return Vnf.start(
                lab, side.get("site").asString(), name, side.get("network_id").asString(), "");
    }

    private void link(String name, String... settings) {
        var words = new ArrayList<>(List.of(lab.labCommand()));
        words.addAll(List.of("link", name));
        words.addAll(List.of(settings));
        Command.run(LIMIT, words).orFail();
    }

    private static void wait(String what, java.util.concurrent.Callable<Boolean> condition) {
        org.awaitility.Awaitility.await(what).atMost(LIMIT).until(condition);
    }

    private static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("stopped"));
        }
    }

    private static String id(JsonNode connection) {
        return connection.get("id").asString();
    }

    private static String status(JsonNode connection) {
        return connection.get("oper_status").asString();
    }

    private static void report(String what, List<Double> milliseconds) {
        var sorted = milliseconds.stream().sorted().toList();
        var median = sorted.get(sorted.size() / 2);
        System.out.printf(
                "%-70s median %5.0f ms, %5.0f to %5.0f, n=%d%n",
                what, median, sorted.getFirst(), sorted.getLast(), sorted.size());
    }
}
