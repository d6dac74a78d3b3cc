package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionPlanner;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Taken;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Site;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.link.LinkStore;
import io.isthmus.store.site.SiteStore;
import java.util.HashSet;
import java.util.Set;

/** Gathers what the planner decides on: the underlay, what is reserved in the store, and what is in use at both sites. */
final class Planning {
    private final SiteStore sites;
    private final LinkStore links;
    private final ConnectionStore connections;
    private final Surveyor surveyor;
    private final OtherPaths otherPaths;

    Planning(SiteStore sites, LinkStore links, ConnectionStore connections, Surveyor surveyor) {
        this.sites = sites;
        this.links = links;
        this.connections = connections;
        this.surveyor = surveyor;
        this.otherPaths = new OtherPaths(connections);
    }

    /** What came of planning one connection. */
    sealed interface Result {
        record Planned(Reservation reservation) implements Result {}

        record Impossible(ConnectionPlanner.Result.Impossible problem) implements Result {}

        /** The site of {@code role} could not be looked at. */
        record Unusable(SideRole role, Surveyor.Survey.Unusable survey) implements Result {}
    }

    Result plan(Ends ends) throws InterruptedException {
        var surveys = surveyor.both(ends.local(), ends.remote());
        if (surveys.local() instanceof Surveyor.Survey.Unusable local) {
            return new Result.Unusable(SideRole.LOCAL, local);
        }
        if (surveys.remote() instanceof Surveyor.Survey.Unusable remote) {
            return new Result.Unusable(SideRole.REMOTE, remote);
        }
        var here = (Surveyor.Survey.Usable) surveys.local();
        var there = (Surveyor.Survey.Usable) surveys.remote();
        var taken = new Taken(
                union(reservedVlans(ends.local().site()), here.vlans()),
                union(reservedVlans(ends.remote().site()), there.vlans()),
                union(connections.reservedVnis(), union(here.vnis(), there.vnis())));
        var underlay = underlay();
        var wanted = otherPaths.of(ends.facts().desired(), underlay);
        return switch (new ConnectionPlanner(underlay)
                .plan(
                        wanted.connection(),
                        ends.local().endpoint(),
                        ends.remote().endpoint(),
                        here.joined(),
                        there.joined(),
                        taken,
                        wanted.avoided())) {
            case ConnectionPlanner.Result.Planned planned -> new Result.Planned(planned.reservation());
            case ConnectionPlanner.Result.Impossible problem -> new Result.Impossible(problem);
        };
    }

    Underlay underlay() {
        return new Underlay(
                sites.list(ListQuery.ALL).stream().map(Stored::value).toList(),
                links.list(ListQuery.ALL).stream().map(Stored::value).toList(),
                connections.bookedMbps());
    }

    Set<Integer> reservedVlans(Site site) {
        return connections.reservedVlans(site.id(), site.cloud().physicalNetwork());
    }

    private static Set<Integer> union(Set<Integer> one, Set<Integer> other) {
        var all = new HashSet<>(one);
        all.addAll(other);
        return all;
    }
}
