package io.isthmus.server;

import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.SideIntents;
import io.isthmus.core.path.Path;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.server.api.Plan;
import io.isthmus.server.engine.PartPlan;
import io.isthmus.southbound.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A connection that could be made, and what it would reserve. */
record PlannedConnection(
        Connection connection, Path path, Reservation reservation, SideIntents.End local, SideIntents.End remote) {

    PlannedConnection with(Reservation other) {
        return new PlannedConnection(connection, path, other, local, remote);
    }

    /** Without having read its sides. */
    Plan plan() {
        return described(List.of());
    }

    /** Its sides could not be read, since they did not answer. */
    Plan unread() {
        return described(List.of(
                PlannedChanges.unread(local.site().id()),
                PlannedChanges.unread(remote.site().id())));
    }

    /** Its sides could not be read, and why. */
    Plan unread(SiteId site, String step, Failure failure) {
        return described(List.of(PlannedChanges.unread(site, ": " + step, failure)));
    }

    private Plan described(List<Plan.Change> unread) {
        var changes = new ArrayList<>(unread);
        changes.addAll(PlannedChanges.described(connection, reservation, local, remote));
        return plan(vlan(local, reservation.localVlan()), vlan(remote, reservation.remoteVlan()), changes);
    }

    /** With what its sides need as they were read. */
    Plan plan(List<PartPlan> parts) {
        return plan(
                Optional.of(reservation.localVlan()),
                Optional.of(reservation.remoteVlan()),
                PlannedChanges.read(
                        parts,
                        role -> (role == SideRole.LOCAL ? local : remote).site().id()));
    }

    private Plan plan(Optional<Integer> localVlan, Optional<Integer> remoteVlan, List<Plan.Change> changes) {
        return new Plan(
                path,
                reservation.mtu(),
                reservation.vni(),
                localVlan,
                remoteVlan,
                reservation.bandwidthMbps(),
                changes);
    }

    /** That of a network that is there is not known before it is read. */
    private Optional<Integer> vlan(SideIntents.End end, int vlan) {
        return NodeEngine.stretchesWhatIsThere(connection, end.endpoint()) ? Optional.empty() : Optional.of(vlan);
    }
}
