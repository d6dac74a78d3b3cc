package io.isthmus.core.path;

import static io.isthmus.core.Example.A;
import static io.isthmus.core.Example.B;
import static io.isthmus.core.Example.C;
import static io.isthmus.core.Example.D;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.Example;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class PathFinderTest {
    private static final PathFinder FINDER = new PathFinder(Example.SITES, Example.LINKS, Map.of());

    @Test
    void theExamplesConnectionRunsOverA() {
        var path = found(FINDER.find(request(B, D)));
        assertThat(path.sites()).containsExactly(B, A, D);
        assertThat(path.latencyMs()).isEqualTo(17);
        assertThat(path.transit()).containsExactly(A);
        assertThat(path.mtu()).isEqualTo(1500);
    }

    @Test
    void theFasterDetourWinsOverTheSlowDirectLink() {
        assertThat(found(FINDER.find(request(B, C))).sites()).containsExactly(B, A, C);
    }

    @Test
    void avoidingTheOnlyTransitSiteIsNamedAsTheReason() {
        var constraints = new PathConstraints(List.of(), List.of(A), List.of(), Optional.empty());
        assertThat(FINDER.find(new PathRequest(B, D, 0, Optional.empty(), constraints)))
                .isInstanceOfSatisfying(
                        PathFinder.Result.NoPath.class,
                        no -> assertThat(no.field()).isEqualTo("path.avoid_sites"));
    }

    @Test
    void aTransitSiteInAFailureDomainToAvoidIsNamedAsTheReason() {
        var constraints = new PathConstraints(List.of(), List.of(), List.of("grid-a"), Optional.empty());
        assertThat(FINDER.find(new PathRequest(B, D, 0, Optional.empty(), constraints)))
                .isInstanceOfSatisfying(
                        PathFinder.Result.NoPath.class,
                        no -> assertThat(no.field()).isEqualTo("path.avoid_failure_domains"));
    }

    @Test
    void bookedBandwidthIsNotGivenOutAgain() {
        var ad = Example.link(A, D, 12);
        var finder = new PathFinder(Example.SITES, Example.LINKS, Map.of(ad.id(), 900));
        assertThat(finder.find(new PathRequest(B, D, 100, Optional.empty(), PathConstraints.NONE)))
                .isInstanceOf(PathFinder.Result.Found.class);
        assertThat(finder.find(new PathRequest(B, D, 101, Optional.empty(), PathConstraints.NONE)))
                .isInstanceOfSatisfying(
                        PathFinder.Result.NoPath.class,
                        no -> assertThat(no.field()).isEqualTo("bandwidth_mbps"));
    }

    @Test
    void aPathThatIsTooSlowIsRefusedWithTheFastest() {
        assertThat(FINDER.find(new PathRequest(B, D, 0, Optional.of(16.9), PathConstraints.NONE)))
                .isInstanceOfSatisfying(PathFinder.Result.NoPath.class, no -> {
                    assertThat(no.field()).isEqualTo("max_latency_ms");
                    assertThat(no.detail()).contains("17.0 ms");
                });
    }

    @Test
    void packetsThatNoPathCarriesAreNamedAsTheReason() {
        assertThat(field(FINDER.find(asking(B, D, 1500, PathConstraints.NONE, Optional.empty()))))
                .isEqualTo("found");
        assertThat(field(FINDER.find(asking(B, D, 1501, PathConstraints.NONE, Optional.empty()))))
                .isEqualTo("mtu");
    }

    @Test
    void aLinkThatCarriesLessIsLeftAside() {
        var links = List.of(Example.link(A, B, 5), wide(A, C, 10), wide(B, C, 20));
        var finder = new PathFinder(Example.SITES, links, Map.of());
        assertThat(found(finder.find(asking(A, B, 9000, PathConstraints.NONE, Optional.empty())))
                        .sites())
                .containsExactly(A, C, B);
        assertThat(finder.widest(asking(A, B, 9100, PathConstraints.NONE, Optional.empty())))
                .hasValueSatisfying(path -> assertThat(path.mtu()).isEqualTo(9000));
    }

    @Test
    void costDecidesBetweenPathsOfEqualLatencyThenHopsThenNames() {
        assertThat(best(priced(A, B, 1, 1), priced(B, D, 2, 3), priced(A, C, 2, 1), priced(C, D, 1, 2)))
                .containsExactly(A, C, D);
        assertThat(best(priced(A, B, 1, 1), priced(B, D, 2, 1), priced(A, D, 3, 2)))
                .containsExactly(A, D);
        assertThat(best(priced(A, C, 1, 1), priced(C, D, 2, 1), priced(A, B, 2, 1), priced(B, D, 1, 1)))
                .containsExactly(A, B, D);
    }

    @Test
    void tenthsOfMillisecondsAddUpToWhatTheLimitSays() {
        var links = List.of(Example.link(A, B, 0.1), Example.link(B, C, 0.2));
        var finder = new PathFinder(Example.SITES, links, Map.of());
        assertThat(found(finder.find(new PathRequest(A, C, 0, Optional.of(0.3), PathConstraints.NONE)))
                        .latencyMs())
                .isEqualTo(0.3);
    }

    @Test
    void aSiteToIncludeIsPassed() {
        assertThat(found(FINDER.find(new PathRequest(B, D, 0, Optional.empty(), including(C))))
                        .sites())
                .containsExactly(B, C, A, D);
    }

    @Test
    void anEndIsIncludedAlready() {
        assertThat(found(FINDER.find(new PathRequest(B, D, 0, Optional.empty(), including(B, D))))
                        .sites())
                .containsExactly(B, A, D);
    }

    @Test
    void aSiteAtADeadEndCannotBeIncluded() {
        assertThat(FINDER.find(new PathRequest(B, C, 0, Optional.empty(), including(D))))
                .isInstanceOfSatisfying(PathFinder.Result.NoPath.class, no -> {
                    assertThat(no.field()).isEqualTo("path.include_sites");
                    assertThat(no.detail()).contains("through d");
                });
    }

    @Test
    void theDetourToASiteToIncludeMayTakeTooLong() {
        assertThat(field(FINDER.find(new PathRequest(B, D, 0, Optional.of(41.9), including(C)))))
                .isEqualTo("max_latency_ms");
        assertThat(field(FINDER.find(new PathRequest(B, D, 0, Optional.of(42.0), including(C)))))
                .isEqualTo("found");
    }

    @Test
    void moreSitesToIncludeThanTheSearchTakesAreUndecidedAndNotCalledImpossible() {
        var sites = IntStream.range(0, IncludedSites.MOST_SITES + 3)
                .mapToObj(number -> new SiteId("s" + number))
                .toList();
        var links = new ArrayList<Link>();
        for (int a = 0; a < sites.size(); a++) {
            for (int z = a + 1; z < sites.size(); z++) {
                links.add(Example.link(sites.get(a), sites.get(z), 1));
            }
        }
        var include = new PathConstraints(sites.subList(2, sites.size()), List.of(), List.of(), Optional.empty());
        assertThat(field(new PathFinder(List.of(), links, Map.of())
                        .find(new PathRequest(sites.get(0), sites.get(1), 0, Optional.empty(), include))))
                .isEqualTo("undecided path.include_sites");
    }

    @Test
    void theOnlyPathCannotBeDisjointFromItself() {
        for (var level : Disjointness.values()) {
            var avoided = Avoided.of(found(FINDER.find(request(B, D))), Example.SITES, level);
            assertThat(field(FINDER.find(asking(B, D, 0, PathConstraints.NONE, Optional.of(avoided)))))
                    .isEqualTo("path.disjoint_from");
        }
    }

    @Test
    void aSiteThatTheOtherPathPassesMayBePassedByAPathThatIsDisjointByLinkOnly() {
        var other = found(FINDER.find(request(B, D)));
        assertThat(found(disjoint(C, A, other, Disjointness.LINK)).sites()).containsExactly(C, A);
        assertThat(field(disjoint(C, A, other, Disjointness.NODE))).isEqualTo("path.disjoint_from");
    }

    @Test
    void aSiteThatEndsBothPathsIsNotAvoided() {
        var other = found(FINDER.find(request(B, A)));
        assertThat(found(disjoint(B, A, other, Disjointness.NODE)).sites()).containsExactly(B, C, A);
    }

    @Test
    void aSiteInAFailureDomainOfTheOtherPathIsAvoidedForSharedRisksOnly() {
        var inGridA = new Site(
                C,
                "dc-c",
                Optional.empty(),
                List.of("grid-a"),
                Example.site(C, 3).cloud(),
                List.of(),
                true);
        var sites = List.of(Example.site(A, 1), Example.site(B, 2), inGridA, Example.site(D, 4));
        var links = List.of(Example.link(A, B, 1), Example.link(A, D, 1), Example.link(B, C, 5), Example.link(C, D, 5));
        var finder = new PathFinder(sites, links, Map.of());
        var other = found(finder.find(request(B, D)));
        var node = Optional.of(Avoided.of(other, sites, Disjointness.NODE));
        var risk = Optional.of(Avoided.of(other, sites, Disjointness.SHARED_RISK));
        assertThat(field(finder.find(asking(B, D, 0, PathConstraints.NONE, node))))
                .isEqualTo("found");
        assertThat(field(finder.find(asking(B, D, 0, PathConstraints.NONE, risk))))
                .isEqualTo("path.disjoint_from");
    }

    @Test
    void aRequestThatNamesAConnectionToBeDisjointFromMustBringItsPath() {
        var constraints =
                new PathConstraints(List.of(), List.of(), List.of(), Optional.of(new ConnectionId(new UUID(0, 7))));
        assertThatThrownBy(() -> new PathRequest(B, D, 0, Optional.empty(), constraints))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static PathRequest request(SiteId from, SiteId to) {
        return new PathRequest(from, to, 0, Optional.empty(), PathConstraints.NONE);
    }

    private static PathRequest asking(
            SiteId from, SiteId to, int mtu, PathConstraints constraints, Optional<Avoided> avoided) {
        return new PathRequest(from, to, 0, mtu, Optional.empty(), constraints, avoided);
    }

    private static PathFinder.Result disjoint(SiteId from, SiteId to, Path other, Disjointness level) {
        return FINDER.find(
                asking(from, to, 0, PathConstraints.NONE, Optional.of(Avoided.of(other, Example.SITES, level))));
    }

    private static PathConstraints including(SiteId... sites) {
        return new PathConstraints(List.of(sites), List.of(), List.of(), Optional.empty());
    }

    private static List<SiteId> best(Link... links) {
        return found(new PathFinder(Example.SITES, List.of(links), Map.of()).find(request(A, D)))
                .sites();
    }

    private static Link priced(SiteId a, SiteId z, double latencyMs, int cost) {
        var link = Example.link(a, z, latencyMs);
        return new Link(link.id(), link.name(), a, z, latencyMs, 1000, 1500, cost, List.of(), true);
    }

    private static Link wide(SiteId a, SiteId z, double latencyMs) {
        var link = Example.link(a, z, latencyMs);
        return new Link(link.id(), link.name(), a, z, latencyMs, 1000, 9000, 1, List.of(), true);
    }

    private static String field(PathFinder.Result result) {
        return switch (result) {
            case PathFinder.Result.Found _ -> "found";
            case PathFinder.Result.NoPath(var field, var _) -> field;
            case PathFinder.Result.Undecided(var field, var _) -> "undecided " + field;
        };
    }

    private static Path found(PathFinder.Result result) {
        assertThat(result).isInstanceOf(PathFinder.Result.Found.class);
        return ((PathFinder.Result.Found) result).path();
    }
}
