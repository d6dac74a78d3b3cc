package io.isthmus.server.engine;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.function.BiFunction;

/** Does two things at once, on virtual threads, and waits for both. */
final class Parallel {
    private Parallel() {}

    /** A piece of work that may be interrupted and throws nothing else that is checked. */
    @FunctionalInterface
    interface Work<T> {
        T run() throws InterruptedException;
    }

    static <A, B, R> R two(Work<A> one, Work<B> other, BiFunction<A, B, R> join) throws InterruptedException {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Callable<A> first = one::run;
            Callable<B> second = other::run;
            var a = threads.submit(UnderRequest.carriedOver(first));
            var b = threads.submit(UnderRequest.carriedOver(second));
            try {
                return join.apply(a.get(), b.get());
            } catch (ExecutionException failed) {
                if (failed.getCause() instanceof InterruptedException interrupted) {
                    throw interrupted;
                }
                throw new IllegalStateException("work in parallel failed", failed.getCause());
            } finally {
                threads.shutdownNow();
            }
        }
    }
}
