package io.isthmus.core.path;

import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.site.SiteId;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long one search takes, as a distribution over random pairs of sites. {@code network} is {@code generated} (1,000 sites,
 * 10,000 links) or the path of a GML file.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2, time = 3)
@Measurement(iterations = 3, time = 4)
@Fork(1)
public class PathBenchmark {
    @Param("generated")
    public String network = "generated";

    private final SplittableRandom random = new SplittableRandom(42);
    private final TreeMap<String, Integer> answers = new TreeMap<>();
    private BenchmarkUnderlay underlay = new BenchmarkUnderlay(List.of(), List.of());
    private UnderlayGraph graph = underlay.graph();

    @Setup
    public void build() throws IOException {
        underlay = network.equals("generated")
                ? BenchmarkUnderlay.generated(1_000, 10_000, 7)
                : BenchmarkUnderlay.read(java.nio.file.Path.of(network));
        graph = underlay.graph();
    }

    /** What was answered, so that a quick search that gives up is not taken for a quick answer. */
    @TearDown
    public void tell() {
        System.out.println("answers: " + answers);
    }

    @Benchmark
    public Object graphIsBuilt() {
        return underlay.graph();
    }

    /** Bandwidth, MTU, a latency limit, three sites and two failure domains to avoid. */
    @Benchmark
    public Object constrained() {
        return counted(new PathFinder(graph).find(constrainedRequest(List.of())));
    }

    @Benchmark
    public Object throughOneSite() {
        return counted(new PathFinder(graph).find(constrainedRequest(sites(1))));
    }

    @Benchmark
    public Object throughThreeSites() {
        return counted(new PathFinder(graph).find(constrainedRequest(sites(3))));
    }

    @Benchmark
    public Object throughEightSites() {
        return counted(new PathFinder(graph).find(constrainedRequest(sites(8))));
    }

    @Benchmark
    public Object siteDisjointPair() {
        return pair(Disjointness.NODE);
    }

    @Benchmark
    public Object sharedRiskDisjointPair() {
        return pair(Disjointness.SHARED_RISK);
    }

    private Object pair(Disjointness level) {
        var ends = sites(2);
        var result = new DisjointPairFinder(graph)
                .find(
                        new PathRequest(ends.getFirst(), ends.getLast(), 100, Optional.empty(), PathConstraints.NONE),
                        level);
        answers.merge(
                result instanceof DisjointPairFinder.Result.Found found
                        ? found.proven() ? "proven" : "unproven"
                        : result.getClass().getSimpleName(),
                1,
                Integer::sum);
        return result;
    }

    private Object counted(PathFinder.Result result) {
        answers.merge(
                result instanceof PathFinder.Result.NoPath(var field, var _)
                        ? field
                        : result.getClass().getSimpleName(),
                1,
                Integer::sum);
        return result;
    }

    private PathRequest constrainedRequest(List<SiteId> include) {
        var ends = Stream.generate(() -> underlay.anySite(random))
                .filter(site -> !include.contains(site))
                .distinct()
                .limit(2)
                .toList();
        var avoid = Stream.generate(() -> underlay.anySite(random))
                .filter(site -> !include.contains(site) && !ends.contains(site))
                .distinct()
                .limit(3)
                .toList();
        return new PathRequest(
                ends.getFirst(),
                ends.getLast(),
                2_000,
                1_550,
                Optional.of(100.0),
                new PathConstraints(
                        include,
                        avoid,
                        List.of("duct-" + random.nextInt(20), "grid-" + random.nextInt(50)),
                        Optional.empty()),
                Optional.empty());
    }

    /** So many sites, but no more than leave five for the ends and for those to avoid. */
    private List<SiteId> sites(int count) {
        return Stream.generate(() -> underlay.anySite(random))
                .distinct()
                .limit(Math.min(count, underlay.sites().size() - 5))
                .toList();
    }
}
