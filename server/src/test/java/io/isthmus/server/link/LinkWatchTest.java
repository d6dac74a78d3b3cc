package io.isthmus.server.link;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.link.LatencyPolicy;
import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.network.IpAddress;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.Goal;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Gateway;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.server.engine.Drivers;
import io.isthmus.southbound.CloudDriver;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.GatewayDriver;
import io.isthmus.southbound.Observed;
import io.isthmus.southbound.Outcome;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import io.isthmus.store.Stores;
import io.isthmus.store.event.Event;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links a-b (5 ms), a-d (12 ms), and two between b and d. */
final class LinkWatchTest {
    @TempDir
    Path folder;

    private final Map<String, Double> roundTrips = new HashMap<>(Map.of("10.0.0.2", 10.2, "10.0.0.4", 24.4));
    private boolean gatewayAnswers = true;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");
    private Stores stores;
    private LinkWatch watch;

    @BeforeEach
    void start() {
        stores = Stores.open(folder.resolve("isthmus.db"));
        int number = 1;
        for (var id : List.of("a", "b", "c", "d")) {
            assertThat(stores.sites().create(site(id, number++), List.of(), now))
                    .isNotNull();
        }
        add(1, "a", "b", 5);
        add(2, "a", "d", 12);
        add(3, "b", "d", 1);
        add(4, "d", "b", 1);
        watch = watch();
    }

    @AfterEach
    void stop() {
        watch.close();
        stores.close();
    }

    private LinkWatch watch() {
        var cloud = (CloudDriver) Proxy.newProxyInstance(
                CloudDriver.class.getClassLoader(), new Class<?>[] {CloudDriver.class}, (self, method, arguments) -> {
                    throw new AssertionError("no cloud is asked");
                });
        return new LinkWatch(
                stores.sites(),
                stores.links(),
                stores.sights(),
                new Drivers(cloud, Map.of("frr", new FakeGateways())),
                LatencyPolicy.USUAL,
                () -> now);
    }

    private void add(int number, String a, String z, double latency) {
        var link = new Link(
                new UUID(0, number), a + z, new SiteId(a), new SiteId(z), latency, 1000, 1500, 1, List.of(), true);
        assertThat(stores.links().create(link, List.of(), now)).isNotNull();
    }

    private static Site site(String id, int number) {
        var gateway =
                new Gateway("gw-" + id, "frr", Map.of(), new IpAddress("10.0.0." + number), 65000 + number, 1500, 1000);
        return new Site(
                new SiteId(id),
                id,
                Optional.empty(),
                List.of(),
                new Cloud(
                        CloudKind.REGION,
                        URI.create("http://127.0.0.1:5000/v3"),
                        id,
                        Optional.empty(),
                        "interdc",
                        new VlanRange(2000, 2999),
                        "c"),
                List.of(gateway),
                true,
                Optional.empty());
    }

    private void rounds(int count) throws InterruptedException {
        for (int round = 0; round < count; round++) {
            now = now.plusSeconds(5);
            watch.round();
        }
    }

    private Map<UUID, LinkSight> seen() {
        return stores.sights().all();
    }

    private LinkSight seen(int number) {
        return Optional.ofNullable(seen().get(new UUID(0, number))).orElseThrow();
    }

    private List<Event> told() {
        return stores
                .events()
                .list(OptionalLong.empty(), 100, false, Optional.empty(), Map.of("resource_type", "link"))
                .stream()
                .filter(event -> !event.kind().equals("link.created"))
                .toList();
    }

    @Test
    void everyLinkThatCanBeToldApartIsMeasuredOneWayAndNothingIsTold() throws Exception {
        rounds(3);
        assertThat(seen()).containsOnlyKeys(new UUID(0, 1), new UUID(0, 2));
        assertThat(seen(1).latencyMs()).isEqualTo(5.1);
        assertThat(seen(2).latencyMs()).isEqualTo(12.2);
        assertThat(told()).isEmpty();
    }

    @Test
    void aLinkThatGrowsSlowerThanDeclaredIsToldWithDeclaredMeasuredAndLimit() throws Exception {
        rounds(3);
        roundTrips.put("10.0.0.2", 60.4);
        rounds(3);
        assertThat(told()).extracting(Event::kind).containsExactly("link.latency_exceeded");
        assertThat(told().getFirst().data())
                .containsEntry("name", "ab")
                .containsEntry("a_site", "a")
                .containsEntry("declared_ms", "5.0")
                .containsEntry("measured_ms", "30.2")
                .containsEntry("limit_ms", "7.25");
    }

    @Test
    void aGatewayThatDoesNotAnswerSaysNothingOfItsLinks() throws Exception {
        rounds(3);
        gatewayAnswers = false;
        rounds(6);
        assertThat(told()).isEmpty();
        assertThat(seen(1).answers()).isTrue();
    }

    @Test
    void aNeighbourThatDoesNotAnswerAnyMoreIsALinkThatIsDown() throws Exception {
        rounds(3);
        roundTrips.remove("10.0.0.4");
        rounds(3);
        assertThat(told()).extracting(Event::kind).containsExactly("link.down");
        assertThat(seen(2).answers()).isFalse();
    }

    @Test
    void whatWasToldBeforeARestartIsNotToldAgain() throws Exception {
        roundTrips.put("10.0.0.2", 60.4);
        rounds(3);
        assertThat(told()).hasSize(1);
        watch.close();
        watch = watch();
        rounds(4);
        assertThat(told()).hasSize(1);
    }

    @Test
    void whatDoesNotChangeIsStoredAgainOnlyNowAndThen() throws Exception {
        rounds(3);
        var first = seen(1).at();
        rounds(2);
        assertThat(seen(1).at()).isEqualTo(first);
        rounds(4);
        assertThat(seen(1).at()).isAfter(first);
    }

    /** Gateways that answer as {@link #roundTrips} has it, and can do nothing else. */
    private final class FakeGateways implements GatewayDriver {
        @Override
        public Outcome<List<Rtt>> linkRtts(Gateway gateway, List<IpAddress> neighbours) {
            if (!gatewayAnswers) {
                return new Outcome.Unreachable<>(new Failure("gateway_unreachable", "silent", "none"));
            }
            return new Outcome.Done<>(neighbours.stream()
                    .map(each -> {
                        var ms = roundTrips.get(each.toString());
                        return new Rtt(each, ms == null ? 0 : 5, ms == null ? 0 : ms);
                    })
                    .toList());
        }

        @Override
        public Outcome<Set<Integer>> usedVnis(Gateway gateway) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<Probed> probe(GatewayIntent intent) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<List<Cidr>> networks(Gateway gateway) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<OptionalInt> linkMtu(Gateway gateway, IpAddress neighbour, int bytes) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<Observed> observe(GatewayIntent intent, Goal goal) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Outcome<Applied> apply(GatewayIntent intent, List<Step> steps, StepListener listener) {
            throw new UnsupportedOperationException();
        }
    }
}
