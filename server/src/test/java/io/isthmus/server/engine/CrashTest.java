package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The node dies before each statement that it writes, one after the other, and goes on with what was committed until then. */
final class CrashTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int MOST_STATEMENTS = 1_000;

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
    void aCrashBeforeAnyStatementOfACreationLeavesAllOrNothing() {
        var cases = everyCrash(() -> {}, () -> world.connect("b", "d", OnFailure.ROLLBACK), id -> {
            if (world.find(id).isEmpty()) {
                assertThat(sites.things).isEmpty(); // It died before the request was stored.
                return;
            }
            until(() -> world.status(id) == ConnectionStatus.ACTIVE);
            assertThat(sites.things).hasSize(8).containsValue(id.toString());
        });
        System.out.println("crashes within a creation: " + cases);
        assertThat(cases).isGreaterThan(20);
    }

    @Test
    void aCrashBeforeAnyStatementOfADeletionLeavesNothing() {
        var made = new AtomicBoolean();
        var id = new ConnectionId[1];
        var cases = everyCrash(
                () -> {
                    id[0] = world.connect("b", "d", OnFailure.ROLLBACK);
                    until(() -> world.status(id[0]) == ConnectionStatus.ACTIVE);
                    made.set(true);
                },
                () -> {
                    world.delete(id[0]);
                    return id[0];
                },
                gone -> {});
        System.out.println("crashes within a deletion: " + cases);
        assertThat(made).isTrue();
        assertThat(cases).isGreaterThan(10);
    }

    /**
     * Does {@code work} as often as it writes statements, and dies before another one each time.
     *
     * @param check what holds after the restart
     * @return how often it died
     */
    private int everyCrash(
            Runnable before, java.util.function.Supplier<ConnectionId> work, Consumer<ConnectionId> check) {
        for (int deadly = 1; deadly <= MOST_STATEMENTS; deadly++) {
            before.run();
            var written = new AtomicInteger();
            var number = deadly;
            var counting = new AtomicBoolean();
            world = world.watched(statement -> {
                if (counting.get() && written.incrementAndGet() >= number) {
                    throw new Dead();
                }
            });
            counting.set(true);
            ConnectionId id = null;
            try {
                id = work.get();
            } catch (RuntimeException died) {
                assertThat(written).hasValueGreaterThanOrEqualTo(number);
            }
            var worked = id;
            until(() -> written.get() >= number || worked == null || isQuiet(worked));
            var died = written.get() >= number;
            world = world.restart();
            if (worked != null) {
                check.accept(worked);
                remove(worked);
            }
            assertThat(sites.things).as("after statement %d", deadly).isEmpty();
            assertThat(world.reservedVnis()).as("after statement %d", deadly).isEmpty();
            if (!died) {
                return deadly - 1;
            }
        }
        throw new AssertionError("more than " + MOST_STATEMENTS + " statements");
    }

    /** All that was to be done is done. */
    private boolean isQuiet(ConnectionId id) {
        return world.find(id)
                .map(facts -> facts.status() == ConnectionStatus.ACTIVE && facts.settled())
                .orElse(true);
    }

    private void remove(ConnectionId id) {
        if (world.find(id).isPresent()) {
            world.delete(id);
        }
        until(() -> world.find(id).isEmpty());
    }

    private static void until(java.util.concurrent.Callable<Boolean> condition) {
        await().pollInterval(POLL).atMost(LIMIT).until(condition);
    }

    private static final class Dead extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Dead() {
            super("the node is dead");
        }
    }
}
