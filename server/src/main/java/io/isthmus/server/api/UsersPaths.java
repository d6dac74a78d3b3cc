package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.link.Link;
import io.isthmus.core.path.Avoided;
import io.isthmus.core.path.Path;
import io.isthmus.core.path.PathFinder;
import io.isthmus.core.path.PathRequest;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Stored;
import io.isthmus.store.connection.ConnectionStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The paths that the users of an active site take: those of connections, and the best ones from the sites of users. */
final class UsersPaths {
    private final ConnectionStore connections;

    UsersPaths(ConnectionStore connections) {
        this.connections = connections;
    }

    List<Avoided> read(Fields fields, SiteLookup sites, SiteId active, Underlay underlay) {
        var level = BackupReader.level(fields);
        var avoided = new ArrayList<Avoided>();
        var userSites = sites.findAll(fields, "user_sites");
        for (int place = 0; place < userSites.size(); place++) {
            var pointer = fields.pointer("user_sites") + "/" + place;
            var user = userSites.get(place);
            if (!user.equals(active)) {
                avoided.add(Avoided.of(best(user, active, underlay, pointer), underlay.sites(), level));
            }
        }
        var ids = fields.values("connections", ConnectionId::parse);
        for (int place = 0; place < ids.size(); place++) {
            var pointer = fields.pointer("connections") + "/" + place;
            path(ids.get(place), underlay, pointer)
                    .ifPresent(path -> avoided.add(Avoided.of(path, underlay.sites(), level)));
        }
        return avoided;
    }

    private static Path best(SiteId user, SiteId active, Underlay underlay, String pointer) {
        var finder = new PathFinder(underlay.sites(), underlay.links(), underlay.bookedMbps());
        return switch (finder.find(new PathRequest(user, active, 0, Optional.empty(), PathConstraints.NONE))) {
            case PathFinder.Result.Found(var path) -> path;
            case PathFinder.Result.NoPath(var _, var detail) -> throw unreachable(pointer, detail);
            case PathFinder.Result.Undecided(var _, var detail) -> throw unreachable(pointer, detail);
        };
    }

    private static Problem unreachable(String pointer, String detail) {
        return new Problem.Impossible(
                ProblemCode.NO_PATH, pointer, "users there do not reach the active site: " + detail, "leave it out");
    }

    /** The path that is reserved for a connection; empty where none is yet, or a link of it is gone. */
    private Optional<Path> path(ConnectionId id, Underlay underlay, String pointer) {
        var reserved = connections
                .findStored(id)
                .map(Stored::value)
                .filter(facts ->
                        RequestScope.currentCaller().sees(facts.desired().projectId()))
                .orElseThrow(() ->
                        new Problem.NotFound(ProblemCode.CONNECTION_NOT_FOUND, pointer, "there is no connection " + id))
                .reservation();
        var links = underlay.links().stream().collect(Collectors.toMap(Link::id, link -> link));
        return reserved.filter(path -> path.links().stream().allMatch(links::containsKey))
                .map(path -> new Path(
                        path.sites(), path.links().stream().map(links::get).toList()));
    }
}
