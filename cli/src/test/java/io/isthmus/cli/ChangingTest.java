package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class ChangingTest {
    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void aSiteIsMadeFromOptions() {
        var run = Run.of(
                fake,
                "site",
                "create",
                "e",
                "--kind",
                "cell",
                "--region",
                "R",
                "--cell",
                "c5",
                "--auth-url",
                "https://keystone.example/v3",
                "--latitude",
                "52.5",
                "--longitude",
                "13",
                "--failure-domain",
                "flood",
                "--gateway",
                "name=gw-e,driver=frr,asn=65005,max_mtu=1500,management.host=192.0.2.5,management.port=22",
                "-c",
                "id",
                "-f",
                "value");
        assertThat(run).isEqualTo(new Run(0, "e\n", ""));
        assertThat(fake.last("POST").body()).isEqualTo(JsonMapper.shared().readTree("""
            {"id": "e",
             "cloud": {"kind": "cell", "auth_url": "https://keystone.example/v3", "region_name": "R", "cell": "c5"},
             "gateways": [{"name": "gw-e", "driver": "frr", "asn": 65005, "max_mtu": 1500,
                           "management": {"host": "192.0.2.5", "port": 22}}],
             "location": {"latitude": 52.5, "longitude": 13}, "failure_domains": ["flood"]}"""));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-f", "-F", "--from-file"})
    void aSiteIsMadeFromAFileAndOptionsWin(String option, @TempDir Path directory) throws IOException {
        var file = Files.writeString(directory.resolve("e.yaml"), """
            name: from file
            cloud:
              kind: region
              region_name: RegionE
            """);
        var run = Run.of(fake, "site", "create", "e", option, file.toString(), "--name", "from option");
        assertThat(run.exitCode()).isZero();
        var body = fake.last("POST").body();
        assertThat(body.path("name").asString()).isEqualTo("from option");
        assertThat(body.path("cloud").path("region_name").asString()).isEqualTo("RegionE");
    }

    @Test
    void setSendsOnlyWhatWasNamedAndTheRevisionItRead() {
        var run = Run.of(fake, "site", "set", "dc-b", "--vlan-range", "2000-2499", "--unset", "location");
        assertThat(run.exitCode()).isZero();
        var patch = fake.last("PATCH");
        assertThat(patch.path()).isEqualTo("/v1/sites/b");
        assertThat(patch.body().toString()).isEqualTo("{\"cloud\":{\"vlan_range\":\"2000-2499\"},\"location\":null}");
        assertThat(patch.headers()).containsEntry("If-match", "\"1\"");
    }

    @Test
    void setWithoutAnythingToChangeIsAMistake() {
        assertThat(Run.of(fake, "link", "set", "a-b").exitCode()).isEqualTo(2);
    }

    @Test
    void aRefusalNamesTheOptionTheHintAndTheRequest() {
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--bandwidth", "20000");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("""
            isthmus: Not possible: no path has so much capacity
              --bandwidth: 1000 at most
              hint: the widest path has 1000 Mbit/s left
              request id: req-1
            """);
    }

    @Test
    void aRefusalByStateExitsWithFour() {
        var run = Run.of(fake, "site", "delete", "a");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).startsWith("isthmus: In use: site a has links\n");
    }

    @Test
    void severalAreDeletedInOneCommand() {
        assertThat(Run.of(fake, "link", "delete", "a-b", "b-c").out())
                .isEqualTo("Deleted link a-b.\nDeleted link b-c.\n");
        assertThat(fake.count("links")).isEqualTo(2);
    }

    @Test
    void aPostWhoseReplyIsLostIsRepeatedWithTheSameKeyAndDoneOnce() {
        fake.loseReplies(1);
        var run = Run.of(fake, "link", "create", "c", "d", "--latency", "9", "-f", "value", "-c", "latency_ms");
        assertThat(run).isEqualTo(new Run(0, "9\n", ""));
        assertThat(fake.count("links")).isEqualTo(5);
    }

    @Test
    void aDeleteWhoseReplyIsLostIsDone() {
        fake.loseReplies(1);
        assertThat(Run.of(fake, "link", "delete", "a-b").exitCode()).isZero();
    }

    @Test
    void aChangeWhoseReplyIsLostIsNotRepeatedButSaidToBeUnknown() {
        fake.loseReplies(1);
        var run = Run.of(fake, "link", "set", "a-b", "--cost", "3");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).contains("the change may have been made or not");
    }

    @Test
    void theTokenIsPassedOn() {
        Run.of(Map.of("OS_TOKEN", "secret", "ISTHMUS_URL", fake.url()), 0, "site", "list");
        assertThat(fake.last("GET").headers()).containsEntry("X-auth-token", "secret");
    }

    @Test
    void theTokenNeverFollowsALinkToAnotherHost() {
        fake.pagesOf(2);
        var run = Run.of(
                Map.of("OS_TOKEN", "secret", "ISTHMUS_URL", fake.url()), 0, "site", "list", "-f", "value", "-c", "id");
        assertThat(run.out()).isEqualTo("a\nb\nc\nd\n");
    }

    @Test
    void whereNothingAnswersItSaysHowToStartAController() {
        var run = Run.of(Map.of(), 0, "site", "list", "--url", "http://127.0.0.1:1");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.err()).isEqualTo("""
            isthmus: Nothing answers at http://127.0.0.1:1 (connection refused).
              hint: start a controller with: isthmus server
                    or say where it is with --url or ISTHMUS_URL
            """);
    }

    @ParameterizedTest
    @ValueSource(strings = {"frobnicate", "site", "site list --nope", "connect b", "connect b d --bandwidth much", ""})
    void mistakesInTheCommandExitWithTwo(String line) {
        var run = Run.of(fake, line.isEmpty() ? new String[0] : line.split(" ", -1));
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).startsWith("isthmus: ");
    }

    @Test
    void aCommandCanBeAddedFromOutside() {
        var line = Isthmus.commandLine();
        line.addSubcommand(
                "server", picocli.CommandLine.Model.CommandSpec.wrapWithoutInspection((Callable<Integer>) () -> 7));
        assertThat(Isthmus.run(line, "server")).isEqualTo(7);
    }

    @Test
    void theHelpIsInGroups() {
        var run = Run.of(fake, "--help");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("\nConnect:\n  connect  ", "\nLook:\n  topology, map", "Exit codes: 0 done");
        assertThat(Run.of(fake, "connect", "--help").out()).contains("isthmus connect b d --wait");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh"})
    void completionIsAScript(String shell) {
        assertThat(Run.of(fake, "completion", shell).out()).contains("_complete_isthmus", "topology");
    }
}
