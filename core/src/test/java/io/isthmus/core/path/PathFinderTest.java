package io.isthmus.core.path;

import static io.isthmus.core.Example.A;
import static io.isthmus.core.Example.B;
import static io.isthmus.core.Example.C;
import static io.isthmus.core.Example.D;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.Example;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.link.Link;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noPathIsFasterThanTheOneFound(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var names = List.of(A, B, C, D, new SiteId("e"), new SiteId("f"));
            var links = new ArrayList<Link>();
            for (int i = 0; i < names.size(); i++) {
                for (int j = i + 1; j < names.size(); j++) {
                    if (random.nextInt(100) < 40) {
                        links.add(Example.link(names.get(i), names.get(j), random.nextInt(1, 30)));
                    }
                }
            }
            var best = bruteForce(A, D, links, new HashSet<>(), 0);
            var result = new PathFinder(List.of(), links, Map.of()).find(request(A, D));
            if (best.isEmpty()) {
                assertThat(result).isInstanceOf(PathFinder.Result.NoPath.class);
            } else {
                assertThat(found(result).latencyMs()).isEqualTo(best.getAsDouble());
            }
        }
    }

    private static OptionalDouble bruteForce(SiteId at, SiteId to, List<Link> links, Set<SiteId> seen, double soFar) {
        if (at.equals(to)) {
            return OptionalDouble.of(soFar);
        }
        seen.add(at);
        var best = links.stream()
                .filter(link -> link.touches(at) && !seen.contains(link.across(at)))
                .map(link -> bruteForce(link.across(at), to, links, seen, soFar + link.latencyMs()))
                .flatMapToDouble(OptionalDouble::stream)
                .min();
        seen.remove(at);
        return best;
    }

    private static PathRequest request(SiteId from, SiteId to) {
        return new PathRequest(from, to, 0, Optional.empty(), PathConstraints.NONE);
    }

    private static Path found(PathFinder.Result result) {
        assertThat(result).isInstanceOf(PathFinder.Result.Found.class);
        return ((PathFinder.Result.Found) result).path();
    }
}
