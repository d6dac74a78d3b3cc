package io.isthmus.server.backup;

import io.isthmus.core.request.RequestId;
import io.isthmus.server.api.Problem;
import io.isthmus.southbound.Failure;
import io.isthmus.southbound.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Asks many clouds at once, some at a time, while a caller waits, which is not for long. */
final class Crowd {
    private static final int AT_ONCE = 16;

    private final Duration patience;
    /** Of all callers together. */
    private final Semaphore turns = new Semaphore(AT_ONCE);

    Crowd(Duration patience) {
        this.patience = patience;
    }

    /** One question to one cloud. */
    @FunctionalInterface
    interface Question<A, B> {
        Outcome<B> to(A asked) throws InterruptedException;
    }

    /** The answers in the order of who was asked; whoever is too late is unreachable. */
    <A, B> List<Outcome<B>> ask(List<A> all, Question<A, B> question) {
        var request = RequestId.find();
        var tasks = new ArrayList<Callable<Outcome<B>>>();
        for (var each : all) {
            Callable<Outcome<B>> task = () -> inTurn(each, question);
            tasks.add(request.<Callable<Outcome<B>>>map(
                            id -> () -> ScopedValue.where(RequestId.CURRENT, id).call(task::call))
                    .orElse(task));
        }
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        try {
            return threads.invokeAll(tasks, patience.toMillis(), TimeUnit.MILLISECONDS).stream()
                    .map(this::answer)
                    .toList();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("the node is ending");
        } finally {
            threads.shutdownNow();
        }
    }

    private <A, B> Outcome<B> inTurn(A asked, Question<A, B> question) throws InterruptedException {
        turns.acquire();
        try {
            return question.to(asked);
        } finally {
            turns.release();
        }
    }

    private <B> Outcome<B> answer(Future<Outcome<B>> asked) {
        try {
            return asked.get();
        } catch (CancellationException _) {
            return new Outcome.Unreachable<>(new Failure(
                    "too_late",
                    "it did not answer within %s s".formatted(patience.toSeconds()),
                    "See isthmus site list, and try again."));
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a cloud could not be asked", failed.getCause());
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("what has ended was waited for", interrupted);
        }
    }
}
