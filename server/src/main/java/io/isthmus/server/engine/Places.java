package io.isthmus.server.engine;

import io.isthmus.core.site.SiteId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;

/**
 * Bulkheads: how much may be done at once in all, with any one site, and between any two. Whoever wants to work takes all its
 * places together, or none of them: one that waits for a site that hangs holds no place elsewhere. And since a pair has fewer
 * places than a site, work that hangs at one of two sites leaves the other most of its places.
 */
final class Places {
    private final int inAll;
    private final int perSite;
    private final int perPair;

    /** Guarded by this. */
    private final Map<Place, Integer> taken = new HashMap<>();

    /** Guarded by this: who waits, at the first of its places that was full. */
    private final Map<Place, Queue<Waiting>> waiting = new HashMap<>();

    private record Waiting(List<Place> places, CountDownLatch admitted) {}

    /** What a place is a place of: one site, two sites together, or everything. */
    private record Place(List<SiteId> of) {
        private static final Place ALL = new Place(List.of());
    }

    Places(int inAll, int perSite, int perPair) {
        this.inAll = inAll;
        this.perSite = perSite;
        this.perPair = perPair;
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

    private synchronized void free(List<Place> places) {
        places.forEach(place -> taken.computeIfPresent(place, (_, count) -> count == 1 ? null : count - 1));
        places.forEach(this::admitNext);
    }

    /** Those that waited longest here come first; who finds another place full waits there from now on. */
    private void admitNext(Place place) {
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

    private boolean isFull(Place place) {
        return taken.getOrDefault(place, 0) >= limit(place);
    }

    private int limit(Place place) {
        return switch (place.of().size()) {
            case 0 -> inAll;
            case 1 -> perSite;
            default -> perPair;
        };
    }

    private static List<Place> places(Collection<SiteId> sites) {
        var places = new ArrayList<Place>();
        var sorted = sites.stream().distinct().sorted().toList();
        sorted.forEach(site -> places.add(new Place(List.of(site))));
        if (sorted.size() > 1) {
            places.add(new Place(sorted));
        }
        places.add(Place.ALL);
        return places;
    }
}
