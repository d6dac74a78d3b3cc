package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Location;
import io.isthmus.core.site.Site;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The generated underlay that searches are measured on, with places and room for spares: 1,000 sites, 10,000 links. */
public record LargeUnderlay(List<Site> sites, List<Link> links) {
    public static LargeUnderlay generated(int sites, int links, long seed) {
        var random = new SplittableRandom(seed);
        var plain = BenchmarkUnderlay.generated(sites, links, seed);
        return new LargeUnderlay(
                plain.sites().stream()
                        .map(site -> new Site(
                                site.id(),
                                site.name(),
                                Optional.of(new Location(random.nextDouble(36, 60), random.nextDouble(-9, 30), "")),
                                site.failureDomains(),
                                site.cloud(),
                                site.gateways(),
                                true,
                                Optional.of(
                                        new Capacity(random.nextInt(16, 65), random.nextInt(64_000, 256_000), 10_000))))
                        .toList(),
                plain.links());
    }

    public UnderlayGraph graph() {
        return new UnderlayGraph(sites, links, Map.of());
    }

    /** The best paths from a site to the others. */
    public static PathsFrom from(Site site, UnderlayGraph graph) {
        return new PathsFrom(graph, new PathsFrom.Request(site.id(), 0, List.of()));
    }
}
