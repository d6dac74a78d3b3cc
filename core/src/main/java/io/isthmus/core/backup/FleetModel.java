package io.isthmus.core.backup;

import io.isthmus.core.path.PathsFrom;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The fleet's problem in numbers. VNFs with the same active site and the same needs are one group, since they can take each
 * other's place. A group's options are the sites that satisfy every limit, cheapest first.
 */
final class FleetModel {
    static final int RESOURCES = 3;

    /** Spares that have to run at the same time, because these sites are lost together. */
    record Scenario(Survives kind, String name, List<SiteId> sites) {}

    /**
     * VNFs that are alike: the numbers of the sites that can be their backup and what each costs, ascending, and the numbers of
     * the losses that take their active site away.
     */
    static final class Group {
        private final List<FleetVnf> members;
        private final long[] needs;
        private final int[] sites;
        private final long[] costs;
        private final int[] scenarios;

        Group(List<FleetVnf> members, long[] needs, int[] sites, long[] costs, int[] scenarios) {
            this.members = members;
            this.needs = needs;
            this.sites = sites;
            this.costs = costs;
            this.scenarios = scenarios;
        }

        List<FleetVnf> members() {
            return members;
        }

        long[] needs() {
            return needs;
        }

        int[] sites() {
            return sites;
        }

        long[] costs() {
            return costs;
        }

        int[] scenarios() {
            return scenarios;
        }
    }

    final List<Group> groups = new ArrayList<>();
    final List<Scenario> scenarios = new ArrayList<>();
    final List<SiteId> sites = new ArrayList<>();
    final long[][] room;
    final long nowhere;

    private final BackupFacts facts;
    private final Survives survives;
    private final Map<SiteId, int[]> scenariosOf = new HashMap<>();
    private final Map<SiteId, Integer> numbers = new HashMap<>();

    FleetModel(
            BackupFacts facts, List<FleetVnf> vnfs, BackupConstraints constraints, Weights weights, Survives survives) {
        this.facts = facts;
        this.survives = survives;
        for (var site : facts.sites()) {
            numbers.put(site.id(), sites.size());
            sites.add(site.id());
        }
        room = facts.sites().stream()
                .map(site -> facts.free(site).map(FleetModel::amounts).orElseGet(() -> amounts(Capacity.NONE)))
                .toArray(long[][]::new);
        var byActive = new TreeMap<SiteId, List<FleetVnf>>();
        vnfs.stream()
                .sorted(Comparator.comparing(FleetVnf::name))
                .forEach(vnf -> byActive.computeIfAbsent(vnf.active(), _ -> new ArrayList<>())
                        .add(vnf));
        addScenarios(byActive);
        byActive.forEach((active, here) -> addGroups(active, here, constraints, weights));
        nowhere = 1 + vnfs.size() * Score.WHOLE;
    }

    private void addScenarios(Map<SiteId, List<FleetVnf>> byActive) {
        var domains = new TreeMap<String, List<SiteId>>();
        for (var active : byActive.keySet()) {
            var site = facts.site(active).orElseThrow(() -> new IllegalArgumentException("there is no site " + active));
            if (survives == Survives.SITE || site.failureDomains().isEmpty()) {
                scenariosOf.put(active, new int[] {scenarios.size()});
                scenarios.add(new Scenario(Survives.SITE, active.name(), List.of(active)));
            } else {
                site.failureDomains().forEach(domain -> domains.put(domain, List.of()));
            }
        }
        domains.replaceAll((domain, _) -> facts.sites().stream()
                .filter(site -> site.failureDomains().contains(domain))
                .map(Site::id)
                .toList());
        domains.forEach((domain, lost) -> {
            int number = scenarios.size();
            scenarios.add(new Scenario(Survives.FAILURE_DOMAIN, domain, lost));
            lost.forEach(site -> scenariosOf.merge(site, new int[] {number}, FleetModel::joined));
        });
    }

    private static int[] joined(int[] some, int[] more) {
        var all = Arrays.copyOf(some, some.length + more.length);
        System.arraycopy(more, 0, all, some.length, more.length);
        return all;
    }

    private void addGroups(SiteId active, List<FleetVnf> here, BackupConstraints constraints, Weights weights) {
        var site = facts.site(active).orElseThrow();
        var paths = new PathsFrom(
                facts.graph(), new PathsFrom.Request(active, constraints.minBandwidthMbps(), constraints.users()));
        var alike = new LinkedHashMap<Capacity, List<FleetVnf>>();
        here.forEach(vnf ->
                alike.computeIfAbsent(vnf.resources(), _ -> new ArrayList<>()).add(vnf));
        alike.forEach((needs, members) ->
                groups.add(group(site, members, constraints.needing(needs), withoutCapacity(weights), paths)));
    }

    /** Room is a matter of the whole plan here, not of each choice. */
    private static Weights withoutCapacity(Weights weights) {
        var others = new EnumMap<Criterion, Double>(weights.byCriterion());
        others.put(Criterion.FREE_CAPACITY, 0.0);
        others.put(Criterion.SPARE_BALANCE, 0.0);
        return others.values().stream().allMatch(weight -> weight == 0)
                ? new Weights(Map.of(Criterion.FREE_CAPACITY, 0.0, Criterion.SPARE_BALANCE, 0.0))
                : new Weights(others);
    }

    private Group group(
            Site active, List<FleetVnf> members, BackupConstraints constraints, Weights weights, PathsFrom paths) {
        record Choice(int site, long cost) {}
        var limits = new SiteLimits(facts, active, constraints, paths);
        var score = new Score(facts, active, constraints.resources(), weights);
        var choices = new ArrayList<Choice>();
        for (var site : facts.sites()) {
            if (!site.id().equals(active.id())
                    && isApart(active, site)
                    && limits.brokenBy(site).isEmpty()) {
                long points = score.of(site, paths.to(site.id()).orElseThrow()).score();
                choices.add(new Choice(number(site.id()), Math.max(0, Score.WHOLE - points)));
            }
        }
        choices.sort(Comparator.comparingLong(Choice::cost).thenComparingInt(Choice::site));
        return new Group(
                List.copyOf(members),
                amounts(constraints.resources()),
                choices.stream().mapToInt(Choice::site).toArray(),
                choices.stream().mapToLong(Choice::cost).toArray(),
                Optional.ofNullable(scenariosOf.get(active.id())).orElseThrow());
    }

    private int number(SiteId site) {
        return Optional.ofNullable(numbers.get(site)).orElseThrow();
    }

    /** Whether no loss that is provided for takes both. */
    private boolean isApart(Site active, Site other) {
        if (survives == Survives.SITE) {
            return true;
        }
        var shared = new TreeSet<>(active.failureDomains());
        shared.retainAll(other.failureDomains());
        return shared.isEmpty();
    }

    static long[] amounts(Capacity capacity) {
        return new long[] {capacity.vcpus(), capacity.ramMb(), capacity.diskGb()};
    }

    static Capacity capacity(long[] amounts) {
        return new Capacity(clamped(amounts[0]), clamped(amounts[1]), clamped(amounts[2]));
    }

    private static int clamped(long amount) {
        return Math.clamp(amount, 0, Integer.MAX_VALUE);
    }

    int vnfCount() {
        return groups.stream().mapToInt(group -> group.members().size()).sum();
    }
}
