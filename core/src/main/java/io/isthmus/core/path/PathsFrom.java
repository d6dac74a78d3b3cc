package io.isthmus.core.path;

import io.isthmus.core.site.SiteId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * The best paths from one site to every other, found in one search: to each site the same path that {@link PathFinder} finds
 * for that pair alone. A site without a path is told with the first constraint after which there was none, as there.
 */
public final class PathsFrom {
    /**
     * What every path has to satisfy.
     *
     * @param bandwidthMbps what every link must have free; zero asks for none
     * @param avoided paths that every path must keep clear of
     */
    public record Request(SiteId from, int bandwidthMbps, List<Avoided> avoided) {
        public Request {
            avoided = List.copyOf(avoided);
        }
    }

    /** What took the last path to a site away. */
    public enum Obstacle {
        /** No chain of links leads there. */
        LINKS,
        /** The links or sites on the way are administratively down. */
        ADMIN_STATE,
        /** Every path shares something with one to keep clear of. */
        DISJOINTNESS,
        /** No path has the bandwidth free on every link. */
        BANDWIDTH
    }

    /** Links that are left, and sites that may not be passed ({@code barred}) or not even be reached ({@code closed}). */
    private record Allowed(BitSet links, BitSet barred, BitSet closed) {}

    private final UnderlayGraph graph;
    private final int from;
    /** What is allowed once each obstacle, and those before it, is in the way. */
    private final Map<Obstacle, Allowed> stages = new EnumMap<>(Obstacle.class);

    private final Weight[] distances;
    private final int[] lastLinks;
    private final Map<Obstacle, BitSet> reached = new EnumMap<>(Obstacle.class);
    /** Those that were asked for: a plan asks for each path once for every kind of VNF at the site. */
    private final Map<Integer, Path> paths = new HashMap<>();

    private Optional<int[]> widths = Optional.empty();

    /** @throws IllegalArgumentException if the site is not in the underlay */
    public PathsFrom(UnderlayGraph graph, Request request) {
        this.graph = graph;
        this.from = graph.find(request.from())
                .orElseThrow(() -> new IllegalArgumentException("site " + request.from() + " is not in the underlay"));
        addStages(request);
        var left = stage(Obstacle.BANDWIDTH);
        distances = new LeastWeight(graph).distancesTo(from, left.links(), left.barred());
        left.closed().stream().filter(site -> site != from).forEach(site -> distances[site] = Weight.UNREACHABLE);
        lastLinks = lastLinks(left);
        stages.forEach((obstacle, allowed) -> reached.put(obstacle, reach(allowed)));
    }

    private Allowed stage(Obstacle obstacle) {
        return Objects.requireNonNull(stages.get(obstacle));
    }

    private void addStages(Request request) {
        var links = graph.allLinks();
        stages.put(Obstacle.LINKS, new Allowed(links, new BitSet(), new BitSet()));
        stages.put(Obstacle.ADMIN_STATE, new Allowed(graph.upLinks(), new BitSet(), new BitSet()));
        var apart = new Allowed(graph.upLinks(), new BitSet(), new BitSet());
        request.avoided().forEach(avoided -> keepClear(apart, avoided));
        stages.put(Obstacle.DISJOINTNESS, apart);
        var wide = (BitSet) apart.links().clone();
        for (int link = 0; link < graph.linkCount(); link++) {
            if (graph.freeMbps(link) < request.bandwidthMbps()) {
                wide.clear(link);
            }
        }
        stages.put(Obstacle.BANDWIDTH, new Allowed(wide, apart.barred(), apart.closed()));
    }

    private void keepClear(Allowed allowed, Avoided avoided) {
        for (int link = 0; link < graph.linkCount(); link++) {
            if (avoided.links().contains(graph.link(link).id())) {
                allowed.links().clear(link);
            }
        }
        if (avoided.level().includes(Disjointness.NODE)) {
            for (var site : avoided.sites()) {
                graph.find(site).ifPresent(number -> {
                    allowed.barred().set(number);
                    if (!avoided.endsAt(site)) {
                        allowed.closed().set(number);
                        // A path cannot begin there either.
                        if (number == from) {
                            allowed.links().andNot(graph.linksAt(number));
                        }
                    }
                });
            }
        }
        if (avoided.level().includes(Disjointness.SHARED_RISK)) {
            for (var domain : avoided.failureDomains()) {
                allowed.links().andNot(graph.linksInDomain(domain));
                allowed.barred().or(graph.sitesInDomain(domain));
            }
        }
    }

    /** For every site the last link of its path: of several paths of least weight, the first by name. */
    private int[] lastLinks(Allowed left) {
        var last = new int[graph.siteCount()];
        Arrays.fill(last, -1);
        // Within a layer of as many hops, where a site's path stands in the order of names.
        var rank = new int[graph.siteCount()];
        var sites = IntStream.range(0, graph.siteCount())
                .filter(site -> site != from && distances[site].isReachable())
                .boxed()
                .sorted(Comparator.comparingInt((Integer site) -> distances[site].hops()))
                .toList();
        int begin = 0;
        while (begin < sites.size()) {
            int hops = distances[sites.get(begin)].hops();
            int end = begin;
            while (end < sites.size() && distances[sites.get(end)].hops() == hops) {
                int site = sites.get(end++);
                last[site] = firstByName(site, left, rank);
            }
            var layer = sites.subList(begin, end).stream()
                    .sorted(Comparator.<Integer>comparingInt(site -> rank[graph.across(last[site], site)])
                            .thenComparing(Comparator.naturalOrder())
                            .thenComparingInt(site -> last[site]))
                    .toList();
            for (int place = 0; place < layer.size(); place++) {
                rank[layer.get(place)] = place;
            }
            begin = end;
        }
        return last;
    }

    private int firstByName(int site, Allowed left, int[] rank) {
        int best = -1;
        for (int link : graph.linksOf(site)) {
            int before = graph.across(link, site);
            if (left.links().get(link)
                    && (before == from || !left.barred().get(before))
                    && distances[before].isReachable()
                    && distances[before].plus(graph.weight(link)).equals(distances[site])
                    && (best < 0 || rank[before] < rank[graph.across(best, site)])) {
                best = link;
            }
        }
        if (best < 0) {
            throw new IllegalStateException("no link ends the path of least weight to " + graph.site(site));
        }
        return best;
    }

    private BitSet reach(Allowed allowed) {
        var seen = new BitSet();
        var queue = new int[graph.siteCount()];
        int end = 0;
        queue[end++] = from;
        seen.set(from);
        for (int next = 0; next < end; next++) {
            int here = queue[next];
            if (here != from && allowed.barred().get(here)) {
                continue;
            }
            for (int link : graph.linksOf(here)) {
                int beyond = graph.across(link, here);
                if (allowed.links().get(link) && !seen.get(beyond)) {
                    seen.set(beyond);
                    queue[end++] = beyond;
                }
            }
        }
        seen.andNot(allowed.closed());
        return seen;
    }

    /** The best path to a site; empty if there is none, or it is the site where all paths begin. */
    public Optional<Path> to(SiteId site) {
        return graph.find(site)
                .filter(number -> number != from && distances[number].isReachable())
                .map(number -> paths.computeIfAbsent(number, this::path));
    }

    private Path path(int to) {
        var links = new int[distances[to].hops()];
        int site = to;
        for (int hop = links.length - 1; hop >= 0; hop--) {
            links[hop] = lastLinks[site];
            site = graph.across(links[hop], site);
        }
        return graph.path(from, links);
    }

    /** Why there is no path to a site that has none. */
    public Obstacle obstacle(SiteId site) {
        var number = graph.find(site);
        for (var obstacle : Obstacle.values()) {
            var there = Objects.requireNonNull(reached.get(obstacle));
            if (number.isEmpty() || !there.get(number.get())) {
                return obstacle;
            }
        }
        throw new IllegalArgumentException("there is a path to " + site);
    }

    /** The most Mbit/s that some path has free on every link, whatever was asked for; negative where links are overbooked. */
    public int widestMbps(SiteId site) {
        return graph.find(site)
                .map(number -> widths.orElseGet(this::measureWidths)[number])
                .orElse(0);
    }

    private int[] measureWidths() {
        record Reached(int site, int mbps) {}
        var allowed = stage(Obstacle.DISJOINTNESS);
        var widest = new int[graph.siteCount()];
        Arrays.fill(widest, Integer.MIN_VALUE);
        widest[from] = Integer.MAX_VALUE;
        var queue = new PriorityQueue<Reached>(
                Comparator.comparingInt((Reached next) -> -next.mbps()).thenComparingInt(Reached::site));
        queue.add(new Reached(from, Integer.MAX_VALUE));
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            if (next.mbps() < widest[next.site()]
                    || (next.site() != from && allowed.barred().get(next.site()))) {
                continue;
            }
            for (int link : graph.linksOf(next.site())) {
                int beyond = graph.across(link, next.site());
                int mbps = Math.min(next.mbps(), graph.freeMbps(link));
                if (allowed.links().get(link) && mbps > widest[beyond]) {
                    widest[beyond] = mbps;
                    queue.add(new Reached(beyond, mbps));
                }
            }
        }
        widths = Optional.of(widest);
        return widest;
    }
}
