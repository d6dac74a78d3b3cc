package io.isthmus.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.Example;
import io.isthmus.core.backup.FleetPlan.Assignment;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class FleetPlannerTest {
    private static final Weights COUNTED =
            new Weights(Map.of(Criterion.FREE_CAPACITY, 0.0, Criterion.SPARE_BALANCE, 0.0));
    private static final int ROUNDS = 500;

    private static Site site(String name, List<String> domains, int vcpus) {
        var plain = Example.site(new SiteId(name), 1);
        return new Site(
                plain.id(),
                name,
                Optional.empty(),
                domains,
                plain.cloud(),
                plain.gateways(),
                true,
                Optional.of(new Capacity(vcpus, 1_000, 1_000)));
    }

    private static FleetVnf vnf(String name, String active, int vcpus) {
        return new FleetVnf(name, new SiteId(active), new Capacity(vcpus, 1, 1));
    }

    private static BackupFacts facts(List<Site> sites, List<Link> links) {
        return new BackupFacts(new UnderlayGraph(sites, links, Map.of()), sites, Map.of(), List.of());
    }

    private static List<Link> mesh(List<Site> sites) {
        var links = new ArrayList<Link>();
        for (int a = 0; a < sites.size(); a++) {
            for (int z = a + 1; z < sites.size(); z++) {
                links.add(Example.link(sites.get(a).id(), sites.get(z).id(), 1 + z));
            }
        }
        return links;
    }

    private static FleetPlan plan(List<Site> sites, List<FleetVnf> vnfs, Survives survives) {
        return new FleetPlanner(facts(sites, mesh(sites))).plan(vnfs, BackupConstraints.NONE, Weights.USUAL, survives);
    }

    private static Map<String, String> backups(FleetPlan plan) {
        var backups = new HashMap<String, String>();
        plan.assignments()
                .forEach(each -> backups.put(
                        each.vnf().name(), each.backup().map(SiteId::name).orElse("")));
        return backups;
    }

    @Test
    void aSiteSharesItsRoomAmongThoseThatAreNotLostTogether() {
        var sites = List.of(site("a", List.of(), 0), site("b", List.of(), 0), site("c", List.of(), 4));
        var plan = plan(sites, List.of(vnf("one", "a", 4), vnf("two", "b", 4)), Survives.SITE);
        assertThat(backups(plan)).isEqualTo(Map.of("one", "c", "two", "c"));
        assertThat(plan.proven()).isTrue();
        assertThat(plan.losses()).allSatisfy(loss -> {
            assertThat(loss.withoutRoom()).isEmpty();
            assertThat(loss.fullest())
                    .hasValueSatisfying(fill -> assertThat(fill.part()).isEqualTo(1));
        });
    }

    @Test
    void sitesThatAreLostTogetherNeedRoomForBoth() {
        var sites = List.of(site("a", List.of("grid"), 0), site("b", List.of("grid"), 9), site("c", List.of(), 4));
        var vnfs = List.of(vnf("one", "a", 4), vnf("two", "b", 4));
        var plan = plan(sites, vnfs, Survives.FAILURE_DOMAIN);
        assertThat(plan.isComplete()).isFalse();
        assertThat(plan.proven()).isTrue();
        assertThat(plan.unplacedAtLeast()).isEqualTo(1);
        assertThat(plan.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.name()).isEqualTo("grid");
            assertThat(loss.sites()).containsExactly(Example.A, Example.B);
            assertThat(loss.withoutRoom()).hasSize(1);
            assertThat(loss.missing().vcpus()).isEqualTo(4);
            assertThat(loss.missingAtLeast().vcpus()).isEqualTo(4);
            assertThat(loss.demand().vcpus()).isEqualTo(8);
        });
        assertThat(plan(sites, vnfs, Survives.SITE).isComplete()).isTrue();
    }

    @Test
    void whatFitsAloneMayNotFitTogetherAndTheSiteWhoseLossIsTooMuchIsNamed() {
        var sites = List.of(site("a", List.of(), 0), site("b", List.of(), 3), site("c", List.of(), 3));
        var vnfs = List.of(vnf("one", "a", 2), vnf("three", "a", 2), vnf("two", "a", 2));
        var plan = plan(sites, vnfs, Survives.SITE);
        assertThat(plan.proven()).isTrue();
        assertThat(plan.losses()).singleElement().satisfies(loss -> {
            assertThat(loss.name()).isEqualTo("a");
            assertThat(loss.withoutRoom()).hasSize(1);
            assertThat(loss.missing().vcpus()).isEqualTo(2);
            // All room together would do; it is in the wrong pieces.
            assertThat(loss.missingAtLeast().vcpus()).isZero();
        });
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void aSmallFleetsPlanIsAsGoodAsAnyThatTryingAllFinds(long seed) {
        var random = new SplittableRandom(seed);
        int tight = 0;
        int impossible = 0;
        for (int round = 0; round < ROUNDS; round++) {
            var fleet = RandomFleet.of(random);
            var plan = fleet.plan();
            var best = new EveryPlan(fleet).best();
            assertThat(plan.proven()).isTrue();
            assertThat(fleet.isKeptBy(plan)).as(fleet + " " + plan).isTrue();
            long unplaced = plan.assignments().stream()
                    .filter(each -> each.backup().isEmpty())
                    .count();
            assertThat(unplaced).as(fleet.toString()).isEqualTo(best.unplaced());
            assertThat(plan.cost()).as(fleet.toString()).isEqualTo(best.cost());
            assertThat(plan.costAtLeast()).isEqualTo(plan.cost());
            assertThat(plan.unplacedAtLeast()).isEqualTo(best.unplaced());
            tight += best.cost() > best.costWithoutRoom() ? 1 : 0;
            impossible += best.unplaced() > 0 ? 1 : 0;
        }
        assertThat(tight).as("rounds in which room decided").isGreaterThan(ROUNDS / 25);
        assertThat(impossible).isGreaterThan(ROUNDS / 25);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theSameFleetInAnyOrderHasTheSamePlan(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 50; round++) {
            var fleet = RandomFleet.of(random);
            var vnfs = new ArrayList<>(fleet.vnfs());
            Collections.shuffle(vnfs, new Random(seed));
            var sites = new ArrayList<>(fleet.sites());
            Collections.shuffle(sites, new Random(seed));
            assertThat(new RandomFleet(sites, fleet.links(), vnfs, fleet.survives()).plan())
                    .isEqualTo(fleet.plan());
        }
    }

    @Test
    void aLargerFleetsPlanIsKeptAndItsBoundHolds() {
        var random = new SplittableRandom(9);
        var sites = new ArrayList<Site>();
        for (int number = 0; number < 20; number++) {
            sites.add(site("s" + number, List.of("grid-" + number % 5), random.nextInt(20, 60)));
        }
        var vnfs = new ArrayList<FleetVnf>();
        for (int number = 0; number < 120; number++) {
            vnfs.add(vnf("v" + number, "s" + random.nextInt(20), random.nextInt(1, 8)));
        }
        var fleet = new RandomFleet(sites, mesh(sites), vnfs, Survives.FAILURE_DOMAIN);
        var plan = fleet.plan();
        assertThat(fleet.isKeptBy(plan)).isTrue();
        assertThat(plan.isComplete()).isTrue();
        assertThat(plan.costAtLeast()).isBetween(1L, plan.cost());
        assertThat((double) (plan.cost() - plan.costAtLeast()) / plan.cost()).isLessThan(0.05);
    }

    /** A few sites and VNFs at random, often with too little room. */
    record RandomFleet(List<Site> sites, List<Link> links, List<FleetVnf> vnfs, Survives survives) {
        static RandomFleet of(SplittableRandom random) {
            int count = random.nextInt(2, 6);
            var sites = new ArrayList<Site>();
            for (int number = 0; number < count; number++) {
                sites.add(site(
                        "s" + number,
                        random.nextInt(3) == 0 ? List.of() : List.of("grid-" + random.nextInt(3)),
                        random.nextInt(9)));
            }
            var links = new ArrayList<>(mesh(sites));
            links.removeIf(_ -> random.nextInt(4) == 0);
            var vnfs = new ArrayList<FleetVnf>();
            int most = random.nextInt(1, 6);
            for (int number = 0; number < most; number++) {
                vnfs.add(vnf("v" + number, "s" + random.nextInt(count), random.nextInt(5)));
            }
            return new RandomFleet(sites, links, vnfs, random.nextBoolean() ? Survives.SITE : Survives.FAILURE_DOMAIN);
        }

        FleetPlan plan() {
            return new FleetPlanner(facts(sites, links)).plan(vnfs, BackupConstraints.NONE, Weights.USUAL, survives);
        }

        Site at(SiteId id) {
            return sites.stream()
                    .filter(each -> each.id().equals(id))
                    .findFirst()
                    .orElseThrow();
        }

        /** Every set of sites that can be lost together. */
        List<List<SiteId>> losses() {
            var losses = new ArrayList<List<SiteId>>();
            sites.forEach(each -> losses.add(List.of(each.id())));
            if (survives == Survives.FAILURE_DOMAIN) {
                var domains = new HashSet<String>();
                sites.forEach(each -> domains.addAll(each.failureDomains()));
                domains.forEach(domain -> losses.add(sites.stream()
                        .filter(each -> each.failureDomains().contains(domain))
                        .map(Site::id)
                        .toList()));
            }
            return losses;
        }

        /** Whether, whatever is lost, the spares that then run are elsewhere and have room there. */
        boolean isKeptBy(FleetPlan plan) {
            return keeps(plan.assignments());
        }

        boolean keeps(List<Assignment> assignments) {
            for (var lost : losses()) {
                var used = new HashMap<SiteId, Capacity>();
                for (var each : assignments) {
                    if (each.backup().isPresent() && lost.contains(each.vnf().active())) {
                        if (lost.contains(each.backup().get())) {
                            return false;
                        }
                        used.merge(each.backup().get(), each.vnf().resources(), Capacity::plus);
                    }
                }
                for (var each : used.entrySet()) {
                    if (!each.getValue().fitsInto(at(each.getKey()).capacity().orElseThrow())) {
                        return false;
                    }
                }
            }
            return true;
        }
    }

    /** Tries every backup for every VNF. */
    static final class EveryPlan {
        record Best(int unplaced, long cost, long costWithoutRoom) {}

        private final RandomFleet fleet;
        private final List<Map<SiteId, Long>> choices = new ArrayList<>();
        private final List<Assignment> chosen = new ArrayList<>();
        private int unplaced = Integer.MAX_VALUE;
        private long cost = Long.MAX_VALUE;

        EveryPlan(RandomFleet fleet) {
            this.fleet = fleet;
            var facts = facts(fleet.sites(), fleet.links());
            for (var vnf : fleet.vnfs()) {
                var costs = new HashMap<SiteId, Long>();
                new BackupChooser(facts)
                        .choose(vnf.active(), BackupConstraints.NONE.needing(vnf.resources()), COUNTED)
                        .candidates()
                        .forEach(each -> costs.put(each.site(), Math.max(0, 100_000 - each.score())));
                choices.add(costs);
            }
        }

        Best best() {
            tryFrom(0, 0, 0);
            long free = choices.stream()
                    .mapToLong(costs -> costs.values().stream()
                            .mapToLong(Long::longValue)
                            .min()
                            .orElse(0))
                    .sum();
            return new Best(unplaced, cost, free);
        }

        private void tryFrom(int number, int without, long sum) {
            if (without > unplaced || (without == unplaced && sum >= cost) || !fleet.keeps(chosen)) {
                return;
            }
            if (number == fleet.vnfs().size()) {
                unplaced = without;
                cost = sum;
                return;
            }
            var vnf = fleet.vnfs().get(number);
            choices.get(number).forEach((site, price) -> {
                chosen.add(new Assignment(vnf, Optional.of(site)));
                tryFrom(number + 1, without, sum + price);
                chosen.removeLast();
            });
            tryFrom(number + 1, without + 1, sum);
        }
    }
}
