package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.connection.SyncStatus;
import io.isthmus.core.side.Drift;
import io.isthmus.core.side.DriftAction;
import io.isthmus.core.side.DriftPolicy;
import io.isthmus.core.side.SideRole;
import io.isthmus.southbound.Observed;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DriftTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

    private final FakeSites sites = new FakeSites();
    private EngineWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = EngineWorld.openPatient(directory.resolve("isthmus.db"), sites);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatDiffersIsShownByFieldAndPutBack() {
        var id = active(DriftPolicy.REPAIR);
        sites.altered.put("gw-b/tunnel/50000/mtu", "900");
        sites.things.remove("RegionB/subnet/2000");
        world.engine().reconcile(id);
        until(id, facts -> actions(facts).equals(List.of(DriftAction.REPAIRED, DriftAction.REPAIRED)));
        assertThat(sites.altered).isEmpty();
        assertThat(sites.things).hasSize(8);
        assertThat(drift(world.find(id).orElseThrow()))
                .extracting(drift -> String.join(
                        " ", drift.object(), drift.identity(), drift.field(), drift.observed(), drift.wanted()))
                .containsExactlyInAnyOrder(
                        "tunnel tunnel/50000 mtu 900 as wanted", "subnet subnet/2000 presence absent present");
        until(id, facts -> facts.syncStatus() == SyncStatus.IN_SYNC);
    }

    @Test
    void whereOnlyAReportIsWantedNothingIsSent() {
        var id = active(DriftPolicy.REPORT);
        var applied = new AtomicInteger();
        sites.fates = (kind, place) -> {
            if (kind.equals("apply")) {
                applied.incrementAndGet();
            }
            return FakeSites.Fate.WORKS;
        };
        sites.altered.put("gw-b/tunnel/50000/mtu", "900");
        world.engine().reconcile(id);
        until(id, facts -> actions(facts).equals(List.of(DriftAction.REPORTED)));
        assertThat(world.find(id).orElseThrow().syncStatus()).isEqualTo(SyncStatus.DRIFTED);
        assertThat(applied).hasValue(0);
        sites.altered.clear();
        world.engine().reconcile(id);
        until(
                id,
                facts ->
                        facts.syncStatus() == SyncStatus.IN_SYNC && drift(facts).isEmpty());
    }

    @Test
    void whatMaySensiblyBeAnothersChoiceIsAdoptedAndTheRestReported() {
        var id = active(DriftPolicy.ADOPT);
        sites.altered.put("RegionB/subnet/2000/enable_dhcp", "false");
        world.engine().reconcile(id);
        until(id, facts -> actions(facts).equals(List.of(DriftAction.ADOPTED)));
        assertThat(world.find(id).orElseThrow().syncStatus()).isEqualTo(SyncStatus.IN_SYNC);
        sites.altered.put("RegionB/network/2000/mtu", "900");
        world.engine().reconcile(id);
        until(id, facts -> drift(facts).size() == 2);
        assertThat(actions(world.find(id).orElseThrow()))
                .containsExactlyInAnyOrder(DriftAction.ADOPTED, DriftAction.REPORTED);
        assertThat(sites.altered).hasSize(2);
    }

    @Test
    void whatSomebodyElseMadeIsToldAndLeftAlone() {
        var id = active(DriftPolicy.REPAIR);
        sites.foreign.put("gw-b", new Observed.Foreign("handoff", "tap7", "vlan", "2000"));
        world.engine().reconcile(id);
        until(id, facts -> actions(facts).equals(List.of(DriftAction.LEFT_ALONE)));
        assertThat(world.find(id).orElseThrow().syncStatus()).isEqualTo(SyncStatus.DRIFTED);
    }

    @Test
    void aSideThatCannotBeReadIsUnobservedAndOneThatCannotBeRepairedIsDrifted() {
        var id = active(DriftPolicy.REPAIR);
        sites.fates = (kind, place) -> place.equals("gw-b") ? FakeSites.Fate.UNREACHABLE : FakeSites.Fate.WORKS;
        world.engine().reconcile(id);
        until(id, facts -> facts.syncStatus() == SyncStatus.UNOBSERVED);
        sites.altered.put("gw-b/tunnel/50000/mtu", "900");
        sites.fates = (kind, place) ->
                place.equals("gw-b") && kind.equals("apply") ? FakeSites.Fate.REFUSED : FakeSites.Fate.WORKS;
        world.engine().reconcile(id);
        until(id, facts -> facts.syncStatus() == SyncStatus.DRIFTED);
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        world.engine().reconcile(id);
        until(id, facts -> facts.syncStatus() == SyncStatus.IN_SYNC);
        assertThat(sites.altered).isEmpty();
    }

    private ConnectionId active(DriftPolicy policy) {
        var id = world.connect("b", "d", OnFailure.ROLLBACK, PathConstraints.NONE, policy);
        until(id, facts -> facts.status() == ConnectionStatus.ACTIVE);
        return id;
    }

    private void until(ConnectionId id, java.util.function.Predicate<ConnectionFacts> condition) {
        await().pollInterval(POLL)
                .atMost(LIMIT)
                .until(() -> condition.test(world.find(id).orElseThrow()));
    }

    private static List<Drift> drift(ConnectionFacts facts) {
        return facts.side(SideRole.LOCAL).drift();
    }

    private static List<DriftAction> actions(ConnectionFacts facts) {
        return drift(facts).stream().map(Drift::action).toList();
    }
}
