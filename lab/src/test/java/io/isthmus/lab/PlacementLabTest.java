package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** What a real Placement says is free decides which site can be a backup. */
@Tag("lab")
final class PlacementLabTest {
    private static final Duration LIMIT = Duration.ofSeconds(40);

    private final LabDescription lab = LabDescription.read();

    @Test
    void aSiteWhoseHostsHaveTooLittleFreeIsRejectedWithWhatTheyHave(@TempDir Path directory) {
        placement("start", "d");
        try {
            placement("host", "d", "host-1", "6", "16384", "100", "3");
            placement("host", "d", "host-2", "4", "8192", "50", "3");
            try (var node = IsthmusNode.start(lab, directory)) {
                node.registerExample();
                await("d is seen")
                        .atMost(LIMIT)
                        .until(() -> rejected(node, "d", 8)
                                .filter(each -> each.get("value").isNumber())
                                .isPresent());
                var rejected = rejected(node, "d", 8).orElseThrow();
                assertThat(rejected.get("criterion").asString()).isEqualTo("resources.vcpus");
                assertThat(rejected.get("value").asInt()).isEqualTo(4);
                assertThat(rejected.get("limit").asInt()).isEqualTo(8);
                assertThat(rejected.get("reason").asString()).isEqualTo("it has 4 vCPUs free, and 8 are needed");
                assertThat(rejected(node, "d", 4)).isEmpty();
                assertThat(rejected(node, "a", 4).orElseThrow().get("reason").asString())
                        .as("of a region without Placement nothing is known")
                        .contains("not known");
            }
        } finally {
            placement("stop", "d");
        }
    }

    private static Optional<JsonNode> rejected(IsthmusNode node, String site, int vcpus) {
        var choice = node.call(
                        "POST",
                        "/v1/backup-selections",
                        Map.of("site", "b", "constraints", Map.of("resources", Map.of("vcpus", vcpus))))
                .expect(200)
                .body();
        return StreamSupport.stream(choice.get("rejected").spliterator(), false)
                .filter(each -> each.get("site").asString().equals(site))
                .findFirst();
    }

    private void placement(String... words) {
        var command = new ArrayList<>(List.of(lab.labCommand(), "placement"));
        command.addAll(List.of(words));
        Command.run(Duration.ofSeconds(90), command).orFail();
    }
}
