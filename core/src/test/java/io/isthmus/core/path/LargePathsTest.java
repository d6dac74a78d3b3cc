package io.isthmus.core.path;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.link.Link;
import io.isthmus.core.site.SiteId;
import java.util.Optional;
import java.util.SplittableRandom;
import org.jgrapht.Graph;
import org.jgrapht.alg.shortestpath.DijkstraShortestPath;
import org.jgrapht.alg.shortestpath.SuurballeKDisjointShortestPaths;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleDirectedWeightedGraph;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Underlays too large for looking at all paths, compared with another implementation. */
final class LargePathsTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void latenciesAreThoseOfAnotherImplementation(long seed) {
        var random = new SplittableRandom(seed);
        var underlay = BenchmarkUnderlay.generated(150, 400, seed);
        var graph = underlay.graph();
        var other = directed(underlay);
        for (int round = 0; round < 20; round++) {
            var from = underlay.anySite(random);
            var to = underlay.anySite(random);
            if (from.equals(to)) {
                continue;
            }
            var request = new PathRequest(from, to, 0, Optional.empty(), PathConstraints.NONE);
            double fastest =
                    DijkstraShortestPath.findPathBetween(other, from, to).getWeight();
            assertThat(new PathFinder(graph).find(request))
                    .isInstanceOfSatisfying(
                            PathFinder.Result.Found.class,
                            found -> assertThat((double) found.path().latencyNanos())
                                    .isEqualTo(fastest));
            double pair = new SuurballeKDisjointShortestPaths<>(other)
                    .getPaths(from, to, 2).stream()
                            .mapToDouble(path -> path.getWeight())
                            .sum();
            assertThat(new DisjointPairFinder(graph).find(request, Disjointness.LINK))
                    .isInstanceOfSatisfying(
                            DisjointPairFinder.Result.Found.class,
                            found -> assertThat((double) found.first().latencyNanos()
                                            + found.second().latencyNanos())
                                    .isEqualTo(pair));
        }
    }

    private static Graph<SiteId, DefaultWeightedEdge> directed(BenchmarkUnderlay underlay) {
        var graph = new SimpleDirectedWeightedGraph<SiteId, DefaultWeightedEdge>(DefaultWeightedEdge.class);
        underlay.sites().forEach(site -> graph.addVertex(site.id()));
        for (Link link : underlay.links()) {
            graph.setEdgeWeight(graph.addEdge(link.aSite(), link.zSite()), (double) Weight.nanos(link.latencyMs()));
            graph.setEdgeWeight(graph.addEdge(link.zSite(), link.aSite()), (double) Weight.nanos(link.latencyMs()));
        }
        return graph;
    }
}
