package io.isthmus.core.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.PriorityQueue;

/**
 * Two disjoint paths of least weight together: a flow of two units that is augmented twice along a path of least reduced
 * weight (Suurballe, Tarjan, "A quick method for finding shortest pairs of disjoint paths", Networks 14(2), 1984). Sites are
 * split in two, so that capacity one within a site makes paths site-disjoint (Bhandari, "Survivable Networks: Algorithms for
 * Diverse Routing", 1999). Each link may be used in either direction; that both are used cannot be of least weight.
 */
final class DisjointFlow {
    private static final Weight NOTHING = Weight.ZERO;

    private record Reached(int node, Weight distance) implements Comparable<Reached> {
        @Override
        public int compareTo(Reached other) {
            int byDistance = distance.compareTo(other.distance);
            return byDistance != 0 ? byDistance : Integer.compare(node, other.node);
        }
    }

    private final UnderlayGraph graph;
    private final BitSet left;
    private final boolean siteDisjoint;

    // Arcs come in pairs: arc and arc ^ 1 are each other's residuals.
    private final int[] heads;
    private final int[] capacities;
    private final Weight[] weights;
    private final int[] linkOfArc;
    private final int[] nextArc;
    private final int[] firstArc;
    private int arcs;

    DisjointFlow(UnderlayGraph graph, BitSet left, boolean siteDisjoint) {
        this.graph = graph;
        this.left = left;
        this.siteDisjoint = siteDisjoint;
        int most = 4 * graph.linkCount() + 2 * graph.siteCount() + 4;
        heads = new int[most];
        capacities = new int[most];
        weights = new Weight[most];
        linkOfArc = new int[most];
        nextArc = new int[most];
        firstArc = new int[2 * graph.siteCount() + 1];
    }

    private static int entry(int site) {
        return 2 * site;
    }

    private static int exit(int site) {
        return 2 * site + 1;
    }

    /** Two disjoint paths between two sites, the lighter one first; empty if every two paths share something. */
    Optional<List<int[]>> between(int from, int to) {
        var ends = new BitSet();
        ends.set(to);
        return flow(from, ends, 2).map(paths -> {
            paths.sort((one, other) -> graph.weigh(one).compareTo(graph.weigh(other)));
            return paths;
        });
    }

    /** Two disjoint paths from one site to two others, in that order. */
    Optional<List<int[]>> toBoth(int from, int first, int second) {
        var ends = new BitSet();
        ends.set(first);
        ends.set(second);
        return flow(from, ends, 1).map(paths -> {
            var sites = graph.sitesAlong(from, paths.getFirst());
            return sites[sites.length - 1] == first ? paths : paths.reversed();
        });
    }

    private Optional<List<int[]>> flow(int from, BitSet ends, int unitsToEach) {
        int sink = 2 * graph.siteCount();
        build(from, ends, unitsToEach, sink);
        var potentials = new Weight[sink + 1];
        Arrays.fill(potentials, NOTHING);
        for (int unit = 0; unit < 2; unit++) {
            if (!augment(exit(from), sink, potentials)) {
                return Optional.empty();
            }
        }
        var paths = new ArrayList<int[]>();
        paths.add(trace(exit(from), sink));
        paths.add(trace(exit(from), sink));
        return Optional.of(paths);
    }

    private void build(int from, BitSet ends, int unitsToEach, int sink) {
        arcs = 0;
        Arrays.fill(firstArc, -1);
        for (int site = 0; site < graph.siteCount(); site++) {
            if (ends.get(site)) {
                addArc(entry(site), sink, unitsToEach, NOTHING, -1);
            } else if (site != from) {
                addArc(entry(site), exit(site), siteDisjoint ? 1 : 2, NOTHING, -1);
            }
        }
        for (int link = left.nextSetBit(0); link >= 0; link = left.nextSetBit(link + 1)) {
            addArc(exit(graph.aSide(link)), entry(graph.zSide(link)), 1, graph.weight(link), link);
            addArc(exit(graph.zSide(link)), entry(graph.aSide(link)), 1, graph.weight(link), link);
        }
    }

    private void addArc(int tail, int head, int capacity, Weight weight, int link) {
        addHalf(tail, head, capacity, weight, link);
        addHalf(head, tail, 0, NOTHING.minus(weight), link);
    }

    private void addHalf(int tail, int head, int capacity, Weight weight, int link) {
        heads[arcs] = head;
        capacities[arcs] = capacity;
        weights[arcs] = weight;
        linkOfArc[arcs] = link;
        nextArc[arcs] = firstArc[tail];
        firstArc[tail] = arcs++;
    }

    private boolean augment(int source, int sink, Weight[] potentials) {
        var distances = new Weight[sink + 1];
        Arrays.fill(distances, Weight.UNREACHABLE);
        distances[source] = NOTHING;
        var by = new int[sink + 1];
        var settled = new BitSet();
        var queue = new PriorityQueue<Reached>();
        queue.add(new Reached(source, NOTHING));
        for (var next = queue.poll(); next != null && !settled.get(sink); next = queue.poll()) {
            int node = next.node();
            if (settled.get(node)) {
                continue;
            }
            settled.set(node);
            var here = next.distance().plus(potentials[node]);
            for (int arc = firstArc[node]; arc >= 0; arc = nextArc[arc]) {
                if (capacities[arc] > 0 && !settled.get(heads[arc])) {
                    var distance = here.plus(weights[arc]).minus(potentials[heads[arc]]);
                    if (distance.isLessThan(distances[heads[arc]])) {
                        distances[heads[arc]] = distance;
                        by[heads[arc]] = arc;
                        queue.add(new Reached(heads[arc], distance));
                    }
                }
            }
        }
        if (!settled.get(sink)) {
            return false;
        }
        for (int node = 0; node < distances.length; node++) {
            potentials[node] = potentials[node].plus(Weight.least(distances[node], distances[sink]));
        }
        for (int node = sink; node != source; node = heads[by[node] ^ 1]) {
            capacities[by[node]]--;
            capacities[by[node] ^ 1]++;
        }
        return true;
    }

    /** Takes one unit of flow away and answers the links that it ran over. */
    private int[] trace(int source, int sink) {
        var path = new ArrayList<Integer>();
        int node = source;
        while (node != sink) {
            int arc = firstArc[node];
            while (arc % 2 == 1 || capacities[arc ^ 1] == 0) {
                arc = nextArc[arc];
            }
            capacities[arc ^ 1]--;
            if (linkOfArc[arc] >= 0) {
                path.add(linkOfArc[arc]);
            }
            node = heads[arc];
        }
        return path.stream().mapToInt(Integer::intValue).toArray();
    }
}
