package io.isthmus.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingTest {
    private final FakeIsthmus fake = new FakeIsthmus().withWorkedExample();

    @AfterEach
    void stop() {
        fake.close();
    }

    @Test
    void aPipeGetsAPlainTable() {
        var run = Run.of(fake, "site", "list");
        assertThat(run.out()).isEqualTo("""
            id  name  status  kind    region   cell  gateways
            a   dc-a  online  region  RegionA        gw-a
            b   dc-b  online  region  RegionB        gw-b
            c   dc-c  online  region  RegionC        gw-c
            d   dc-d  online  region  RegionD        gw-d
            """);
        assertThat(run.exitCode()).isZero();
    }

    @Test
    void aTerminalGetsABoxWithMarkedStates() {
        var run = Run.onTerminal(fake, 80, "site", "list");
        assertThat(run.plainOut()).isEqualTo("""
            ┌────┬──────┬──────────┬────────┬─────────┬──────┬──────────┐
            │ id │ name │ status   │ kind   │ region  │ cell │ gateways │
            ├────┼──────┼──────────┼────────┼─────────┼──────┼──────────┤
            │ a  │ dc-a │ ● online │ region │ RegionA │      │ gw-a     │
            │ b  │ dc-b │ ● online │ region │ RegionB │      │ gw-b     │
            │ c  │ dc-c │ ● online │ region │ RegionC │      │ gw-c     │
            │ d  │ dc-d │ ● online │ region │ RegionD │      │ gw-d     │
            └────┴──────┴──────────┴────────┴─────────┴──────┴──────────┘
            """);
        assertThat(run.out()).contains("\u001b[32m● online");
    }

    @Test
    void aNarrowTerminalLosesTheLeastImportantColumns() {
        var run = Run.onTerminal(fake, 40, "site", "list");
        assertThat(run.plainOut()).startsWith("""
            ┌────┬──────┬──────────┬─────────┐
            │ id │ name │ status   │ region  │
            """);
        assertThat(run.plainOut().lines()).allMatch(line -> line.length() <= 40);
    }

    @Test
    void noColorMakesATerminalPlain() {
        var environment = Map.of("ISTHMUS_URL", fake.url(), "TERM", "xterm", "NO_COLOR", "1");
        var run = Run.of(environment, 80, "site", "list");
        assertThat(run.out()).startsWith("id  name  status").doesNotContain("\u001b");
    }

    @Test
    void valuesAreSeparatedBySpacesAndColumnsCanBeChosen() {
        var run = Run.of(fake, "site", "list", "-f", "value", "-c", "id", "-c", "cloud.region_name");
        assertThat(run.out()).isEqualTo("""
            a RegionA
            b RegionB
            c RegionC
            d RegionD
            """);
    }

    @Test
    void csvQuotesWhatNeedsQuotes() {
        fake.add("sites", "{\"id\": \"e\", \"name\": \"the \\\"new\\\", fifth\", \"status\": \"online\"}");
        var run = Run.of(fake, "site", "list", "-f", "csv", "-c", "id", "-c", "name", "--filter", "id=e");
        assertThat(run.out()).isEqualTo("""
            id,name
            e,"the ""new"", fifth"
            """);
    }

    @Test
    void jsonKeepsTypesAndNesting() {
        var run = Run.of(fake, "link", "list", "-f", "json", "-c", "name", "-c", "latency_ms", "--filter", "name=a-b");
        assertThat(run.out()).isEqualTo("""
            [ {
              "name" : "a-b",
              "latency_ms" : 5
            } ]
            """);
    }

    @Test
    void yamlIsWholeWithoutColumns() {
        var run = Run.of(fake, "site", "show", "b", "-f", "yaml");
        assertThat(run.out()).startsWith("id: b\nname: dc-b\nlocation:\n  latitude: 48.86\n");
    }

    @Test
    void everyPageIsRead() {
        fake.pagesOf(1);
        assertThat(Run.of(fake, "link", "list", "-f", "value", "-c", "name").out())
                .isEqualTo("a-b\na-c\nb-c\na-d\n");
    }

    @Test
    void aMistypedColumnIsRefusedWithTheKnownOnes() {
        var run = Run.of(fake, "site", "list", "-c", "staus");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .startsWith("isthmus: A site has no column staus.\n  known: admin_state_up, capacity, cloud,");
    }

    @Test
    void showPrintsNestedThingsIndented() {
        assertThat(Run.of(fake, "site", "show", "dc-b").out()).isEqualTo("""
            id               b
            name             dc-b
            status           online
            location
              latitude   48.86
              longitude  2.35
              country    FR
            failure_domains  grid-b
            cloud
              kind              region
              auth_url          http://keystone.example:5000/v3
              region_name       RegionB
              physical_network  interdc
              vlan_range        2000-2999
              credential_id     isthmus
            gateways
              - name            gw-b
                driver          frr
                tunnel_address  10.255.0.1
                asn             65001
                max_mtu         1500
                capacity_mbps   1000 Mbit/s
                management
                  host  192.0.2.1
                  port  22
            admin_state_up   true
            created_at       2026-01-01T00:00:00Z
            updated_at       2026-01-01T00:00:00Z
            revision         1
            """);
    }

    @Test
    void whatOthersNamedCannotCommandTheTerminal() {
        fake.add("sites", "{\"id\": \"e\", \"name\": \"x\\u001b[2Jy\", \"status\": \"online\"}");
        assertThat(Run.of(fake, "site", "list").out()).contains("x [2Jy").doesNotContain("\u001b");
        assertThat(Run.of(fake, "site", "show", "e").out()).doesNotContain("\u001b");
    }

    @Test
    void severalWithOneNameAreRefusedWithTheirIds() {
        fake.add("connections", "{\"id\": \"1\", \"name\": \"twin\"}")
                .add("connections", "{\"id\": \"2\", \"name\": \"twin\"}");
        var run = Run.of(fake, "connection", "show", "twin");
        assertThat(run.exitCode()).isEqualTo(4);
        assertThat(run.err()).isEqualTo("""
            isthmus: Several connections have the name twin.
              candidates: 1, 2
              hint: use the id
            """);
    }

    @Test
    void whatIsNotThereExitsWithThree() {
        var run = Run.of(fake, "link", "show", "x-y");
        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.err()).startsWith("isthmus: There is no link x-y.\n");
    }

    @Test
    void theTopologyIsDrawnFromTheApi() {
        var run = Run.of(fake, "topology");
        assertThat(run.out()).contains("│ b · dc-b ├────── 5 ms ───────┤ a · dc-a ├", "(no connection yet)");
        assertThat(Run.of(fake, "map", "--list").out()).contains("├── b  5 ms");
    }
}
