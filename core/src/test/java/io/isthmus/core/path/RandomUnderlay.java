package io.isthmus.core.path;

import io.isthmus.core.Example;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A small underlay at random, with parallel links, links that are down, ties, shared risks and booked bandwidth. */
record RandomUnderlay(List<Site> sites, List<Link> links, Map<UUID, Integer> bookedMbps) {
    static final List<String> DOMAINS = List.of("duct-1", "duct-2", "flood-zone", "grid");

    static final List<Disjointness> LEVELS = List.of(Disjointness.values());

    static RandomUnderlay of(SplittableRandom random, int siteCount, int percentLinked) {
        var sites = IntStream.range(0, siteCount)
                .mapToObj(number -> site(random, (char) ('a' + number)))
                .toList();
        var links = new ArrayList<Link>();
        for (int a = 0; a < siteCount; a++) {
            for (int z = a + 1; z < siteCount; z++) {
                for (int parallel = 0; parallel < 2; parallel++) {
                    if (random.nextInt(100) < (parallel == 0 ? percentLinked : percentLinked / 8)) {
                        links.add(link(random, sites.get(a).id(), sites.get(z).id(), parallel));
                    }
                }
            }
        }
        var booked = new HashMap<UUID, Integer>();
        links.stream().filter(_ -> chance(random, 30)).forEach(link -> booked.put(link.id(), random.nextInt(500)));
        Collections.shuffle(links, new Random(random.nextLong()));
        return new RandomUnderlay(sites, List.copyOf(links), booked);
    }

    private static Site site(SplittableRandom random, char letter) {
        var site = Example.site(new SiteId(String.valueOf(letter)), letter - 'a' + 1);
        return new Site(
                site.id(),
                site.name(),
                site.location(),
                domains(random, 15),
                site.cloud(),
                site.gateways(),
                !chance(random, 3));
    }

    private static Link link(SplittableRandom random, SiteId a, SiteId z, int parallel) {
        return new Link(
                new UUID(random.nextLong(), random.nextLong()),
                a + "-" + z + "-" + parallel,
                a,
                z,
                random.nextInt(0, 8) / 10.0,
                random.nextInt(1, 10) * 100,
                chance(random, 80) ? 9000 : 1500,
                random.nextInt(3),
                domains(random, 8),
                !chance(random, 4));
    }

    private static List<String> domains(SplittableRandom random, int percent) {
        return DOMAINS.stream().filter(_ -> chance(random, percent)).toList();
    }

    static boolean chance(SplittableRandom random, int percent) {
        return random.nextInt(100) < percent;
    }

    UnderlayGraph graph() {
        return new UnderlayGraph(sites, links, bookedMbps);
    }

    Site site(SiteId id) {
        return sites.stream().filter(site -> site.id().equals(id)).findFirst().orElseThrow();
    }

    /** A request between the first and the last site that asks for some of everything. */
    PathRequest request(SplittableRandom random, boolean mayInclude) {
        var from = sites.getFirst().id();
        var to = sites.getLast().id();
        var avoid = new ArrayList<SiteId>();
        var include = new ArrayList<SiteId>();
        for (var site : sites) {
            if (chance(random, 8) && !site.id().equals(from)) {
                avoid.add(site.id());
            } else if (mayInclude && chance(random, 20)) {
                include.add(site.id());
            }
        }
        return new PathRequest(
                from,
                to,
                chance(random, 40) ? random.nextInt(400) : 0,
                chance(random, 20) ? 1550 : 0,
                chance(random, 40) ? Optional.of(random.nextInt(5, 25) / 10.0) : Optional.empty(),
                new PathConstraints(
                        include, avoid, chance(random, 20) ? domains(random, 25) : List.of(), Optional.empty()),
                chance(random, 30) ? Optional.of(avoided(random)) : Optional.empty());
    }

    private Avoided avoided(SplittableRandom random) {
        var from = sites.getFirst().id();
        var level = LEVELS.get(random.nextInt(LEVELS.size()));
        var paths = SimplePaths.between(
                from, sites.get(random.nextInt(1, sites.size())).id(), links);
        return paths.isEmpty()
                ? new Avoided(level, List.of(from), Set.of(), Set.of())
                : Avoided.of(paths.get(random.nextInt(paths.size())), sites, level);
    }

    Stream<Site> transit(Path path) {
        return path.transit().stream().map(this::site);
    }
}
