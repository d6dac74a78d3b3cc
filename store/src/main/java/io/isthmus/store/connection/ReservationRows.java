package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** What connections have for themselves, as rows; the primary keys keep anything from being given twice. */
final class ReservationRows {
    private static final String VLAN = "vlan";
    private static final String VNI = "vni";
    private static final String TRANSIT = "transit";
    private static final String NAT = "nat";

    private ReservationRows() {}

    /** One row of the table. */
    private record Claim(String kind, String scope, int value) {}

    /** Writes everything, or nothing and says what stands in the way. */
    static Optional<Reserving> tryReserve(Handle sql, ConnectionFacts facts, Reservation wanted) {
        var claims = new ArrayList<>(List.of(
                new Claim(VNI, "", wanted.vni()),
                new Claim(VLAN, scope(sql, facts.local().site()), wanted.vlan(SideRole.LOCAL)),
                new Claim(VLAN, scope(sql, facts.remote().site()), wanted.vlan(SideRole.REMOTE))));
        wanted.transit().ifPresent(transit -> {
            claims.add(new Claim(TRANSIT, "", transit.number()));
            transit.natNumbers().forEach(number -> claims.add(new Claim(NAT, "", number)));
        });
        for (var claim : claims) {
            if (isTaken(sql, claim)) {
                return Optional.of(new Reserving.Taken(claim.kind(), claim.scope(), claim.value()));
            }
        }
        var routed = wanted.transit().flatMap(transit -> RouterRows.conflict(sql, facts, transit));
        if (routed.isPresent()) {
            return routed;
        }
        for (var link : wanted.links()) {
            var free = freeMbps(sql, link);
            if (free.isEmpty() || wanted.bandwidthMbps() > free.get()) {
                return Optional.of(new Reserving.NoCapacity(link, Math.toIntExact(Math.max(0, free.orElse(0L)))));
            }
        }
        claims.forEach(claim -> insert(sql, facts.id(), claim));
        wanted.links().forEach(link -> book(sql, facts.id(), link, wanted.bandwidthMbps()));
        return Optional.empty();
    }

    /** What {@code wanted} takes on its links beyond what {@code held} has there, if a link has too little. */
    static Optional<Reserving.NoCapacity> missing(Handle sql, Reservation held, Reservation wanted) {
        for (var link : wanted.links()) {
            var more = wanted.bandwidthMbps() - (held.links().contains(link) ? held.bandwidthMbps() : 0);
            var free = freeMbps(sql, link);
            if (free.isEmpty() || more > Math.max(0, free.get())) {
                return Optional.of(new Reserving.NoCapacity(link, Math.toIntExact(Math.max(0, free.orElse(0L)))));
            }
        }
        return Optional.empty();
    }

    /** Books what these take on each link, where they share one the larger; and nothing else for the connection. */
    static void rebook(Handle sql, ConnectionId id, List<Reservation> reservations) {
        var booked = new HashMap<UUID, Integer>();
        reservations.forEach(each -> each.links().forEach(link -> booked.merge(link, each.bandwidthMbps(), Math::max)));
        unbook(sql, id);
        booked.forEach((link, mbps) -> book(sql, id, link, mbps));
    }

    static void release(Handle sql, ConnectionId id) {
        unbook(sql, id);
        sql.createUpdate("delete from reservation where connection_id = :id")
                .bind("id", id.toString())
                .execute();
    }

    /** Gives the bandwidth back, and nothing else. */
    static void unbook(Handle sql, ConnectionId id) {
        sql.createUpdate("delete from booking where connection_id = :id")
                .bind("id", id.toString())
                .execute();
    }

    static Set<Integer> vlans(Handle sql, SiteId site, String physicalNetwork) {
        return values(sql, VLAN, scope(site, physicalNetwork));
    }

    static Set<Integer> vnis(Handle sql) {
        return values(sql, VNI, "");
    }

    static Set<Integer> transits(Handle sql) {
        return values(sql, TRANSIT, "");
    }

    static Set<Integer> natBlocks(Handle sql) {
        return values(sql, NAT, "");
    }

    static Map<UUID, Integer> bookedMbps(Handle sql) {
        var booked = new HashMap<UUID, Integer>();
        sql.createQuery("select link_id, sum(mbps) as mbps from booking group by link_id")
                .map((row, context) -> Map.entry(UUID.fromString(row.getString("link_id")), row.getInt("mbps")))
                .forEach(each -> booked.put(each.getKey(), each.getValue()));
        return booked;
    }

    private static Set<Integer> values(Handle sql, String kind, String scope) {
        return sql
                .createQuery("select value from reservation where kind = :kind and scope = :scope")
                .bind("kind", kind)
                .bind("scope", scope)
                .mapTo(Integer.class)
                .stream()
                .collect(Collectors.toSet());
    }

    private static boolean isTaken(Handle sql, Claim claim) {
        return sql.createQuery("""
                select connection_id from reservation where kind = :kind and scope = :scope and value = :value""")
                .bind("kind", claim.kind())
                .bind("scope", claim.scope())
                .bind("value", claim.value())
                .mapTo(String.class)
                .findOne()
                .isPresent();
    }

    private static Optional<Long> freeMbps(Handle sql, UUID link) {
        return sql.createQuery("""
                select capacity_mbps - (select coalesce(sum(mbps), 0) from booking where link_id = :id) as free
                from link where id = :id""")
                .bind("id", link.toString())
                .mapTo(Long.class)
                .findOne();
    }

    private static void insert(Handle sql, ConnectionId id, Claim claim) {
        sql.createUpdate("""
                insert into reservation (kind, scope, value, connection_id) values (:kind, :scope, :value, :id)""")
                .bind("kind", claim.kind())
                .bind("scope", claim.scope())
                .bind("value", claim.value())
                .bind("id", id.toString())
                .execute();
    }

    private static void book(Handle sql, ConnectionId id, UUID link, int mbps) {
        sql.createUpdate("insert into booking (link_id, connection_id, mbps) values (:link, :id, :mbps)")
                .bind("link", link.toString())
                .bind("id", id.toString())
                .bind("mbps", mbps)
                .execute();
    }

    private static String scope(Handle sql, SiteId site) {
        var document = sql.createQuery("select document from site where id = :id")
                .bind("id", site.name())
                .mapTo(String.class)
                .one();
        return scope(site, Json.read(document, Site.class).cloud().physicalNetwork());
    }

    private static String scope(SiteId site, String physicalNetwork) {
        return site + "/" + physicalNetwork;
    }
}
