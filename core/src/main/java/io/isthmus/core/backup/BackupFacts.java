package io.isthmus.core.backup;

import io.isthmus.core.path.UnderlayGraph;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What backups are chosen from: the sites as they are described and seen, the underlay, and the spares that stand already. */
public final class BackupFacts {
    private final UnderlayGraph graph;
    private final Map<SiteId, Site> sites = new TreeMap<>();
    private final Map<SiteId, Health> health;
    private final Map<SiteId, Capacity> measured;
    private final Map<SiteId, Capacity> used = new HashMap<>();
    private final List<SpareUse> spares;
    private final Map<SiteId, Readiness> readiness;

    /** Facts without any capacity that was measured. */
    public BackupFacts(UnderlayGraph graph, Collection<Site> sites, Map<SiteId, Health> health, List<SpareUse> spares) {
        this(graph, sites, health, Map.of(), spares);
    }

    /**
     * All that is known.
     *
     * @param health of sites that were looked at
     * @param measured what the clouds of sites were seen to have free
     */
    public BackupFacts(
            UnderlayGraph graph,
            Collection<Site> sites,
            Map<SiteId, Health> health,
            Map<SiteId, Capacity> measured,
            List<SpareUse> spares) {
        this(graph, sites, health, measured, spares, Map.of());
    }

    private BackupFacts(
            UnderlayGraph graph,
            Collection<Site> sites,
            Map<SiteId, Health> health,
            Map<SiteId, Capacity> measured,
            List<SpareUse> spares,
            Map<SiteId, Readiness> readiness) {
        this.graph = graph;
        sites.forEach(site -> this.sites.put(site.id(), site));
        this.health = Map.copyOf(health);
        this.measured = Map.copyOf(measured);
        this.spares = List.copyOf(spares);
        this.readiness = Map.copyOf(readiness);
        spares.forEach(spare -> used.merge(spare.backup(), spare.resources(), Capacity::plus));
    }

    /** The same with other spares. */
    public BackupFacts with(List<SpareUse> others) {
        return new BackupFacts(graph, sites.values(), health, measured, others, readiness);
    }

    /** The same, with what sites have that a spare is built from; a site that is not named is not asked for it. */
    public BackupFacts withReadiness(Map<SiteId, Readiness> seen) {
        return new BackupFacts(graph, sites.values(), health, measured, spares, seen);
    }

    Optional<Readiness> readiness(SiteId id) {
        return Optional.ofNullable(readiness.get(id));
    }

    public UnderlayGraph graph() {
        return graph;
    }

    /** All sites, by name. */
    public Collection<Site> sites() {
        return sites.values();
    }

    public Optional<Site> site(SiteId id) {
        return Optional.ofNullable(sites.get(id));
    }

    Health health(SiteId id) {
        return health.getOrDefault(id, Health.UNKNOWN);
    }

    /**
     * What is free for more spares: of what is declared for spares and what is really free the smaller, less what spares need
     * that stand there; empty where neither is known.
     */
    Optional<Capacity> free(Site site) {
        var real = Optional.ofNullable(measured.get(site.id()));
        return site.capacity()
                .map(declared -> real.map(declared::least).orElse(declared))
                .or(() -> real)
                .map(all -> all.minus(used.getOrDefault(site.id(), Capacity.NONE)));
    }

    /** How many spares stand by for a site, by the site where they stand. */
    Map<SiteId, Long> sparesOf(SiteId active) {
        var counts = new HashMap<SiteId, Long>();
        spares.stream()
                .filter(spare -> spare.active().equals(active))
                .forEach(spare -> counts.merge(spare.backup(), 1L, Long::sum));
        return counts;
    }
}
