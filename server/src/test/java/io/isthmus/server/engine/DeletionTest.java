package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.site.SiteId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A deletion ends for its owner, whatever its sites do, and in the end nothing is left anywhere. */
final class DeletionTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final Duration REMOVAL_LIMIT = Duration.ofMillis(300);

    private final FakeSites sites = new FakeSites();
    private EngineWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = EngineWorld.openRemovingWithin(REMOVAL_LIMIT, directory.resolve("isthmus.db"), sites);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void whatIsLeftAtASiteThatIsGoneIsATombstoneUntilTheSiteReturns() {
        var id = active();
        loseD();
        world.delete(id);
        until(() -> world.seenByOwner(id).isEmpty());
        assertThat(world.tombstonesAt("d")).containsExactly(id);
        assertThat(world.tombstonesAt("b")).isEmpty();
        assertThat(sites.things.keySet()).isNotEmpty().allMatch(thing -> thing.contains("D") || thing.contains("-d"));
        assertThat(world.reservedVnis()).as("nobody else may have it meanwhile").hasSize(1);
        assertThat(world.bookedMbps()).isZero();
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        until(() -> world.find(id).isEmpty());
        assertThat(sites.things).isEmpty();
        assertThat(world.tombstonesAt("d")).isEmpty();
        assertThat(world.reservedVnis()).isEmpty();
    }

    @Test
    void aTombstoneOutlivesTheNode() {
        var id = active();
        loseD();
        world.delete(id);
        until(() -> world.tombstonesAt("d").equals(List.of(id)));
        world = world.restart();
        assertThat(world.seenByOwner(id)).isEmpty();
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        until(() -> world.find(id).isEmpty());
        assertThat(sites.things).isEmpty();
    }

    @Test
    void aTombstoneStandsInNobodysWay() {
        var id = active();
        loseD();
        world.delete(id);
        until(() -> world.seenByOwner(id).isEmpty());
        var other = world.connect("b", "c", OnFailure.ROLLBACK);
        until(() -> world.status(other) == ConnectionStatus.ACTIVE);
        assertThat(world.reservedVnis()).hasSize(2);
    }

    @Test
    void whereTenantsUseTheNetworkTheOwnerHearsItAndItGoesOnceTheyAreGone() {
        var id = active();
        sites.ports.put("RegionD", List.of("port of vm1"));
        world.delete(id);
        until(() -> seen(id).status() == ConnectionStatus.ERROR);
        assertThat(seen(id).failure().orElseThrow().code()).isEqualTo("network_in_use");
        assertThat(seen(id).failure().orElseThrow().detail()).contains("port of vm1");
        sites.ports.clear();
        until(() -> world.find(id).isEmpty());
        assertThat(sites.things).isEmpty();
    }

    @Test
    void byForceTheNetworkIsLeftToThoseWhoUseIt() {
        var id = active();
        sites.ports.put("RegionD", List.of("port of vm1"));
        world.delete(id);
        until(() -> seen(id).status() == ConnectionStatus.ERROR);
        world.deleteByForce(id);
        until(() -> world.find(id).isEmpty());
        assertThat(sites.things).containsOnlyKeys("RegionD/network/2000", "RegionD/subnet/2000");
        assertThat(sites.things.values()).containsOnly("tenants");
    }

    @Test
    void thoseWhoUseTheNetworksAreToldBySiteAndAHangingSiteHoldsNobodyUp() throws InterruptedException {
        var id = active();
        sites.ports.put("RegionB", List.of("port of vm2"));
        assertThat(world.engine().usersOf(seen(id))).isEqualTo(Map.of(new SiteId("b"), List.of("port of vm2")));
        loseD();
        assertThat(world.engine().usersOf(seen(id))).isEqualTo(Map.of(new SiteId("b"), List.of("port of vm2")));
    }

    @Test
    void aRollBackWhoseSiteIsGoneIsOverForThoseWhoWaitAndGoesOnUntilNothingIsLeft() {
        var probed = new AtomicBoolean();
        sites.fates = (kind, place) -> {
            probed.compareAndSet(false, kind.equals("probe"));
            return kind.equals("probe") || (probed.get() && isAtD(place))
                    ? FakeSites.Fate.UNREACHABLE
                    : FakeSites.Fate.WORKS;
        };
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        until(() -> world.status(id) == ConnectionStatus.ERROR);
        var why = seen(id).failure().orElseThrow();
        assertThat(seen(id).lastError().orElseThrow().detail())
                .startsWith(why.detail())
                .contains("site d");
        assertThat(sites.things.keySet()).isNotEmpty().allMatch(thing -> thing.contains("D") || thing.contains("-d"));
        assertThat(world.bookedMbps()).isZero();
        assertThat(world.reservedVnis()).hasSize(1);
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        until(() -> world.status(id) == ConnectionStatus.ROLLED_BACK);
        assertThat(sites.things).isEmpty();
        assertThat(world.reservedVnis()).isEmpty();
        assertThat(seen(id).lastError()).contains(why);
    }

    private static boolean isAtD(String place) {
        return place.equals("RegionD") || place.equals("gw-d");
    }

    private void loseD() {
        sites.fates = (kind, place) -> isAtD(place) ? FakeSites.Fate.UNREACHABLE : FakeSites.Fate.WORKS;
    }

    private ConnectionId active() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        return id;
    }

    private ConnectionFacts seen(ConnectionId id) {
        return world.seenByOwner(id).orElseThrow();
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().pollInterval(POLL).atMost(LIMIT).until(condition);
    }
}
