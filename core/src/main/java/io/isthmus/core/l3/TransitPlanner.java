package io.isthmus.core.l3;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Decides what an L3 connection gets: which prefixes each side shows the other, translated where they collide and translation
 * is asked for, and a transit network that overlaps nothing; or which two prefixes stand in the way.
 *
 * <p>A prefix that one side shows must be unlike everything that the other side's router can already reach: its own prefixes,
 * its subnets, its extra routes, what other connections brought it, and the underlay. A default route overlaps nothing: a
 * longer prefix wins over it.
 */
public final class TransitPlanner {
    private static final int SHORTEST_TRANSLATED = 16;

    /** What came of planning. */
    public sealed interface Result {
        record Planned(Transit transit) implements Result {}

        /**
         * The connection cannot be.
         *
         * @param field the request's field that cannot be satisfied, such as {@code local_endpoint.network}
         */
        record Impossible(String code, String field, String detail, String hint) implements Result {}
    }

    /**
     * One end, with its router as it is.
     *
     * @param prefixes to be shown to the other side
     */
    public record End(SiteId site, JoinedRouter router, List<Cidr> prefixes) {
        public End {
            prefixes = List.copyOf(prefixes);
        }
    }

    /** What must be kept clear of: other connections at both sites, the underlay, and numbers that are reserved. */
    public record Occupied(List<RouterUse> uses, List<Place> underlay, Set<Integer> transits, Set<Integer> natBlocks) {
        public Occupied {
            uses = List.copyOf(uses);
            underlay = List.copyOf(underlay);
            transits = Set.copyOf(transits);
            natBlocks = Set.copyOf(natBlocks);
        }
    }

    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final transient Result.Impossible why;

        Refusal(String code, SideRole role, String detail, String hint) {
            super(detail, null, false, false);
            this.why = new Result.Impossible(code, field(role), detail, hint);
        }
    }

    private final AddressPools pools;
    private final AddressPolicy policy;
    private final Map<SideRole, End> ends = new EnumMap<>(SideRole.class);
    private final Occupied occupied;

    private TransitPlanner(AddressPools pools, AddressPolicy policy, End local, End remote, Occupied occupied) {
        this.pools = pools;
        this.policy = policy;
        this.ends.put(SideRole.LOCAL, local);
        this.ends.put(SideRole.REMOTE, remote);
        this.occupied = occupied;
    }

    public static Result plan(AddressPools pools, AddressPolicy policy, End local, End remote, Occupied occupied) {
        try {
            return new TransitPlanner(pools, policy, local, remote, occupied).plan();
        } catch (Refusal refusal) {
            return refusal.why;
        }
    }

    private Result plan() {
        for (var role : SideRole.values()) {
            checkOwn(role);
        }
        var given = new ArrayList<Cidr>();
        var local = share(SideRole.LOCAL, given);
        var remote = share(SideRole.REMOTE, given);
        return new Result.Planned(new Transit(transit(given), local, remote));
    }

    private void checkOwn(SideRole role) {
        var end = end(role);
        if (end.prefixes().isEmpty()) {
            throw new Refusal(
                    "prefix_unknown",
                    role,
                    "router %s at site %s has no IPv4 subnet to show to the other side"
                            .formatted(end.router().title(), end.site()),
                    "connect a subnet to the router first, or name its prefixes");
        }
        for (int i = 0; i < end.prefixes().size(); i++) {
            var prefix = end.prefixes().get(i);
            if (prefix.version() != 4) {
                throw new Refusal(
                        "prefix_version",
                        role,
                        "%s at site %s is not IPv4; L3 connections carry IPv4 only".formatted(prefix, end.site()),
                        "leave IPv6 prefixes out");
            }
            if (!isBehind(prefix, end.router())) {
                throw new Refusal(
                        "prefix_unknown",
                        role,
                        "router %s at site %s has no subnet and no route that holds %s; it has %s"
                                .formatted(end.router().title(), end.site(), prefix, reachable(end.router())),
                        "name prefixes that the router reaches, or leave them out for all of its subnets");
            }
            var others = end.prefixes().subList(0, i).stream()
                    .map(each -> own(role, each))
                    .toList();
            own(role, prefix).firstOverlap(others).ifPresent(overlap -> {
                throw refused(role, overlap);
            });
        }
    }

    private static boolean isBehind(Cidr prefix, JoinedRouter router) {
        return Stream.concat(
                        router.subnets().stream().map(JoinedRouter.Subnet::cidr),
                        router.routes().stream().map(JoinedRouter.Route::destination))
                .anyMatch(known -> known.contains(prefix));
    }

    private static List<Cidr> reachable(JoinedRouter router) {
        return router.subnets().stream()
                .map(JoinedRouter.Subnet::cidr)
                .limit(10)
                .toList();
    }

    /** What the router of {@code role} gives, so that the other side's router can have routes to it. */
    private RouterShare share(SideRole role, List<Cidr> given) {
        var other = role.other();
        var there = places(other);
        var translations = new ArrayList<Translation>();
        for (var prefix : end(role).prefixes()) {
            var overlap = own(role, prefix).firstOverlap(there);
            if (overlap.isEmpty()) {
                continue;
            }
            if (policy == AddressPolicy.REJECT_OVERLAP) {
                throw refused(role, overlap.get());
            }
            var translated = translated(role, prefix, given);
            given.add(translated);
            translations.add(new Translation(prefix, translated));
        }
        return new RouterShare(end(role).router().routerId(), end(role).prefixes(), translations);
    }

    private static Refusal refused(SideRole role, Place.Overlap overlap) {
        return new Refusal(
                "prefix_overlap",
                role,
                overlap.text(),
                "renumber one of them, leave the prefix out, or ask for address_policy nat");
    }

    private Cidr translated(SideRole role, Cidr prefix, List<Cidr> given) {
        if (prefix.prefixLength() < SHORTEST_TRANSLATED) {
            throw new Refusal(
                    "nat_exhausted",
                    role,
                    "%s is too large to be translated: /%d at the most".formatted(prefix, SHORTEST_TRANSLATED),
                    "name the longer prefixes that are really in use");
        }
        var inUse = everything();
        // Prefixes that are smaller than a block have a block to themselves all the same.
        var block = Math.min(prefix.prefixLength(), Transit.NAT_BLOCK_LENGTH);
        return pools.nat()
                .firstSubnet(
                        block,
                        free -> free.blocks(Transit.NAT_BLOCK_LENGTH).stream().noneMatch(occupied.natBlocks()::contains)
                                && given.stream().noneMatch(free::overlaps)
                                && Place.free(free, inUse))
                .map(free -> free.lowest(prefix.prefixLength()))
                .orElseThrow(() -> new Refusal(
                        "nat_exhausted",
                        role,
                        "no /%d is free in the NAT pool %s".formatted(block, pools.nat()),
                        "widen the node's NAT pool, or delete connections that are no longer needed"));
    }

    private Cidr transit(List<Cidr> given) {
        var inUse = everything();
        return pools.transit()
                .firstSubnet(
                        Transit.LENGTH,
                        free -> !occupied.transits()
                                        .contains(free.blocks(Transit.LENGTH).getFirst())
                                && given.stream().noneMatch(free::overlaps)
                                && Place.free(free, inUse))
                .orElseThrow(() -> new Refusal(
                        "transit_exhausted",
                        SideRole.LOCAL,
                        "no /%d is free in the transit pool %s".formatted(Transit.LENGTH, pools.transit()),
                        "widen the node's transit pool, or delete connections that are no longer needed"));
    }

    private List<Place> everything() {
        return Stream.concat(places(SideRole.LOCAL).stream(), places(SideRole.REMOTE).stream())
                .toList();
    }

    /** Everything that the router of {@code role} can reach already, or that must stay out of its reach. */
    private List<Place> places(SideRole role) {
        var end = end(role);
        var router = end.router();
        var at = "router " + router.title() + " at site " + end.site();
        var places = new ArrayList<Place>();
        end.prefixes().forEach(prefix -> places.add(own(role, prefix)));
        occupied.uses().stream()
                .filter(use -> use.site().equals(end.site()) && use.routerId().equals(router.routerId()))
                .forEach(use -> {
                    var by = " of connection " + use.connectionName() + " (" + use.connection() + ") on " + at;
                    use.transit()
                            .destinations(use.role())
                            .forEach(prefix -> places.add(new Place(prefix, "a prefix" + by)));
                    places.add(new Place(use.transit().prefix(), "the transit" + by));
                });
        router.subnets().forEach(subnet -> places.add(new Place(subnet.cidr(), "a subnet of " + at)));
        router.routes().stream()
                .filter(route -> route.destination().prefixLength() > 0)
                .forEach(route -> places.add(
                        new Place(route.destination(), "an extra route of " + at + " via " + route.nextHop())));
        places.addAll(occupied.underlay());
        return places;
    }

    private Place own(SideRole role, Cidr prefix) {
        return new Place(
                prefix,
                "behind router " + end(role).router().title() + " at site "
                        + end(role).site());
    }

    private End end(SideRole role) {
        return Objects.requireNonNull(ends.get(role));
    }

    private static String field(SideRole role) {
        return role == SideRole.LOCAL ? "local_endpoint.network" : "remote_endpoint.network";
    }

    /** The prefixes that an end shows: those named, or all IPv4 subnets of the router but its transits and external ones. */
    public static List<Cidr> prefixes(
            SiteId site, JoinedRouter router, List<Cidr> named, Optional<String> networkId, List<RouterUse> uses) {
        if (!named.isEmpty()) {
            return named;
        }
        var transits = uses.stream()
                .filter(use -> use.site().equals(site))
                .map(use -> use.transit().prefix())
                .toList();
        return router.subnets().stream()
                .filter(subnet -> !subnet.external())
                .filter(subnet -> networkId.isEmpty() || networkId.get().equals(subnet.networkId()))
                .map(JoinedRouter.Subnet::cidr)
                .filter(cidr -> cidr.version() == 4 && !transits.contains(cidr))
                .distinct()
                .sorted(java.util.Comparator.comparing(cidr -> cidr.hosts().start()))
                .toList();
    }
}
