package io.isthmus.server.diagnosis;

import io.isthmus.core.diagnosis.Reading;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Reads many things at once, and waits for all of them no longer than its time limit. None hides another. */
final class Readings implements AutoCloseable {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Duration limit;
    private final long end;

    Readings(Duration limit) {
        this.limit = limit;
        this.end = System.nanoTime() + limit.toNanos();
    }

    /** Something under way. */
    <T> Future<Reading<T>> begin(Callable<Reading<T>> work) {
        return threads.submit(work);
    }

    <T> Reading<T> await(Future<Reading<T>> under) throws InterruptedException {
        try {
            return under.get(Math.max(1, end - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            under.cancel(true);
            return new Reading.Failed<>(
                    "examination_timed_out",
                    "it was not read within " + limit.toSeconds() + " s",
                    "Diagnose again; if it lasts, look at what does not answer.");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof InterruptedException) {
                throw new InterruptedException("interrupted while examining");
            }
            throw new IllegalStateException("an examination failed", failed.getCause());
        }
    }

    static <T> Reading<T> of(Outcome<T> outcome) {
        return switch (outcome) {
            case Outcome.Done<T>(var value) -> new Reading.Read<>(value);
            case Outcome.Refused<T>(var failure) -> failed(failure);
            case Outcome.Unreachable<T>(var failure) -> failed(failure);
            case Outcome.Unknown<T>(var failure) -> failed(failure);
        };
    }

    private static <T> Reading<T> failed(Failure failure) {
        return new Reading.Failed<>(failure.code(), failure.detail(), failure.hint());
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
