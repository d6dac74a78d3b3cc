package io.isthmus.core.backup;

import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Disjointness;
import io.isthmus.core.path.LargeUnderlay;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** How long a choice among 1,000 sites with 10,000 links takes, and a plan for 5,000 VNFs there. */
@State(Scope.Benchmark)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(1)
public class BackupBenchmark {
    private static final int USERS = 3;
    private static final int VNFS = 5_000;

    private final SplittableRandom random = new SplittableRandom(42);
    private LargeUnderlay underlay = new LargeUnderlay(List.of(), List.of());
    private BackupFacts facts = facts();
    private List<FleetVnf> fleet = List.of();
    private List<List<Avoided>> users = List.of();
    private String told = "";

    private BackupFacts facts() {
        return new BackupFacts(underlay.graph(), underlay.sites(), Map.of(), List.of());
    }

    @Setup
    public void build() {
        underlay = LargeUnderlay.generated(1_000, 10_000, 7);
        facts = facts();
        var vnfs = new ArrayList<FleetVnf>();
        for (int number = 0; number < VNFS; number++) {
            vnfs.add(new FleetVnf(
                    "vnf-" + number,
                    anySite().id(),
                    new Capacity(1 << random.nextInt(4), 2_048 << random.nextInt(3), 20)));
        }
        fleet = vnfs;
        var paths = new ArrayList<List<Avoided>>();
        for (var site : underlay.sites()) {
            paths.add(usersOf(site));
        }
        users = paths;
    }

    private List<Avoided> usersOf(Site active) {
        var avoided = new ArrayList<Avoided>();
        var paths = LargeUnderlay.from(active, facts.graph());
        while (avoided.size() < USERS) {
            var user = anySite();
            if (!user.id().equals(active.id())) {
                avoided.add(Avoided.of(paths.to(user.id()).orElseThrow(), underlay.sites(), Disjointness.NODE));
            }
        }
        return avoided;
    }

    private Site anySite() {
        return underlay.sites().get(random.nextInt(underlay.sites().size()));
    }

    @TearDown
    public void tell() {
        System.out.println(told);
    }

    /** All constraints, and the path disjoint from those of three users. */
    @Benchmark
    @BenchmarkMode(Mode.SampleTime)
    @Warmup(iterations = 2, time = 3)
    @Measurement(iterations = 3, time = 5)
    public Object choice() {
        int active = random.nextInt(underlay.sites().size());
        var constraints = new BackupConstraints(
                Optional.of(15.0),
                2_000,
                Set.of("grid-1"),
                Set.of(),
                Optional.of(50.0),
                Optional.of(2_000.0),
                new Capacity(4, 8_192, 40),
                users.get(active));
        var choice =
                new BackupChooser(facts).choose(underlay.sites().get(active).id(), constraints, Weights.USUAL);
        told = "the last choice: %d candidates, %d rejected"
                .formatted(choice.candidates().size(), choice.rejected().size());
        return choice;
    }

    /** Any failure domain of 20 sites may be lost. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    public Object plan() {
        var constraints = new BackupConstraints(
                Optional.of(8.0), 0, Set.of(), Set.of(), Optional.empty(), Optional.empty(), Capacity.NONE, List.of());
        var plan = new FleetPlanner(facts).plan(fleet, constraints, Weights.USUAL, Survives.FAILURE_DOMAIN);
        told = "the last plan: complete %s, cost %d, at least %d, gap %.3f %%, proven %s"
                .formatted(
                        plan.isComplete(),
                        plan.cost(),
                        plan.costAtLeast(),
                        100.0 * (plan.cost() - plan.costAtLeast()) / plan.cost(),
                        plan.proven());
        return plan;
    }
}
