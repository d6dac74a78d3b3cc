package io.isthmus.core.diagnosis;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.diagnosis.CloudReading.Agent;
import io.isthmus.core.diagnosis.CloudReading.NetworkReading;
import io.isthmus.core.diagnosis.CloudReading.Port;
import io.isthmus.core.diagnosis.CloudReading.Token;
import io.isthmus.core.diagnosis.Evidence.SiteEvidence;
import io.isthmus.core.diagnosis.GatewayReading.Bfd;
import io.isthmus.core.diagnosis.GatewayReading.Daemon;
import io.isthmus.core.diagnosis.GatewayReading.Reach;
import io.isthmus.core.diagnosis.GatewayReading.Session;
import io.isthmus.core.link.Link;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** The example's connection b-d over a, in good health; each part can be replaced by a sick one. */
final class ExampleEvidence {
    static final Site A = site("a", 1);
    static final Site B = site("b", 2);
    static final Site C = site("c", 3);
    static final Site D = site("d", 4);
    static final String FROM_B_TO_A = "172.31.1.1";
    static final String FROM_A_TO_B = "172.31.1.2";
    static final String FROM_B_TO_C = "172.31.3.2";
    private static final String FROM_A_TO_D = "172.31.4.2";
    private static final String FROM_D_TO_A = "172.31.4.1";
    private static final List<Link> LINKS =
            List.of(link("b", "a", 1), link("a", "d", 2), link("b", "c", 3), link("a", "c", 4));

    Reading<GatewayReading> gatewayB = gateway(session(FROM_B_TO_A, 1), session(FROM_B_TO_C, 3), evpn(4));
    Reading<GatewayReading> gatewayA = gateway(session(FROM_A_TO_B, 2), session(FROM_A_TO_D, 4), evpn(2));
    Reading<GatewayReading> gatewayD = gateway(session(FROM_D_TO_A, 1), evpn(2));
    Reading<PartsReading> partsB = parts("10.255.0.4");
    Reading<PartsReading> partsD = parts("10.255.0.2");
    CloudReading cloudB = cloud(port("vnf-b", "10.60.0.5", "fa:16:3e:00:00:01", 10));
    CloudReading cloudD = cloud(port("vnf-d", "10.60.0.130", "fa:16:3e:00:00:02", 20));
    List<Crossing> crossings = List.of(crossing(SideRole.LOCAL), crossing(SideRole.REMOTE));

    Evidence evidence() {
        return new Evidence(
                List.of(
                        new SiteEvidence(
                                B,
                                Optional.of(SideRole.LOCAL),
                                Optional.of(intent(B, D)),
                                gatewayB,
                                partsB,
                                Optional.of(cloudB)),
                        new SiteEvidence(
                                D,
                                Optional.of(SideRole.REMOTE),
                                Optional.of(intent(D, B)),
                                gatewayD,
                                partsD,
                                Optional.of(cloudD)),
                        new SiteEvidence(
                                A,
                                Optional.empty(),
                                Optional.empty(),
                                gatewayA,
                                new Reading.NotTried<>("only transit"),
                                Optional.empty())),
                crossings,
                List.of(B.id(), A.id(), D.id()),
                LINKS,
                List.of(A, B, C, D));
    }

    static <T> Reading<T> with(Reading<T> reading, UnaryOperator<T> change) {
        return new Reading.Read<>(change.apply(reading.found().orElseThrow()));
    }

    static <T> Reading<T> failed(String code) {
        return new Reading.Failed<>(code, "it said no", "ask somebody");
    }

    private static Reading<GatewayReading> gateway(Session... sessions) {
        var all = List.of(sessions);
        var underlay = all.stream().filter(session -> !session.evpn()).toList();
        return new Reading.Read<>(new GatewayReading(
                Duration.ZERO,
                List.of(
                        new Daemon("zebra", Daemon.State.RUNNING),
                        new Daemon("bgpd", Daemon.State.RUNNING),
                        new Daemon("bfdd", Daemon.State.RUNNING)),
                true,
                all,
                underlay.stream()
                        .map(each -> new Bfd(each.address(), "up", "ok"))
                        .toList(),
                underlay.stream()
                        .map(each -> new Reach(each.address(), false, 10, 10, 1500, OptionalInt.of(1500)))
                        .toList()));
    }

    static GatewayReading daemon(GatewayReading gateway, String name, Daemon.State state) {
        return new GatewayReading(
                gateway.clockAhead(),
                gateway.daemons().stream()
                        .map(each -> each.name().equals(name) ? new Daemon(name, state) : each)
                        .toList(),
                gateway.bfdWanted(),
                gateway.sessions(),
                gateway.bfd(),
                gateway.reaches());
    }

    /** The session with a neighbour is down, and BFD says why. */
    static GatewayReading down(GatewayReading gateway, String peer, String diagnostic) {
        return new GatewayReading(
                gateway.clockAhead(),
                gateway.daemons(),
                gateway.bfdWanted(),
                gateway.sessions().stream()
                        .map(each -> each.address().equals(peer)
                                ? new Session(peer, each.remoteAsn(), each.evpn(), "Active")
                                : each)
                        .toList(),
                gateway.bfd().stream()
                        .map(each -> each.peer().equals(peer) ? new Bfd(peer, "down", diagnostic) : each)
                        .toList(),
                gateway.reaches());
    }

    private static Session session(String address, int number) {
        return new Session(address, 65000 + number, false, "Established");
    }

    private static Session evpn(int number) {
        return new Session("10.255.0." + number, 65000 + number, true, "Established");
    }

    private static Reading<PartsReading> parts(String remoteVtep) {
        return new Reading.Read<>(
                new PartsReading(List.of(), Optional.of("Established"), List.of(remoteVtep), List.of()));
    }

    static PartsReading deviating(PartsReading parts, Deviation... deviations) {
        return new PartsReading(List.of(deviations), parts.evpnSession(), parts.remoteVteps(), parts.failures());
    }

    static Deviation missing(String object) {
        return new Deviation(Deviation.Kind.MISSING, object, object + "-1", List.of());
    }

    static Deviation different(String object, String field) {
        return new Deviation(
                Deviation.Kind.DIFFERENT, object, object + "-1", List.of(new Deviation.Field(field, "", "wanted")));
    }

    private static CloudReading cloud(Port... ports) {
        return new CloudReading(
                new Reading.Read<>(new Token(Duration.ofMillis(20), Duration.ofHours(1))),
                new Reading.Read<>(new NetworkReading(
                        new Reading.Read<>(List.of()),
                        Optional.of(new CloudReading.Network("n", "b-d", true)),
                        List.of(),
                        List.of(new Agent("Open vSwitch agent", "compute", true, true)),
                        List.of(ports))));
    }

    static CloudReading network(CloudReading cloud, UnaryOperator<NetworkReading> change) {
        return new CloudReading(cloud.token(), with(cloud.network(), change));
    }

    static Port port(String name, String address, String mac, int second) {
        return new Port(
                name + "-id",
                name,
                "compute:nova",
                "compute",
                "ovs",
                "ACTIVE",
                true,
                mac,
                List.of(address),
                Instant.ofEpochSecond(second),
                true);
    }

    private static Crossing crossing(SideRole from) {
        return new Crossing(from, 10, 10, 10, 20, 20, OptionalInt.of(1450));
    }

    private static GatewayIntent intent(Site own, Site other) {
        return new GatewayIntent(
                own.gateway().orElseThrow(),
                new ConnectionId(new UUID(0, 1)),
                2000,
                50000,
                other.gateway().orElseThrow().tunnelAddress(),
                1450,
                new IpAddress("169.254.252.1"),
                new IpAddress("169.254.252.2"));
    }

    private static Site site(String id, int number) {
        return new Site(
                new SiteId(id),
                id,
                Optional.empty(),
                List.of(),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://keystone.example/v3"),
                        "Region" + id,
                        Optional.empty(),
                        "physnet1",
                        VlanRange.parse("2000-2999"),
                        "openstack"),
                List.of(new Gateway(
                        "gw-" + id, "frr", Map.of(), new IpAddress("10.255.0." + number), 65000 + number, 1500, 1000)),
                true);
    }

    private static Link link(String a, String z, int number) {
        return new Link(
                new UUID(0, number), a + "-" + z, new SiteId(a), new SiteId(z), 5, 1000, 1500, 1, List.of(), true);
    }
}
