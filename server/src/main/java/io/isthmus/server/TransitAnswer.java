package io.isthmus.server;

import io.isthmus.server.api.Problem;
import io.isthmus.server.api.ProblemCode;
import io.isthmus.server.engine.TransitPlan;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A transit that is planned while a caller waits, which is not for long. */
final class TransitAnswer {
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private TransitAnswer() {}

    static TransitPlan of(Callable<TransitPlan> planning) {
        var threads = Executors.newVirtualThreadPerTaskExecutor();
        var answer = threads.submit(planning);
        try {
            return answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException _) {
            throw new Problem.Unavailable(
                    ProblemCode.SITE_UNAVAILABLE,
                    "the routers of both sites could not be read within " + PATIENCE.toSeconds() + " s",
                    "see isthmus site list, and try again");
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw new Problem.Unavailable("the node is ending");
        } catch (ExecutionException failed) {
            throw new IllegalStateException("a transit could not be planned", failed.getCause());
        } finally {
            threads.shutdownNow();
        }
    }

    /** What a site said, where it is about the request; else that it cannot be asked now. */
    static Problem problem(TransitPlan.Unusable unusable) {
        var failure = unusable.failure();
        var known = SiteAnswer.refusal(unusable.role(), failure, unusable.lasting());
        return known.orElseGet(() -> new Problem.Unavailable(
                ProblemCode.SITE_UNAVAILABLE,
                "site %s, %s: %s (%s)".formatted(unusable.site(), unusable.step(), failure.detail(), failure.code()),
                failure.hint()));
    }
}
