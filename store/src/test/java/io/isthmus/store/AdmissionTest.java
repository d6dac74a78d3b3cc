package io.isthmus.store;

import static io.isthmus.store.Examples.B;
import static io.isthmus.store.Examples.D;
import static io.isthmus.store.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Reservation;
import io.isthmus.store.connection.Reserving;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hundreds of connections ask at once for numbers and links that are too few for them, and some give theirs back meanwhile. */
final class AdmissionTest {
    private static final int CONNECTIONS = 300;
    private static final int NUMBERS = 120;
    private static final int CAPACITY = 1_000;
    private static final int TRIES = 8;

    private final List<UUID> links = List.of(UUID.randomUUID(), UUID.randomUUID(), UUID.randomUUID());
    private Stores stores;

    @BeforeEach
    void open(@TempDir Path folder) {
        stores = Stores.open(folder.resolve("isthmus.db"));
        stores.sites().create(Examples.site(B), List.of(), NOON);
        stores.sites().create(Examples.site(D), List.of(), NOON);
        links.forEach(link -> stores.links().create(Examples.link(link, CAPACITY), List.of(), NOON));
    }

    @AfterEach
    void close() {
        stores.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void nothingIsEverGivenTwiceAndNoLinkGivesMoreThanItHas(long seed) throws Exception {
        var held = new ConcurrentHashMap<ConnectionId, Reservation>();
        var over = new AtomicBoolean();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var watch = threads.submit(() -> {
                while (!over.get()) {
                    assertThat(stores.connections().bookedMbps().values())
                            .allSatisfy(mbps -> assertThat(mbps).isLessThanOrEqualTo(CAPACITY));
                }
                return true;
            });
            var running = new ArrayList<Future<?>>();
            for (int at = 0; at < CONNECTIONS; at++) {
                var random = new SplittableRandom(seed * CONNECTIONS + at);
                running.add(threads.submit(() -> comeAndPerhapsGo(random, held)));
            }
            for (var each : running) {
                each.get();
            }
            over.set(true);
            assertThat(watch.get()).isTrue();
        }
        agreesWith(held);
        held.keySet().forEach(id -> stores.connections().forget(id, NOON));
        agreesWith(Map.of());
    }

    private void comeAndPerhapsGo(SplittableRandom random, Map<ConnectionId, Reservation> held) {
        var wanted = Examples.inline();
        var id = wanted.connection().id();
        assertThat(stores.connections().create(wanted, NOON)).isInstanceOf(Change.Done.class);
        for (int attempt = 0; attempt < TRIES; attempt++) {
            var asked = Examples.reservation(
                    1 + random.nextInt(NUMBERS),
                    2000 + random.nextInt(NUMBERS),
                    2000 + random.nextInt(NUMBERS),
                    links.subList(random.nextInt(2), 2 + random.nextInt(2)),
                    1 + random.nextInt(60));
            if (stores.connections().reserve(id, asked, NOON) instanceof Reserving.Reserved) {
                held.put(id, asked);
                break;
            }
        }
        if (random.nextInt(3) == 0) {
            held.remove(id);
            stores.connections().forget(id, NOON);
        }
    }

    /** The store holds exactly what those have who were told so. */
    private void agreesWith(Map<ConnectionId, Reservation> held) {
        var all = List.copyOf(held.values());
        assertThat(all.stream().map(Reservation::vni))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(stores.connections().reservedVnis());
        assertThat(all.stream().map(Reservation::localVlan))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(stores.connections().reservedVlans(B, "physnet1"));
        assertThat(all.stream().map(Reservation::remoteVlan))
                .doesNotHaveDuplicates()
                .containsExactlyInAnyOrderElementsOf(stores.connections().reservedVlans(D, "physnet1"));
        var booked = stores.connections().bookedMbps();
        IntStream.range(0, links.size())
                .forEach(at -> assertThat(booked.getOrDefault(links.get(at), 0))
                        .isEqualTo(all.stream()
                                .filter(each -> each.links().contains(links.get(at)))
                                .mapToInt(Reservation::bandwidthMbps)
                                .sum())
                        .isLessThanOrEqualTo(CAPACITY));
    }
}
