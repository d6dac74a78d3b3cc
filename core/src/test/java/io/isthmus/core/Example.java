package io.isthmus.core;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.Connection;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Encryption;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.Service;
import io.isthmus.core.connection.Underlay;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The worked example: datacenters a, b, c and d, joined by the links a-b, a-c, b-c and a-d. */
public final class Example {
    public static final SiteId A = new SiteId("a");
    public static final SiteId B = new SiteId("b");
    public static final SiteId C = new SiteId("c");
    public static final SiteId D = new SiteId("d");
    public static final List<Site> SITES = List.of(site(A, 1), site(B, 2), site(C, 3), site(D, 4));
    public static final List<Link> LINKS = List.of(link(A, B, 5), link(A, C, 10), link(B, C, 20), link(A, D, 12));
    public static final Underlay UNDERLAY = new Underlay(SITES, LINKS, Map.of());

    private Example() {}

    public static Site site(SiteId id, int number) {
        var letter = id.name();
        return new Site(
                id,
                "dc-" + letter,
                Optional.empty(),
                List.of("grid-" + letter),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://127.0.0.1:5000/v3"),
                        "Region" + letter.toUpperCase(java.util.Locale.ROOT),
                        Optional.empty(),
                        "interdc",
                        new VlanRange(2000, 2999),
                        "openstack"),
                List.of(new Gateway(
                        "gw-" + letter,
                        "frr",
                        Map.of("host", "127.0.0.1"),
                        new IpAddress("10.255.0." + number),
                        65000 + number,
                        9000,
                        10_000)),
                true);
    }

    public static Link link(SiteId a, SiteId z, double latencyMs) {
        var name = a + "-" + z;
        return new Link(
                UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)),
                name,
                a,
                z,
                latencyMs,
                1000,
                1500,
                1,
                List.of(),
                true);
    }

    public static Endpoint endpoint(SiteId site, String cidr) {
        return endpoint(
                site,
                new EndpointNetwork.Create(
                        new Cidr(cidr), Optional.empty(), Optional.empty(), Optional.empty(), false));
    }

    public static Endpoint endpoint(SiteId site, EndpointNetwork network) {
        return new Endpoint(
                UUID.nameUUIDFromBytes(site.name().getBytes(StandardCharsets.UTF_8)),
                "end-" + site,
                "default",
                site,
                network,
                false);
    }

    public static Connection connection(Endpoint local, Endpoint remote) {
        return connection(local, remote, Optional.empty(), Optional.empty(), Optional.empty(), PathConstraints.NONE);
    }

    public static Connection connection(
            Endpoint local,
            Endpoint remote,
            Optional<Integer> bandwidthMbps,
            Optional<Double> maxLatencyMs,
            Optional<Integer> mtu,
            PathConstraints path) {
        return new Connection(
                new ConnectionId(new UUID(0, 1)),
                local.site() + "-" + remote.site(),
                "default",
                local.id(),
                remote.id(),
                Service.L2,
                bandwidthMbps,
                maxLatencyMs,
                Encryption.NONE,
                path,
                mtu,
                AddressPolicy.REJECT_OVERLAP,
                OnFailure.ROLLBACK,
                true,
                Optional.empty(),
                DriftPolicy.REPAIR);
    }
}
