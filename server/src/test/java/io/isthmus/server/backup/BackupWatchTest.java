package io.isthmus.server.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.backup.BackupConstraints;
import io.isthmus.core.backup.ChosenBackup;
import io.isthmus.core.backup.Standing;
import io.isthmus.core.backup.StandingPolicy;
import io.isthmus.core.backup.Weights;
import io.isthmus.core.link.Link;
import io.isthmus.core.link.LinkSight;
import io.isthmus.core.site.Capacity;
import io.isthmus.core.site.Cloud;
import io.isthmus.core.site.CloudKind;
import io.isthmus.core.site.Site;
import io.isthmus.core.site.SiteId;
import io.isthmus.core.site.VlanRange;
import io.isthmus.server.api.SiteHealth;
import io.isthmus.store.Change;
import io.isthmus.store.ListQuery;
import io.isthmus.store.Stores;
import io.isthmus.store.event.Event;
import io.isthmus.store.link.SightStore;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** b is backed up by d; a could, too. */
final class BackupWatchTest {
    private static final UUID ID = new UUID(0, 7);

    @TempDir
    Path folder;

    private Stores stores;
    private BackupWatch watch;
    private Instant now = Instant.parse("2026-01-01T12:00:00Z");

    @BeforeEach
    void choose() {
        stores = Stores.open(folder.resolve("isthmus.db"));
        for (var id : new String[] {"a", "b", "d"}) {
            assertThat(stores.sites().create(site(id, true), List.of(), now)).isNotNull();
        }
        addLink("a", "b", 5);
        addLink("b", "d", 3);
        var constraints = new BackupConstraints(
                Optional.of(15.0),
                0,
                Set.of(),
                Set.of(),
                Optional.empty(),
                Optional.empty(),
                new Capacity(4, 0, 0),
                List.of());
        var choice = new ChosenBackup(ID, "b-d", "p1", new SiteId("b"), new SiteId("d"), constraints, Weights.USUAL);
        assertThat(stores.choices().create(choice, List.of("x"), now)).isNotNull();
        watch = new BackupWatch(
                stores.choices(),
                new BackupSources(stores, SiteHealth.UNKNOWN, () -> now),
                StandingPolicy.USUAL,
                () -> now);
    }

    @AfterEach
    void close() {
        watch.close();
        stores.close();
    }

    private static Site site(String id, boolean up) {
        return site(id, up, 6);
    }

    private static Site site(String id, boolean up, int vcpus) {
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
                List.of(),
                up,
                Optional.of(new Capacity(vcpus, 0, 0)));
    }

    private void addLink(String a, String z, double latency) {
        var link = new Link(
                UUID.randomUUID(), a + z, new SiteId(a), new SiteId(z), latency, 1000, 1500, 1, List.of(), true);
        assertThat(stores.links().create(link, List.of(), now)).isNotNull();
    }

    private void lookAfter(int seconds) {
        now = now.plusSeconds(seconds);
        watch.look();
    }

    private Standing standing() {
        return stores.choices().find(ID).orElseThrow().value().standing();
    }

    private List<Event> told() {
        return stores.events()
                .list(OptionalLong.empty(), 100, false, Optional.empty(), Map.of("resource_type", "backup_choice"));
    }

    @Test
    void aChoiceThatKeepsItsLimitsIsLeftAlone() {
        lookAfter(5);
        lookAfter(60);
        assertThat(standing().phase()).isEqualTo(Standing.Phase.KEPT);
        assertThat(told()).extracting(Event::kind).containsExactly("backup_choice.created");
    }

    @Test
    void maintenanceOfTheBackupIsToldOnceWithOldNewAndWhyAndNothingMoves() {
        assertThat(stores.sites().update(site("d", false), List.of(), 1, now)).isNotNull();
        lookAfter(5);
        assertThat(standing().phase()).isEqualTo(Standing.Phase.SUSPECT);
        lookAfter(20);
        lookAfter(20);
        assertThat(standing().phase()).isEqualTo(Standing.Phase.BROKEN);
        assertThat(told()).extracting(Event::kind).containsExactly("backup_choice.created", "backup_choice.broken");
        assertThat(told().getLast().data())
                .containsEntry("backup", "d")
                .containsEntry("proposal", "a")
                .containsEntry("criterion", "admin_state_up")
                .containsEntry("value", "maintenance")
                .containsEntry("limit", "online");
        assertThat(told().getLast().data().get("plan"))
                .startsWith("1. choose a as the backup of b, over b-a: 5.0 ms one way")
                .endsWith("2. give up the choice b-d (" + ID + ")");
        assertThat(told().getLast().project()).hasValue("p1");
        assertThat(stores.choices().find(ID).orElseThrow().value().choice().backup())
                .isEqualTo(new SiteId("d"));
    }

    @Test
    void whatIsGoodAgainIsToldAndItsOwnSpareDoesNotCountAgainstIt() {
        // Of 6 vCPUs its own spare takes 4: a second one of its kind would not fit.
        assertThat(stores.sites().update(site("d", false), List.of(), 1, now)).isNotNull();
        lookAfter(5);
        lookAfter(20);
        assertThat(stores.sites().update(site("d", true), List.of(), 2, now)).isNotNull();
        lookAfter(5);
        lookAfter(60);
        assertThat(standing().phase()).isEqualTo(Standing.Phase.KEPT);
        assertThat(told().getLast().kind()).isEqualTo("backup_choice.kept_again");
        assertThat(told().getLast().data()).containsEntry("criterion", "admin_state_up");
    }

    @Test
    void aLinkThatIsMeasuredSlowerThanDeclaredBreaksTheLatency() {
        see("bd", new LinkSight(20, 15, now, true, true));
        lookAfter(5);
        lookAfter(15);
        assertThat(told().getLast().data())
                .containsEntry("criterion", "max_latency_ms")
                .containsEntry("value", "20")
                .containsEntry("proposal", "a");
    }

    @Test
    void aLinkThatIsMeasuredFasterThanDeclaredCountsAsDeclaredAndOneThatIsDownDoesNotCount() {
        see("ab", new LinkSight(1, 15, now, true, false));
        see("bd", new LinkSight(3, 15, now, false, false));
        lookAfter(5);
        lookAfter(15);
        assertThat(told().getLast().data()).containsEntry("criterion", "links").containsEntry("proposal", "a");
        assertThat(told().getLast().data().get("plan")).contains("b-a: 5.0 ms");
    }

    @Test
    void capacityThatIsGoneBreaksTheChoiceAndTheOneThatHasRoomIsProposed() {
        assertThat(stores.sites().update(site("d", true, 3), List.of(), 1, now)).isNotNull();
        lookAfter(5);
        lookAfter(15);
        assertThat(told().getLast().kind()).isEqualTo("backup_choice.broken");
        assertThat(told().getLast().data())
                .containsEntry("criterion", "resources.vcpus")
                .containsEntry("value", "3")
                .containsEntry("limit", "4")
                .containsEntry("proposal", "a");
        assertThat(stores.choices().find(ID).orElseThrow().value().choice().backup())
                .as("nothing is moved")
                .isEqualTo(new SiteId("d"));
    }

    @Test
    void whatWasMeasuredLongAgoDoesNotCount() {
        see("bd", new LinkSight(20, 15, now.minusSeconds(300), true, true));
        lookAfter(5);
        lookAfter(15);
        assertThat(standing().phase()).isEqualTo(Standing.Phase.KEPT);
    }

    private void see(String name, LinkSight sight) {
        stores.links().list(ListQuery.ALL).stream()
                .filter(each -> each.value().name().equals(name))
                .forEach(each ->
                        stores.sights().keep(List.of(new SightStore.Seen(each.value(), sight, Optional.empty())), now));
    }

    @Test
    void aBackupWhoseSiteIsGoneIsBroken() {
        removeLink("b", "d");
        assertThat(stores.sites().delete(new SiteId("d"), 1, now)).isInstanceOf(Change.Done.class);
        lookAfter(5);
        lookAfter(15);
        assertThat(told().getLast().kind()).isEqualTo("backup_choice.broken");
        assertThat(told().getLast().data())
                .containsEntry("criterion", "site")
                .containsEntry("reason", "it is not described any more")
                .containsEntry("proposal", "a");
    }

    @Test
    void aBackupWhoseActiveSiteIsGoneIsBrokenAndNothingIsProposed() {
        removeLink("b", "d");
        removeLink("a", "b");
        assertThat(stores.sites().delete(new SiteId("b"), 1, now)).isInstanceOf(Change.Done.class);
        lookAfter(5);
        lookAfter(15);
        assertThat(told().getLast().data())
                .containsEntry("reason", "the active site b is not described any more")
                .containsEntry("proposal", "")
                .containsEntry("plan", "no site keeps all limits: relax one, or add capacity or links");
    }

    private void removeLink(String a, String z) {
        stores.links().list(ListQuery.ALL).stream()
                .filter(each -> each.value().name().equals(a + z))
                .forEach(each -> assertThat(stores.links().delete(each.value().id(), each.revision(), now))
                        .isInstanceOf(Change.Done.class));
    }

    @Test
    void aSecondWatchGoesOnWhereTheFirstEnded() {
        assertThat(stores.sites().update(site("d", false), List.of(), 1, now)).isNotNull();
        lookAfter(5);
        var second = new BackupWatch(
                stores.choices(),
                new BackupSources(stores, SiteHealth.UNKNOWN, () -> now),
                StandingPolicy.USUAL,
                () -> now);
        now = now.plusSeconds(15);
        second.look();
        second.close();
        assertThat(standing().phase()).isEqualTo(Standing.Phase.BROKEN);
    }
}
