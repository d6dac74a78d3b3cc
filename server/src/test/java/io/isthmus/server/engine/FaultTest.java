package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every outward call of a creation and of a deletion goes wrong once, in every way; then nothing is left and no status lies. */
final class FaultTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(5);

    /** More calls than a creation or deletion has; reaching it means that the count does not end. */
    private static final int MOST_CALLS = 200;

    private static final AtomicInteger CREATIONS = new AtomicInteger();
    private static final AtomicInteger DELETIONS = new AtomicInteger();

    private final FakeSites sites = new FakeSites();
    private EngineWorld world;

    @BeforeEach
    void open(@TempDir Path directory) {
        world = EngineWorld.open(directory.resolve("isthmus.db"), sites);
    }

    @AfterEach
    void close() {
        world.close();
    }

    @AfterAll
    static void tellHowMany() {
        System.out.println("faulty calls: " + CREATIONS + " of creations, " + DELETIONS + " of deletions");
        assertThat(CREATIONS.get() + DELETIONS.get()).isGreaterThan(100);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
    void aFaultAtAnyCallOfACreationLeavesAllOrNothing(FakeSites.Fate fate) {
        for (int faulty = 1; faulty <= MOST_CALLS; faulty++) {
            var calls = failingAt(faulty, fate);
            var id = world.connect("b", "d", OnFailure.ROLLBACK);
            await("call " + faulty).pollInterval(POLL).atMost(LIMIT).until(() -> over(id));
            var made =
                    sites.things.values().stream().filter(id.toString()::equals).count();
            assertThat(made).as("after call %d", faulty).isEqualTo(world.status(id) == ConnectionStatus.ACTIVE ? 8 : 0);
            var reached = calls.get() >= faulty;
            sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
            delete(id, faulty);
            if (!reached) {
                return;
            }
            CREATIONS.incrementAndGet();
        }
        throw new AssertionError("a creation has more than " + MOST_CALLS + " calls");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "WORKS")
    void aFaultAtAnyCallOfADeletionLeavesNothing(FakeSites.Fate fate) {
        for (int faulty = 1; faulty <= MOST_CALLS; faulty++) {
            sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
            var id = world.connect("b", "d", OnFailure.ROLLBACK);
            await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
            var calls = failingAt(faulty, fate);
            delete(id, faulty);
            if (calls.get() < faulty) {
                return;
            }
            DELETIONS.incrementAndGet();
        }
        throw new AssertionError("a deletion has more than " + MOST_CALLS + " calls");
    }

    private AtomicInteger failingAt(int faulty, FakeSites.Fate fate) {
        var calls = new AtomicInteger();
        sites.fates = (kind, place) -> calls.incrementAndGet() == faulty ? fate : FakeSites.Fate.WORKS;
        return calls;
    }

    private void delete(ConnectionId id, int faulty) {
        world.delete(id);
        await("call " + faulty)
                .pollInterval(POLL)
                .atMost(LIMIT)
                .until(() -> world.find(id).isEmpty());
        assertThat(sites.things).as("after call %d", faulty).isEmpty();
        assertThat(world.reservedVnis()).as("after call %d", faulty).isEmpty();
    }

    private boolean over(ConnectionId id) {
        var status = world.status(id);
        return status == ConnectionStatus.ACTIVE || status == ConnectionStatus.ROLLED_BACK;
    }
}
