package io.isthmus.core.connection;

import io.isthmus.core.link.Link;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A model of BGP with one AS per site, for one route: local preference, then the shorter AS path, then the lower name. */
final class Bgp {
    private static final int MOST_ROUNDS = 100;

    private Bgp() {}

    /**
     * The sites that a packet crosses, one letter each; empty if there is no way. The sites decide one after the other, in any
     * order, until nobody changes its mind.
     *
     * @param told pairs "at, via"
     */
    static String route(List<Link> links, String from, String to, Set<String> told, SplittableRandom random) {
        var sites = links.stream()
                .flatMap(link -> Stream.of(link.aSite().name(), link.zSite().name()))
                .distinct()
                .filter(site -> !site.equals(to))
                .collect(Collectors.toCollection(ArrayList::new));
        Map<String, String> chosen = new TreeMap<>(Map.of(to, to));
        for (int round = 0; round < MOST_ROUNDS; round++) {
            Collections.shuffle(sites, new Random(random.nextLong()));
            var before = Map.copyOf(chosen);
            for (var at : sites) {
                var best = best(links, at, chosen, told);
                chosen.remove(at);
                best.ifPresent(route -> chosen.put(at, route));
            }
            if (chosen.equals(before)) {
                return chosen.getOrDefault(from, "");
            }
        }
        throw new AssertionError("it does not come to rest");
    }

    private static Optional<String> best(List<Link> links, String at, Map<String, String> chosen, Set<String> told) {
        return links.stream()
                .flatMap(link -> across(link, at.charAt(0)).stream())
                .flatMap(neighbour -> Optional.ofNullable(chosen.get(neighbour)).stream())
                .filter(route -> !route.contains(at))
                .map(route -> at + route)
                .min(Comparator.comparing((String route) -> !told.contains(route.substring(0, 2)))
                        .thenComparingInt(String::length)
                        .thenComparing(route -> route));
    }

    /** The site at the other end of a link, if {@code at} is at one. */
    static Optional<String> across(Link link, char at) {
        var a = link.aSite().name();
        var z = link.zSite().name();
        return a.charAt(0) == at ? Optional.of(z) : z.charAt(0) == at ? Optional.of(a) : Optional.empty();
    }
}
