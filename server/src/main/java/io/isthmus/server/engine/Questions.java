package io.isthmus.server.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks several sites at once while a caller waits, and waits for none of them longer than its limit. */
final class Questions {
    private Questions() {}

    /** The answers in the order of the questions; empty where none came in time. */
    static <T> List<Optional<T>> ask(List<Callable<T>> questions, Duration limit) throws InterruptedException {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            var asked = questions.stream()
                    .map(question -> threads.submit(UnderRequest.carriedOver(question)))
                    .toList();
            var end = System.nanoTime() + limit.toNanos();
            var answers = new ArrayList<Optional<T>>();
            for (var question : asked) {
                answers.add(answer(question, end));
            }
            return answers;
        } finally {
            threads.shutdownNow();
        }
    }

    private static <T> Optional<T> answer(Future<T> question, long end) throws InterruptedException {
        try {
            return Optional.of(question.get(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS));
        } catch (TimeoutException _) {
            return Optional.empty();
        } catch (ExecutionException fault) {
            throw new IllegalStateException("asking a site failed unexpectedly", fault.getCause());
        }
    }
}
