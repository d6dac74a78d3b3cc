package io.isthmus.core.path;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Paths of least weight: Dijkstra, "A note on two problems in connexion with graphs", Numerische Mathematik 1, 1959; and
 * with a lower bound to the target, Hart, Nilsson, Raphael, "A formal basis for the heuristic determination of minimum cost
 * paths", IEEE Trans. Systems Science and Cybernetics 4(2), 1968.
 */
final class LeastWeight {
    private record Reached(int site, Weight soFar, Weight bound) implements Comparable<Reached> {
        @Override
        public int compareTo(Reached other) {
            int byBound = bound.compareTo(other.bound);
            return byBound != 0 ? byBound : Integer.compare(site, other.site);
        }
    }

    private final UnderlayGraph graph;

    LeastWeight(UnderlayGraph graph) {
        this.graph = graph;
    }

    /** The least weight from every site to {@code target}; sites in {@code ends} may begin a path but not be passed. */
    Weight[] distancesTo(int target, BitSet left, BitSet ends) {
        var distances = new Weight[graph.siteCount()];
        Arrays.fill(distances, Weight.UNREACHABLE);
        distances[target] = Weight.ZERO;
        var settled = new BitSet();
        var queue = new PriorityQueue<Reached>();
        queue.add(new Reached(target, Weight.ZERO, Weight.ZERO));
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            int site = next.site();
            if (settled.get(site)) {
                continue;
            }
            settled.set(site);
            if (site != target && ends.get(site)) {
                continue;
            }
            for (int link : graph.linksOf(site)) {
                int beyond = graph.across(link, site);
                if (!left.get(link) || settled.get(beyond)) {
                    continue;
                }
                var weight = next.soFar().plus(graph.weight(link));
                if (weight.isLessThan(distances[beyond])) {
                    distances[beyond] = weight;
                    queue.add(new Reached(beyond, weight, weight));
                }
            }
        }
        return distances;
    }

    /** The path of least weight; among equals the one whose sites, then links, come first by name. */
    Optional<int[]> firstByName(int from, int to, BitSet left) {
        var distances = distancesTo(to, left, new BitSet());
        if (!distances[from].isReachable()) {
            return Optional.empty();
        }
        var path = new int[distances[from].hops()];
        int site = from;
        for (int hop = 0; hop < path.length; hop++) {
            path[hop] = firstOnTheWay(site, left, distances);
            site = graph.across(path[hop], site);
        }
        return Optional.of(path);
    }

    private int firstOnTheWay(int site, BitSet left, Weight[] distances) {
        for (int link : graph.linksOf(site)) {
            if (left.get(link)
                    && graph.weight(link)
                            .plus(distances[graph.across(link, site)])
                            .equals(distances[site])) {
                return link;
            }
        }
        throw new IllegalStateException("no link continues the path of least weight at " + graph.site(site));
    }

    /** A path of least weight, found sooner: {@code bounds} has for every site no more than its distance to the target. */
    Optional<int[]> towards(int from, int to, BitSet left, Weight[] bounds) {
        var soFar = new Weight[graph.siteCount()];
        Arrays.fill(soFar, Weight.UNREACHABLE);
        soFar[from] = Weight.ZERO;
        var by = new int[graph.siteCount()];
        var settled = new BitSet();
        var queue = new PriorityQueue<Reached>();
        queue.add(new Reached(from, Weight.ZERO, bounds[from]));
        for (var next = queue.poll(); next != null; next = queue.poll()) {
            int site = next.site();
            if (site == to) {
                return Optional.of(walkBack(from, to, by));
            }
            if (settled.get(site)) {
                continue;
            }
            settled.set(site);
            for (int link : graph.linksOf(site)) {
                int beyond = graph.across(link, site);
                if (!left.get(link) || settled.get(beyond) || !bounds[beyond].isReachable()) {
                    continue;
                }
                var weight = next.soFar().plus(graph.weight(link));
                if (weight.isLessThan(soFar[beyond])) {
                    soFar[beyond] = weight;
                    by[beyond] = link;
                    queue.add(new Reached(beyond, weight, weight.plus(bounds[beyond])));
                }
            }
        }
        return Optional.empty();
    }

    private int[] walkBack(int from, int to, int[] by) {
        var path = new ArrayDeque<Integer>();
        for (int site = to; site != from; site = graph.across(by[site], site)) {
            path.addFirst(by[site]);
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }
}
