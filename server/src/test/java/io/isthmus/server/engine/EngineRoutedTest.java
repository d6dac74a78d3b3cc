package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.AddressPolicy;
import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.OperStatus;
import io.isthmus.core.l3.Transit;
import io.isthmus.core.network.Cidr;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** L3 connections and the MTU of links, through the engine. */
class EngineRoutedTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private final FakeSites sites = new FakeSites();
    private EngineWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        sites.behindRouters.put("RegionB", new Cidr("10.1.0.0/24"));
        sites.behindRouters.put("RegionC", new Cidr("10.2.0.0/24"));
        sites.behindRouters.put("RegionD", new Cidr("10.4.0.0/24"));
        world = EngineWorld.open(directory.resolve("isthmus.db"), sites);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void routersAreJoinedByATransitWithRoutesBothWaysAndLeftAsTheyWere() {
        var id = active(world.connectRouters("b", "d", AddressPolicy.REJECT_OVERLAP));

        assertThat(sites.things.keySet())
                .contains(
                        "RegionB/interface/router-b-100.126.0.1",
                        "RegionB/route/router-b-10.4.0.0/24",
                        "RegionD/interface/router-d-100.126.0.2",
                        "RegionD/route/router-d-10.1.0.0/24")
                .hasSize(12);
        delete(id);
        assertThat(sites.things).isEmpty();
        assertThat(world.reservedTransits()).isEmpty();
    }

    @Test
    void prefixesThatOverlapAreFoundBeforeAnythingIsMade() {
        sites.behindRouters.put("RegionD", new Cidr("10.1.0.0/16"));
        var id = world.connectRouters("b", "d", AddressPolicy.REJECT_OVERLAP);

        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ROLLED_BACK);
        assertThat(world.find(id).orElseThrow().failure()).isPresent().get().satisfies(error -> {
            assertThat(error.code()).isEqualTo("prefix_overlap");
            assertThat(error.detail()).contains("10.1.0.0/24", "router-b", "10.1.0.0/16", "router-d");
        });
        assertThat(sites.things).isEmpty();
    }

    @Test
    void twoConnectionsAtOnceNeverBringARouterTheSamePrefix() {
        sites.behindRouters.put("RegionC", new Cidr("10.1.0.0/24"));
        var first = world.connectRouters("b", "d", AddressPolicy.REJECT_OVERLAP);
        var second = world.connectRouters("c", "d", AddressPolicy.REJECT_OVERLAP);

        await().pollInterval(POLL).atMost(LIMIT).until(() -> over(first) && over(second));
        assertThat(List.of(world.status(first), world.status(second)))
                .containsExactlyInAnyOrder(ConnectionStatus.ACTIVE, ConnectionStatus.ROLLED_BACK);
    }

    @Test
    void likePrefixesReachEachOtherByTranslatedNamesOnRequest() {
        sites.behindRouters.put("RegionD", new Cidr("10.1.0.0/24"));
        var first = active(world.connectRouters("b", "d", AddressPolicy.NAT));
        var second = active(world.connectRouters("b", "d", AddressPolicy.NAT));

        assertThat(transit(first).translates()).isTrue();
        assertThat(transit(first).natNumbers())
                .doesNotContainAnyElementsOf(transit(second).natNumbers());
        assertThat(sites.things.keySet()).contains("RegionB/route/router-b-100.64.1.0/24");
        delete(first);
        delete(second);
    }

    /** Each call in turn fails once, in each way; in the end all is there or nothing is, and the status says which. */
    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "UNREACHABLE", "DONE_UNHEARD", "LOST"})
    void oneFaultAtAnyCallLeavesAllOrNothing(FakeSites.Fate fate) {
        var cases = 0;
        for (int faulty = 1; faulty <= 60; faulty++) {
            var calls = new AtomicInteger();
            var nth = faulty;
            sites.fates = (kind, place) -> calls.incrementAndGet() == nth ? fate : FakeSites.Fate.WORKS;
            var id = world.connectRouters("b", "d", AddressPolicy.REJECT_OVERLAP);
            await("call " + nth).pollInterval(POLL).atMost(LIMIT).until(() -> over(id));
            var made =
                    sites.things.values().stream().filter(id.toString()::equals).count();
            assertThat(made).isEqualTo(world.status(id) == ConnectionStatus.ACTIVE ? 12 : 0);
            delete(id);
            assertThat(sites.things).as("after call %d", nth).isEmpty();
            assertThat(world.reservedTransits()).isEmpty();
            cases++;
            if (calls.get() < nth) {
                break;
            }
        }
        assertThat(cases).isGreaterThan(15);
    }

    @Test
    void aLinkThatCarriesLessThanComputedIsNamed() {
        sites.carried = 1400;
        var id = active(world.connect("b", "d", OnFailure.ROLLBACK));

        var facts = world.find(id).orElseThrow();
        assertThat(facts.operStatus()).isEqualTo(OperStatus.DEGRADED);
        assertThat(facts.probe().flatMap(report -> report.narrowest()))
                .isPresent()
                .get()
                .satisfies(link -> {
                    assertThat(link.mtu()).isEqualTo(1400);
                    assertThat(link.link())
                            .isIn(facts.reservation().orElseThrow().links());
                });
        delete(id);
    }

    private ConnectionId active(ConnectionId id) {
        await().pollInterval(POLL).atMost(LIMIT).until(() -> over(id));
        assertThat(world.find(id).flatMap(ConnectionFacts::failure)).isEmpty();
        return id;
    }

    private Transit transit(ConnectionId id) {
        return world.find(id)
                .orElseThrow()
                .reservation()
                .orElseThrow()
                .transit()
                .orElseThrow();
    }

    private void delete(ConnectionId id) {
        world.delete(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.find(id).isEmpty());
    }

    private boolean over(ConnectionId id) {
        var status = world.status(id);
        return status == ConnectionStatus.ACTIVE || status == ConnectionStatus.ROLLED_BACK;
    }
}
