package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Liveness;
import io.isthmus.core.connection.LivenessPolicy;
import io.isthmus.core.connection.LivenessPolicy.DeafLink;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.side.SideRole;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.GatewayWatcher.Seen;
import io.isthmus.store.connection.ConnectionStore;
import io.isthmus.store.site.SiteStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps watch over the active connections: one watcher on each gateway that they cross, all the time. What changes is stored at
 * once; where a watcher is lost, nothing is known.
 *
 * <p>Everything here belongs to one thread; the watchers send it messages.
 */
final class LivenessWatch implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(LivenessWatch.class);
    private static final int LOOK_EVERY_MS = 500;

    /** Of those of one gateway and of all together. The others are looked after by the patrol. */
    private static final int MOST_OF_A_GATEWAY = 200;

    private static final int MOST = 5_000;

    private final ConnectionStore connections;
    private final SiteStore sites;
    private final EndsFinder endsFinder;
    private final Drivers drivers;
    private final Consumer<ConnectionId> lookAgain;
    private final InstantSource clock;
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("liveness").factory());

    private final Map<ConnectionId, Ends> watched = new LinkedHashMap<>();
    private final Map<SiteId, WatchedGateway> gateways = new HashMap<>();
    private List<ConnectionId> listed = List.of();

    /** Makes one; {@code lookAgain} shall have a connection probed and its sides read soon. */
    LivenessWatch(
            ConnectionStore connections,
            SiteStore sites,
            EndsFinder endsFinder,
            Drivers drivers,
            Consumer<ConnectionId> lookAgain,
            InstantSource clock) {
        this.connections = connections;
        this.sites = sites;
        this.endsFinder = endsFinder;
        this.drivers = drivers;
        this.lookAgain = lookAgain;
        this.clock = clock;
    }

    void start() {
        var _ = thread.scheduleWithFixedDelay(this::look, LOOK_EVERY_MS, LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
    }

    private void look() {
        try {
            var now = connections.presentAndSettled();
            if (!now.equals(listed)) {
                listed = now;
                take(now);
            }
            List.copyOf(watched.keySet()).forEach(this::judge);
        } catch (RuntimeException fault) {
            // The edge of a unit of work; the next look starts from nothing.
            log.error("a look at what is alive failed unexpectedly", fault);
        }
    }

    private void take(List<ConnectionId> now) {
        watched.keySet().retainAll(new HashSet<>(now));
        for (var id : now) {
            if (!watched.containsKey(id) && watched.size() < MOST) {
                connections
                        .find(id)
                        .filter(facts -> facts.activatedAt().isPresent()
                                && facts.reservation().isPresent())
                        .map(endsFinder::of)
                        .filter(this::canBeWatched)
                        .ifPresent(ends -> watched.put(id, ends));
            }
        }
        var wanted = intents();
        for (var site : List.copyOf(gateways.keySet())) {
            if (!wanted.containsKey(site)) {
                Optional.ofNullable(gateways.remove(site)).ifPresent(WatchedGateway::close);
            }
        }
        wanted.forEach(this::watch);
    }

    private boolean canBeWatched(Ends ends) {
        for (var role : SideRole.values()) {
            var gateway = ends.end(role).site().gateway();
            if (gateway.flatMap(drivers::of).flatMap(driver -> driver.watcher()).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Which connections each gateway is to look after; for the gateways between, none, but their links. */
    private Map<SiteId, Set<GatewayIntent>> intents() {
        var wanted = new HashMap<SiteId, Set<GatewayIntent>>();
        watched.values().removeIf(ends -> {
            var full = false;
            for (var role : SideRole.values()) {
                full |= wanted.getOrDefault(ends.site(role), Set.of()).size() >= MOST_OF_A_GATEWAY;
            }
            if (!full) {
                ends.facts()
                        .reservation()
                        .orElseThrow()
                        .sites()
                        .forEach(site -> wanted.computeIfAbsent(site, key -> new LinkedHashSet<>()));
                for (var role : SideRole.values()) {
                    wanted.computeIfAbsent(ends.site(role), key -> new LinkedHashSet<>())
                            .add(ends.intents(role).gateway());
                }
            }
            return full;
        });
        return wanted;
    }

    private void watch(SiteId id, Set<GatewayIntent> intents) {
        var before = gateways.get(id);
        if (before != null && before.intents().equals(intents)) {
            return;
        }
        var gateway = sites.find(id).flatMap(stored -> stored.value().gateway());
        var watcher = gateway.flatMap(drivers::of).flatMap(driver -> driver.watcher());
        if (before != null) {
            before.close();
        }
        if (watcher.isPresent()) {
            gateways.put(
                    id,
                    WatchedGateway.start(
                            watcher.get(), gateway.get(), intents, before, (who, seen) -> post(id, who, seen)));
        }
    }

    private void post(SiteId site, WatchedGateway gateway, Seen seen) {
        try {
            thread.execute(() -> hear(site, gateway, seen));
        } catch (RejectedExecutionException _) {
            log.debug("closing");
        }
    }

    private void hear(SiteId site, WatchedGateway gateway, Seen seen) {
        if (gateways.get(site) != gateway) {
            return;
        }
        gateway.hear(seen);
        switch (seen) {
            case Seen.Looking() -> {}
            case Seen.Answers(var vni, var _) -> judge(vni);
            case Seen.Hears(var vni, var _) -> judge(vni);
            case Seen.DeafTo(var neighbours) -> {
                log.info("gateway of {} does not hear its neighbours {}", site, neighbours);
                watched.forEach((id, ends) -> {
                    if (ends.facts().reservation().orElseThrow().sites().contains(site)) {
                        judge(id);
                        lookAgain.accept(id);
                    }
                });
            }
        }
    }

    private void judge(int vni) {
        for (var ends : List.copyOf(watched.values())) {
            if (ends.facts().reservation().orElseThrow().vni() == vni) {
                judge(ends.facts().id());
            }
        }
    }

    private void judge(ConnectionId id) {
        var ends = watched.get(id);
        if (ends == null) {
            return;
        }
        var held = ends.facts().reservation().orElseThrow();
        var local = Optional.ofNullable(gateways.get(ends.site(SideRole.LOCAL)));
        var remote = Optional.ofNullable(gateways.get(ends.site(SideRole.REMOTE)));
        if (local.filter(WatchedGateway::isBeginning).isPresent()
                || remote.filter(WatchedGateway::isBeginning).isPresent()) {
            return;
        }
        var sees = LivenessPolicy.decide(
                held.sites(),
                local.flatMap(gateway -> gateway.sight(held.vni())),
                remote.flatMap(gateway -> gateway.sight(held.vni())),
                deafLinks(held.sites()),
                clock.instant());
        var before = ends.facts().liveness();
        if (before.map(sees::saysTheSame).orElse(sees.state() == Liveness.State.UP)) {
            return;
        }
        store(ends, sees);
    }

    private void store(Ends ends, Liveness sees) {
        var id = ends.facts().id();
        var stored = connections.saveLiveness(id, sees, clock.instant());
        if (stored.isEmpty()) {
            watched.remove(id);
            return;
        }
        log.info("connection {} is {} {}", id, sees.state(), sees.failing());
        watched.put(id, new Ends(stored.get(), ends.local(), ends.remote()));
        if (sees.state() != Liveness.State.UNKNOWN) {
            lookAgain.accept(id);
        }
    }

    private Set<DeafLink> deafLinks(List<SiteId> path) {
        var deaf = new HashSet<DeafLink>();
        for (var site : path) {
            var gateway = gateways.get(site);
            if (gateway == null || gateway.deafTo().isEmpty()) {
                continue;
            }
            for (var other : path) {
                var neighbour =
                        sites.find(other).flatMap(stored -> stored.value().gateway());
                if (neighbour.isPresent()
                        && gateway.deafTo().contains(neighbour.get().asn())) {
                    deaf.add(new DeafLink(site, other));
                }
            }
        }
        return deaf;
    }

    @Override
    public void close() {
        thread.shutdownNow();
        new ArrayList<>(gateways.values()).forEach(WatchedGateway::close);
    }
}
