package io.isthmus.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** One node of Isthmus per class, on the lab that is up; the world must be the same after each test as before. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LabTest {
    static final Duration PORT_LIMIT = Duration.ofSeconds(40);

    final LabDescription lab = LabDescription.read();
    IsthmusNode node;
    private List<String> before = List.of();

    @BeforeAll
    void startNode(@TempDir Path directory) {
        before = World.snapshot(lab);
        node = IsthmusNode.startWith(moreCredentials(), lab, directory, nodeOptions());
        node.registerExample();
    }

    /** Further entries of the node's file of credentials. */
    String moreCredentials() {
        return "";
    }

    String[] nodeOptions() {
        return new String[0];
    }

    @AfterEach
    void theWorldIsAsItWas() {
        node.call("GET", "/v1/connections", null)
                .expect(200)
                .body()
                .get("connections")
                .forEach(connection -> node.deleteAndWait(connection.get("id").asString()));
        assertThat(World.snapshot(lab)).containsExactlyElementsOf(before);
    }

    @AfterAll
    void stopNode() {
        if (node != null) {
            node.close();
        }
    }

    JsonNode active(JsonNode connection) {
        var there = node.waitFor(connection.get("id").asString(), "active");
        assertThat(there.get("status").asString()).as(there.toPrettyString()).isEqualTo("active");
        return there;
    }

    Vnf vnf(JsonNode connection, String role, String name, String address) {
        var side = connection.at("/sides/" + role);
        var vnf = Vnf.start(
                lab, side.get("site").asString(), name, side.get("network_id").asString(), address);
        await("port of " + name + " is ACTIVE").atMost(PORT_LIMIT).until(vnf::active);
        return vnf;
    }
}
