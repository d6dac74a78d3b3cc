package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A run that would never end fails after the time limit. */
@Timeout(60)
class ConnectingTest {
    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void connectMakesAnL2ConnectionWithAnEndInEachSite() {
        var run = Run.of(
                fake,
                "connect",
                "b",
                "dc-d",
                "--cidr",
                "10.64.7.0/24",
                "--bandwidth",
                "200",
                "--max-latency",
                "20",
                "--mtu",
                "1400",
                "--name",
                "backup",
                "--on-failure",
                "retry",
                "-f",
                "value",
                "-c",
                "status");
        assertThat(run).isEqualTo(new Run(0, "requested\n", ""));
        assertThat(fake.last("POST").body().toString()).isEqualTo("""
            {"service":"l2",\
            "local_endpoint":{"site":"b","network":{"create":{"cidr":"10.64.7.0/24"}}},\
            "remote_endpoint":{"site":"d","network":{"create":{"cidr":"10.64.7.0/24"}}},\
            "name":"backup","bandwidth_mbps":200,"max_latency_ms":20,"mtu":1400,"on_failure":"retry"}""");
    }

    @Test
    void withoutACidrTheFirstFreeOneIsTakenAndSaid() {
        fake.add("endpoints", "{\"site\": \"a\", \"network\": {\"create\": {\"cidr\": \"10.64.0.0/23\"}}}")
                .add(
                        "endpoints",
                        "{\"site\": \"a\", \"network\": {\"router_id\": \"r\", \"prefixes\": [\"10.64.2.128/25\"]}}");
        var run = Run.of(fake, "connect", "b", "d");
        assertThat(run.out()).startsWith("Prefix: 10.64.3.0/24, the first free /24 of 10.64.0.0/10\n");
        assertThat(fake.last("POST")
                        .body()
                        .at("/local_endpoint/network/create/cidr")
                        .asString())
                .isEqualTo("10.64.3.0/24");
    }

    @Test
    void sitesAreAlsoNamedByPartsOfTheirCloud() {
        Run.of(fake, "connect", "--local-cell", "cell-b", "--remote-region", "R", "--remote-auth-url", "http://k/v3");
        var body = fake.last("POST").body();
        assertThat(body.at("/local_endpoint/site").toString()).isEqualTo("{\"cell\":\"cell-b\"}");
        assertThat(body.at("/remote_endpoint/site").toString())
                .isEqualTo("{\"auth_url\":\"http://k/v3\",\"region_name\":\"R\"}");
    }

    @Test
    void aSelectorInOneWordGoesToTheControllerAsItIs() {
        Run.of(fake, "connect", "cell:cell-b", "region:R,auth_url:http://k/v3", "--avoid-site", "cell:cell-c");
        var body = fake.last("POST").body();
        assertThat(body.at("/local_endpoint/site").asString()).isEqualTo("cell:cell-b");
        assertThat(body.at("/remote_endpoint/site").asString()).isEqualTo("region:R,auth_url:http://k/v3");
        assertThat(body.at("/path/avoid_sites").toString()).isEqualTo("[\"cell:cell-c\"]");
    }

    @Test
    void aSiteIsShownByItsCell() {
        fake.add("sites", "{\"id\": \"b2\", \"cloud\": {\"region_name\": \"RegionBC\", \"cell\": \"cell-b\"}}");
        var run = Run.of(fake, "site", "show", "region:RegionBC,cell:cell-b", "-f", "value", "-c", "id");
        assertThat(run).isEqualTo(new Run(0, "b2\n", ""));
        assertThat(Run.of(fake, "site", "show", "cell:elsewhere").exitCode()).isEqualTo(3);
        assertThat(Run.of(fake, "site", "show", "cell:").exitCode()).isEqualTo(2);
    }

    @Test
    void anExistingNetworkAtOneEndNeedsItsPrefix() {
        var run = Run.of(fake, "connect", "b", "d", "--local-network-id", "n1");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("Which prefix has the network at the other end?");
        Run.of(
                fake,
                "connect",
                "b",
                "d",
                "--local-network-id",
                "n1",
                "--remote-cidr",
                "10.9.0.0/24",
                "--remote-pool",
                "10.9.0.10-10.9.0.20",
                "--remote-enable-dhcp",
                "true");
        var body = fake.last("POST").body();
        assertThat(body.at("/local_endpoint/network").toString()).isEqualTo("{\"network_id\":\"n1\"}");
        assertThat(body.at("/remote_endpoint/network/create").toString())
                .isEqualTo("{\"cidr\":\"10.9.0.0/24\",\"enable_dhcp\":true,"
                        + "\"allocation_pool\":{\"start\":\"10.9.0.10\",\"end\":\"10.9.0.20\"}}");
    }

    @Test
    void waitingInAPipePrintsALineForEachChangeAndASummary() {
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--wait");
        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out().lines().filter(line -> line.matches("(b: |d: |reserve|probe).*")))
                .containsExactly(
                        "reserve: running",
                        "reserve: succeeded after 0.1 s",
                        "b: create network: running",
                        "b: create network: succeeded after 0.2 s",
                        "d: create network: running",
                        "d: create network: succeeded after 0.3 s",
                        "b: create subnet: running",
                        "b: create subnet: succeeded after 0.4 s",
                        "d: create subnet: running",
                        "d: create subnet: succeeded after 0.5 s",
                        "b: configure gateway: running",
                        "b: configure gateway: succeeded after 0.6 s",
                        "d: configure gateway: running",
                        "d: configure gateway: succeeded after 0.7 s",
                        "probe: running",
                        "probe: succeeded after 0.8 s");
        assertThat(run.out()).endsWith("""
            b ↔ d: active

            Connected b ↔ d: active, up.
              name      b-d
              path      b → a → d, 17 ms one way
              measured  RTT 34.2 ms, loss 0 %, at 2026-01-01T00:00:00Z
              MTU       measured 1450, computed 1450
            """);
    }

    @Test
    void waitingOnATerminalEndsWithAColumnForEachSite() {
        var run = Run.onTerminal(fake, 80, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--wait");
        var last = run.plainOut().substring(run.plainOut().lastIndexOf("\u001b[J") + 3);
        assertThat(last).startsWith("""
            ● connect b ↔ d   active   0.0 s
              ● reserve                      0.1 s

              b                                      d
              ● create network               0.2 s   ● create network               0.3 s
              ● create subnet                0.4 s   ● create subnet                0.5 s
              ● configure gateway            0.6 s   ● configure gateway            0.7 s
            """);
        assertThat(last).contains("  ● probe ", "\n\nConnected b ↔ d: active, up.\n");
    }

    @Test
    void progressStaysOutOfAResultThatAProgramReads() {
        var run = Run.of(fake, "connect", "b", "d", "--wait", "-f", "json", "-c", "status");
        assertThat(run.out()).isEqualTo("{\n  \"status\" : \"active\"\n}\n");
        assertThat(run.err()).contains("Prefix: 10.64.0.0/24", "probe: succeeded");
    }

    @Test
    void aFailureSaysSideStepCodeDetailAndHint() {
        fake.failAt("create subnet");
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--wait");
        assertThat(run.exitCode()).isEqualTo(1);
        assertThat(run.out()).contains("d: create subnet: failed after 0.5 s: quota exceeded for subnet");
        assertThat(run.err()).isEqualTo("""
            isthmus: b ↔ d failed: create subnet failed at site d (over_quota)
              Quota exceeded for resources: ['subnet'].
              hint: raise the subnet quota of the project at that site
              Rolled back: nothing is left at b or d.
            """);
    }

    @Test
    void waitingEndsWhenTheTimeIsUp() {
        fake.stuck();
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--wait", "--timeout", "0");
        assertThat(run.exitCode()).isEqualTo(5);
        assertThat(run.err()).startsWith("isthmus: Not finished after 0 s: b ↔ d is requested.\n  The work goes on;");
    }

    @Test
    void deletingCanBeFollowedUntilNothingIsLeft() {
        Run.of(fake, "connect", "b", "d", "--wait");
        var run = Run.of(fake, "connection", "delete", "b-d", "--wait");
        assertThat(run.exitCode()).isZero();
        assertThat(run.out()).contains("d: delete network: succeeded").endsWith("Deleted connection b-d (b ↔ d).\n");
        assertThat(fake.count("connections")).isZero();
    }

    @Test
    void anActiveConnectionIsVerified() {
        Run.of(fake, "connect", "b", "d", "--wait");
        assertThat(Run.of(fake, "connection", "verify", "b-d").out()).startsWith("b ↔ d: up\n  name      b-d\n  path ");
        assertThat(Run.of(fake, "connection", "reconcile", "b-d", "-f", "value", "-c", "sync_status")
                        .out())
                .isEqualTo("in_sync\n");
    }

    @Test
    void aConnectionThatIsNotThereYetCannotBeVerified() {
        fake.stuck();
        Run.of(fake, "connect", "b", "d");
        assertThat(Run.of(fake, "connection", "verify", "b-d").exitCode()).isEqualTo(4);
    }

    @Test
    void aDryRunShowsThePlanAndChangesNothing() {
        var run = Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--dry-run");
        assertThat(run.out()).isEqualTo("""
            site b
              + create network  VLAN 2000

            Nothing was changed: this is a dry run.
            """);
        assertThat(fake.count("connections")).isZero();
    }

    @Test
    void showTellsThePathTheSidesAndTheLastError() {
        fake.failAt("create subnet");
        Run.of(fake, "connect", "b", "d", "--cidr", "10.64.0.0/24", "--wait");
        assertThat(Run.of(fake, "connection", "show", "b-d").out()).contains("""
            sides
              local
                site    b
                status  pending
              remote
                site    d
                status  pending
                last_error
                  step    create subnet
                  code    over_quota
                  detail  Quota exceeded for resources: ['subnet'].
                  hint    raise the subnet quota of the project at that site
            """);
    }

    @Test
    void eventsAreFollowedOverABrokenStream() {
        fake.announce("{\"at\": \"2026-01-01T00:00:00Z\", \"kind\": \"site.updated\", \"resource_id\": \"a\"}");
        fake.announce("BREAK");
        fake.announce(
                "{\"at\": \"2026-01-01T00:00:01Z\", \"kind\": \"link.updated\", \"resource_id\": \"x\", \"data\": {\"mtu\": 9}}");
        var run = Run.of(fake, "event", "watch", "--since", "0", "--count", "1");
        assertThat(run.out())
                .startsWith("2026-01-01T00:00:00Z")
                .contains("site.updated")
                .endsWith("a\n");
        var resumed = Run.of(fake, "event", "watch", "--since", "2", "--count", "1", "-f", "json");
        assertThat(resumed.out()).contains("\"kind\":\"link.updated\"").hasLineCount(1);
    }

    @Test
    void operationsShowHowManyStepsAreDone() {
        Run.of(fake, "connect", "b", "d", "--wait");
        assertThat(Run.of(fake, "operation", "list", "-f", "value", "-c", "kind", "-c", "state", "-c", "steps")
                        .out())
                .isEqualTo("create succeeded 8/8\n");
        assertThat(Run.of(fake, "operation", "show", "nope").exitCode()).isEqualTo(3);
    }
}
