package io.isthmus.core.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SimilarSitesTest {
    private static final List<Site> SITES =
            List.of(site("paris-1", "Paris"), site("paris-2", "Paris Nord"), site("lyon", "Lyon"), site("d", "Delft"));

    private static Site site(String id, String name) {
        var cloud = new Cloud(
                CloudKind.REGION,
                URI.create("https://keystone.example/v3"),
                "R",
                Optional.empty(),
                "interdc",
                new VlanRange(1, 9),
                "openstack");
        return new Site(new SiteId(id), name, Optional.empty(), List.of(), cloud, List.of(), true);
    }

    @ParameterizedTest
    @CsvSource({
        "pariss-1, paris-1 paris-2",
        "paris-3, paris-1 paris-2",
        "paris, paris-1 paris-2",
        "PARIS-2, paris-2 paris-1",
        "lion, lyon",
        "delt, d",
        "rome, ''",
        "x, ''"
    })
    void whatDiffersByTwoLettersOrBeginsAlikeIsSimilar(String word, String wanted) {
        var expected = wanted.isEmpty() ? List.<String>of() : List.of(wanted.split(" "));
        assertThat(SimilarSites.to(word, SITES)).extracting(SiteId::name).containsExactlyElementsOf(expected);
    }

    @Test
    void fiveAreEnough() {
        var many = IntStream.range(0, 50)
                .mapToObj(number -> site("dc-" + number, "n" + number))
                .toList();
        assertThat(SimilarSites.to("dc-", many)).hasSize(5);
    }

    @ParameterizedTest
    @CsvSource({"kitten, sitting, 3", "abc, abc, 0", "abc, abcdef, 0", "abc, '', 3", "'', abc, 3", "flaw, lawn, 2"})
    void editsAreCountedAsLevenshteinDid(String one, String other, int edits) {
        assertThat(SimilarSites.edits(one, other)).isEqualTo(edits);
    }
}
