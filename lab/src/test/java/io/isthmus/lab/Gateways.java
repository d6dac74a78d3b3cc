package io.isthmus.lab;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the lab's gateways and VNFs say of the traffic that they carry. */
final class Gateways {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private Gateways() {}

    /** Bytes that {@code site}'s gateway has sent over its link to {@code neighbour}. */
    static long sentBytes(String site, String neighbour) {
        var shown = Command.run(LIMIT, "ip", "-n", "ist-gw-" + site, "-j", "-s", "link", "show", "wan-" + neighbour)
                .orFail();
        return JSON.readTree(shown).at("/0/stats64/tx/bytes").asLong();
    }

    /** What arrives, in Mbit/s, of UDP that is sent for two seconds at {@code offeredMbps}; IP packets count whole. */
    static double arrivingMbps(Vnf from, Vnf to, int offeredMbps) {
        int payload = 1372;
        try (var _ = new Receiver(to)) {
            var words = new ArrayList<>(List.of("ip", "netns", "exec", from.namespace(), "iperf3", "-J", "-u"));
            words.addAll(List.of("-c", to.address(), "-l", "" + payload, "-b", offeredMbps + "M", "-t", "2"));
            var report = new Object() {
                JsonNode document = JSON.createObjectNode();
            };
            org.awaitility.Awaitility.await("the receiver listens")
                    .atMost(LIMIT)
                    .until(() -> {
                        report.document =
                                JSON.readTree(Command.run(LIMIT, words).output());
                        return !report.document.has("error");
                    });
            var sum = report.document.at("/end/sum");
            var received =
                    sum.get("packets").asDouble() - sum.get("lost_packets").asDouble();
            return received
                    * (payload + 28)
                    * 8
                    / 1_000_000
                    / sum.get("seconds").asDouble();
        }
    }

    private static final class Receiver implements AutoCloseable {
        private final Process process;

        Receiver(Vnf at) {
            try {
                process = new ProcessBuilder("ip", "netns", "exec", at.namespace(), "iperf3", "-s", "-1")
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start();
            } catch (java.io.IOException failed) {
                throw new java.io.UncheckedIOException(failed);
            }
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
