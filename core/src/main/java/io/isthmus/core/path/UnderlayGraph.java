package io.isthmus.core.path;

import io.isthmus.core.link.Link;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The underlay as a graph, built once and searched many times. Sites and links are numbered in the order of their names, so
 * that no answer depends on the order of the store. A set of links is a {@link BitSet} of their numbers; every constraint
 * takes links out of such a set (a site is avoided by taking out all of its links).
 */
public final class UnderlayGraph {
    private final List<SiteId> sites;
    private final List<Link> links;
    private final Map<SiteId, Integer> numbers = new HashMap<>();
    private final int[] aSides;
    private final int[] zSides;
    private final Weight[] weights;
    private final int[] freeMbps;
    private final int[][] linksOf;
    private final List<List<String>> domainsOfSite;
    private final Map<String, BitSet> linksInDomain = new HashMap<>();
    private final Map<String, BitSet> sitesInDomain = new HashMap<>();
    private final BitSet up;

    /**
     * The graph of this underlay.
     *
     * @param bookedMbps what connections have booked on links, by link id
     */
    public UnderlayGraph(Collection<Site> sites, Collection<Link> links, Map<UUID, Integer> bookedMbps) {
        this.links = links.stream()
                .sorted(Comparator.comparing(Link::aSite)
                        .thenComparing(Link::zSite)
                        .thenComparing(Link::name)
                        .thenComparing(Link::id))
                .toList();
        var names = new TreeSet<SiteId>();
        sites.forEach(site -> names.add(site.id()));
        links.forEach(link -> names.addAll(List.of(link.aSite(), link.zSite())));
        this.sites = List.copyOf(names);
        for (int site = 0; site < this.sites.size(); site++) {
            numbers.put(this.sites.get(site), site);
        }
        aSides = this.links.stream().mapToInt(link -> number(link.aSite())).toArray();
        zSides = this.links.stream().mapToInt(link -> number(link.zSite())).toArray();
        weights = this.links.stream().map(Weight::of).toArray(Weight[]::new);
        freeMbps = this.links.stream()
                .mapToInt(link -> link.capacityMbps() - bookedMbps.getOrDefault(link.id(), 0))
                .toArray();
        linksOf = linksOf();
        domainsOfSite = domainsOf(sites);
        up = up(sites);
        for (int link = 0; link < this.links.size(); link++) {
            for (var domain : this.links.get(link).failureDomains()) {
                linksInDomain.computeIfAbsent(domain, _ -> new BitSet()).set(link);
            }
        }
    }

    private int[][] linksOf() {
        var lists = new ArrayList<List<Integer>>();
        sites.forEach(_ -> lists.add(new ArrayList<>()));
        for (int link = 0; link < links.size(); link++) {
            lists.get(aSides[link]).add(link);
            lists.get(zSides[link]).add(link);
        }
        var result = new int[sites.size()][];
        for (int site = 0; site < result.length; site++) {
            int here = site;
            result[site] = lists.get(site).stream()
                    .sorted(Comparator.<Integer>comparingInt(link -> across(link, here))
                            .thenComparing(Comparator.naturalOrder()))
                    .mapToInt(Integer::intValue)
                    .toArray();
        }
        return result;
    }

    private List<List<String>> domainsOf(Collection<Site> described) {
        var domains = new ArrayList<List<String>>();
        sites.forEach(_ -> domains.add(List.of()));
        for (var site : described) {
            domains.set(number(site.id()), site.failureDomains());
            for (var domain : site.failureDomains()) {
                sitesInDomain.computeIfAbsent(domain, _ -> new BitSet()).set(number(site.id()));
            }
        }
        return domains;
    }

    private BitSet up(Collection<Site> described) {
        var result = new BitSet();
        for (int link = 0; link < links.size(); link++) {
            result.set(link, links.get(link).adminStateUp());
        }
        for (var site : described) {
            if (!site.adminStateUp()) {
                result.andNot(linksAt(number(site.id())));
            }
        }
        return result;
    }

    private int number(SiteId site) {
        return find(site).orElseThrow();
    }

    Optional<Integer> find(SiteId site) {
        return Optional.ofNullable(numbers.get(site));
    }

    int siteCount() {
        return sites.size();
    }

    int linkCount() {
        return links.size();
    }

    SiteId site(int number) {
        return sites.get(number);
    }

    Link link(int number) {
        return links.get(number);
    }

    Weight weight(int link) {
        return weights[link];
    }

    int freeMbps(int link) {
        return freeMbps[link];
    }

    int aSide(int link) {
        return aSides[link];
    }

    int zSide(int link) {
        return zSides[link];
    }

    /** The site at the other end of a link. */
    int across(int link, int site) {
        return aSides[link] == site ? zSides[link] : aSides[link];
    }

    /** Every MTU that a link has, ascending. */
    int[] mtus() {
        return links.stream().mapToInt(Link::mtu).sorted().distinct().toArray();
    }

    /** The links of a site, in the order of the names of the sites they lead to. */
    int[] linksOf(int site) {
        return linksOf[site];
    }

    /** The same as a set of its own. */
    BitSet linksAt(int site) {
        var result = new BitSet();
        for (int link : linksOf[site]) {
            result.set(link);
        }
        return result;
    }

    BitSet allLinks() {
        var all = new BitSet();
        all.set(0, links.size());
        return all;
    }

    /** The links that are administratively up, between sites that are. */
    BitSet upLinks() {
        return (BitSet) up.clone();
    }

    List<String> domainsOfSite(int site) {
        return domainsOfSite.get(site);
    }

    BitSet linksInDomain(String domain) {
        return (BitSet) linksInDomain.getOrDefault(domain, new BitSet()).clone();
    }

    BitSet sitesInDomain(String domain) {
        return (BitSet) sitesInDomain.getOrDefault(domain, new BitSet()).clone();
    }

    /** What a path between {@code from} and {@code to} cannot use without entering the failure domain. */
    BitSet linksInto(String domain, int from, int to) {
        var result = new BitSet();
        result.or(linksInDomain.getOrDefault(domain, new BitSet()));
        sitesInDomain.getOrDefault(domain, new BitSet()).stream()
                .filter(site -> site != from && site != to)
                .forEach(site -> result.or(linksAt(site)));
        return result;
    }

    /** Whether {@code left} has a path between the two sites. */
    boolean joins(int from, int to, BitSet left) {
        var seen = new BitSet();
        var queue = new int[sites.size()];
        int end = 0;
        queue[end++] = from;
        seen.set(from);
        for (int next = 0; next < end; next++) {
            for (int link : linksOf[queue[next]]) {
                int beyond = across(link, queue[next]);
                if (left.get(link) && !seen.get(beyond)) {
                    if (beyond == to) {
                        return true;
                    }
                    seen.set(beyond);
                    queue[end++] = beyond;
                }
            }
        }
        return false;
    }

    Weight weigh(int[] path) {
        return Arrays.stream(path).mapToObj(this::weight).reduce(Weight.ZERO, Weight::plus);
    }

    /** The sites that the links of a path pass, from {@code from} on, both ends included. */
    int[] sitesAlong(int from, int[] path) {
        var result = new int[path.length + 1];
        result[0] = from;
        for (int hop = 0; hop < path.length; hop++) {
            result[hop + 1] = across(path[hop], result[hop]);
        }
        return result;
    }

    Path path(int from, int[] path) {
        return new Path(
                Arrays.stream(sitesAlong(from, path)).mapToObj(sites::get).toList(),
                Arrays.stream(path).mapToObj(links::get).toList());
    }
}
