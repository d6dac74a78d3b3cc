package io.isthmus.store.connection;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.l3.RouterUse;
import io.isthmus.core.l3.Transit;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** What L3 connections have reserved on routers, read from their reservations. */
final class RouterRows {
    private RouterRows() {}

    static List<RouterUse> uses(Handle sql, Collection<SiteId> sites) {
        return sql
                .createQuery("""
                        select c.id as id, c.name as name, c.reservation as reservation, s.role as role, s.site as site
                        from connection c join side s on s.connection_id = c.id
                        where c.service = 'l3' and c.reservation is not null and s.site in (<sites>)
                        order by c.created_micros, c.id""")
                .bindList("sites", sites.stream().map(SiteId::name).toList())
                .map((row, context) -> use(row))
                .stream()
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<RouterUse> use(ResultSet row) throws SQLException {
        var id = ConnectionId.parse(row.getString("id"));
        var name = row.getString("name");
        var site = new SiteId(row.getString("site"));
        var role = Json.value(row.getString("role"), SideRole.class);
        return Json.read(row.getString("reservation"), Reservation.class)
                .transit()
                .map(transit -> new RouterUse(id, name, site, role, transit));
    }

    /** Two plans may have been made at the same time: whoever comes second to a router with a like prefix plans again. */
    static Optional<Reserving> conflict(Handle sql, ConnectionFacts facts, Transit wanted) {
        var others = uses(sql, List.of(facts.local().site(), facts.remote().site()));
        for (var role : SideRole.values()) {
            var site = facts.side(role).site();
            var router = wanted.share(role).routerId();
            for (var other : others) {
                if (!other.connection().equals(facts.id())
                        && other.site().equals(site)
                        && other.transit().share(other.role()).routerId().equals(router)
                        && overlaps(wanted, role, other)) {
                    return Optional.of(new Reserving.Taken("prefix", site + "/" + router, wanted.number()));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean overlaps(Transit wanted, SideRole role, RouterUse other) {
        var theirs = other.transit().destinations(other.role());
        return wanted.destinations(role).stream()
                .anyMatch(prefix -> theirs.stream().anyMatch(prefix::overlaps));
    }
}
