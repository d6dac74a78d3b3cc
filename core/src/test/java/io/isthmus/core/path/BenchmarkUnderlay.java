package io.isthmus.core.path;

import io.isthmus.core.Example;
import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Underlays to measure on: generated ones of any size, and operators' networks in GML files of the Internet Topology Zoo. */
record BenchmarkUnderlay(List<Site> sites, List<Link> links) {
    private static final Pattern BLOCK = Pattern.compile("(node|edge) \\[(.*?)\\n  ]", Pattern.DOTALL);
    private static final double MS_PER_KM = 0.005 * 1.3;
    private static final double EARTH_RADIUS_KM = 6371;

    UnderlayGraph graph() {
        return new UnderlayGraph(sites, links, Map.of());
    }

    SiteId anySite(SplittableRandom random) {
        return sites.get(random.nextInt(sites.size())).id();
    }

    /**
     * Sites at random places of a continent, each linked with near ones by preference; every link in one of the ducts, which
     * about ten links share.
     */
    static BenchmarkUnderlay generated(int siteCount, int linkCount, long seed) {
        var random = new SplittableRandom(seed);
        var places = new double[siteCount][];
        var sites = new ArrayList<Site>();
        for (int site = 0; site < siteCount; site++) {
            places[site] = new double[] {random.nextDouble(36, 60), random.nextDouble(-9, 30)};
            sites.add(site("s" + site, List.of("grid-" + site % 50)));
        }
        var links = new ArrayList<Link>();
        var joined = new HashSet<Long>();
        while (links.size() < linkCount) {
            // A ring first, so that everything is in reach; then the nearest of a few.
            int a = links.size() < siteCount ? links.size() : random.nextInt(siteCount);
            int z = links.size() < siteCount ? (a + 1) % siteCount : nearest(a, places, random);
            if (a != z && joined.add((long) Math.min(a, z) * siteCount + Math.max(a, z))) {
                links.add(link(
                        random,
                        sites.get(a).id(),
                        sites.get(z).id(),
                        latencyMs(places[a], places[z]),
                        "duct-" + random.nextInt(linkCount / 10)));
            }
        }
        return new BenchmarkUnderlay(sites, links);
    }

    private static int nearest(int a, double[][] places, SplittableRandom random) {
        int best = random.nextInt(places.length);
        for (int attempt = 0; attempt < 20; attempt++) {
            int other = random.nextInt(places.length);
            if (other != a && latencyMs(places[a], places[other]) < latencyMs(places[a], places[best])) {
                best = other;
            }
        }
        return best;
    }

    /** Every node a site, every edge a link; nodes without a place are where their first neighbour is. */
    static BenchmarkUnderlay read(java.nio.file.Path gml) throws IOException {
        var random = new SplittableRandom(1);
        var places = new HashMap<String, double[]>();
        var sites = new ArrayList<Site>();
        var links = new ArrayList<Link>();
        var blocks = BLOCK.matcher(Files.readString(gml));
        while (blocks.find()) {
            var body = blocks.group(2);
            if (blocks.group(1).equals("node")) {
                sites.add(site("n" + value(body, "id"), List.of()));
                if (value(body, "Latitude") != null && value(body, "Longitude") != null) {
                    places.put(
                            "n" + value(body, "id"),
                            new double[] {number(body, "Latitude"), number(body, "Longitude")});
                }
            } else if (!java.util.Objects.equals(value(body, "source"), value(body, "target"))) {
                var a = "n" + value(body, "source");
                var z = "n" + value(body, "target");
                var here = places.getOrDefault(a, places.getOrDefault(z, new double[2]));
                var there = places.getOrDefault(z, here);
                links.add(link(
                        random, new SiteId(a), new SiteId(z), latencyMs(here, there), "duct-" + random.nextInt(1, 60)));
            }
        }
        return new BenchmarkUnderlay(sites, links);
    }

    private static @Nullable String value(String body, String key) {
        var matcher = Pattern.compile("\\b" + key + " \"?([^\\s\"]+)").matcher(body);
        return matcher.find() ? matcher.group(1) : null;
    }

    private static double number(String body, String key) {
        return Double.parseDouble(java.util.Objects.requireNonNull(value(body, key)));
    }

    private static double latencyMs(double[] one, double[] other) {
        double half = Math.pow(Math.sin(Math.toRadians(other[0] - one[0]) / 2), 2)
                + Math.cos(Math.toRadians(one[0]))
                        * Math.cos(Math.toRadians(other[0]))
                        * Math.pow(Math.sin(Math.toRadians(other[1] - one[1]) / 2), 2);
        return 2 * EARTH_RADIUS_KM * Math.asin(Math.sqrt(half)) * MS_PER_KM;
    }

    private static Site site(String id, List<String> failureDomains) {
        var site = Example.site(new SiteId(id), 1);
        return new Site(site.id(), site.name(), site.location(), failureDomains, site.cloud(), site.gateways(), true);
    }

    private static Link link(SplittableRandom random, SiteId a, SiteId z, double latencyMs, String duct) {
        return new Link(
                new UUID(random.nextLong(), random.nextLong()),
                a + "-" + z,
                a,
                z,
                latencyMs,
                random.nextInt(1, 51) * 1000,
                random.nextInt(50) == 0 ? 1500 : 9000,
                random.nextInt(1, 10),
                List.of(duct),
                true);
    }
}
