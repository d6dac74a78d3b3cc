package io.isthmus.core.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.Example;
import io.isthmus.core.backup.BackupChoice.Candidate;
import io.isthmus.core.backup.BackupChoice.Rejected;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Disjointness;
import io.isthmus.core.path.Path;
import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Location;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BackupChooserTest {
    private static final Location PARIS = new Location(48.85, 2.35, "FR");
    private static final Location LYON = new Location(45.76, 4.84, "FR");
    private static final Location BERLIN = new Location(52.52, 13.40, "DE");
    private static final Capacity ROOMY = new Capacity(100, 200_000, 5_000);

    private Site a = site(Example.A, Optional.of(LYON), List.of("grid-south"), true, Optional.of(ROOMY));
    private final Site b =
            site(Example.B, Optional.of(PARIS), List.of("grid-north", "flood-seine"), true, Optional.of(ROOMY));
    private Site c = site(Example.C, Optional.of(PARIS), List.of("grid-north"), true, Optional.of(ROOMY));
    private Site d = site(Example.D, Optional.of(BERLIN), List.of("grid-east"), true, Optional.of(ROOMY));
    private Map<SiteId, Health> health = Map.of();
    private Map<SiteId, Capacity> measured = Map.of();
    private Map<SiteId, Readiness> readiness = Map.of();
    private List<SpareUse> spares = List.of();
    private List<Link> links = Example.LINKS;

    private static Site site(
            SiteId id, Optional<Location> location, List<String> domains, boolean up, Optional<Capacity> capacity) {
        var plain = Example.site(id, 1);
        return new Site(id, plain.name(), location, domains, plain.cloud(), plain.gateways(), up, capacity);
    }

    private BackupChoice choose(BackupConstraints constraints, Weights weights) {
        var sites = List.of(a, b, c, d);
        var facts = new BackupFacts(new UnderlayGraph(sites, links, Map.of()), sites, health, measured, spares)
                .withReadiness(readiness);
        return new BackupChooser(facts).choose(Example.B, constraints, weights);
    }

    private BackupChoice choose(BackupConstraints constraints) {
        return choose(constraints, Weights.USUAL);
    }

    private static BackupConstraints latency(double most) {
        return new BackupConstraints(
                Optional.of(most), 0, Set.of(), Set.of(), Optional.empty(), Optional.empty(), Capacity.NONE, List.of());
    }

    private static BackupConstraints resources(int vcpus, int ramMb, int diskGb) {
        return new BackupConstraints(
                Optional.empty(),
                0,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                new Capacity(vcpus, ramMb, diskGb),
                List.of());
    }

    private static BackupConstraints distance(Optional<Double> least, Optional<Double> most) {
        return new BackupConstraints(Optional.empty(), 0, Set.of(), Set.of(), least, most, Capacity.NONE, List.of());
    }

    private static BackupConstraints excluding(Set<String> domains, Set<SiteId> sites) {
        return new BackupConstraints(
                Optional.empty(), 0, domains, sites, Optional.empty(), Optional.empty(), Capacity.NONE, List.of());
    }

    private static BackupConstraints bandwidth(int mbps, List<Avoided> users) {
        return new BackupConstraints(
                Optional.empty(), mbps, Set.of(), Set.of(), Optional.empty(), Optional.empty(), Capacity.NONE, users);
    }

    private static List<String> names(BackupChoice choice) {
        return choice.candidates().stream().map(each -> each.site().name()).toList();
    }

    private static Rejected rejected(BackupChoice choice, SiteId site) {
        return choice.rejected().stream()
                .filter(each -> each.site().equals(site))
                .findFirst()
                .orElseThrow(() -> new AssertionError(site + " is not rejected: " + choice));
    }

    @Test
    void aSiteWhoseCloudHasLessFreeThanIsDeclaredIsRejectedWithWhatIsFree() {
        measured = Map.of(Example.D, new Capacity(4, 100_000, 100_000));
        var choice = choose(resources(8, 0, 0));
        assertThat(rejected(choice, Example.D))
                .isEqualTo(new Rejected(
                        Example.D, "it has 4 vCPUs free, and 8 are needed", Limit.VCPUS, Measure.of(4), Measure.of(8)));
        assertThat(names(choose(resources(4, 0, 0)))).contains("d");
    }

    @Test
    void aSiteThatDeclaresNothingHasWhatItsCloudHasFreeLessWhatSparesNeed() {
        d = site(Example.D, Optional.of(BERLIN), List.of("grid-east"), true, Optional.empty());
        assertThat(rejected(choose(resources(1, 0, 0)), Example.D).value()).isEqualTo(new Measure.Unknown());
        measured = Map.of(Example.D, new Capacity(6, 0, 0));
        spares = List.of(new SpareUse(Example.A, Example.D, new Capacity(4, 0, 0)));
        assertThat(rejected(choose(resources(3, 0, 0)), Example.D).value()).isEqualTo(Measure.of(2));
        assertThat(names(choose(resources(2, 0, 0)))).contains("d");
    }

    @Test
    void everyOtherSiteIsACandidateWhereNothingIsAsked() {
        var choice = choose(BackupConstraints.NONE);
        assertThat(names(choice)).containsExactlyInAnyOrder("a", "c", "d");
        assertThat(choice.rejected()).isEmpty();
        assertThat(choice.candidates())
                .filteredOn(each -> each.site().equals(Example.D))
                .singleElement()
                .satisfies(each -> {
                    assertThat(each.path().sites()).containsExactly(Example.B, Example.A, Example.D);
                    assertThat(each.path().latencyMs()).isEqualTo(17);
                    assertThat(each.reasons()).hasSize(Criterion.values().length);
                });
    }

    @Test
    void aPathThatIsTooSlowIsToldWithItsLatencyAndTheLimit() {
        var rejected = rejected(choose(latency(15)), Example.D);
        assertThat(rejected.criterion()).isEqualTo(Limit.MAX_LATENCY_MS);
        assertThat(rejected.value()).isEqualTo(Measure.of(17));
        assertThat(rejected.limit()).isEqualTo(Measure.of(15));
    }

    @Test
    void aSiteInMaintenanceOrThatDoesNotAnswerIsRejected() {
        d = site(Example.D, Optional.of(BERLIN), List.of(), false, Optional.of(ROOMY));
        health = Map.of(Example.A, Health.UNREACHABLE, Example.C, Health.DEGRADED);
        var choice = choose(BackupConstraints.NONE);
        assertThat(choice.candidates()).isEmpty();
        assertThat(rejected(choice, Example.D).criterion()).isEqualTo(Limit.ADMIN_STATE_UP);
        assertThat(rejected(choice, Example.D).value()).isEqualTo(Measure.of("maintenance"));
        assertThat(rejected(choice, Example.A).criterion()).isEqualTo(Limit.STATUS);
        assertThat(rejected(choice, Example.A).value()).isEqualTo(Measure.of("unreachable"));
        assertThat(rejected(choice, Example.C).value()).isEqualTo(Measure.of("degraded"));
    }

    @Test
    void distanceIsAlongTheGreatCircleAndBoundedOnBothSides() {
        assertThat(PARIS.distanceKm(BERLIN)).isBetween(876.0, 879.0);
        var choice = choose(distance(Optional.of(100.0), Optional.of(500.0)));
        assertThat(names(choice)).containsExactly("a");
        assertThat(rejected(choice, Example.C).criterion()).isEqualTo(Limit.MIN_DISTANCE_KM);
        assertThat(rejected(choice, Example.C).value()).isEqualTo(Measure.of(0));
        assertThat(rejected(choice, Example.D).criterion()).isEqualTo(Limit.MAX_DISTANCE_KM);
        assertThat(rejected(choice, Example.D).limit()).isEqualTo(Measure.of(500));
    }

    @Test
    void aSiteOfWhichNobodyKnowsWhereItStandsIsRejectedWhereDistanceCounts() {
        c = site(Example.C, Optional.empty(), List.of(), true, Optional.empty());
        var rejected = rejected(choose(distance(Optional.of(100.0), Optional.empty())), Example.C);
        assertThat(rejected.value()).isEqualTo(new Measure.Unknown());
        assertThat(rejected.reason()).contains("has no location");
        assertThat(names(choose(BackupConstraints.NONE))).contains("c");
    }

    @Test
    void excludedSitesAndFailureDomainsAreNoCandidates() {
        var choice = choose(excluding(Set.of("grid-north", "grid-west"), Set.of(Example.D)));
        assertThat(names(choice)).containsExactly("a");
        assertThat(rejected(choice, Example.C).value()).isEqualTo(Measure.of("grid-north"));
        assertThat(rejected(choice, Example.C).limit()).isEqualTo(Measure.of("grid-north, grid-west"));
        assertThat(rejected(choice, Example.D).criterion()).isEqualTo(Limit.EXCLUDE_SITES);
    }

    @Test
    void whatIsAskedForMustBeFreeBesideTheSparesThatStandThere() {
        spares = List.of(new SpareUse(Example.C, Example.A, new Capacity(95, 1, 1)));
        c = site(Example.C, Optional.of(PARIS), List.of(), true, Optional.empty());
        var choice = choose(resources(8, 16_000, 100));
        assertThat(names(choice)).containsExactly("d");
        assertThat(rejected(choice, Example.A).criterion()).isEqualTo(Limit.VCPUS);
        assertThat(rejected(choice, Example.A).value()).isEqualTo(Measure.of(5));
        assertThat(rejected(choice, Example.A).limit()).isEqualTo(Measure.of(8));
        assertThat(rejected(choice, Example.C).value()).isEqualTo(new Measure.Unknown());
        assertThat(rejected(choose(resources(1, 300_000, 0)), Example.D).criterion())
                .isEqualTo(Limit.RAM_MB);
        assertThat(rejected(choose(resources(1, 1, 5_001)), Example.D).criterion())
                .isEqualTo(Limit.DISK_GB);
    }

    @Test
    void aPathWithTooLittleBandwidthIsToldWithTheMostThatThereIs() {
        var rejected = rejected(choose(bandwidth(1_001, List.of())), Example.D);
        assertThat(rejected.criterion()).isEqualTo(Limit.MIN_BANDWIDTH_MBPS);
        assertThat(rejected.value()).isEqualTo(Measure.of(1_000));
        assertThat(rejected.limit()).isEqualTo(Measure.of(1_001));
    }

    @Test
    void thePathKeepsClearOfWhatTheUsersOfTheActiveSiteTake() {
        var usersPath = new Path(List.of(Example.A, Example.B), List.of(links.getFirst()));
        var users = Avoided.of(usersPath, List.of(a, b, c, d), Disjointness.LINK);
        var choice = choose(bandwidth(0, List.of(users)));
        assertThat(choice.candidates())
                .filteredOn(each -> each.site().equals(Example.D))
                .singleElement()
                .satisfies(each ->
                        assertThat(each.path().sites()).containsExactly(Example.B, Example.C, Example.A, Example.D));
        links = links.stream().filter(link -> !link.name().equals("b-c")).toList();
        assertThat(rejected(choose(bandwidth(0, List.of(users))), Example.D).criterion())
                .isEqualTo(Limit.DISJOINT_FROM);
    }

    @Test
    void aSiteWhereWhatTheSpareIsBuiltFromCannotBeBroughtIsRejectedAndOneThatWasNotAskedIsNot() {
        var there = new Readiness.Part.Present();
        readiness = Map.of(
                Example.A, new Readiness(there, Optional.of(new Readiness.Part.Missing("its Glance does not answer"))),
                Example.D, new Readiness(new Readiness.Part.Missing("it has no Nova"), Optional.empty()));
        var choice = choose(BackupConstraints.NONE);
        assertThat(names(choice)).containsExactly("c");
        assertThat(rejected(choice, Example.A))
                .isEqualTo(new Rejected(
                        Example.A,
                        "the image is not there and cannot be brought there: its Glance does not answer",
                        Limit.IMAGE,
                        Measure.of("missing"),
                        Measure.of("present or copyable")));
        assertThat(rejected(choice, Example.D).criterion()).isEqualTo(Limit.FLAVOR);
        readiness = Map.of(Example.A, new Readiness(new Readiness.Part.Copyable(), Optional.of(there)));
        assertThat(names(choose(BackupConstraints.NONE))).contains("a");
    }

    @Test
    void aSiteThatNoLinkReachesSaysSo() {
        links = links.stream().filter(link -> !link.name().equals("a-d")).toList();
        assertThat(rejected(choose(BackupConstraints.NONE), Example.D).criterion())
                .isEqualTo(Limit.LINKS);
    }

    @Test
    void aSiteThatSharesNoRiskBeatsOneThatDoes() {
        var onlyRisk = new Weights(Map.of(
                Criterion.LATENCY_MS, 0.0,
                Criterion.FREE_CAPACITY, 0.0,
                Criterion.SPARE_BALANCE, 0.0,
                Criterion.COST, 0.0));
        var choice = choose(BackupConstraints.NONE, onlyRisk);
        assertThat(names(choice)).containsExactly("a", "d", "c");
        assertThat(choice.candidates().stream().map(Candidate::score)).containsExactly(100_000L, 100_000L, 50_000L);
    }

    @Test
    void aSiteThatHasTheOtherSparesAlreadyIsTheWorseForIt() {
        spares = List.of(
                new SpareUse(Example.B, Example.A, Capacity.NONE),
                new SpareUse(Example.B, Example.A, Capacity.NONE),
                new SpareUse(Example.B, Example.C, Capacity.NONE),
                new SpareUse(Example.C, Example.D, Capacity.NONE));
        var onlyBalance = new Weights(Map.of(
                Criterion.LATENCY_MS, 0.0,
                Criterion.FREE_CAPACITY, 0.0,
                Criterion.SHARED_RISK, 0.0,
                Criterion.COST, 0.0));
        assertThat(names(choose(BackupConstraints.NONE, onlyBalance))).containsExactly("d", "c", "a");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void everySiteIsEitherACandidateOrRejectedScoresAddUpAndTheOrderOfTheInputDoesNotMatter(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 200; round++) {
            var world = RandomBackups.of(random);
            var choice = world.choose();
            var told = new ArrayList<SiteId>(
                    choice.candidates().stream().map(Candidate::site).toList());
            choice.rejected().forEach(each -> told.add(each.site()));
            assertThat(told)
                    .containsExactlyInAnyOrderElementsOf(world.sites().stream()
                            .map(Site::id)
                            .filter(id -> !id.equals(world.active()))
                            .toList());
            for (var candidate : choice.candidates()) {
                assertThat(candidate.score()).isBetween(0L, 100_003L);
                assertThat(candidate.path().sites().getFirst()).isEqualTo(world.active());
                assertThat(candidate.path().sites().getLast()).isEqualTo(candidate.site());
                assertThat(candidate.path().latencyMs())
                        .isLessThanOrEqualTo(world.constraints().maxLatencyMs().orElse(Double.MAX_VALUE));
            }
            var shuffled = new ArrayList<>(world.sites());
            Collections.shuffle(shuffled, new Random(seed + round));
            assertThat(world.with(shuffled).choose()).isEqualTo(choice);
        }
    }

    /** A small underlay at random with constraints at random. */
    record RandomBackups(
            List<Site> sites,
            List<Link> links,
            SiteId active,
            BackupConstraints constraints,
            Map<SiteId, Health> health,
            List<SpareUse> spares) {
        static RandomBackups of(SplittableRandom random) {
            int count = random.nextInt(2, 9);
            var sites = new ArrayList<Site>();
            var spares = new ArrayList<SpareUse>();
            for (int number = 0; number < count; number++) {
                var id = new SiteId(String.valueOf((char) ('a' + number)));
                sites.add(site(
                        id,
                        random.nextInt(5) == 0
                                ? Optional.empty()
                                : Optional.of(new Location(random.nextDouble(40, 55), random.nextDouble(-5, 20), "")),
                        List.of("grid-" + random.nextInt(3)),
                        random.nextInt(8) != 0,
                        random.nextInt(5) == 0
                                ? Optional.empty()
                                : Optional.of(new Capacity(random.nextInt(40), random.nextInt(100_000), 100))));
            }
            var links = new ArrayList<Link>();
            for (int a = 0; a < count; a++) {
                for (int z = a + 1; z < count; z++) {
                    if (random.nextInt(100) < 50) {
                        var link = Example.link(sites.get(a).id(), sites.get(z).id(), random.nextInt(1, 60) / 4.0);
                        links.add(link);
                    }
                }
                spares.add(new SpareUse(
                        sites.get(a).id(),
                        sites.get(random.nextInt(count)).id(),
                        new Capacity(random.nextInt(4), 1, 1)));
            }
            var constraints = new BackupConstraints(
                    random.nextBoolean() ? Optional.of(random.nextDouble(5, 40)) : Optional.empty(),
                    random.nextInt(1_500),
                    random.nextInt(3) == 0 ? Set.of("grid-1") : Set.of(),
                    random.nextInt(3) == 0 ? Set.of(new SiteId("c")) : Set.of(),
                    random.nextInt(3) == 0 ? Optional.of(300.0) : Optional.empty(),
                    Optional.empty(),
                    new Capacity(random.nextInt(8), random.nextInt(8_000), 0),
                    List.of());
            return new RandomBackups(
                    sites,
                    links,
                    sites.get(random.nextInt(count)).id(),
                    constraints,
                    random.nextInt(3) == 0 ? Map.of(sites.getLast().id(), Health.UNREACHABLE) : Map.of(),
                    spares);
        }

        RandomBackups with(List<Site> others) {
            var reversed = new ArrayList<>(links);
            Collections.reverse(reversed);
            return new RandomBackups(others, reversed, active, constraints, health, spares);
        }

        BackupChoice choose() {
            var booked = Map.<UUID, Integer>of();
            return new BackupChooser(new BackupFacts(new UnderlayGraph(sites, links, booked), sites, health, spares))
                    .choose(active, constraints, Weights.USUAL);
        }
    }
}
