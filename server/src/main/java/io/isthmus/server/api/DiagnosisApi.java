package io.isthmus.server.api;

import io.isthmus.core.connection.ConnectionFacts;
import io.isthmus.core.connection.ConnectionGoal;
import io.isthmus.core.connection.ConnectionId;
import io.isthmus.core.connection.Service;
import io.isthmus.core.diagnosis.Diagnosis;
import io.isthmus.core.site.SiteId;
import io.isthmus.store.Json;
import io.isthmus.store.Stored;
import io.isthmus.store.Stores;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Semaphore;

/** {@code …/diagnose} and {@code …/benchmark}: they look and measure, and change nothing. */
final class DiagnosisApi {
    /** Each examination asks every gateway on the path, and a benchmark loads links. */
    private static final int DIAGNOSES_AT_ONCE = 4;

    private static final int BENCHMARKS_AT_ONCE = 1;
    static final int LONGEST_BENCHMARK_S = 10;
    private static final int USUAL_BENCHMARK_S = 5;
    private static final int USUAL_RATE_MBPS = 100;
    private static final int GREATEST_RATE_MBPS = 10_000;

    private final Stores stores;
    private final DiagnosisPort diagnosis;
    private final InstantSource clock;
    private final Semaphore diagnosing = new Semaphore(DIAGNOSES_AT_ONCE);
    private final Semaphore measuring = new Semaphore(BENCHMARKS_AT_ONCE);

    DiagnosisApi(Stores stores, DiagnosisPort diagnosis, InstantSource clock) {
        this.stores = stores;
        this.diagnosis = diagnosis;
        this.clock = clock;
    }

    void addTo(Routes routes) {
        routes.post("/v1/connections/{id}/diagnose", this::connection);
        routes.post("/v1/connections/{id}/benchmark", this::benchmark);
        routes.post("/v1/sites/{id}/diagnose", this::site);
    }

    /** What takes long and may only be done so often at a time. */
    @FunctionalInterface
    private interface Work<T> {
        T run() throws InterruptedException;
    }

    private Reply connection(Request request) throws InterruptedException {
        request.allowQueries();
        request.noArguments();
        var facts = find(request);
        return diagnosed("connection_id", facts.id().toString(), () -> diagnosis.connection(facts));
    }

    private Reply site(Request request) throws InterruptedException {
        request.allowQueries();
        request.noArguments();
        var text = request.context().pathParam("id");
        var site = siteId(text)
                .flatMap(stores.sites()::find)
                .map(Stored::value)
                .orElseThrow(() -> new Problem.NotFound(ProblemCode.SITE_NOT_FOUND, "there is no site " + text));
        return diagnosed("site_id", site.id().name(), () -> diagnosis.site(site));
    }

    private static java.util.Optional<SiteId> siteId(String text) {
        try {
            return java.util.Optional.of(new SiteId(text));
        } catch (IllegalArgumentException notAnId) {
            return java.util.Optional.empty();
        }
    }

    private Reply diagnosed(String field, String id, Work<Diagnosis> work) throws InterruptedException {
        var began = clock.instant();
        var found = within(diagnosing, "diagnoses", work);
        var document = Json.MAPPER.createObjectNode().put(field, id);
        document.put("at", began.toString());
        document.put("duration_ms", Duration.between(began, clock.instant()).toMillis());
        DiagnosisView.add(document, found);
        return Reply.ok(document);
    }

    private Reply benchmark(Request request) throws InterruptedException {
        request.allowQueries("time_s", "rate_mbps");
        var seconds = request.queryInteger("time_s", USUAL_BENCHMARK_S, 1, LONGEST_BENCHMARK_S);
        var facts = find(request);
        var usual = facts.desired().bandwidthMbps().orElse(USUAL_RATE_MBPS);
        var rate = request.queryInteger("rate_mbps", Math.min(usual, GREATEST_RATE_MBPS), 1, GREATEST_RATE_MBPS);
        request.noArguments();
        if (facts.goal() != ConnectionGoal.PRESENT
                || !facts.bothApplied()
                || facts.reservation().isEmpty()
                || facts.desired().service() != Service.L2) {
            throw new Problem.Conflict(
                    ProblemCode.WRONG_STATE,
                    "",
                    "the connection is %s: only an l2 connection that is applied at both sides can be measured"
                            .formatted(Json.word(facts.status())),
                    List.of());
        }
        var began = clock.instant();
        var measured =
                within(measuring, "benchmarks", () -> diagnosis.benchmark(facts, Duration.ofSeconds(seconds), rate));
        var document =
                Json.MAPPER.createObjectNode().put("connection_id", facts.id().toString());
        document.put("at", began.toString());
        document.put("time_s", seconds);
        document.put("rate_mbps", rate);
        document.set("local_to_remote", DiagnosisView.of(measured.localToRemote()));
        document.set("remote_to_local", DiagnosisView.of(measured.remoteToLocal()));
        return Reply.ok(document);
    }

    private static <T> T within(Semaphore limit, String what, Work<T> work) throws InterruptedException {
        if (!limit.tryAcquire()) {
            throw new Problem.OverLimit(ProblemCode.TOO_MANY_REQUESTS, "too many " + what + " are under way");
        }
        try {
            return work.run();
        } finally {
            limit.release();
        }
    }

    private ConnectionFacts find(Request request) {
        var id = new ConnectionId(request.pathId(ProblemCode.CONNECTION_NOT_FOUND));
        return stores.connections()
                .findStored(id)
                .filter(stored -> RequestScope.currentCaller()
                        .sees(stored.value().desired().projectId()))
                .orElseThrow(
                        () -> new Problem.NotFound(ProblemCode.CONNECTION_NOT_FOUND, "there is no connection " + id))
                .value();
    }
}
