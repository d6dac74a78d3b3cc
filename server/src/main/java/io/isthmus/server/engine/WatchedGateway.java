package io.isthmus.server.engine;

import io.isthmus.core.connection.LivenessPolicy.Sight;
import io.isthmus.core.side.GatewayIntent;
import io.isthmus.core.site.Gateway;
import io.isthmus.southbound.GatewayWatcher;
import io.isthmus.southbound.GatewayWatcher.Seen;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway's watcher, begun again whenever it ends, and what it has told last. All but the watching is one thread's. */
final class WatchedGateway implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WatchedGateway.class);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(30));

    /** The gateway says twice a second that it looks. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(3);

    /** Until a new watcher has told of everything. */
    private static final Duration BEGINNING = Duration.ofSeconds(4);

    private final Set<GatewayIntent> intents;
    private final Map<Integer, Sight> sights = new HashMap<>();
    private final long begunAt = System.nanoTime();
    private @Nullable Thread watching;
    private Set<Long> deafTo = Set.of();
    private long heardAt = System.nanoTime();

    private WatchedGateway(Set<GatewayIntent> intents) {
        this.intents = Set.copyOf(intents);
    }

    /** Starts to watch; {@code before} is what watched the same gateway until now. */
    static WatchedGateway start(
            GatewayWatcher watcher,
            Gateway gateway,
            Set<GatewayIntent> intents,
            @Nullable WatchedGateway before,
            BiConsumer<WatchedGateway, Seen> listener) {
        var watched = new WatchedGateway(intents);
        if (before != null) {
            watched.deafTo = before.deafTo;
        }
        watched.watching = Thread.ofVirtual()
                .name("watch " + gateway.name())
                .start(() -> watched.watch(watcher, gateway, seen -> listener.accept(watched, seen)));
        return watched;
    }

    private void watch(GatewayWatcher watcher, Gateway gateway, java.util.function.Consumer<Seen> listener) {
        var failures = 0;
        try {
            while (true) {
                var begun = System.nanoTime();
                var why = watcher.watch(gateway, List.copyOf(intents), listener);
                var lasted = Duration.ofNanos(System.nanoTime() - begun);
                failures = lasted.compareTo(Duration.ofMinutes(1)) > 0 ? 1 : failures + 1;
                log.info("watching gateway {} ended after {} s: {}", gateway.name(), lasted.toSeconds(), why.detail());
                Thread.sleep(BACKOFF.after(failures));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt(); // Closed.
        }
    }

    Set<GatewayIntent> intents() {
        return intents;
    }

    void hear(Seen seen) {
        heardAt = System.nanoTime();
        switch (seen) {
            case Seen.Looking() -> {}
            case Seen.Answers(var vni, var answers) -> sights.put(vni, new Sight(answers, Optional.empty()));
            case Seen.Hears(var vni, var hears) ->
                sights.computeIfPresent(vni, (key, sight) -> new Sight(sight.replied(), Optional.of(hears)));
            case Seen.DeafTo(var neighbours) -> deafTo = neighbours;
        }
    }

    /** Whether it is too early to say anything of what it has not told yet. */
    boolean isBeginning() {
        return elapsed(begunAt).compareTo(BEGINNING) < 0 && sights.size() < intents.size();
    }

    /** What it sees of a connection; empty if it has not told, or is silent. */
    Optional<Sight> sight(int vni) {
        return elapsed(heardAt).compareTo(LONGEST_SILENCE) > 0
                ? Optional.empty()
                : Optional.ofNullable(sights.get(vni));
    }

    Set<Long> deafTo() {
        return elapsed(heardAt).compareTo(LONGEST_SILENCE) > 0 ? Set.of() : deafTo;
    }

    private static Duration elapsed(long since) {
        return Duration.ofNanos(System.nanoTime() - since);
    }

    @Override
    public void close() {
        var thread = watching;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
