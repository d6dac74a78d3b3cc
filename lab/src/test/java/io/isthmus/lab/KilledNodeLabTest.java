package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The node is killed at each step of a creation and of a deletion; started again it finishes by itself. */
final class KilledNodeLabTest extends LabTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 5, 7, 9, 11, 13})
    void aNodeKilledAfterSomeStepsOfACreationFinishesIt(int steps) {
        var connection = node.connect("b", "d", "10.80.0.0/24", Map.of());
        var id = connection.get("id").asString();
        var operation = connection.get("operation_id").asString();
        await("step " + steps + ", or the end")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> stepsBegun(operation) >= steps
                        || node.connection(id).get("status").asString().equals("active"));
        node.kill();
        node.start();
        var there = active(node.connection(id));
        assertThat(there.at("/measured/loss").asDouble()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 3, 5})
    void aNodeKilledAfterSomeStepsOfADeletionFinishesIt(int steps) {
        var connection = active(node.connect("b", "d", "10.81.0.0/24", Map.of()));
        var id = connection.get("id").asString();
        var deleting =
                node.call("DELETE", "/v1/connections/" + id, null).expect(202).body();
        var operation = deleting.get("operation_id").asString();
        await("step " + steps + ", or the end")
                .atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(5))
                .until(() -> stepsBegun(operation) >= steps
                        || node.call("GET", "/v1/connections/" + id, null).status() == 404);
        node.kill();
        node.start();
        await("the connection is gone")
                .atMost(Duration.ofSeconds(60))
                .until(() -> node.call("GET", "/v1/connections/" + id, null).status() == 404);
    }

    private int stepsBegun(String operation) {
        return node.call("GET", "/v1/operations/" + operation, null)
                .expect(200)
                .body()
                .get("steps")
                .size();
    }
}
