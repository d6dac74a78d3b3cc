package io.isthmus.core.site;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.site.SiteSelector.Match;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SiteSelectorTest {
    private static final String SHARED = "https://keystone.example:5000/v3";
    private static final String OWN = "https://keystone-d.example/v3";

    /** The kinds of the worked example, and an instance whose region and cell have names that the shared Keystone has too. */
    private static final List<Site> SITES = List.of(
            site("a", CloudKind.REGION, SHARED, "RegionA", ""),
            site("b", CloudKind.CELL, SHARED, "RegionBC", "cell-b"),
            site("c", CloudKind.CELL, SHARED, "RegionBC", "cell-c"),
            site("d", CloudKind.INSTANCE, OWN, "RegionOne", ""),
            site("e", CloudKind.CELL, OWN, "RegionBC", "cell-b"));

    private static Site site(String id, CloudKind kind, String authUrl, String region, String cell) {
        var cloud = new Cloud(
                kind,
                URI.create(authUrl),
                region,
                Optional.of(cell).filter(name -> !name.isEmpty()),
                "interdc",
                new VlanRange(2000, 2999),
                "openstack");
        return new Site(new SiteId(id), "dc-" + id, Optional.empty(), List.of(), cloud, List.of(), true);
    }

    private static SiteSelector selector(String authUrl, String region, String cell) {
        return new SiteSelector(
                Optional.of(authUrl).filter(text -> !text.isEmpty()).map(URI::create),
                Optional.of(region).filter(text -> !text.isEmpty()),
                Optional.of(cell).filter(text -> !text.isEmpty()));
    }

    /** Every combination of a part that is absent, that some site has, and that none has: 3 x 4 x 4 less the empty one. */
    @TestFactory
    Stream<DynamicTest> everyCombinationOfPartsFindsWhatAPlainFilterFinds() {
        var tests = new ArrayList<DynamicTest>();
        for (var url : List.of("", SHARED, OWN, "https://nowhere.example/v3")) {
            for (var region : List.of("", "RegionA", "RegionBC", "RegionOne", "Atlantis")) {
                for (var cell : List.of("", "cell-b", "cell-c", "cell-x")) {
                    if (!(url + region + cell).isEmpty()) {
                        tests.add(DynamicTest.dynamicTest(
                                "[%s] [%s] [%s]".formatted(url, region, cell), () -> check(url, region, cell)));
                    }
                }
            }
        }
        assertThat(tests).hasSize(4 * 5 * 4 - 1);
        return tests.stream();
    }

    private static void check(String url, String region, String cell) {
        var wanted = SITES.stream()
                .filter(site ->
                        url.isEmpty() || site.cloud().authUrl().toString().equals(url))
                .filter(site -> region.isEmpty() || site.cloud().regionName().equals(region))
                .filter(site -> cell.isEmpty() || site.cloud().cell().orElse("").equals(cell))
                .toList();
        switch (selector(url, region, cell).find(SITES)) {
            case Match.One(var site) -> assertThat(wanted).containsExactly(site);
            case Match.Several(var candidates) -> {
                assertThat(wanted).hasSizeGreaterThan(1);
                assertThat(candidates).isEqualTo(wanted.stream().map(Site::id).toList());
            }
            case Match.None none -> {
                assertThat(wanted).isEmpty();
                checkMiss(none, url, region, cell);
            }
        }
    }

    /** The part that is named is the first with which nothing is left; with those before it alone, the candidates are. */
    private static void checkMiss(Match.None none, String url, String region, String cell) {
        var parts = List.of("auth_url", "region_name", "cell");
        var values = List.of(url, region, cell);
        int missed = parts.indexOf(none.field());
        assertThat(none.value()).isEqualTo(values.get(missed)).isNotEmpty();
        var before = SITES.stream()
                .filter(site -> missed < 1
                        || url.isEmpty()
                        || site.cloud().authUrl().toString().equals(url))
                .filter(site -> missed < 2
                        || region.isEmpty()
                        || site.cloud().regionName().equals(region))
                .toList();
        assertThat(before).isNotEmpty();
        assertThat(none.candidates()).isEqualTo(before.stream().map(Site::id).toList());
        assertThat(none.present()).doesNotContain(none.value()).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void aMissNamesThePartAndWhatIsThereInstead() {
        assertThat(selector(SHARED, "RegionBC", "cell-x").find(SITES))
                .isEqualTo(new Match.None(
                        "cell", "cell-x", List.of("cell-b", "cell-c"), List.of(new SiteId("b"), new SiteId("c"))));
        assertThat(selector(OWN, "RegionA", "").find(SITES))
                .isEqualTo(new Match.None(
                        "region_name",
                        "RegionA",
                        List.of("RegionBC", "RegionOne"),
                        List.of(new SiteId("d"), new SiteId("e"))));
        assertThat(selector("", "RegionA", "cell-b").find(SITES))
                .as("a region without cells")
                .isEqualTo(new Match.None("cell", "cell-b", List.of(), List.of(new SiteId("a"))));
    }

    @Test
    void whereThereIsNoSiteTheFirstPartIsMissed() {
        assertThat(selector("", "RegionA", "cell-b").find(List.of()))
                .isEqualTo(new Match.None("region_name", "RegionA", List.of(), List.of()));
    }

    @Test
    void aCellAloneIsEnoughWhereOneSiteHasIt() {
        assertThat(selector("", "", "cell-c").find(SITES)).isEqualTo(new Match.One(SITES.get(2)));
        assertThat(selector("", "", "cell-b").find(SITES))
                .isEqualTo(new Match.Several(List.of(new SiteId("b"), new SiteId("e"))));
        assertThat(selector(OWN, "", "cell-b").find(SITES)).isEqualTo(new Match.One(SITES.get(4)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://keystone-d.example/v3",
                "https://keystone-d.example/v3/",
                "https://keystone-d.example",
                "https://keystone-d.example/",
                "https://keystone-d.example:443/v3",
                "HTTPS://Keystone-D.Example//"
            })
    void theSameKeystoneMayBeWrittenInManyWays(String url) {
        assertThat(selector(url, "RegionOne", "").find(SITES)).isEqualTo(new Match.One(SITES.get(3)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://keystone-d.example/v3",
                "https://keystone-d.example:5000/v3",
                "https://keystone-d.example/identity/v3",
                "https://keystone-d.example/v2.0"
            })
    void anotherSchemePortOrPathIsAnotherKeystone(String url) {
        assertThat(selector(url, "", "").find(SITES)).isInstanceOf(Match.None.class);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    cell:cell-b                                          |                                  |          | cell-b
                    region:RegionBC                                      |                                  | RegionBC |
                    region_name:RegionBC                                 |                                  | RegionBC |
                    region:RegionBC,cell:cell-b                          |                                  | RegionBC | cell-b
                    cell:cell-b,region:RegionBC                          |                                  | RegionBC | cell-b
                    auth_url:https://k.example:5000/v3                   | https://k.example:5000/v3        |          |
                    auth_url:https://k.example/v3,region:R,cell:has:colon| https://k.example/v3             | R        | has:colon
                    """)
    void aSelectorIsReadFromText(String text, String url, String region, String cell) {
        assertThat(SiteSelector.isSelector(text)).isTrue();
        assertThat(SiteSelector.parse(text))
                .isEqualTo(new SiteSelector(
                        Optional.ofNullable(url).map(URI::create),
                        Optional.ofNullable(region),
                        Optional.ofNullable(cell)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "cell:",
                "cell: ",
                "region:,cell:b",
                "cell:a,cell:b",
                "region:a,region_name:b",
                "cell:a,",
                "cell:a,b",
                "cell:a,zone:b",
                "auth_url:",
                "auth_url:keystone",
                "auth_url:http://[bad"
            })
    void aMalformedSelectorIsRefused(String text) {
        assertThat(SiteSelector.isSelector(text)).isTrue();
        assertThatThrownBy(() -> SiteSelector.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"b", "paris-1", "dc b", "zone:x", "Cell:b", "cell", "", " cell:b", "https://k.example"})
    void whatDoesNotBeginWithAPartIsNoSelector(String text) {
        assertThat(SiteSelector.isSelector(text)).isFalse();
    }

    @Test
    void aSelectorOfNothingIsRefused() {
        assertThatThrownBy(() -> selector("", "", ""))
                .hasMessageContaining("auth_url, region_name or cell")
                .isInstanceOf(IllegalArgumentException.class);
    }
}
