package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplyTopologyTest {
    private static final String CHANGED = """
        sites:
        - {id: a, name: better}
        - {id: e, name: E, cloud: {kind: region}}
        links:
        - {a_site: a, z_site: e, latency_ms: 2, capacity_mbps: 100}
        """;

    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @TempDir
    Path folder;

    @AfterEach
    void stop() {
        fake.close();
    }

    private String file(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return file.toString();
    }

    @Test
    void theChangesAreShownMadeAndNotMadeAgain() throws IOException {
        var file = file("t.yaml", CHANGED);
        var run = Run.of(fake, "topology", "apply", "-f", file, "--yes");
        assertThat(run.out()).isEqualTo("""
            ~ site a: name
            + site e
            + link a-e
            2 to create, 1 to change, 0 to delete, 0 as they should be.
            3 changes made.
            """);
        assertThat(run.exitCode()).isZero();
        assertThat(fake.count("sites")).isEqualTo(5);
        var again = Run.of(fake, "topology", "apply", "-f", file);
        assertThat(again.out()).isEqualTo("0 to create, 0 to change, 0 to delete, 3 as they should be.\n");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void withoutSomebodyToAskNothingIsChanged() throws IOException {
        var file = file("t.yaml", CHANGED);
        var run = Run.of(fake, "topology", "apply", "-f", file);
        assertThat(run.err()).contains("--yes");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(Run.of(fake, "topology", "apply", "-f", file, "--dry-run").exitCode())
                .isZero();
        assertThat(fake.count("sites")).isEqualTo(4);
    }

    @Test
    void whatTheFileDoesNotNameGoesOnlyOnRequest() throws IOException {
        var file = file("t.yaml", "sites:\n- {id: a}\n- {id: b}\n- {id: c}\n");
        assertThat(Run.of(fake, "topology", "apply", "-f", file, "--yes", "--prune")
                        .exitCode())
                .isZero();
        assertThat(fake.count("sites")).isEqualTo(3);
        assertThat(fake.count("links")).isZero();
    }

    @Test
    void whatIsExportedIsWhatIsThere() throws IOException {
        for (var format : new String[] {"yaml", "gml", "graphml"}) {
            var exported =
                    Run.of(fake, "topology", "export", "--format", format).out();
            var applied = Run.of(fake, "topology", "apply", "-f", file("t." + format, exported));
            assertThat(applied.out()).isEqualTo("0 to create, 0 to change, 0 to delete, 8 as they should be.\n");
        }
        fake.answering("/v1/topology", "{\"ietf-network:networks\": {\"network\": []}}");
        assertThat(Run.of(fake, "topology", "export", "--format", "rfc8345").out())
                .contains("ietf-network:networks");
    }

    @Test
    void theMapIsStillDrawn() {
        assertThat(Run.of(fake, "topology").out()).contains("dc-a");
    }

    @Test
    void anUnreadableFileIsRefusedWithItsLine() throws IOException {
        var run = Run.of(fake, "topology", "apply", "-f", file("t.gml", "graph [\n node [ x ] ]"));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("line 2");
    }
}
