package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The real gateways measure the real links, and a backup that was chosen for its latency is watched. */
final class LinkLatencyLabTest extends LabTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    @Test
    void aLinkThatGrowsSlowIsMeasuredAndTheBackupOverItIsToldToBeBrokenWithAPlan() {
        await("every link is measured")
                .atMost(LIMIT)
                .until(() ->
                        links().stream().noneMatch(link -> link.get("measured").isNull()));
        for (var link : links()) {
            assertThat(link.get("oper_status").asString()).isEqualTo("up");
            double declared = link.get("latency_ms").asDouble();
            assertThat(link.at("/measured/latency_ms").asDouble())
                    .as(link.toPrettyString())
                    .isBetween(declared * 0.95, declared * 1.25 + 1);
        }
        var choice = node.call(
                        "POST",
                        "/v1/backup-choices",
                        Map.of("site", "b", "backup", "a", "constraints", Map.of("max_latency_ms", 25)))
                .expect(201)
                .body()
                .get("id")
                .asString();
        delay("a-b", 40);
        try {
            await("the choice is told to be broken")
                    .atMost(LIMIT)
                    .until(() -> told("backup_choice.broken").size() == 1);
        } finally {
            delay("a-b", 5);
        }
        var slower = told("link.latency_exceeded");
        assertThat(slower).hasSize(1);
        assertThat(slower.getFirst().at("/data/name").asString()).isEqualTo("a-b");
        assertThat(slower.getFirst().at("/data/measured_ms").asDouble()).isBetween(38.0, 55.0);
        var broken = told("backup_choice.broken").getFirst().get("data");
        assertThat(broken.get("criterion").asString()).isEqualTo("max_latency_ms");
        assertThat(broken.get("proposal").asString()).isEqualTo("c");
        assertThat(broken.get("plan").asString())
                .startsWith("1. choose c as the backup of b, over b-c:")
                .contains("2. give up the choice b-a");
        var shown = node.call("GET", "/v1/backup-choices/" + choice, null)
                .expect(200)
                .body();
        assertThat(shown.get("status").asString()).isIn("broken", "mending");
        assertThat(shown.get("backup").asString()).as("nothing is moved").isEqualTo("a");
        await("it is as declared again")
                .atMost(LIMIT)
                .until(() -> told("link.latency_restored").size() == 1);
        node.call("DELETE", "/v1/backup-choices/" + choice, null).expect(204);
    }

    private void delay(String link, int milliseconds) {
        Command.run(LIMIT, lab.labCommand(), "link", link, "direction=both", "delay_ms=" + milliseconds)
                .orFail();
    }

    private List<JsonNode> links() {
        return elements(node.call("GET", "/v1/links", null).expect(200).body().get("links"));
    }

    private List<JsonNode> told(String kind) {
        return elements(node.call("GET", "/v1/events?limit=1000&kind=" + kind, null)
                .expect(200)
                .body()
                .get("events"));
    }

    private static List<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false).toList();
    }
}
