package io.isthmus.core.connection;

import io.isthmus.core.link.Link;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.Tunnel;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Decides which paths the underlay takes by itself, and what makes it take the others.
 *
 * <p>The underlay's BGP, with an AS per site and no preferences, takes the path over the fewest sites. Any other path gets a
 * pair of tunnel addresses of its own, whose routes carry an instruction for each gateway of the path.
 */
final class Steering {
    /** 198.18.0.0/15 (RFC 2544): two addresses for each VNI that Isthmus gives out, and not one more. */
    private static final int FIRST_ADDRESS = (198 << 24) | (18 << 16);

    private Steering() {}

    /** Whether traffic between the path's ends may run elsewhere unless it is steered. */
    static boolean isNeeded(Path path, Collection<Link> links) {
        return path.sites().size() > 2 && !isOnlyShortest(path, links);
    }

    /** Counts, by breadth first search, the ways over the fewest sites; two are as good as many. */
    private static boolean isOnlyShortest(Path path, Collection<Link> links) {
        var neighbours = neighbours(links);
        var end = path.sites().getLast();
        Map<SiteId, Integer> ways = Map.of(path.sites().getFirst(), 1);
        var seen = new HashSet<>(ways.keySet());
        for (int hops = 1; hops < path.sites().size(); hops++) {
            var next = new HashMap<SiteId, Integer>();
            ways.forEach((site, count) -> neighbours.getOrDefault(site, Set.of()).stream()
                    .filter(neighbour -> !seen.contains(neighbour))
                    .forEach(neighbour -> next.merge(neighbour, count, (one, other) -> Math.min(2, one + other))));
            if (next.containsKey(end)) {
                return hops == path.sites().size() - 1 && next.get(end) == 1;
            }
            seen.addAll(next.keySet());
            ways = next;
        }
        throw new IllegalArgumentException("the path's links are not among those given: " + path.sites());
    }

    private static Map<SiteId, Set<SiteId>> neighbours(Collection<Link> links) {
        var neighbours = new HashMap<SiteId, Set<SiteId>>();
        for (var link : links) {
            neighbours.computeIfAbsent(link.aSite(), site -> new HashSet<>()).add(link.zSite());
            neighbours.computeIfAbsent(link.zSite(), site -> new HashSet<>()).add(link.aSite());
        }
        return neighbours;
    }

    /** The address of one side's end of a steered tunnel. */
    static IpAddress address(int vni, SideRole role) {
        int number = FIRST_ADDRESS + 2 * (vni - ConnectionPlanner.FIRST_VNI) + (role == SideRole.LOCAL ? 0 : 1);
        return new IpAddress(
                "%d.%d.%d.%d".formatted(number >>> 24, (number >>> 16) & 255, (number >>> 8) & 255, number & 255));
    }

    /** What the route to the address of {@code role}'s side tells the other gateways of the path. */
    static List<Tunnel.Instruction> instructions(Reservation reservation, SideRole role) {
        var asns = role == SideRole.REMOTE
                ? reservation.asns()
                : reservation.asns().reversed();
        var instructions = new ArrayList<Tunnel.Instruction>();
        for (int hop = 0; hop + 1 < asns.size(); hop++) {
            instructions.add(new Tunnel.Instruction(asns.get(hop), asns.get(hop + 1)));
        }
        return instructions;
    }
}
