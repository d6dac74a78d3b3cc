package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is made from the commands themselves: the manual page, completion, and the options that all of them take. */
class ManPageTest {
    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void theManualPageListsEveryCommandWithItsOptions() {
        var page = Run.of(fake, "man-page").out();
        var root = Isthmus.commandLine().getCommandSpec();
        assertThat(ManPage.commands(root))
                .hasSizeGreaterThan(30)
                .allSatisfy(command -> assertThat(page)
                        .contains(".SS " + command.qualifiedName().replace("-", "\\-")));
        assertThat(page).startsWith(".TH ISTHMUS 1").contains(".B \\-\\-dry\\-run", "Exit codes: 0 done");
        assertThat(page).as("every roff reads it").matches(text -> text.chars().allMatch(c -> c < 128));
    }

    @Test
    void everyCommandSaysWhatItIsAndTakesTheCommonOptions() {
        assertThat(ManPage.commands(Isthmus.commandLine().getCommandSpec())).allSatisfy(command -> {
            assertThat(command.usageMessage().description()).isNotEmpty();
            assertThat(command.optionsMap())
                    .containsKeys("--url", "--os-cloud", "--os-cacert", "--insecure", "--debug", "--timing", "--help");
        });
    }

    @Test
    void completionKnowsEveryNounAndVerb() {
        var script = Run.of(fake, "completion", "bash").out();
        assertThat(script).contains("diagnose", "benchmark", "gather", "reconcile", "--os-cloud");
        assertThat(script).as("values of -f").contains("\"table\" \"json\" \"yaml\" \"csv\" \"value\"");
    }

    @Test
    void debugTellsEveryRequestAndNoToken() {
        var environment = java.util.Map.of("ISTHMUS_URL", fake.url(), "OS_TOKEN", "swordfish");
        var run = Run.of(environment, 0, "site", "show", "b", "--debug", "--timing");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err())
                .contains("debug: GET " + fake.url() + "/v1/sites/b: 200 after", "req-1", "timing: 1 requests")
                .doesNotContain("swordfish");
        assertThat(run.out()).doesNotContain("debug:");
    }

    @Test
    void aDryRunIsADifferencePerSite() {
        fake.answering("/v1/connections", """
            {"plan": {"path": {"sites": ["b", "a", "d"], "links": [], "latency_ms": 17}, "mtu": 1450, "vni": 50000,
              "bandwidth_mbps": 200,
              "changes": [{"site": "b", "step": "create network", "detail": "b-d: VLAN 2000"},
                          {"site": "d", "step": "remove", "detail": "something old"},
                          {"site": "d", "step": "update subnet", "detail": "its pool"}]}}""");
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--dry-run");
        assertThat(run.out()).isEqualTo("""
            path       b → a → d, 17 ms one way
            mtu        1450
            vni        50000
            bandwidth  200 Mbit/s reserved

            site b
              + create network  b-d: VLAN 2000

            site d
              - remove  something old
              ~ update subnet  its pool

            Nothing was changed: this is a dry run.
            """);
        assertThat(Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--dry-run", "-f", "json")
                        .out())
                .contains("\"vni\" : 50000");
    }
}
