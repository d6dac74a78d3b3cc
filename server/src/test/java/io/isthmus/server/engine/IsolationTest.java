package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.connection.ConnectionSites;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A site that hangs holds up itself, and nobody else. */
final class IsolationTest {
    private static final SiteId B = new SiteId("b");
    private static final SiteId C = new SiteId("c");
    private static final SiteId D = new SiteId("d");

    @Test
    void whoWaitsForAFullSiteHoldsNoPlaceElsewhere() throws Exception {
        var places = new Places(10, 1, 1);
        places.enter(List.of(D));
        var waits = Thread.ofVirtual().start(() -> {
            try {
                places.enter(List.of(B, D));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waits.getState() == Thread.State.WAITING);
        places.enter(List.of(B));
        places.leave(List.of(D));
        assertThat(waits.isAlive()).isTrue();
        places.leave(List.of(B));
        waits.join(Duration.ofSeconds(10));
        assertThat(waits.isAlive()).isFalse();
        places.leave(List.of(B, D));
        places.enter(List.of(B, D));
    }

    @Test
    void whoIsStoppedWhileItWaitsLeavesNoPlaceTaken() throws Exception {
        var places = new Places(1, 1, 1);
        places.enter(List.of(B));
        var waits = Thread.ofVirtual().start(() -> {
            try {
                places.enter(List.of(C));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            }
        });
        await().until(() -> waits.getState() == Thread.State.WAITING);
        waits.interrupt();
        waits.join(Duration.ofSeconds(10));
        places.leave(List.of(B));
        places.enter(List.of(C));
    }

    @Test
    void hundredsOfConnectionsGoOnWhileOneSiteHangs(@TempDir Path directory) {
        var sites = new FakeSites();
        var thaw = new CountDownLatch(1);
        sites.fates = (kind, place) -> {
            if (place.equals("RegionD")) {
                try {
                    thaw.await();
                } catch (InterruptedException _) {
                    Thread.currentThread().interrupt();
                }
            }
            return FakeSites.Fate.WORKS;
        };
        try (var world = EngineWorld.openPatient(directory.resolve("isthmus.db"), sites)) {
            var stuck = connect(world, 60, "b", "d");
            var free = connect(world, 120, "b", "c");
            await().atMost(Duration.ofSeconds(60))
                    .until(() -> free.stream().allMatch(id -> world.status(id) == ConnectionStatus.ACTIVE));
            assertThat(stuck).noneMatch(id -> world.status(id) == ConnectionStatus.ACTIVE);
            var connections = world.engine().queues().getFirst();
            assertThat(connections.name()).isEqualTo("connections");
            assertThat(connections.running()).isEqualTo(8);
            assertThat(connections.waiting()).isEqualTo(52);
            assertThat(connections.oldest()).isPositive();
            assertThat(connections.settled()).isGreaterThanOrEqualTo(240);
            thaw.countDown();
        }
    }

    @Test
    void aRoundIsSpreadOverTheIntervalAndSparesASiteWithMany() {
        var few = PatrolRound.over(pairs(10, B, D), Duration.ofSeconds(30), Duration.ofMillis(50));
        assertThat(few.looks()).extracting(PatrolRound.Look::after).startsWith(Duration.ZERO, Duration.ofSeconds(3));
        assertThat(few.length()).isEqualTo(Duration.ofSeconds(27));
        var many = PatrolRound.over(pairs(1_000, B, D), Duration.ofSeconds(10), Duration.ofMillis(50));
        assertThat(many.length()).isEqualTo(Duration.ofMillis(999 * 50));
        var looks = many.looks();
        for (int at = 1; at < looks.size(); at++) {
            assertThat(looks.get(at).after().minus(looks.get(at - 1).after()))
                    .isGreaterThanOrEqualTo(Duration.ofMillis(50));
        }
    }

    private static List<ConnectionSites> pairs(int count, SiteId local, SiteId remote) {
        return IntStream.range(0, count)
                .mapToObj(at -> new ConnectionSites(new ConnectionId(new UUID(0, at)), local, remote))
                .toList();
    }

    private static List<ConnectionId> connect(EngineWorld world, int count, String local, String remote) {
        var ids = new ArrayList<ConnectionId>();
        for (int made = 0; made < count; made++) {
            ids.add(world.connect(local, remote, OnFailure.ROLLBACK));
        }
        return ids;
    }
}
