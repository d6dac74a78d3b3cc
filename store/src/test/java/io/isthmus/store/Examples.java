package io.isthmus.store;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Reservation;
import io.isthmus.core.connection.Service;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Location;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.store.connection.NewConnection;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The worked example's sites and things between them. */
final class Examples {
    static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    static final SiteId B = new SiteId("b");
    static final SiteId D = new SiteId("d");

    private Examples() {}

    static Site site(SiteId id) {
        return new Site(
                id,
                "Site " + id,
                Optional.of(new Location(48.8, 2.3, "FR")),
                List.of("grid-1"),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://127.0.0.1:5000/v3"),
                        "Region" + id,
                        Optional.empty(),
                        "physnet1",
                        new VlanRange(2000, 2999),
                        "lab"),
                List.of(new Gateway(
                        "gw", "frr", Map.of("host", "192.0.2.1"), new IpAddress("192.0.2.10"), 65001, 1500, 1000)),
                true);
    }

    static Link link(UUID id, int capacityMbps) {
        return new Link(id, "b-d", B, D, 2.5, capacityMbps, 1500, 10, List.of("duct-1"), true);
    }

    static Endpoint endpoint(UUID id, SiteId site) {
        var network = new EndpointNetwork.Create(
                new Cidr("10.20.0.0/24"), Optional.empty(), Optional.empty(), Optional.empty(), false);
        return new Endpoint(id, "end-" + site, "p1", site, network, false);
    }

    static Connection connection(UUID local, UUID remote) {
        return new Connection(
                new ConnectionId(UUID.randomUUID()),
                "b-d",
                "p1",
                local,
                remote,
                Service.L2,
                Optional.of(200),
                Optional.empty(),
                Encryption.NONE,
                PathConstraints.NONE,
                Optional.empty(),
                AddressPolicy.REJECT_OVERLAP,
                OnFailure.ROLLBACK,
                true,
                Optional.empty(),
                DriftPolicy.REPAIR);
    }

    /** A connection between b and d that brings both its endpoints. */
    static NewConnection inline() {
        var local = endpoint(UUID.randomUUID(), B);
        var remote = endpoint(UUID.randomUUID(), D);
        return new NewConnection(
                connection(local.id(), remote.id()),
                List.of(local, remote),
                List.of("blue"),
                UUID.randomUUID(),
                Optional.of(NOON.plusSeconds(60)));
    }

    static Reservation reservation(int vni, int localVlan, int remoteVlan, List<UUID> links, int mbps) {
        return new Reservation(
                vni, localVlan, remoteVlan, links.isEmpty() ? List.of(B) : List.of(B, D), links, 2.5, 1450, mbps);
    }
}
