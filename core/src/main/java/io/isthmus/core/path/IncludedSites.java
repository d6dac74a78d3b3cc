package io.isthmus.core.path;

import io.isthmus.core.site.SiteId;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Finds the path of least weight that passes all of some sites, in any order, and no site twice.
 *
 * <p>First, sites that lie on no path between the two ends are put aside: the others are those of one block (maximal part
 * without a cut vertex) once the ends are joined by an imagined link (Hopcroft, Tarjan, "Algorithm 447: efficient algorithms
 * for graph manipulation", CACM 16(6), 1973). One site is then reached by two disjoint paths from it to the two ends, which
 * {@link DisjointFlow} finds in polynomial time. Several are NP-hard: {@link SimpleWalkSearch} is exact where it ends within
 * its limit, and takes {@value #MOST_SITES} sites at the most.
 */
final class IncludedSites {
    /** Bounds grow with two to the power of this. */
    static final int MOST_SITES = 8;

    /** What the search found. */
    sealed interface Result {
        record Found(Path path) implements Result {}

        /** No path passes them all; proven. */
        record Missed(String detail) implements Result {}

        /** Not decided; a path that passes them all takes {@code atLeastNanos}. */
        record Limited(long atLeastNanos, String detail) implements Result {}
    }

    private final UnderlayGraph graph;
    private final int from;
    private final int to;
    private final BitSet left;

    IncludedSites(UnderlayGraph graph, int from, int to, BitSet left) {
        this.graph = graph;
        this.from = from;
        this.to = to;
        this.left = left;
    }

    /** Searches for a path through {@code include}, which names neither end; the ends are joined. */
    Result find(List<SiteId> include) {
        var between = sitesBetween();
        for (var site : include) {
            if (graph.find(site).filter(between::get).isEmpty()) {
                return new Result.Missed("no path that passes no site twice leads through " + site
                        + " over the links that the other constraints leave");
            }
        }
        var within = (BitSet) left.clone();
        for (int site = 0; site < graph.siteCount(); site++) {
            if (!between.get(site)) {
                within.andNot(graph.linksAt(site));
            }
        }
        int[] sites = include.stream()
                .mapToInt(site -> graph.find(site).orElseThrow())
                .toArray();
        if (sites.length == 1) {
            return through(sites[0], within);
        }
        if (sites.length > MOST_SITES) {
            return new Result.Limited(0, "more than " + MOST_SITES + " sites to include");
        }
        return switch (new SimpleWalkSearch(graph, from, to, within, sites).find()) {
            case SimpleWalkSearch.Result.Found(var links) ->
                new Result.Found(graph.path(
                        from, links.stream().mapToInt(Integer::intValue).toArray()));
            case SimpleWalkSearch.Result.Missed _ ->
                new Result.Missed("no path that passes no site twice leads through all of " + include
                        + " over the links that the other constraints leave");
            case SimpleWalkSearch.Result.Limited(var atLeast) ->
                new Result.Limited(
                        atLeast.latencyNanos(),
                        "through " + include + ", a path takes at least " + Weight.latencyMs(atLeast.latencyNanos())
                                + " ms, if there is one");
        };
    }

    /** Two disjoint paths from the site to the two ends are one path through it (Menger's theorem says when they exist). */
    private Result through(int site, BitSet within) {
        var halves =
                new DisjointFlow(graph, within, true).toBoth(site, from, to).orElseThrow();
        var back = halves.getFirst();
        var forth = halves.getLast();
        int[] path = new int[back.length + forth.length];
        for (int hop = 0; hop < back.length; hop++) {
            path[hop] = back[back.length - 1 - hop];
        }
        System.arraycopy(forth, 0, path, back.length, forth.length);
        return new Result.Found(graph.path(from, path));
    }

    /** The sites that some path between the ends passes: no search below a site whose low point is that site. */
    private BitSet sitesBetween() {
        var discovery = new Discovery();
        discovery.run();
        return discovery.block();
    }

    /** Depth-first search from {@code to}, as if it had been reached over a link from {@code from}. */
    private final class Discovery {
        private final int[] order = new int[graph.siteCount()];
        private final int[] low = new int[graph.siteCount()];
        private final int[] parent = new int[graph.siteCount()];
        private final int[] discovered = new int[graph.siteCount()];
        private int count;

        void run() {
            Arrays.fill(order, -1);
            Arrays.fill(low, Integer.MAX_VALUE);
            discover(from, -1);
            discover(to, from);
            var nextLink = new int[graph.siteCount()];
            for (int site = to; site != from; ) {
                if (nextLink[site] == graph.linksOf(site).length) {
                    site = parent[site];
                    continue;
                }
                int link = graph.linksOf(site)[nextLink[site]++];
                int beyond = graph.across(link, site);
                if (left.get(link) && order[beyond] < 0) {
                    discover(beyond, site);
                    site = beyond;
                }
            }
        }

        private void discover(int site, int reachedFrom) {
            order[site] = count;
            parent[site] = reachedFrom;
            discovered[count++] = site;
        }

        BitSet block() {
            for (int next = count - 1; next > 0; next--) {
                int site = discovered[next];
                for (int link : graph.linksOf(site)) {
                    if (left.get(link)) {
                        low[site] = Math.min(low[site], order[graph.across(link, site)]);
                    }
                }
                low[parent[site]] = Math.min(low[parent[site]], low[site]);
            }
            var block = new BitSet();
            block.set(from);
            block.set(to);
            for (int next = 2; next < count; next++) {
                int site = discovered[next];
                block.set(site, block.get(parent[site]) && low[site] < order[parent[site]]);
            }
            return block;
        }
    }
}
