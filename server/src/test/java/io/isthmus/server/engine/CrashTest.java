package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The node dies before each statement that it writes, one after the other, and goes on with what was committed until then. The
 * usual build takes every fifth statement; all of them take some minutes and are for {@code ./dev test long}.
 */
final class CrashTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);
    private static final int MOST_STATEMENTS = 1_000;

    private static final int FIFTH = 5;
    private static final int NEVER = Integer.MAX_VALUE;

    private Fate fate = new Fate();
    private final FakeSites sites = new FakeSites();
    private EngineWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = EngineWorld.openPatient(directory.resolve("isthmus.db"), sites).restartDead(fate);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @Test
    void aCrashWithinACreationLeavesAllOrNothing() {
        assertThat(crashesWithinACreation(FIFTH)).isGreaterThan(15);
    }

    @Test
    void aCrashWithinADeletionLeavesNothing() {
        assertThat(crashesWithinADeletion(FIFTH)).isGreaterThan(8);
    }

    @Test
    @Tag("long")
    void aCrashBeforeAnyStatementOfACreationLeavesAllOrNothing() {
        assertThat(crashesWithinACreation(1)).isGreaterThan(75);
    }

    @Test
    @Tag("long")
    void aCrashBeforeAnyStatementOfADeletionLeavesNothing() {
        assertThat(crashesWithinADeletion(1)).isGreaterThan(40);
    }

    private int crashesWithinACreation(int step) {
        var cases = everyCrash(step, Optional::empty, none -> world.connect("b", "d", OnFailure.ROLLBACK), id -> {
            until(() -> world.status(id) == ConnectionStatus.ACTIVE);
            assertThat(sites.things).hasSize(8).containsValue(id.toString());
        });
        System.out.println("crashes within a creation: " + cases);
        return cases;
    }

    private int crashesWithinADeletion(int step) {
        var cases = everyCrash(
                step,
                () -> {
                    var id = world.connect("b", "d", OnFailure.ROLLBACK);
                    until(() -> world.status(id) == ConnectionStatus.ACTIVE);
                    return Optional.of(id);
                },
                there -> {
                    world.delete(there.orElseThrow());
                    return there.orElseThrow();
                },
                id -> {});
        System.out.println("crashes within a deletion: " + cases);
        return cases;
    }

    /**
     * Does {@code work} as often as it writes statements, and dies before another one each time.
     *
     * @param step 1 for each statement
     * @param before answers what is there already
     * @param check what holds after the restart of what is there
     * @return how often it died
     */
    private int everyCrash(
            int step,
            Supplier<Optional<ConnectionId>> before,
            Function<Optional<ConnectionId>, ConnectionId> work,
            Consumer<ConnectionId> check) {
        var cases = 0;
        for (int deadly = 1; deadly <= MOST_STATEMENTS; deadly += step) {
            var there = before.get();
            fate.from(deadly);
            try {
                var id = work.apply(there);
                there = Optional.of(id);
                until(() -> fate.isDead() || isQuiet(id));
            } catch (Dead dead) {
                assertThat(fate.isDead()).isTrue();
            }
            var died = fate.isDead();
            fate = new Fate(); // The old one stays dead while it is closed.
            world = world.restartDead(fate);
            there.ifPresent(id -> {
                check.accept(id);
                remove(id);
            });
            assertThat(sites.things).as("after statement %d", deadly).isEmpty();
            assertThat(world.reservedVnis()).as("after statement %d", deadly).isEmpty();
            if (!died) {
                return cases;
            }
            cases++;
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

    /** Counts what one node writes, and ends it at one statement. */
    private static final class Fate implements Consumer<String> {
        private final AtomicInteger written = new AtomicInteger();
        private volatile int deadly = NEVER;

        /** It dies at the statement of this number from now on. */
        void from(int statement) {
            written.set(0);
            deadly = statement;
        }

        boolean isDead() {
            return written.get() >= deadly;
        }

        @Override
        public void accept(String statement) {
            if (written.incrementAndGet() >= deadly) {
                throw new Dead();
            }
        }
    }

    private static final class Dead extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        Dead() {
            super("the node is dead");
        }
    }
}
