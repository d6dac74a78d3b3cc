package io.isthmus.store;

import static io.isthmus.store.Examples.B;
import static io.isthmus.store.Examples.D;
import static io.isthmus.store.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.ConnectionStatus;
import io.isthmus.core.connection.OperStatus;
import io.isthmus.core.connection.ProbeReport;
import io.isthmus.core.endpoint.Endpoint;
import io.isthmus.core.endpoint.EndpointNetwork;
import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.core.network.Cidr;
import io.isthmus.core.side.Part;
import io.isthmus.core.side.Side;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.side.SideStatus;
import io.isthmus.core.side.StepError;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.connection.ConnectionSites;
import io.isthmus.store.connection.NewConnection;
import io.isthmus.store.connection.Reserving;
import io.isthmus.store.event.Event;
import io.isthmus.store.idempotency.IdempotencyStore.Begun;
import io.isthmus.store.idempotency.IdempotencyStore.Reply;
import io.isthmus.store.link.SightStore;
import io.isthmus.store.operation.OperationState;
import io.isthmus.store.operation.StepState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every database must do for the stores. */
abstract class StoreContract {
    Stores stores;

    /** Opens the test's database, again with what was in it if it was open before. */
    abstract Stores open();

    @BeforeEach
    void start() {
        stores = open();
        stores.sites().create(Examples.site(B), List.of("lab"), NOON);
        stores.sites().create(Examples.site(D), List.of(), NOON);
    }

    @AfterEach
    void stop() {
        stores.close();
    }

    private ConnectionId create() {
        return create(Examples.inline());
    }

    private ConnectionId create(NewConnection wanted) {
        assertThat(stores.connections().create(wanted, NOON)).isInstanceOf(Change.Done.class);
        return wanted.connection().id();
    }

    private ConnectionFacts facts(ConnectionId id) {
        return stores.connections().find(id).orElseThrow();
    }

    private static <T> Stored<T> done(Change<T> change) {
        assertThat(change).isInstanceOf(Change.Done.class);
        return ((Change.Done<T>) change).stored();
    }

    private List<Event> events() {
        return stores.events().after(0, 10_000);
    }

    @Test
    void aSiteIsReadBackAsItWasWritten() {
        var stored = stores.sites().find(B).orElseThrow();
        assertThat(stored).isEqualTo(new Stored<>(Examples.site(B), NOON, NOON, 1, List.of("lab")));
    }

    @Test
    void aSecondSiteOfTheSameIdIsRefused() {
        assertThat(stores.sites().create(Examples.site(B), List.of(), NOON)).isInstanceOf(Change.Exists.class);
    }

    @Test
    void aWriteAtAnOldRevisionChangesNothing() {
        var changed = new Site(
                B, "Bordeaux", Optional.empty(), List.of(), Examples.site(B).cloud(), List.of(), false);
        assertThat(done(stores.sites().update(changed, List.of(), 1, NOON)).revision())
                .isEqualTo(2);
        assertThat(stores.sites().update(Examples.site(B), List.of(), 1, NOON)).isEqualTo(new Change.Stale<Site>(2));
        assertThat(stores.sites().delete(B, 1, NOON)).isEqualTo(new Change.Stale<Site>(2));
        assertThat(stores.sites().find(B).orElseThrow().value()).isEqualTo(changed);
    }

    @Test
    void ofManyWritersAtTheSameRevisionOneWins() throws Exception {
        var won = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 50; writer++) {
                int me = writer;
                running.add(threads.submit(() -> {
                    if (stores.sites().update(Examples.site(B), List.of("w" + me), 1, NOON)
                            instanceof Change.Done<Site>) {
                        won.add(me);
                    }
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(won).hasSize(1);
        assertThat(stores.sites().find(B).orElseThrow().tags()).containsExactly("w" + won.peek());
    }

    @Test
    void whatProbesSayOfALinkIsKeptBesideItAndGoesWithIt() {
        var link = Examples.link(UUID.randomUUID(), 1000);
        done(stores.links().create(link, List.of(), NOON));
        var first = new LinkSight(5.25, 15, NOON, true, false);
        stores.sights().keep(List.of(new SightStore.Seen(link, first, Optional.empty())), NOON);
        var second = new LinkSight(31, 5, NOON.plusSeconds(5), false, true);
        var news = new SightStore.News("latency_exceeded", Map.of("measured_ms", "31.0"));
        stores.sights().keep(List.of(new SightStore.Seen(link, second, Optional.of(news))), NOON);
        assertThat(stores.sights().all()).isEqualTo(Map.of(link.id(), second));
        assertThat(stores.sights().of(List.of(UUID.randomUUID()))).isEmpty();
        assertThat(stores.links().find(link.id()).orElseThrow().revision()).isEqualTo(1);
        assertThat(events().getLast().kind()).isEqualTo("link.latency_exceeded");
        assertThat(events().getLast().data()).containsEntry("name", link.name()).containsEntry("measured_ms", "31.0");
        done(stores.links().delete(link.id(), 1, NOON));
        stores.sights().keep(List.of(new SightStore.Seen(link, second, Optional.of(news))), NOON);
        assertThat(stores.sights().all()).isEmpty();
        assertThat(events().getLast().kind()).isEqualTo("link.deleted");
    }

    @Test
    void aSiteThatIsUsedCannotBeDeleted() {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 1000), List.of(), NOON));
        assertThat(stores.sites().delete(B, 1, NOON))
                .isEqualTo(new Change.InUse<Site>("link", List.of(link.toString())));
        done(stores.links().delete(link, 1, NOON));
        var endpoint = UUID.randomUUID();
        done(stores.endpoints().create(Examples.endpoint(endpoint, B), List.of(), NOON));
        assertThat(stores.sites().delete(B, 1, NOON))
                .isEqualTo(new Change.InUse<Site>("endpoint", List.of(endpoint.toString())));
        done(stores.endpoints().delete(endpoint, 1, NOON));
        done(stores.sites().delete(B, 1, NOON));
        assertThat(stores.sites().find(B)).isEmpty();
    }

    @Test
    void aSiteWithConnectionsKeepsItsPhysicalNetwork() {
        var connection = create();
        var cloud = Examples.site(B).cloud();
        var moved = new Site(
                B,
                "b",
                Optional.empty(),
                List.of(),
                new Cloud(
                        cloud.kind(),
                        cloud.authUrl(),
                        cloud.regionName(),
                        cloud.cell(),
                        "physnet2",
                        cloud.vlanRange(),
                        cloud.credentialId()),
                List.of(),
                true);
        assertThat(stores.sites().update(moved, List.of(), 1, NOON))
                .isEqualTo(new Change.InUse<Site>("connection", List.of(connection.toString())));
    }

    @Test
    void aLinkToAnUnknownSiteIsRefused() {
        var link = new Link(UUID.randomUUID(), "x", B, new SiteId("nowhere"), 1, 100, 1500, 1, List.of(), true);
        assertThat(stores.links().create(link, List.of(), NOON)).isEqualTo(new Change.Unknown<Link>("site", "nowhere"));
    }

    @Test
    void everyKindOfEndpointNetworkIsReadBackAsItWasWritten() {
        for (var network : List.of(
                Examples.endpoint(UUID.randomUUID(), B).network(),
                new EndpointNetwork.Existing("n1"),
                new EndpointNetwork.Router("r1", List.of(new Cidr("10.1.0.0/16"))),
                new EndpointNetwork.External("e1", new Cidr("2001:db8::/64")))) {
            var endpoint = new Endpoint(UUID.randomUUID(), "e", "p1", B, network, false);
            done(stores.endpoints().create(endpoint, List.of(), NOON));
            assertThat(stores.endpoints().find(endpoint.id()).orElseThrow().value())
                    .isEqualTo(endpoint);
        }
    }

    @Test
    void aNewConnectionIsRequestedWithPendingSidesAndAnOperation() {
        var wanted = Examples.inline();
        var id = create(wanted);
        var stored = stores.connections().findStored(id).orElseThrow();
        assertThat(stored.value().desired()).isEqualTo(wanted.connection());
        assertThat(stored.value().status()).isEqualTo(ConnectionStatus.REQUESTED);
        assertThat(stored.value().sides())
                .containsExactly(Side.pending(SideRole.LOCAL, B), Side.pending(SideRole.REMOTE, D));
        assertThat(stored.value().deadlineAt()).isEqualTo(wanted.deadlineAt());
        assertThat(stored.tags()).containsExactly("blue");
        assertThat(stores.connections().unsettled()).containsExactly(id);
        assertThat(stores.connections().presentAndSettled()).isEmpty();
        assertThat(stores.operations().currentOf(id).orElseThrow().value().id()).isEqualTo(wanted.operationId());
        assertThat(events().stream().map(Event::kind))
                .contains("connection.created", "operation.created", "endpoint.created");
    }

    @Test
    void anEndpointBelongsToOneConnectionAtMost() {
        var wanted = Examples.inline();
        var id = create(wanted);
        var taken = wanted.inline().getFirst().id();
        var free = UUID.randomUUID();
        done(stores.endpoints().create(Examples.endpoint(free, D), List.of(), NOON));
        var second = new NewConnection(
                Examples.connection(free, taken), List.of(), List.of(), UUID.randomUUID(), Optional.empty());
        assertThat(stores.connections().create(second, NOON))
                .isEqualTo(new Change.InUse<ConnectionFacts>("connection", List.of(id.toString())));
        assertThat(stores.endpoints().delete(taken, 1, NOON))
                .isEqualTo(new Change.InUse<Endpoint>("connection", List.of(id.toString())));
    }

    @Test
    void aConnectionWithAnUnknownSiteLeavesNothingBehind() {
        var local = Examples.endpoint(UUID.randomUUID(), B);
        var remote = Examples.endpoint(UUID.randomUUID(), new SiteId("nowhere"));
        var wanted = new NewConnection(
                Examples.connection(local.id(), remote.id()),
                List.of(local, remote),
                List.of(),
                UUID.randomUUID(),
                Optional.empty());
        var before = events();
        assertThat(stores.connections().create(wanted, NOON))
                .isEqualTo(new Change.Unknown<ConnectionFacts>("site", "nowhere"));
        assertThat(stores.endpoints().list(ListQuery.ALL)).isEmpty();
        assertThat(events()).isEqualTo(before);
    }

    @Test
    void aConnectionGoesFromRequestedToActiveStepByStep() {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 1000), List.of(), NOON));
        var id = create();
        var connections = stores.connections();
        connections.start(id, Optional.of(NOON.plusSeconds(30)), NOON);
        assertThat(facts(id).status()).isEqualTo(ConnectionStatus.RESERVING);
        var wanted = Examples.reservation(5000, 2000, 2001, List.of(link), 200);
        assertThat(connections.reserve(id, wanted, NOON)).isInstanceOf(Reserving.Reserved.class);
        assertThat(facts(id).status()).isEqualTo(ConnectionStatus.PROVISIONING);
        assertThat(facts(id).reservation()).contains(wanted);
        assertThat(connections.reservedVlans(B, "physnet1")).containsExactly(2000);
        assertThat(connections.reservedVlans(D, "physnet1")).containsExactly(2001);
        assertThat(connections.reservedVnis()).containsExactly(5000);
        assertThat(connections.bookedMbps()).isEqualTo(Map.of(link, 200));

        for (var side : facts(id).sides()) {
            connections.saveSide(id, side.applying(Part.NETWORK), NOON);
            connections.saveSide(id, side.applied(new TreeMap<>(Map.of("network_id", "n-" + side.site()))), NOON);
        }
        assertThat(facts(id).operStatus()).isEqualTo(OperStatus.TESTING);
        var direction = new ProbeReport.Direction(5.1, 0, OptionalInt.of(1450));
        var report = new ProbeReport(NOON.plusSeconds(3), direction, direction);
        connections.saveProbe(id, report, NOON);
        assertThat(connections.activate(id, NOON.plusSeconds(4))).isTrue();

        var facts = facts(id);
        assertThat(facts.status()).isEqualTo(ConnectionStatus.ACTIVE);
        assertThat(facts.operStatus()).isEqualTo(OperStatus.UP);
        assertThat(facts.probe()).contains(report);
        assertThat(facts.activatedAt()).contains(NOON.plusSeconds(4));
        assertThat(facts.remote().facts()).isEqualTo(Map.of("network_id", "n-d"));
        assertThat(connections.unsettled()).isEmpty();
        assertThat(connections.presentAndSettled()).containsExactly(id);
        assertThat(connections.toAudit()).containsExactly(new ConnectionSites(id, B, D));
        assertThat(connections.sites(id)).containsExactly(B, D);
        assertThat(stores.operations().currentOf(id)).isEmpty();
        assertThat(stores.operations().list(ListQuery.ALL).getFirst().value().state())
                .isEqualTo(OperationState.SUCCEEDED);
    }

    @Test
    void aSaveThatChangesNothingNeitherRaisesTheRevisionNorTellsAnybody() {
        var id = create();
        var before = stores.connections().findStored(id).orElseThrow();
        var last = stores.events().last();
        stores.connections().saveSide(id, before.value().local(), NOON.plusSeconds(9));
        assertThat(stores.connections().findStored(id)).contains(before);
        assertThat(stores.events().last()).isEqualTo(last);
    }

    @Test
    void whatIsTakenIsNamedAndNothingElseIsReserved() {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 300), List.of(), NOON));
        var first = create();
        var second = create();
        var connections = stores.connections();
        connections.reserve(first, Examples.reservation(5000, 2000, 2000, List.of(link), 200), NOON);

        assertThat(connections.reserve(second, Examples.reservation(5000, 2001, 2001, List.of(link), 1), NOON))
                .isEqualTo(new Reserving.Taken("vni", "", 5000));
        assertThat(connections.reserve(second, Examples.reservation(5001, 2001, 2000, List.of(link), 1), NOON))
                .isEqualTo(new Reserving.Taken("vlan", "d/physnet1", 2000));
        assertThat(connections.reserve(second, Examples.reservation(5001, 2001, 2001, List.of(link), 101), NOON))
                .isEqualTo(new Reserving.NoCapacity(link, 100));
        assertThat(connections.reservedVnis()).containsExactly(5000);
        assertThat(connections.reservedVlans(B, "physnet1")).containsExactly(2000);
        assertThat(connections.reserve(second, Examples.reservation(5001, 2001, 2001, List.of(link), 100), NOON))
                .isInstanceOf(Reserving.Reserved.class);

        connections.rollBack(
                first, new StepError("probe", "probe_failed", "no reply", "look", NOON), NOON.plusSeconds(60), NOON);
        assertThat(connections.finishRollBack(first, NOON)).isTrue();
        assertThat(connections.reservedVnis()).containsExactly(5001);
        assertThat(connections.bookedMbps()).isEqualTo(Map.of(link, 100));
        assertThat(facts(first).reservation()).isEmpty();
    }

    @Test
    void aLinkInUseKeepsItsSitesAndEnoughCapacity() {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 300), List.of(), NOON));
        var id = create();
        stores.connections().reserve(id, Examples.reservation(1, 2000, 2000, List.of(link), 200), NOON);
        var inUse = new Change.InUse<Link>("connection", List.of(id.toString()));
        assertThat(stores.links().update(Examples.link(link, 199), List.of(), 1, NOON))
                .isEqualTo(inUse);
        assertThat(stores.links().delete(link, 1, NOON)).isEqualTo(inUse);
        done(stores.links().update(Examples.link(link, 200), List.of(), 1, NOON));
    }

    @Test
    void manyThreadsNeverReserveTheSameThingTwice() throws Exception {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 1000), List.of(), NOON));
        var ids = IntStream.range(0, 40).mapToObj(each -> create()).toList();
        var got = new ConcurrentLinkedQueue<Integer>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<?>>();
            for (var id : ids) {
                running.add(threads.submit(() -> {
                    int vni = 1;
                    while (true) {
                        var result = stores.connections()
                                .reserve(
                                        id, Examples.reservation(vni, 1999 + vni, 1999 + vni, List.of(link), 50), NOON);
                        switch (result) {
                            case Reserving.Reserved(var stored) -> {
                                got.add(stored.value()
                                        .reservation()
                                        .orElseThrow()
                                        .vni());
                                return;
                            }
                            case Reserving.Taken(var kind, var scope, var value) -> vni++;
                            case Reserving.NoCapacity(var full, var free) -> {
                                return;
                            }
                        }
                    }
                }));
            }
            for (var each : running) {
                each.get();
            }
        }
        assertThat(got).hasSize(20).doesNotHaveDuplicates();
        assertThat(stores.connections().bookedMbps()).isEqualTo(Map.of(link, 1000));
        assertThat(stores.connections().reservedVlans(B, "physnet1")).hasSize(20);
    }

    @Test
    void aRollBackDoesNotEndWhileSomethingIsLeftAndAllowsNothingNew() {
        var id = create();
        var connections = stores.connections();
        assertThat(connections.touch(id, SideRole.LOCAL, Part.GATEWAY, NOON)).isTrue();
        connections.rollBack(
                id, new StepError("probe", "probe_failed", "no reply", "look", NOON), NOON.plusSeconds(60), NOON);
        assertThat(connections.touch(id, SideRole.REMOTE, Part.NETWORK, NOON)).isFalse();
        assertThat(facts(id).local().touchedParts()).containsExactly(Part.GATEWAY);
        assertThat(connections.activate(id, NOON)).isFalse();
        assertThat(connections.finishRollBack(id, NOON)).isFalse();
        connections.saveSide(id, facts(id).local().removed(), NOON);
        assertThat(connections.finishRollBack(id, NOON)).isTrue();
    }

    @Test
    void whatIsActiveIsNotGivenUp() {
        var id = create();
        var connections = stores.connections();
        assertThat(connections.activate(id, NOON)).isTrue();
        var late = new StepError("create subnet", "neutron_rejected", "no", "look", NOON);
        assertThat(connections.rollBack(id, late, NOON.plusSeconds(60), NOON)).isFalse();
        assertThat(connections.fail(id, late, NOON)).isFalse();
        assertThat(facts(id).status()).isNotEqualTo(ConnectionStatus.ROLLING_BACK);
    }

    @Test
    void whatWasLeftToAPersonIsTakenUpAgainWithBothSidesToBeLookedAt() {
        var id = create();
        var connections = stores.connections();
        connections.saveSide(id, facts(id).local().applied(new TreeMap<>()), NOON);
        assertThat(connections.takeUpAgain(id, Optional.empty(), NOON)).isFalse();
        connections.fail(id, new StepError("create subnet", "neutron_rejected", "no", "look", NOON), NOON);
        assertThat(facts(id).status()).isEqualTo(ConnectionStatus.ERROR);
        assertThat(connections.takeUpAgain(id, Optional.empty(), NOON)).isTrue();
        assertThat(facts(id).local().status()).isEqualTo(SideStatus.APPLYING);
        assertThat(connections.unsettled()).containsExactly(id);
    }

    @Test
    void aFailedConnectionIsRolledBackAndKeepsTheReason() {
        var id = create();
        var why = new StepError("create subnet", "neutron_unreachable", "no answer", "look", NOON);
        assertThat(stores.connections().rollBack(id, why, NOON.plusSeconds(60), NOON))
                .isTrue();
        assertThat(facts(id).status()).isEqualTo(ConnectionStatus.ROLLING_BACK);
        assertThat(stores.connections().finishRollBack(id, NOON)).isTrue();
        assertThat(facts(id).status()).isEqualTo(ConnectionStatus.ROLLED_BACK);
        assertThat(facts(id).failure()).contains(why);
        assertThat(stores.operations().list(ListQuery.ALL).getFirst().value().state())
                .isEqualTo(OperationState.ROLLED_BACK);
    }

    @Test
    void aForgottenConnectionLeavesNoRowBehind() {
        var link = UUID.randomUUID();
        done(stores.links().create(Examples.link(link, 300), List.of(), NOON));
        var id = create();
        stores.connections().reserve(id, Examples.reservation(1, 2000, 2000, List.of(link), 200), NOON);
        var operation = UUID.randomUUID();
        assertThat(stores.connections().requestDeletion(id, OptionalLong.of(1), operation, false, NOON.plusSeconds(1)))
                .isEqualTo(new Change.Stale<ConnectionFacts>(2));
        var deleting = done(
                stores.connections().requestDeletion(id, OptionalLong.of(2), operation, false, NOON.plusSeconds(1)));
        assertThat(deleting.value().status()).isEqualTo(ConnectionStatus.DELETING);
        var again = done(stores.connections()
                .requestDeletion(id, OptionalLong.empty(), UUID.randomUUID(), false, NOON.plusSeconds(1)));
        assertThat(again).isEqualTo(deleting);

        stores.connections().forget(id, NOON);
        assertThat(stores.connections().find(id)).isEmpty();
        assertThat(stores.endpoints().list(ListQuery.ALL)).isEmpty();
        assertThat(stores.connections().reservedVnis()).isEmpty();
        assertThat(stores.connections().bookedMbps()).isEmpty();
        assertThat(events().getLast().kind()).isEqualTo("connection.deleted");
        assertThat(stores.operations().find(operation).orElseThrow().value().state())
                .isEqualTo(OperationState.SUCCEEDED);
        assertThat(stores.operations().newestOf(List.of(id.toString()))).containsValue(operation);
    }

    @Test
    void whatTheOwnerMadeStaysWhenItsConnectionGoes() {
        var local = Examples.endpoint(UUID.randomUUID(), B);
        var remote = Examples.endpoint(UUID.randomUUID(), D);
        done(stores.endpoints().create(local, List.of(), NOON));
        var wanted = new NewConnection(
                Examples.connection(local.id(), remote.id()),
                List.of(remote),
                List.of(),
                UUID.randomUUID(),
                Optional.empty());
        var id = create(wanted);
        stores.connections().forget(id, NOON);
        assertThat(stores.endpoints().list(ListQuery.ALL).stream().map(Stored::value))
                .containsExactly(local);
    }

    @Test
    void anOperationRecordsItsStepsUntilItIsOver() {
        var wanted = Examples.inline();
        create(wanted);
        var id = wanted.operationId();
        var operations = stores.operations();
        operations.stepStarted(id, Optional.of(B), "create network", NOON);
        operations.stepDone(id, Optional.of(B), "create network", StepState.SUCCEEDED, "made", NOON.plusMillis(120));
        operations.finish(id, OperationState.SUCCEEDED, NOON);
        operations.stepStarted(id, Optional.of(D), "too late", NOON);
        var operation = operations.find(id).orElseThrow().value();
        assertThat(operation.state()).isEqualTo(OperationState.SUCCEEDED);
        assertThat(operation.steps()).singleElement().satisfies(step -> {
            assertThat(step.durationMs()).contains(120L);
            assertThat(step.state()).isEqualTo(StepState.SUCCEEDED);
        });
        assertThat(operations.forgetOverSince(NOON)).isZero();
        assertThat(operations.forgetOverSince(NOON.plusSeconds(1))).isEqualTo(1);
    }

    @Test
    void pagesNeitherRepeatNorHideRowsWhileOthersCome() {
        var first = new ArrayList<String>();
        for (int each = 0; each < 30; each++) {
            var id = new UUID(0, each * 10L);
            first.add(id.toString());
            done(stores.links().create(Examples.link(id, 100 + each % 3), List.of(), NOON));
        }
        long later = 0;
        for (var sortKey : List.of("id", "capacity_mbps", "latency_ms", "created_at", "name")) {
            for (var descending : List.of(true, false)) {
                var seen = new ArrayList<String>();
                Optional<String> marker = Optional.empty();
                while (true) {
                    var page = stores.links().list(new ListQuery(7, marker, sortKey, descending, Map.of()));
                    page.forEach(stored -> seen.add(stored.value().id().toString()));
                    done(stores.links()
                            .create(Examples.link(new UUID(++later, 5), 101), List.of(), NOON.plusSeconds(later)));
                    if (page.size() < 7) {
                        break;
                    }
                    marker = Optional.of(seen.getLast());
                }
                assertThat(seen).doesNotHaveDuplicates().containsAll(first);
            }
        }
    }

    @Test
    void listsKeepToTheirFilters() {
        for (int each = 0; each < 9; each++) {
            done(stores.links().create(Examples.link(UUID.randomUUID(), 100 + each % 3), List.of(), NOON));
        }
        var query = ListQuery.ALL.with("capacity_mbps", "101").with("admin_state_up", "true");
        assertThat(stores.links().list(query)).hasSize(3);
        assertThat(stores.links().list(query.with("a_site", "d"))).isEmpty();
        assertThatThrownBy(() -> stores.links().list(ListQuery.ALL.with("colour", "red")))
                .isInstanceOf(ListQuery.InvalidQuery.class);
        assertThatThrownBy(() -> stores.links().list(ListQuery.ALL.with("mtu", "big")))
                .isInstanceOf(ListQuery.InvalidQuery.class);
        assertThatThrownBy(() -> stores.links().list(new ListQuery(1, Optional.of("gone"), "id", false, Map.of())))
                .isInstanceOf(ListQuery.InvalidQuery.class);
        create();
        assertThat(stores.connections().list(ListQuery.ALL.with("status", "requested")))
                .hasSize(1);
        assertThat(stores.connections().list(ListQuery.ALL.with("status", "active")))
                .isEmpty();
    }

    @Test
    void whoWaitsForEventsWakesUpAtTheCommit() throws Exception {
        var last = stores.events().last();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var waiting = threads.submit(() -> stores.events().awaitAfter(last, Duration.ofSeconds(20)));
            create();
            assertThat(waiting.get()).isTrue();
        }
        assertThat(stores.events().awaitAfter(stores.events().last(), Duration.ofMillis(5)))
                .isFalse();
        assertThat(stores.events().after(last, 1)).hasSize(1);
    }

    @Test
    void eventsAreNumberedInTheOrderOfCommits() {
        create();
        assertThat(events().stream().map(Event::seq))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, events().size())
                        .mapToObj(Long::valueOf)
                        .toList());
    }

    @Test
    void aRequestWithAKeyIsDoneOnce() {
        var idempotency = stores.idempotency();
        assertThat(idempotency.begin("p1", "k", "sha", NOON)).isEqualTo(new Begun.First(NOON));
        assertThat(idempotency.begin("p1", "k", "sha", NOON)).isEqualTo(new Begun.UnderWay());
        assertThat(idempotency.begin("p2", "k", "sha", NOON)).isInstanceOf(Begun.First.class);
        var reply = new Reply(202, Map.of("Location", "/v1/x"), "{}");
        idempotency.complete("p1", "k", reply);
        assertThat(idempotency.begin("p1", "k", "sha", NOON)).isEqualTo(new Begun.Replay(reply));
        assertThat(idempotency.begin("p1", "k", "other", NOON)).isEqualTo(new Begun.OtherRequest());
        assertThat(idempotency.begin("p1", "k", "other", NOON.plus(Duration.ofHours(24))))
                .isInstanceOf(Begun.First.class);
        idempotency.abandon("p1", "k");
        assertThat(idempotency.begin("p1", "k", "third", NOON)).isInstanceOf(Begun.First.class);
    }

    @Test
    void workOfUnknownOutcomeIsBegunAgainWithItsFirstTime() {
        var idempotency = stores.idempotency();
        idempotency.begin("p1", "k", "sha", NOON);
        idempotency.leaveUnanswered("p1", "k");
        assertThat(idempotency.begin("p1", "k", "sha", NOON.plusSeconds(9))).isEqualTo(new Begun.First(NOON));
    }

    @Test
    void whoWatchesAResourceWakesUpForThatOneOnly() throws Exception {
        var mine = create();
        var other = create();
        try (var watch = stores.events().watch(mine.toString())) {
            stores.connections().start(other, Optional.empty(), NOON);
            assertThat(watch.await(Duration.ofMillis(5))).isFalse();
            stores.connections().start(mine, Optional.empty(), NOON);
            assertThat(watch.await(Duration.ofSeconds(20))).isTrue();
            assertThat(watch.await(Duration.ofMillis(5))).isFalse();
        }
    }

    @Test
    void whatWasAcknowledgedIsThereAfterAReopen() {
        var id = create();
        stores.connections().start(id, Optional.empty(), NOON);
        stores.connections().reserve(id, Examples.reservation(7, 2000, 2001, List.of(), 0), NOON);
        stores.idempotency().begin("p1", "k", "sha", NOON);
        var before = stores.connections().findStored(id);
        var last = stores.events().last();
        stores.close();
        stores = open();
        assertThat(stores.connections().findStored(id)).isEqualTo(before);
        assertThat(stores.connections().reservedVnis()).containsExactly(7);
        assertThat(stores.events().last()).isEqualTo(last);
        assertThat(stores.idempotency().begin("p1", "k", "sha", NOON.plusSeconds(5)))
                .isEqualTo(new Begun.First(NOON));
    }
}
