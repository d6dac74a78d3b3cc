package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** A cut is told with what fails, long before the patrol would find it, and so is its end. */
final class LivenessLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(25);

    @Override
    String[] nodeOptions() {
        return new String[] {"--patrol-interval", "3600s"};
    }

    @Test
    void aCutInOneDirectionIsDownAndNamesDirectionAndLinkUntilItIsMended() {
        var id = active(node.connect("b", "d", "10.65.0.0/24", Map.of()))
                .get("id")
                .asString();
        await("the gateways are watched").atMost(LIMIT).until(() -> watched() >= 3);
        assertThat(node.connection(id).get("oper_status").asString()).isEqualTo("up");
        lab("link", "a-d", "direction=az", "down=1");
        try {
            until(id, "down", "link a-d: nothing arrives from a at d");
            var down = until(id, "down", "\"nothing arrives from b at d\"");
            assertThat(down.at("/liveness/local_to_remote").asString()).isEqualTo("down");
        } finally {
            lab("link", "a-d", "direction=az", "down=0");
        }
        until(id, "up", "");
    }

    @Test
    void whereAGatewayDoesNotTellNothingIsSaid() {
        var id = active(node.connect("b", "d", "10.66.0.0/24", Map.of()))
                .get("id")
                .asString();
        await("the gateways are watched").atMost(LIMIT).until(() -> watched() >= 3);
        lab("gateway", "freeze", "d");
        try {
            until(id, "unknown", "the gateway of site d does not tell");
        } finally {
            lab("gateway", "thaw", "d");
        }
        until(id, "up", "");
    }

    /** How many gateways have a process of the watchers' now. */
    private long watched() {
        return List.of("a", "b", "d").stream()
                .filter(site -> Command.run(LIMIT, "ip", "netns", "pids", "ist-gw-" + site)
                        .output()
                        .lines()
                        .anyMatch(pid -> Command.run(LIMIT, "cat", "/proc/" + pid + "/cmdline")
                                .output()
                                .contains("# isthmus watch")))
                .count();
    }

    private JsonNode until(String id, String status, String failing) {
        var last = new Object() {
            JsonNode connection = node.connection(id);
        };
        await(status + " " + failing)
                .atMost(LIMIT)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> {
                    last.connection = node.connection(id);
                    return last.connection.get("oper_status").asString().equals(status)
                            && last.connection
                                    .at("/liveness/failing")
                                    .toString()
                                    .contains(failing);
                });
        return last.connection;
    }

    private void lab(String... words) {
        var command = new java.util.ArrayList<>(List.of(lab.labCommand()));
        command.addAll(List.of(words));
        Command.run(LIMIT, command).orFail();
    }
}
