package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OnFailure;
import io.isthmus.core.connection.OperStatus;
import io.isthmus.core.connection.PathConstraints;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EngineTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(5);

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

    @Test
    void aConnectionBecomesActiveWithBothSidesMadeAndProbed() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        assertThat(sites.things.keySet())
                .containsExactly(
                        "RegionB/network/2000",
                        "RegionB/subnet/2000",
                        "RegionD/network/2000",
                        "RegionD/subnet/2000",
                        "gw-b/handoff/50000",
                        "gw-b/tunnel/50000",
                        "gw-d/handoff/50000",
                        "gw-d/tunnel/50000");
        world.delete(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.find(id).isEmpty());
        assertThat(sites.things).isEmpty();
        assertThat(world.reservedVnis()).isEmpty();
    }

    @Test
    void whatIsNewIsMadeBeforeAnyLookAndTheGatewayIsReadBackLast() {
        var calls = new CopyOnWriteArrayList<String>();
        sites.fates = (kind, place) -> {
            calls.add(kind + " " + place);
            return FakeSites.Fate.WORKS;
        };
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        for (var place : List.of("RegionB", "gw-b", "RegionD", "gw-d")) {
            assertThat(calls.indexOf("observe " + place)).isGreaterThan(calls.lastIndexOf("apply " + place));
        }
        assertThat(calls.indexOf("observe gw-b")).isGreaterThan(calls.indexOf("observe RegionB"));
        assertThat(calls.indexOf("observe gw-d")).isGreaterThan(calls.indexOf("observe RegionD"));
    }

    @Test
    void aSiteThatRefusesIsNamedAndTheOtherIsPutBack() {
        sites.fates = (kind, place) ->
                kind.equals("apply") && place.equals("RegionD") ? FakeSites.Fate.REFUSED : FakeSites.Fate.WORKS;
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ROLLED_BACK);
        var facts = world.find(id).orElseThrow();
        assertThat(facts.side(SideRole.REMOTE).lastError()).isPresent().get().satisfies(error -> {
            assertThat(error.step()).isEqualTo("create network");
            assertThat(error.code()).isEqualTo("made_for_test");
        });
        assertThat(facts.failure()).isPresent();
        assertThat(sites.things).isEmpty();
        assertThat(world.reservedVnis()).isEmpty();
    }

    @Test
    void networksOfAnotherProjectAreNotJoined() {
        var own = world.join("default", "b", "d");
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(own) == ConnectionStatus.ACTIVE);
        world.delete(own);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.find(own).isEmpty());
        var refused = world.join("somebody", "b", "d");
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(refused) == ConnectionStatus.ROLLED_BACK);
        assertThat(world.find(refused).orElseThrow().failure())
                .hasValueSatisfying(why -> assertThat(why.code()).isEqualTo("network_not_found"));
        assertThat(sites.things).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"REFUSED", "UNREACHABLE"})
    void aSiteThatCannotBeSurveyedIsFoundBeforeAnythingIsMade(FakeSites.Fate fate) {
        var applied = new AtomicInteger();
        sites.fates = (kind, place) -> {
            if (kind.equals("apply")) {
                applied.incrementAndGet();
            }
            return kind.equals("survey") && place.equals("gw-d") ? fate : FakeSites.Fate.WORKS;
        };
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ROLLED_BACK);
        assertThat(applied).hasValue(0);
    }

    @Test
    void whereRetryIsAskedForAPersonIsToldAndCanHaveItTriedAgain() {
        sites.fates = (kind, place) -> kind.equals("apply") ? FakeSites.Fate.REFUSED : FakeSites.Fate.WORKS;
        var id = world.connect("b", "d", OnFailure.RETRY);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ERROR);
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        world.engine().reconcile(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
    }

    @Test
    void whatIsTakenAwayByHandIsMadeAgain() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        sites.things.remove("gw-b/tunnel/50000");
        world.engine().reconcile(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> sites.things.containsKey("gw-b/tunnel/50000"));
        assertThat(world.status(id)).isEqualTo(ConnectionStatus.ACTIVE);
    }

    /** A Neutron freezes with a request in its socket, and carries it out when it goes on, after the roll-back looked. */
    @Test
    void aRequestThatTakesEffectAfterTheRollBackLookedIsStillPutBack() {
        var frozen = new AtomicBoolean();
        sites.fates = (kind, place) -> switch (kind + " " + place) {
            case "apply RegionD" -> frozen.getAndSet(true) ? FakeSites.Fate.WORKS : FakeSites.Fate.LATE;
            case "observe RegionD" -> frozen.get() ? FakeSites.Fate.UNREACHABLE : FakeSites.Fate.WORKS;
            case "apply gw-b" -> frozen.get() ? FakeSites.Fate.REFUSED : FakeSites.Fate.UNREACHABLE;
            default -> FakeSites.Fate.WORKS;
        };
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ROLLING_BACK);
        sites.fates = (kind, place) -> FakeSites.Fate.WORKS;
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ROLLED_BACK);
        assertThat(sites.things).isEmpty();
    }

    @Test
    void manyConnectionsAtOnceNeverShareANumber() {
        world = world.patient();
        var ids = new ArrayList<ConnectionId>();
        for (int i = 0; i < 60; i++) {
            ids.add(world.connect(i % 2 == 0 ? "b" : "c", "d", OnFailure.ROLLBACK));
        }
        // The fake throws where one connection takes what belongs to another.
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ids.stream().allMatch(id -> world.status(id) == ConnectionStatus.ACTIVE));
        assertThat(world.reservedVnis()).hasSize(60);
        ids.forEach(world::delete);
        await().atMost(Duration.ofSeconds(60))
                .until(() -> ids.stream().allMatch(id -> world.find(id).isEmpty()));
        assertThat(sites.things).isEmpty();
    }

    @Test
    void aPathKeepsClearOfAnotherConnectionsAndCrossesTheSitesThatItIncludes() {
        var first = world.connect("b", "c", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(first) == ConnectionStatus.ACTIVE);
        var apart = new PathConstraints(List.of(), List.of(), List.of(), Optional.of(first));
        var second = world.connect("b", "c", OnFailure.ROLLBACK, apart);
        var around = new PathConstraints(List.of(new SiteId("c")), List.of(), List.of(), Optional.empty());
        var third = world.connect("b", "d", OnFailure.ROLLBACK, around);
        await().pollInterval(POLL)
                .atMost(LIMIT)
                .until(() ->
                        List.of(second, third).stream().allMatch(id -> world.status(id) == ConnectionStatus.ACTIVE));
        assertThat(path(first)).isEqualTo("[b, c]");
        assertThat(path(second)).isEqualTo("[b, a, c]");
        assertThat(path(third)).isEqualTo("[b, c, a, d]");
        var impossible = new PathConstraints(List.of(), List.of(), List.of(), Optional.of(third));
        var fourth = world.connect("b", "d", OnFailure.ROLLBACK, impossible);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(fourth) == ConnectionStatus.ROLLED_BACK);
        assertThat(world.find(fourth).orElseThrow().failure())
                .isPresent()
                .get()
                .satisfies(error -> assertThat(error.code()).isEqualTo("no_path"));
    }

    @Test
    void anUpdateBooksBesideWhatIsHeldAndThenOnlyWhatIsNew() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        world.widen(id, 700);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        assertThat(world.bookedMbps()).isEqualTo(2 * 700);
        world.widen(id, 300);
        assertThat(world.bookedMbps()).isIn(2 * 700, 2 * 300);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        assertThat(world.bookedMbps()).isEqualTo(2 * 300);
        assertThat(world.find(id).orElseThrow().failure()).isEmpty();
    }

    @Test
    void anUpdateThatIsRefusedIsTakenBackAndSaysWhy() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        var refusals = new AtomicInteger(1);
        sites.fates = (kind, place) -> kind.equals("observe") && place.equals("gw-d") && refusals.getAndDecrement() > 0
                ? FakeSites.Fate.REFUSED
                : FakeSites.Fate.WORKS;
        world.widen(id, 700);
        await().pollInterval(POLL)
                .atMost(LIMIT)
                .until(() -> world.status(id) == ConnectionStatus.ACTIVE
                        && world.find(id).orElseThrow().settled());
        var facts = world.find(id).orElseThrow();
        assertThat(facts.desired().bandwidthMbps()).isEmpty();
        assertThat(facts.failure())
                .isPresent()
                .get()
                .satisfies(error -> assertThat(error.step()).isEqualTo("update: observe gateway"));
        assertThat(world.bookedMbps()).isZero();
    }

    @Test
    void suspendingClosesBothGatewaysAndKeepsAllElse() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        var held = world.find(id).orElseThrow().reservation();
        world.adminState(id, false);
        assertThat(world.status(id)).isIn(ConnectionStatus.UPDATING, ConnectionStatus.SUSPENDED);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.SUSPENDED);
        assertThat(sites.things.keySet())
                .containsExactly(
                        "RegionB/network/2000", "RegionB/subnet/2000", "RegionD/network/2000", "RegionD/subnet/2000");
        var suspended = world.find(id).orElseThrow();
        assertThat(suspended.operStatus()).isEqualTo(OperStatus.DOWN);
        assertThat(suspended.reservation()).isEqualTo(held);
        world = world.restart();
        world.engine().reconcile(id);
        world.adminState(id, true);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        allOrNothing(id);
        assertThat(world.find(id).orElseThrow().operStatus()).isEqualTo(OperStatus.UP);
    }

    @Test
    void resumingThatDoesNotPassLeavesItSuspended() {
        var id = world.connect("b", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.ACTIVE);
        world.adminState(id, false);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.SUSPENDED);
        sites.fates = (kind, place) ->
                kind.equals("apply") && place.equals("gw-d") ? FakeSites.Fate.REFUSED : FakeSites.Fate.WORKS;
        world.adminState(id, true);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.status(id) == ConnectionStatus.SUSPENDED);
        assertThat(world.find(id).orElseThrow().updateWasTakenBack()).isTrue();
        assertThat(sites.things.keySet()).noneMatch(thing -> thing.startsWith("gw-"));
        world.delete(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.find(id).isEmpty());
        assertThat(sites.things).isEmpty();
    }

    @Test
    void whatWasOrderedUntilNowIsDeletedAndItsNumbersAreFree() {
        var kept = world.connect("b", "d", OnFailure.ROLLBACK);
        var id = world.connect("c", "d", OnFailure.ROLLBACK);
        await().pollInterval(POLL)
                .atMost(LIMIT)
                .until(() ->
                        List.of(kept, id).stream().allMatch(each -> world.status(each) == ConnectionStatus.ACTIVE));
        world.expire(id);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> world.find(id).isEmpty());
        assertThat(world.reservedVnis()).hasSize(1);
        assertThat(world.status(kept)).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(sites.things).hasSize(8).containsValue(kept.toString());
    }

    private String path(ConnectionId id) {
        return world.find(id).orElseThrow().reservation().orElseThrow().sites().toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void manyFaultsAndRestartsLeaveAllOrNothing(long seed) {
        var random = new SplittableRandom(seed);
        var fates = FakeSites.Fate.values();
        Consumer<Integer> faults = percent -> sites.fates = (kind, place) -> {
            synchronized (random) {
                return random.nextInt(100) < percent
                        ? fates[1 + random.nextInt(fates.length - 1)]
                        : FakeSites.Fate.WORKS;
            }
        };
        var ids = new ArrayList<ConnectionId>();
        faults.accept(20);
        for (int round = 0; round < 5; round++) {
            var id = world.connect(List.of("b", "c", "a").get(round % 3), "d", OnFailure.ROLLBACK);
            ids.add(id);
            var until = random.nextInt(6);
            await().pollInterval(POLL)
                    .atMost(LIMIT)
                    .until(() -> sites.things.size() >= until || over(world.status(id)));
            world = world.restart();
        }
        faults.accept(0);
        await().pollInterval(POLL).atMost(LIMIT).until(() -> ids.stream().allMatch(id -> over(world.status(id))));
        ids.forEach(this::allOrNothing);
        ids.forEach(world::delete);
        await().pollInterval(POLL)
                .atMost(LIMIT)
                .until(() -> ids.stream().allMatch(id -> world.find(id).isEmpty()));
        assertThat(sites.things).isEmpty();
        assertThat(world.reservedVnis()).isEmpty();
    }

    private static boolean over(ConnectionStatus status) {
        return status == ConnectionStatus.ACTIVE || status == ConnectionStatus.ROLLED_BACK;
    }

    private void allOrNothing(ConnectionId id) {
        var made = sites.things.values().stream().filter(id.toString()::equals).count();
        assertThat(made).isEqualTo(world.status(id) == ConnectionStatus.ACTIVE ? 8 : 0);
    }
}
