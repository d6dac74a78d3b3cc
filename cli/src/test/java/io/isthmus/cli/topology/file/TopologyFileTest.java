package io.isthmus.cli.topology.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.cli.http.Failure;
import io.isthmus.cli.http.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.node.ObjectNode;

class TopologyFileTest {
    private static final ObjectNode CLOUD =
            (ObjectNode) Json.parse("{\"kind\": \"region\", \"region_name\": \"{site}\", \"credential_id\": \"c\"}");

    @TempDir
    Path folder;

    private Inventory read(String name, String text) throws IOException {
        var file = folder.resolve(name);
        Files.writeString(file, text);
        return TopologyFormat.read(file.toString(), CLOUD);
    }

    private static String resource(String name) throws IOException {
        try (var stream = Objects.requireNonNull(TopologyFileTest.class.getResourceAsStream("/topologies/" + name))) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void anOperatorsNetworkBecomesSitesAndLinksWithLatenciesFromTheirDistance() throws IOException {
        var inventory = read("Abilene.gml", resource("Abilene.gml"));
        assertThat(inventory.sites()).hasSize(11);
        assertThat(inventory.links()).hasSize(14);
        var newYork = inventory.sites().getFirst();
        assertThat(Json.text(newYork, "id")).isEqualTo("new-york");
        assertThat(Json.text(newYork, "name")).isEqualTo("New York");
        assertThat(newYork.at("/location/latitude").asDouble()).isEqualTo(40.71427);
        assertThat(newYork.at("/cloud/region_name").asString()).isEqualTo("new-york");
        var toChicago = inventory.links().stream()
                .filter(link -> Json.text(link, "name").equals("new-york-chicago"))
                .findFirst()
                .orElseThrow();
        // 1,145 km of great circle.
        assertThat(toChicago.path("latency_ms").asDouble()).isBetween(7.4, 7.5);
    }

    @Test
    void nodesWithoutAPlaceStandWhereANeighbourDoesAndNamesStayApart() throws IOException {
        var inventory = read("AttMpls.gml", resource("AttMpls.gml"));
        assertThat(inventory.sites().stream().map(site -> Json.text(site, "id")))
                .doesNotHaveDuplicates();
        assertThat(inventory.sites())
                .allSatisfy(site -> assertThat(Json.text(site, "id")).matches("[a-z][a-z0-9-]{0,62}"));
        assertThat(inventory.links())
                .allSatisfy(
                        link -> assertThat(link.path("latency_ms").asDouble()).isPositive());
        var strange = read("x.gml", """
            graph [ node [ id 1 label "Z&#252;rich (1)" Latitude 47 Longitude 8 ] node [ id 2 label "Z\u00fcrich 1" ]
                    node [ id 3 label "42" ] edge [ source 1 target 2 ] edge [ source 2 target 1 ] edge [ source 3 target 3 ] ]
            """);
        assertThat(strange.sites().stream().map(site -> Json.text(site, "id")))
                .containsExactly("zurich-1", "zurich-1-2", "site-42");
        assertThat(strange.sites().get(1).at("/location/latitude").asDouble()).isEqualTo(47);
        assertThat(strange.sites().get(2).has("location")).isFalse();
        assertThat(strange.links().stream().map(link -> Json.text(link, "name")))
                .containsExactly("zurich-1-zurich-1-2", "zurich-1-2-zurich-1");
    }

    @Test
    void graphmlIsReadLikeGml() throws IOException {
        var inventory = read("x.graphml", """
            <?xml version="1.0"?>
            <graphml xmlns="http://graphml.graphdrawing.org/xmlns">
              <key attr.name="Latitude" attr.type="double" for="node" id="d1"/>
              <key attr.name="Longitude" attr.type="double" for="node" id="d2"/>
              <key attr.name="label" attr.type="string" for="node" id="d3"/>
              <key attr.name="LinkSpeedRaw" attr.type="double" for="edge" id="d4"/>
              <graph edgedefault="undirected">
                <node id="n0"><data key="d1">48.85</data><data key="d2">2.35</data><data key="d3">Paris &amp; more</data></node>
                <node id="n1"><data key="d1">45.76</data><data key="d2">4.84</data></node>
                <edge source="n0" target="n1"><data key="d4">2500000000.0</data></edge>
              </graph>
            </graphml>
            """);
        assertThat(inventory.sites().stream().map(site -> Json.text(site, "id")))
                .containsExactly("paris-more", "site-n1");
        assertThat(inventory.links().getFirst().path("capacity_mbps").asInt()).isEqualTo(2500);
        assertThat(inventory.links().getFirst().path("latency_ms").asDouble()).isBetween(2.5, 2.6);
    }

    @ParameterizedTest
    @EnumSource(TopologyFormat.class)
    void whatWasWrittenIsReadBackAsItWas(TopologyFormat format) throws IOException {
        var yaml = read("full.yaml", """
            sites:
            - id: b
              name: "Datacenter \\"B\\" <é> & [co]"
              location: {latitude: 48.85, longitude: 2.35, country: FR}
              failure_domains: [grid-west, "flood 1"]
              cloud: {kind: region, auth_url: "https://keystone.example/v3", region_name: B, cell: null, vlan_range: 2000-2999}
              gateways: [{name: gw-b, driver: frr, management: {host: 192.0.2.1, port: "22"}, asn: 65002}]
              admin_state_up: true
              tags: ["1", yes]
            - {id: d, name: d, cloud: {kind: region}}
            links:
            - {name: b-d, a_site: b, z_site: d, latency_ms: 12.5, capacity_mbps: 1000, mtu: 9000, cost: 3, failure_domains: []}
            """);
        assertThat(read("again." + format.word(), format.write(yaml))).isEqualTo(yaml);
        var zoo = read("Geant2012.gml", resource("Geant2012.gml"));
        assertThat(read("zoo." + format.word(), format.write(zoo))).isEqualTo(zoo);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x.gml | graph [ node [ id 1 ] | line 1: a ] is missing",
                "x.gml | node [ id 1 ] | there is no graph",
                "x.gml | graph [ node [ label \"x\" ] ] | a node has no id",
                "x.gml | graph [ node [ id x ] ] | a number, a text in quotes or a list",
                "x.gml | graph [ node [ id 1 label \"x ] ] | a text has no end",
                "x.gml | graph [ node [ id 1 ] node [ id 1 ] ] | two nodes with the id 1",
                "x.gml | graph [ edge [ source 1 target 2 ] ] | names the node 1, which is not there",
                "x.gml | graph [ node [ id 1 Latitude \"north\" Longitude 1 ] ] | Latitude is no number",
                "x.gml | graph [ = ] | a key is wanted here",
                "x.graphml | <graphml><graph><node/></graph></graphml> | <node> has no id",
                "x.graphml | <graphml><graph><node id='1'></graph></graphml> | not well-formed XML",
                "x.graphml | <graphml/> | there is no <graph>",
                "x.yaml | nodes: [] | there is no field nodes",
                "x.yaml | sites: 7 | sites is no list",
                "x.yaml | 'sites: [7]' | sites/0 is no object",
            })
    void whatIsWrongWithAFileIsTold(String name, String text, String detail) {
        assertThatThrownBy(() -> read(name, text)).isInstanceOf(Failure.class).hasMessageContaining(detail);
    }

    @Test
    void theLineOfAMistakeIsNamed() {
        assertThatThrownBy(() -> read("x.gml", "graph [\n  node [\n    id 1\n    label \"a\nb\"\n    x y\n  ]\n]\n"))
                .hasMessageContaining("line 6:");
        assertThatThrownBy(() -> read("x.graphml", "<graphml>\n<graph>\n<edge source='1'/>\n</graph></graphml>"))
                .hasMessageContaining("line 3:");
    }

    @Test
    void nothingOutsideAGraphmlFileIsRead() throws IOException {
        var secret = folder.resolve("secret");
        Files.writeString(secret, "hush");
        var file = "<!DOCTYPE g [<!ENTITY s SYSTEM \"%s\">]><graphml><graph><node id=\"&s;\"/></graph></graphml>"
                .formatted(secret.toUri());
        assertThatThrownBy(() -> read("x.graphml", file))
                .isInstanceOf(Failure.class)
                .message()
                .doesNotContain("hush");
        var laughs = "<!DOCTYPE g [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;\">]><graphml><graph/></graphml>";
        assertThatThrownBy(() -> read("x.graphml", laughs)).isInstanceOf(Failure.class);
    }

    @Test
    void filesOfRandomBytesAreRefusedOrReadButNeverBreakTheReader() throws IOException {
        var random = new SplittableRandom(1);
        var pieces = List.of(
                "graph",
                " [ ",
                " ] ",
                "node",
                "edge",
                " id ",
                "\"",
                "1",
                "source ",
                "target ",
                "\n",
                "#",
                "&#9;",
                "<",
                "graphml",
                ">",
                "/",
                "<node id='1'>",
                "<!DOCTYPE",
                "sites:",
                "- ",
                "{",
                "}",
                "é",
                "\u0000");
        for (int round = 0; round < 3_000; round++) {
            var text = new StringBuilder();
            for (int piece = random.nextInt(40); piece > 0; piece--) {
                text.append(pieces.get(random.nextInt(pieces.size())));
            }
            var name = "x." + TopologyFormat.names().get(random.nextInt(3));
            try {
                assertThat(read(name, text.toString())).isNotNull();
            } catch (Failure told) {
                assertThat(told.getMessage()).contains("cannot be read as");
            }
        }
    }

    @Test
    void onlyWhatDiffersIsChangedAndOnlyPruningDeletes() throws IOException {
        var there = read("there.yaml", """
            sites:
            - {id: a, name: A, tags: [], revision: 3, status: online, location: null, cloud: {kind: region, cell: null, region_name: R}}
            - {id: b, name: B, cloud: {kind: region}}
            - {id: c, name: C, cloud: {kind: region}}
            links:
            - {id: 1, name: a-b, a_site: a, z_site: b, latency_ms: 5.0, capacity_mbps: 10, oper_status: up}
            - {id: 2, name: b-c, a_site: b, z_site: c, latency_ms: 5, capacity_mbps: 10}
            """);
        var wanted = read("wanted.yaml", """
            sites:
            - {id: a, name: A, status: degraded, cloud: {kind: region, region_name: R}}
            - {id: b, name: Better, cloud: {kind: region}}
            - {id: d, cloud: {kind: region}}
            links:
            - {a_site: b, z_site: a, name: a-b, latency_ms: 5, capacity_mbps: 20}
            - {a_site: a, z_site: d, latency_ms: 1, capacity_mbps: 1}
            """);
        var differences = Differences.between(wanted, there, false);
        assertThat(differences.same()).isEqualTo(1);
        assertThat(differences.changes().stream().map(TopologyFileTest::told))
                .containsExactly(
                        "CHANGE sites b {\"name\":\"Better\"}",
                        "CREATE sites d {\"id\":\"d\",\"cloud\":{\"kind\":\"region\"}}",
                        "CHANGE links a-b {\"capacity_mbps\":20}",
                        "CREATE links a-d {\"a_site\":\"a\",\"z_site\":\"d\",\"latency_ms\":1,\"capacity_mbps\":1}");
        assertThat(Differences.between(wanted, there, true).changes().stream()
                        .map(TopologyFileTest::told)
                        .filter(told -> told.startsWith("DELETE")))
                .containsExactly("DELETE links b-c {}", "DELETE sites c {}");
        assertThat(Differences.between(there, there, true).changes()).isEmpty();
    }

    private static String told(Differences.Change change) {
        return "%s %s %s %s".formatted(change.verb(), change.collection(), change.name(), change.body());
    }
}
