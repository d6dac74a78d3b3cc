package io.isthmus.cli.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PictureTest {
    private static final List<Topology.Site> SITES = List.of(
            site("a", "dc-a", 50.11, 8.68),
            site("b", "dc-b", 48.86, 2.35),
            site("c", "dc-c", 41.90, 12.50),
            site("d", "dc-d", 59.33, 18.07));

    private static final List<Topology.Link> LINKS = List.of(
            new Topology.Link("a", "b", "5 ms", true),
            new Topology.Link("a", "c", "10 ms", true),
            new Topology.Link("b", "c", "20 ms", true),
            new Topology.Link("a", "d", "12 ms", true));

    private static final Topology.Connection CONNECTION =
            new Topology.Connection("b", "d", "b-d", "up", "path b → a → d, RTT 34.2 ms");

    private static Topology.Site site(String id, String name, double latitude, double longitude) {
        return new Topology.Site(id, name, "", "online", Optional.of(new Topology.Place(latitude, longitude)));
    }

    private static List<Topology.Site> withoutPlaces(List<Topology.Site> sites) {
        return sites.stream()
                .map(site -> new Topology.Site(site.id(), site.name(), site.cloud(), site.status(), Optional.empty()))
                .toList();
    }

    @Test
    void theWorkedExampleBeforeTheConnectionIsDrawnAsAMap() {
        assertGolden("before.txt", Picture.draw(SITES, LINKS, List.of(), 80));
    }

    @Test
    void theWorkedExampleAfterTheConnectionIsDrawnAsAMap() {
        assertGolden("after.txt", Picture.draw(SITES, LINKS, List.of(CONNECTION), 80));
    }

    @Test
    void sitesWithoutPlacesStandAroundTheOneWithTheMostLinks() {
        assertGolden("circle.txt", Picture.draw(withoutPlaces(SITES), LINKS, List.of(CONNECTION), 80));
    }

    @Test
    void aLinkThatIsDownSaysSoInWordsAndIsDashed() {
        var down = List.of(new Topology.Link("a", "b", "5 ms", false));
        assertThat(String.join("\n", Picture.draw(SITES, down, List.of(), 80))).contains("✗ down", "┄");
    }

    @Test
    void aConnectionThatWasRolledBackIsSaidButNotDrawn() {
        var rolledBack = new Topology.Connection("b", "d", "b-d", "rolled_back", "");
        assertThat(String.join("\n", Picture.draw(SITES, LINKS, List.of(rolledBack), 80)))
                .contains("b ↔ d       ✗ rolled_back")
                .doesNotContain("═");
    }

    @Test
    void aNewConnectionLeavesSitesAndLinksWhereTheyWere() {
        var before = Picture.draw(SITES, LINKS, List.of(), 80);
        var after = Picture.draw(SITES, LINKS, List.of(CONNECTION), 80);
        for (var label : List.of("a · dc-a", "b · dc-b", "c · dc-c", "5 ms", "20 ms")) {
            assertThat(column(after, label) - column(before, label))
                    .describedAs(label)
                    .isEqualTo(column(after, "a · dc-a") - column(before, "a · dc-a"));
        }
    }

    private static int column(List<String> lines, String label) {
        return lines.stream().mapToInt(line -> line.indexOf(label)).max().orElse(-1);
    }

    @Test
    void moreThanEightSitesAreListed() {
        var sites = IntStream.range(0, 9).mapToObj(i -> site("s" + i, "", i, i)).toList();
        var links = List.of(new Topology.Link("s0", "s1", "3 ms", true));
        assertThat(Picture.draw(sites, links, List.of(), 80))
                .contains("s0    ● online", "└── s1  3 ms", "└── s0  3 ms");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void everySiteOfASmallTopologyIsOnThePictureAndNoLineIsTooWide(int count) {
        var sites = IntStream.range(0, count)
                .mapToObj(i -> new Topology.Site("s" + i, "", "cell-" + i, "online", Optional.empty()))
                .toList();
        var ring = IntStream.range(0, count)
                .mapToObj(i -> new Topology.Link("s" + i, "s" + (i + 1) % count, i + " ms", true))
                .toList();
        var connections = count > 2
                ? List.of(new Topology.Connection("s0", "s2", "x", "up", ""))
                : List.<Topology.Connection>of();
        var picture = Picture.draw(sites, ring, connections, 80);
        assertThat(picture).allMatch(line -> line.length() <= 80);
        assertThat(String.join("\n", picture))
                .contains("┌")
                .contains(sites.stream().map(Topology.Site::id).toList());
    }

    private static void assertGolden(String name, List<String> lines) {
        var drawn = String.join("\n", lines) + "\n";
        try (var file = PictureTest.class.getResourceAsStream(name)) {
            assertThat(drawn).isEqualTo(file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
