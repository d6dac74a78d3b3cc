package io.isthmus.southbound.openstack;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.isthmus.core.l3.JoinedRouter;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import java.util.List;
import java.util.Objects;

/** A router as Neutron describes it; its revision counts every change of it. */
record NeutronRouter(
        String id,
        String name,
        @JsonProperty("project_id") String projectId,
        List<Route> routes,
        List<String> tags,
        @JsonProperty("revision_number") long revisionNumber) {
    NeutronRouter {
        Objects.requireNonNull(id, "id");
        name = Absent.asEmpty(name);
        projectId = Absent.asEmpty(projectId);
        tags = Absent.asEmpty(tags);
        routes = Absent.asEmpty(routes);
    }

    /** An extra route, with Neutron's names. */
    record Route(
            String destination, @JsonProperty("nexthop") String nextHop) {
        static Route of(Cidr destination, IpAddress nextHop) {
            return new Route(destination.text(), nextHop.text());
        }

        JoinedRouter.Route parsed() {
            return new JoinedRouter.Route(new Cidr(destination), new IpAddress(nextHop));
        }

        String text() {
            return destination + " via " + nextHop;
        }
    }
}
