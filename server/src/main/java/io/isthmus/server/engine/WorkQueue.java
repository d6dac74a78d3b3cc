package io.isthmus.server.engine;

import io.isthmus.core.site.SiteId;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a reconciler, one key at a time per key and a limited number of keys at once, in all and with any one site. A key that is woken while it runs runs
 * once more afterwards, however often it was woken: the reconciler starts from nothing, so one look is enough.
 */
final class WorkQueue<K> implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkQueue.class);
    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(5);

    private final String name;
    private final AtomicReference<@Nullable Reconciler<K>> reconciler = new AtomicReference<>();
    private final Backoff backoff;
    private final Places places;
    private final Function<K, ? extends Collection<SiteId>> sites;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService timer;

    /** Guarded by itself; a key is here while it runs, waits to run, or failed last time. */
    private final Map<K, Entry> entries = new HashMap<>();

    private boolean closed;

    /** Runs that have ended; guarded by the entries. */
    private long settled;

    private long failed;

    private static final class Entry {
        /** When it was woken, while it waits for that. */
        long wokenNanos;

        boolean scheduledNow;
        boolean running;
        boolean wokenWhileRunning;
        int failures;

        @Nullable
        ScheduledFuture<?> later;

        boolean idle() {
            return !scheduledNow && !running && failures == 0 && later == null;
        }
    }

    /** A queue without a reconciler yet: two reconcilers may wake each other, so {@link #start} comes second. */
    WorkQueue(String name, Backoff backoff, Places places, Function<K, ? extends Collection<SiteId>> sites) {
        this.name = name;
        this.backoff = backoff;
        this.places = places;
        this.sites = sites;
        this.timer = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name(name + "-timer").factory());
    }

    void start(Reconciler<K> work) {
        if (!reconciler.compareAndSet(null, work)) {
            throw new IllegalStateException(name + " was started twice");
        }
    }

    /** Runs {@code key} soon. */
    void wake(K key) {
        synchronized (entries) {
            if (closed) {
                return;
            }
            var entry = entries.computeIfAbsent(key, _ -> new Entry());
            cancelLater(entry);
            if (entry.running) {
                if (!entry.wokenWhileRunning) {
                    entry.wokenNanos = System.nanoTime();
                }
                entry.wokenWhileRunning = true;
            } else if (!entry.scheduledNow) {
                entry.wokenNanos = System.nanoTime();
                entry.scheduledNow = true;
                threads.execute(() -> run(key, entry));
            }
        }
    }

    private void wakeAfter(K key, Entry entry, Duration delay) {
        cancelLater(entry);
        entry.later = timer.schedule(() -> wake(key), delay.toNanos(), TimeUnit.NANOSECONDS);
    }

    private static void cancelLater(Entry entry) {
        if (entry.later != null) {
            entry.later.cancel(false);
            entry.later = null;
        }
    }

    private void run(K key, Entry entry) {
        Collection<SiteId> at;
        try {
            at = sites.apply(key);
            places.enter(at);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return;
        } catch (RuntimeException fault) {
            log.error("{} {} could not begin", name, key, fault);
            finished(key, entry, new Reconciler.Result.Failed(fault.toString()));
            return;
        }
        try {
            synchronized (entries) {
                entry.scheduledNow = false;
                entry.running = true;
            }
            finished(key, entry, reconcile(key));
        } finally {
            places.leave(at);
        }
    }

    private Reconciler.Result reconcile(K key) {
        try {
            var work = reconciler.get();
            if (work == null) {
                throw new IllegalStateException(name + " was woken before it was started");
            }
            return work.reconcile(key);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Reconciler.Result.SETTLED;
        } catch (RuntimeException fault) {
            // The edge of a unit of work: our own fault, told with its trace, and tried again later.
            log.error("{} {} failed unexpectedly", name, key, fault);
            return new Reconciler.Result.Failed(fault.toString());
        }
    }

    private void finished(K key, Entry entry, Reconciler.Result result) {
        synchronized (entries) {
            entry.running = false;
            entry.scheduledNow = false;
            if (closed) {
                return;
            }
            switch (result) {
                case Reconciler.Result.Settled() -> {
                    settled++;
                    entry.failures = 0;
                }
                case Reconciler.Result.Again(var delay) -> {
                    settled++;
                    entry.failures = 0;
                    wakeAfter(key, entry, delay);
                }
                case Reconciler.Result.Failed(var reason) -> {
                    failed++;
                    entry.failures++;
                    var delay = backoff.after(entry.failures);
                    log.debug("{} {} looks again in {}: {}", name, key, delay, reason);
                    wakeAfter(key, entry, delay);
                }
            }
            if (entry.wokenWhileRunning) {
                entry.wokenWhileRunning = false;
                wake(key);
            } else if (entry.idle()) {
                entries.remove(key);
            }
        }
    }

    /** What there is to do just now, and what was done so far. */
    QueueState state() {
        synchronized (entries) {
            var now = System.nanoTime();
            int waiting = 0;
            int running = 0;
            int retrying = 0;
            long oldest = 0;
            for (var entry : entries.values()) {
                if (entry.scheduledNow || entry.wokenWhileRunning) {
                    waiting++;
                    oldest = Math.max(oldest, now - entry.wokenNanos);
                }
                running += entry.running ? 1 : 0;
                retrying += entry.failures > 0 && entry.later != null ? 1 : 0;
            }
            return new QueueState(name, waiting, running, retrying, Duration.ofNanos(oldest), settled, failed);
        }
    }

    @Override
    public void close() {
        synchronized (entries) {
            closed = true;
            entries.values().forEach(WorkQueue::cancelLater);
        }
        timer.shutdownNow();
        threads.shutdownNow();
        try {
            if (!threads.awaitTermination(CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)) {
                log.warn("{} still had work under way when it closed", name);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
