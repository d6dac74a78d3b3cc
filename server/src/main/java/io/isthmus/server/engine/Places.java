package io.isthmus.server.engine;

import io.isthmus.core.site.SiteId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * Bulkheads: how much may be done at once in all, and with any one site. Whoever wants to work takes a place at each of its
 * sites and one of all places together, or none of them: one that waits for a site that hangs holds no place elsewhere.
 */
final class Places {
    /** What a place is a place of: one site, or everything. */
    private static final Optional<SiteId> ALL = Optional.empty();

    private final int inAll;
    private final int perSite;

    /** Guarded by this. */
    private final Map<Optional<SiteId>, Integer> taken = new HashMap<>();

    /** Guarded by this: who waits, at the first of its places that was full. */
    private final Map<Optional<SiteId>, Queue<Waiting>> waiting = new HashMap<>();

    private record Waiting(List<Optional<SiteId>> places, CountDownLatch admitted) {}

    Places(int inAll, int perSite) {
        this.inAll = inAll;
        this.perSite = perSite;
    }

    /** Waits for its places. */
    void enter(Collection<SiteId> sites) throws InterruptedException {
        var wanted = new Waiting(places(sites), new CountDownLatch(1));
        synchronized (this) {
            admitOrPark(wanted);
        }
        try {
            wanted.admitted().await();
        } catch (InterruptedException stopped) {
            withdraw(wanted);
            throw stopped;
        }
    }

    void leave(Collection<SiteId> sites) {
        free(places(sites));
    }

    private synchronized void free(List<Optional<SiteId>> places) {
        places.forEach(place -> taken.computeIfPresent(place, (_, count) -> count == 1 ? null : count - 1));
        places.forEach(this::admitNext);
    }

    /** Those that waited longest here come first; who finds another place full waits there from now on. */
    private void admitNext(Optional<SiteId> place) {
        var queue = waiting.getOrDefault(place, new ArrayDeque<>());
        while (!queue.isEmpty() && !isFull(place)) {
            admitOrPark(queue.remove());
        }
        if (queue.isEmpty()) {
            waiting.remove(place);
        }
    }

    private void admitOrPark(Waiting wanted) {
        var full = wanted.places().stream().filter(this::isFull).findFirst();
        if (full.isPresent()) {
            waiting.computeIfAbsent(full.get(), _ -> new ArrayDeque<>()).add(wanted);
        } else {
            wanted.places().forEach(place -> taken.merge(place, 1, Integer::sum));
            wanted.admitted().countDown();
        }
    }

    private synchronized void withdraw(Waiting wanted) {
        if (wanted.admitted().getCount() == 0) {
            free(wanted.places());
        } else {
            waiting.values().forEach(queue -> queue.remove(wanted));
        }
    }

    private boolean isFull(Optional<SiteId> place) {
        return taken.getOrDefault(place, 0) >= (place.isPresent() ? perSite : inAll);
    }

    private static List<Optional<SiteId>> places(Collection<SiteId> sites) {
        var places = new ArrayList<Optional<SiteId>>();
        sites.stream().distinct().sorted().map(Optional::of).forEach(places::add);
        places.add(ALL);
        return places;
    }
}
