package io.isthmus.server.engine;

import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.site.SiteId;
import io.isthmus.southbound.Step;
import io.isthmus.southbound.StepListener;
import io.isthmus.store.operation.OperationStep;
import io.isthmus.store.operation.OperationStore;
import io.isthmus.store.operation.StepState;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Writes down the steps of operations as they happen. Steps are for people to watch, so they are gathered and stored by a
 * thread of their own: work never waits for them, except at its end.
 */
final class Journal implements AutoCloseable {
    private final OperationStore operations;
    private final InstantSource clock;
    private final Thread writer;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** By operation; guarded by the lock. */
    private final Map<UUID, Page> pages = new HashMap<>();

    private boolean closed;

    /** Held while steps are stored, so that older ones never overwrite newer ones. */
    private final Object saving = new Object();

    private static final class Page {
        final ConnectionId connection;
        final List<OperationStep> steps;
        boolean unsaved;

        Page(ConnectionId connection, List<OperationStep> steps) {
            this.connection = connection;
            this.steps = new ArrayList<>(steps);
        }
    }

    Journal(OperationStore operations, InstantSource clock) {
        this.operations = operations;
        this.clock = clock;
        this.writer = Thread.ofVirtual().name("journal").start(this::writeUntilClosed);
    }

    /** A step that has begun. */
    final class Entry {
        private final ConnectionId connection;
        private final Optional<UUID> operation;
        private final Optional<SiteId> site;
        private final String step;

        private Entry(ConnectionId connection, Optional<UUID> operation, Optional<SiteId> site, String step) {
            this.connection = connection;
            this.operation = operation;
            this.site = site;
            this.step = step;
        }

        void done(String detail) {
            end(StepState.SUCCEEDED, detail);
        }

        void failed(String detail) {
            end(StepState.FAILED, detail);
        }

        private void end(StepState state, String detail) {
            operation.ifPresent(id -> change(connection, id, steps -> {
                for (int at = steps.size() - 1; at >= 0; at--) {
                    if (is(steps.get(at), site, step)) {
                        steps.set(at, steps.get(at).done(state, detail, clock.instant()));
                        return;
                    }
                }
            }));
        }
    }

    /** A step that is tried again takes the place of its last try. */
    Entry start(ConnectionId connection, Optional<SiteId> site, String step) {
        var operation =
                operations.currentOf(connection).map(found -> found.value().id());
        operation.ifPresent(id -> change(connection, id, steps -> {
            var begun = OperationStep.started(site, step, clock.instant());
            for (int at = 0; at < steps.size(); at++) {
                if (is(steps.get(at), site, step)) {
                    steps.set(at, begun);
                    return;
                }
            }
            steps.add(begun);
        }));
        return new Entry(connection, operation, site, step);
    }

    private static boolean is(OperationStep known, Optional<SiteId> site, String step) {
        return known.site().equals(site) && known.step().equals(step);
    }

    StepListener listener(ConnectionId connection, SiteId site) {
        return new StepListener() {
            private final Map<String, Entry> begun = new HashMap<>();

            @Override
            public synchronized void started(Step step) {
                begun.put(step.name(), start(connection, Optional.of(site), step.name()));
            }

            @Override
            public synchronized void done(Step step) {
                var entry = begun.remove(step.name());
                if (entry != null) {
                    entry.done(step.identity());
                }
            }
        };
    }

    /** Stores what is left to store; called before the store ends the connection's operation. */
    void close(ConnectionId connection) {
        synchronized (saving) {
            var left = new HashMap<UUID, List<OperationStep>>();
            lock.lock();
            try {
                pages.forEach((id, page) -> {
                    if (page.connection.equals(connection) && page.unsaved) {
                        left.put(id, List.copyOf(page.steps));
                    }
                });
                pages.values().removeIf(page -> page.connection.equals(connection));
            } finally {
                lock.unlock();
            }
            left.forEach((id, steps) -> operations.saveSteps(id, steps, clock.instant()));
        }
    }

    @FunctionalInterface
    private interface Change {
        void to(List<OperationStep> steps);
    }

    private void change(ConnectionId connection, UUID operation, Change change) {
        lock.lock();
        try {
            var page = pages.computeIfAbsent(operation, id -> load(connection, id));
            change.to(page.steps);
            page.unsaved = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    /** After a restart the steps go on where they were. */
    private Page load(ConnectionId connection, UUID operation) {
        var known =
                operations.find(operation).map(found -> found.value().steps()).orElse(List.of());
        return new Page(connection, known);
    }

    private void writeUntilClosed() {
        try {
            while (awaitChange()) {
                synchronized (saving) {
                    unsaved().forEach((id, steps) -> operations.saveSteps(id, steps, clock.instant()));
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits until something is unsaved; false if the journal closed and nothing is. */
    private boolean awaitChange() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (pages.values().stream().noneMatch(page -> page.unsaved)) {
                if (closed) {
                    return false;
                }
                changed.await();
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    private Map<UUID, List<OperationStep>> unsaved() {
        lock.lock();
        try {
            var unsaved = new HashMap<UUID, List<OperationStep>>();
            pages.forEach((id, page) -> {
                if (page.unsaved) {
                    page.unsaved = false;
                    unsaved.put(id, List.copyOf(page.steps));
                }
            });
            return unsaved;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
        try {
            writer.join(java.time.Duration.ofSeconds(2));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
