package io.isthmus.core.backup;

import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.SiteId;
import java.util.List;
import java.util.Optional;

/**
 * Where each VNF of a fleet has its backup. As many as possible have one; of the plans that place as many, it is one with
 * low or, where {@code proven}, the lowest cost.
 *
 * @param assignments by name of the VNF
 * @param cost what is missing to 100 points, of all that have a backup together, in thousandths of a point
 * @param unplacedAtLeast no plan leaves fewer VNFs without a backup
 * @param costAtLeast no plan that places as many as this one costs less
 * @param proven whether there is no better plan
 * @param losses what happens in each loss that is provided for
 */
public record FleetPlan(
        List<Assignment> assignments,
        long cost,
        int unplacedAtLeast,
        long costAtLeast,
        boolean proven,
        List<Loss> losses) {
    public FleetPlan {
        assignments = List.copyOf(assignments);
        losses = List.copyOf(losses);
    }

    public boolean isComplete() {
        return assignments.stream().allMatch(each -> each.backup().isPresent());
    }

    /** Where a VNF has its backup; empty if there is no room left for it. */
    public record Assignment(FleetVnf vnf, Optional<SiteId> backup) {}

    /**
     * What the loss of these sites at once asks of the others.
     *
     * @param name of the site or failure domain
     * @param demand of all spares that would have to run
     * @param withoutRoom VNFs that would have no spare
     * @param missing what those need
     * @param missingAtLeast what any plan would lack: demand beyond all that the sites in question have together
     * @param fullest the site that would be filled most
     */
    public record Loss(
            Survives kind,
            String name,
            List<SiteId> sites,
            Capacity demand,
            List<String> withoutRoom,
            Capacity missing,
            Capacity missingAtLeast,
            Optional<Fill> fullest) {
        public Loss {
            sites = List.copyOf(sites);
            withoutRoom = List.copyOf(withoutRoom);
        }
    }

    /** What of a site's room its spares would take, 0 to 1, by the resource that is scarcest there. */
    public record Fill(SiteId site, double part) {}
}
