package io.isthmus.core.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * What a path between two sites occupies at a level of disjointness, and what two paths share. Everything occupied is told as
 * the links that another path cannot use because of it.
 */
record Footprints(UnderlayGraph graph, int from, int to, Disjointness level) {

    /** The links that no path disjoint from this one uses. */
    BitSet of(int[] path) {
        var result = links(path);
        if (level.includes(Disjointness.NODE)) {
            transit(path).stream().forEach(site -> result.or(graph.linksAt(site)));
        }
        if (level.includes(Disjointness.SHARED_RISK)) {
            domains(path).forEach(domain -> result.or(graph.linksInto(domain, from, to)));
        }
        return result;
    }

    /** Everything that both paths use, each as the links that one of them has to give up; empty if they are disjoint. */
    List<BitSet> shared(int[] one, int[] other) {
        var shared = new ArrayList<BitSet>();
        if (level.includes(Disjointness.SHARED_RISK)) {
            var domains = domains(one);
            domains.retainAll(domains(other));
            domains.forEach(domain -> shared.add(graph.linksInto(domain, from, to)));
        }
        if (level.includes(Disjointness.NODE)) {
            var sites = transit(one);
            sites.and(transit(other));
            sites.stream().forEach(site -> shared.add(graph.linksAt(site)));
        }
        var links = links(one);
        links.and(links(other));
        links.stream().forEach(link -> {
            var alone = new BitSet();
            alone.set(link);
            shared.add(alone);
        });
        return shared;
    }

    private static BitSet links(int[] path) {
        var links = new BitSet();
        Arrays.stream(path).forEach(links::set);
        return links;
    }

    private BitSet transit(int[] path) {
        var sites = new BitSet();
        Arrays.stream(graph.sitesAlong(from, path)).forEach(sites::set);
        sites.clear(from);
        sites.clear(to);
        return sites;
    }

    private Set<String> domains(int[] path) {
        var domains = new TreeSet<String>();
        Arrays.stream(path).forEach(link -> domains.addAll(graph.link(link).failureDomains()));
        transit(path).stream().forEach(site -> domains.addAll(graph.domainsOfSite(site)));
        return domains;
    }
}
