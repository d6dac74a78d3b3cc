package io.isthmus.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.PathConstraints;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every answer is compared with one that looks at all paths of a small underlay, over thousands of them. */
final class PathOracleTest {
    private static final int ROUNDS = 300;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void thePathFoundIsTheFirstByLatencyCostHopsAndNamesAndARefusalNamesTheLastConstraint(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(2, 8), random.nextInt(25, 80));
            var request = underlay.request(random, false);
            var expected = new PathOracle(underlay).answer(request);
            var result = new PathFinder(underlay.graph()).find(request);
            if (expected.field().isPresent()) {
                assertThat(result)
                        .describedAs("round %d: %s", round, request)
                        .isInstanceOfSatisfying(
                                PathFinder.Result.NoPath.class,
                                no -> assertThat(no.field())
                                        .isEqualTo(expected.field().get()));
            } else {
                assertThat(result)
                        .describedAs("round %d: %s", round, request)
                        .isEqualTo(new PathFinder.Result.Found(expected.left().getFirst()));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noPathThroughAllSitesToIncludeIsBetterThanTheOneFound(long seed) {
        var random = new SplittableRandom(seed);
        var seen = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(4, 9), random.nextInt(25, 60));
            var request = underlay.request(random, true);
            var expected = new PathOracle(underlay).answer(request);
            var result = new PathFinder(underlay.graph()).find(request);
            seen.merge(expected.field().orElse("found"), 1, Integer::sum);
            if (expected.field().isPresent()) {
                assertThat(result)
                        .describedAs("round %d: %s", round, request)
                        .isInstanceOfSatisfying(
                                PathFinder.Result.NoPath.class,
                                no -> assertThat(no.field())
                                        .isEqualTo(expected.field().get()));
            } else {
                assertThat(result)
                        .describedAs("round %d: %s", round, request)
                        .isInstanceOfSatisfying(PathFinder.Result.Found.class, found -> {
                            assertThat(expected.left()).contains(found.path());
                            assertThat(SimplePaths.weight(found.path()))
                                    .isEqualTo(
                                            SimplePaths.weight(expected.left().getFirst()));
                        });
            }
        }
        assertThat(seen)
                .describedAs("every reason comes up")
                .containsKeys("found", "path.include_sites", "max_latency_ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noOtherDisjointPairIsBetterThanTheOneFoundAndARefusalNamesTheLastConstraint(long seed) {
        var random = new SplittableRandom(seed);
        var seen = new TreeMap<String, Integer>();
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(3, 8), random.nextInt(35, 75));
            var request = underlay.request(random, false);
            var level = RandomUnderlay.LEVELS.get(random.nextInt(RandomUnderlay.LEVELS.size()));
            var oracle = new PathOracle(underlay);
            var result = new DisjointPairFinder(underlay.graph()).find(request, level);
            var field = pairField(oracle, request, level);
            seen.merge(field, 1, Integer::sum);
            var description = "round %d: %s %s".formatted(round, level, request);
            if (field.equals("found")) {
                var candidates = oracle.answer(request).left();
                assertThat(result)
                        .describedAs(description)
                        .isInstanceOfSatisfying(DisjointPairFinder.Result.Found.class, found -> {
                            assertThat(found.proven()).isTrue();
                            assertThat(candidates).contains(found.first(), found.second());
                            assertThat(oracle.areDisjoint(found.first(), found.second(), level))
                                    .isTrue();
                            var weight = SimplePaths.weight(found.first()).plus(SimplePaths.weight(found.second()));
                            assertThat(weight)
                                    .isEqualTo(
                                            oracle.leastPair(candidates, level).orElseThrow());
                            assertThat(found.leastTotalLatencyMs()).isEqualTo(Weight.latencyMs(weight.latencyNanos()));
                        });
            } else {
                assertThat(result)
                        .describedAs(description)
                        .isInstanceOfSatisfying(
                                DisjointPairFinder.Result.NoPair.class,
                                no -> assertThat(no.field()).isEqualTo(field));
            }
        }
        assertThat(seen)
                .describedAs("every reason comes up")
                .containsKeys("found", "path.disjoint_from", "max_latency_ms");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void noOtherPairWithoutSharedRisksIsBetterWhereSharedRisksAreMany(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 100; round++) {
            var underlay = RandomUnderlay.of(random, 9, 38);
            var request = new PathRequest(
                    underlay.sites().getFirst().id(),
                    underlay.sites().getLast().id(),
                    0,
                    Optional.empty(),
                    PathConstraints.NONE);
            var oracle = new PathOracle(underlay);
            var expected = oracle.leastPair(oracle.answer(request).left(), Disjointness.SHARED_RISK);
            var result = new DisjointPairFinder(underlay.graph()).find(request, Disjointness.SHARED_RISK);
            var weight = result instanceof DisjointPairFinder.Result.Found found
                    ? Optional.of(SimplePaths.weight(found.first()).plus(SimplePaths.weight(found.second())))
                    : Optional.<Weight>empty();
            assertThat(weight).describedAs("round %d", round).isEqualTo(expected);
        }
    }

    /** The links, then that the paths are disjoint, then the latency of each: in that order they take candidates away. */
    private static String pairField(PathOracle oracle, PathRequest request, Disjointness level) {
        var anyLatency = oracle.answer(new PathRequest(
                request.from(),
                request.to(),
                request.bandwidthMbps(),
                request.mtu(),
                Optional.empty(),
                request.constraints(),
                request.avoided()));
        if (anyLatency.field().isPresent()) {
            return anyLatency.field().get();
        }
        if (oracle.leastPair(anyLatency.left(), level).isEmpty()) {
            return "path.disjoint_from";
        }
        return oracle.leastPair(oracle.answer(request).left(), level).isPresent() ? "found" : "max_latency_ms";
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aPairThatIsNotProvenIsStillDisjointAndItsBoundHolds(long seed) {
        var random = new SplittableRandom(seed);
        int unproven = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(6, 9), 50);
            var request = underlay.request(random, false);
            var oracle = new PathOracle(underlay);
            var result = new DisjointPairFinder(underlay.graph(), 1).find(request, Disjointness.SHARED_RISK);
            if (result instanceof DisjointPairFinder.Result.Found found && !found.proven()) {
                unproven++;
                var best = oracle.leastPair(oracle.answer(request).left(), Disjointness.SHARED_RISK)
                        .orElseThrow();
                assertThat(oracle.areDisjoint(found.first(), found.second(), Disjointness.SHARED_RISK))
                        .isTrue();
                assertThat(found.leastTotalLatencyMs()).isLessThanOrEqualTo(Weight.latencyMs(best.latencyNanos()));
            }
        }
        assertThat(unproven).isPositive();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void aSearchThatIsStoppedEarlyClaimsNothingThatIsNotTrue(long seed) {
        var random = new SplittableRandom(seed);
        int limited = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(5, 9), random.nextInt(25, 60));
            var graph = underlay.graph();
            int last = graph.siteCount() - 1;
            int[] include = {1, 2, 3};
            var best = SimplePaths.between(graph.site(0), graph.site(last), underlay.links()).stream()
                    .filter(path -> path.transit().containsAll(List.of(graph.site(1), graph.site(2), graph.site(3))))
                    .map(SimplePaths::weight)
                    .min(Weight::compareTo);
            var search = new SimpleWalkSearch(graph, 0, last, graph.allLinks(), include, random.nextInt(1, 40));
            switch (search.find()) {
                case SimpleWalkSearch.Result.Found(var links) ->
                    assertThat(best)
                            .hasValue(graph.weigh(
                                    links.stream().mapToInt(link -> link).toArray()));
                case SimpleWalkSearch.Result.Missed _ -> assertThat(best).isEmpty();
                case SimpleWalkSearch.Result.Limited(var atLeast) -> {
                    limited++;
                    assertThat(best.orElse(Weight.UNREACHABLE)).isGreaterThanOrEqualTo(atLeast);
                }
            }
        }
        assertThat(limited).isPositive();
    }
}
