package io.isthmus.server.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class WorkQueueTest {
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(5));

    private final WorkQueue<String> queue = new WorkQueue<>("test", QUICK, new Places(2, 2, 2), _ -> List.of());

    @AfterEach
    void close() {
        queue.close();
    }

    @Test
    void aKeyThatIsWokenOftenWhileItRunsRunsOnceMore() throws Exception {
        var runs = new AtomicInteger();
        var begun = new CountDownLatch(1);
        var go = new CountDownLatch(1);
        queue.start(key -> {
            if (runs.incrementAndGet() == 1) {
                begun.countDown();
                go.await();
            }
            return Reconciler.Result.SETTLED;
        });
        queue.wake("k");
        begun.await();
        for (int i = 0; i < 100; i++) {
            queue.wake("k");
        }
        go.countDown();
        await().until(() -> runs.get() == 2);
        await().during(Duration.ofMillis(50)).until(() -> runs.get() == 2);
    }

    @Test
    void oneKeyNeverRunsTwiceAtOnceAndNoMoreKeysThanAllowed() {
        var running = new ConcurrentHashMap<String, Integer>();
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var runs = new AtomicInteger();
        var overlap = new AtomicInteger();
        queue.start(key -> {
            if (running.merge(key, 1, Integer::sum) > 1) {
                overlap.incrementAndGet();
            }
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            java.util.concurrent.locks.LockSupport.parkNanos(1_000);
            now.decrementAndGet();
            running.merge(key, -1, Integer::sum);
            runs.incrementAndGet();
            return Reconciler.Result.SETTLED;
        });
        for (int i = 0; i < 2_000; i++) {
            queue.wake("k" + i % 10);
        }
        await().until(() -> runs.get() >= 10 && now.get() == 0);
        assertThat(overlap).hasValue(0);
        assertThat(most.get()).isLessThanOrEqualTo(2);
    }

    @Test
    void aFailureIsTriedAgainUntilItSucceeds() {
        var tries = new AtomicInteger();
        queue.start(key ->
                tries.incrementAndGet() < 5 ? new Reconciler.Result.Failed("not yet") : Reconciler.Result.SETTLED);
        queue.wake("k");
        await().until(() -> tries.get() == 5);
    }

    @Test
    void aFaultOfOurOwnDoesNotStopTheQueue() {
        var tries = new AtomicInteger();
        queue.start(key -> {
            if (tries.incrementAndGet() == 1) {
                throw new IllegalStateException("a fault made for this test");
            }
            return Reconciler.Result.SETTLED;
        });
        queue.wake("k");
        await().until(() -> tries.get() == 2);
    }

    @Test
    void aWakeComesBeforeAnAppointmentForLater() {
        var runs = new AtomicInteger();
        queue.start(key -> {
            runs.incrementAndGet();
            return new Reconciler.Result.Again(Duration.ofHours(1));
        });
        queue.wake("k");
        await().until(() -> runs.get() == 1);
        queue.wake("k");
        await().until(() -> runs.get() == 2);
    }

    @Test
    void itTellsWhatWaitsAndRunsAndHowRunsEnded() throws Exception {
        var begun = new CountDownLatch(2);
        var go = new CountDownLatch(1);
        queue.start(key -> {
            begun.countDown();
            go.await();
            return key.equals("bad") ? new Reconciler.Result.Again(Duration.ofHours(1)) : Reconciler.Result.SETTLED;
        });
        queue.wake("good");
        queue.wake("bad");
        begun.await();
        await().until(() -> queue.state().running() == 2);
        queue.wake("third");
        queue.wake("good");
        var busy = queue.state();
        assertThat(List.of(busy.running(), busy.waiting())).containsExactly(2, 2);
        assertThat(busy.oldest()).isPositive();
        go.countDown();
        await().until(() -> queue.state().settled() == 4);
        assertThat(queue.state().waiting()).isZero();
        assertThat(queue.state().oldest()).isZero();
        assertThat(queue.state().failed()).isZero();
    }

    @Test
    void waitsDoubleUpToTheLongest() {
        var backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5));
        assertThat(backoff.after(1)).isEqualTo(Duration.ofMillis(200));
        assertThat(backoff.after(3)).isEqualTo(Duration.ofMillis(800));
        assertThat(backoff.after(6)).isEqualTo(Duration.ofSeconds(5));
        assertThat(backoff.after(1_000)).isEqualTo(Duration.ofSeconds(5));
    }
}
