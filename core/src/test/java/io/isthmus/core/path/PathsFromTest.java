package io.isthmus.core.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathsFromTest {
    private static final int ROUNDS = 400;

    /** The words of a single search for what a search for many calls otherwise. */
    private static final Map<PathsFrom.Obstacle, String> FIELDS = Map.of(
            PathsFrom.Obstacle.LINKS, "links",
            PathsFrom.Obstacle.ADMIN_STATE, "admin_state_up",
            PathsFrom.Obstacle.DISJOINTNESS, "path.disjoint_from",
            PathsFrom.Obstacle.BANDWIDTH, "bandwidth_mbps");

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void everySiteGetsThePathOrTheReasonThatASearchForItAloneFinds(long seed) {
        var random = new SplittableRandom(seed);
        int found = 0;
        int missed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var underlay = RandomUnderlay.of(random, random.nextInt(2, 9), random.nextInt(20, 70));
            var graph = underlay.graph();
            var from = graph.site(random.nextInt(graph.siteCount()));
            int bandwidth = random.nextBoolean() ? random.nextInt(600) : 0;
            var avoided = random.nextInt(3) == 0 ? Optional.<Avoided>empty() : anyPath(underlay, graph, random);
            var paths = new PathsFrom(
                    graph,
                    new PathsFrom.Request(from, bandwidth, avoided.stream().toList()));
            for (int site = 0; site < graph.siteCount(); site++) {
                var to = graph.site(site);
                if (to.equals(from)) {
                    assertThat(paths.to(to)).isEmpty();
                    continue;
                }
                switch (new PathFinder(graph).find(request(from, to, bandwidth, avoided))) {
                    case PathFinder.Result.Found(var path) -> {
                        assertThat(paths.to(to)).hasValue(path);
                        assertThat(paths.widestMbps(to)).isGreaterThanOrEqualTo(bandwidth);
                        found++;
                    }
                    case PathFinder.Result.NoPath(var field, var _) -> {
                        assertThat(paths.to(to)).isEmpty();
                        assertThat(FIELDS.get(paths.obstacle(to))).isEqualTo(field);
                        if (field.equals("bandwidth_mbps")) {
                            int widest = paths.widestMbps(to);
                            assertThat(widest).isLessThan(bandwidth);
                            assertThat(new PathFinder(graph).find(request(from, to, widest, avoided)))
                                    .isInstanceOf(PathFinder.Result.Found.class);
                        }
                        missed++;
                    }
                    case PathFinder.Result.Undecided undecided -> throw new AssertionError(undecided);
                }
            }
        }
        assertThat(found).isGreaterThan(ROUNDS);
        assertThat(missed).isGreaterThan(ROUNDS / 2);
    }

    private static Optional<Avoided> anyPath(RandomUnderlay underlay, UnderlayGraph graph, SplittableRandom random) {
        var one = graph.site(random.nextInt(graph.siteCount()));
        var other = graph.site(random.nextInt(graph.siteCount()));
        if (one.equals(other)) {
            return Optional.empty();
        }
        var level = RandomUnderlay.LEVELS.get(random.nextInt(RandomUnderlay.LEVELS.size()));
        return new PathFinder(graph).find(request(one, other, 0, Optional.empty()))
                        instanceof PathFinder.Result.Found(var path)
                ? Optional.of(Avoided.of(path, underlay.sites(), level))
                : Optional.empty();
    }

    private static PathRequest request(SiteId from, SiteId to, int bandwidth, Optional<Avoided> avoided) {
        return new PathRequest(
                from,
                to,
                bandwidth,
                0,
                Optional.empty(),
                new PathConstraints(
                        List.of(), List.of(), List.of(), avoided.map(_ -> new ConnectionId(new UUID(0, 1)))),
                avoided);
    }

    @Test
    void aSiteThatIsNotInTheUnderlayIsRefusedAsTheBeginningAndHasNoPathAsAnEnd() {
        var graph = RandomUnderlay.of(new SplittableRandom(1), 3, 100).graph();
        var nowhere = new SiteId("nowhere");
        assertThatThrownBy(() -> new PathsFrom(graph, new PathsFrom.Request(nowhere, 0, List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        var paths = new PathsFrom(graph, new PathsFrom.Request(graph.site(0), 0, List.of()));
        assertThat(paths.to(nowhere)).isEmpty();
        assertThat(paths.obstacle(nowhere)).isEqualTo(PathsFrom.Obstacle.LINKS);
    }
}
