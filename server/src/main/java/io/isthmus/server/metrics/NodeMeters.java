package io.isthmus.server.metrics;

import io.isthmus.server.engine.QueueState;
import io.isthmus.store.connection.ConnectionSurvey;
import io.prometheus.metrics.core.metrics.CounterWithCallback;
import io.prometheus.metrics.core.metrics.GaugeWithCallback;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** What is read at each scrape: the connections in the store, and the engine's queues. */
public final class NodeMeters {
    /** So many connections show their own probes; more would make more series than a Prometheus likes. */
    public static final int PROBES_SHOWN = 1_000;

    private NodeMeters() {}

    public static void ofConnections(Metrics metrics, ConnectionSurvey survey) {
        var registry = metrics.registry();
        GaugeWithCallback.builder()
                .name("isthmus_connections")
                .help("Connections, by their three states.")
                .labelNames("status", "oper_status", "sync_status")
                .callback(gauge -> survey.counts()
                        .forEach(each -> gauge.call(
                                (double) each.connections(), each.status(), each.operStatus(), each.syncStatus())))
                .register(registry);
        var probes = new ScrapedProbes(survey);
        GaugeWithCallback.builder()
                .name("isthmus_probe_rtt_seconds")
                .help("Round trip of the last probes through a connection, by direction.")
                .labelNames("connection", "direction")
                .callback(gauge -> probes.read().forEach(each -> {
                    rtt(gauge, each, "local_to_remote");
                    rtt(gauge, each, "remote_to_local");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("isthmus_probe_loss_ratio")
                .help("Part of the last probes through a connection that got no reply, by direction.")
                .labelNames("connection", "direction")
                .callback(gauge -> probes.last().forEach(each -> {
                    gauge.call(each.report().localToRemote().loss(), each.connection(), "local_to_remote");
                    gauge.call(each.report().remoteToLocal().loss(), each.connection(), "remote_to_local");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("isthmus_probes_left_out")
                .help("Probed connections whose own probes are not shown here, because there are more than 1000.")
                .callback(gauge -> gauge.call((double) Math.max(0, survey.probed() - PROBES_SHOWN)))
                .register(registry);
    }

    private static void rtt(GaugeWithCallback.Callback gauge, ConnectionSurvey.Probed probed, String direction) {
        var report = probed.report();
        var measured = direction.equals("local_to_remote") ? report.localToRemote() : report.remoteToLocal();
        if (measured.loss() < 1) {
            gauge.call(measured.rttMs() / 1_000, probed.connection(), direction);
        }
    }

    /** The registry reads its gauges one after the other, in no known order: both show the same reading if it is young. */
    private static final class ScrapedProbes {
        private static final long YOUNG_NANOS = Duration.ofSeconds(1).toNanos();
        private final ConnectionSurvey survey;
        private List<ConnectionSurvey.Probed> last = List.of();
        private long readAt = System.nanoTime() - 2 * YOUNG_NANOS;

        ScrapedProbes(ConnectionSurvey survey) {
            this.survey = survey;
        }

        synchronized List<ConnectionSurvey.Probed> read() {
            if (System.nanoTime() - readAt > YOUNG_NANOS) {
                last = survey.probes(PROBES_SHOWN);
                readAt = System.nanoTime();
            }
            return last;
        }

        List<ConnectionSurvey.Probed> last() {
            return read();
        }
    }

    public static void ofQueues(Metrics metrics, Supplier<List<QueueState>> queues) {
        var registry = metrics.registry();
        GaugeWithCallback.builder()
                .name("isthmus_queue_length")
                .help("Things to look at, by queue of the engine: waiting, running, or waiting after a failure.")
                .labelNames("queue", "state")
                .callback(gauge -> queues.get().forEach(queue -> {
                    gauge.call(queue.waiting(), queue.name(), "waiting");
                    gauge.call(queue.running(), queue.name(), "running");
                    gauge.call(queue.retrying(), queue.name(), "retrying");
                }))
                .register(registry);
        GaugeWithCallback.builder()
                .name("isthmus_queue_oldest_seconds")
                .help("How long the thing has waited that waits for longest, by queue of the engine.")
                .labelNames("queue")
                .callback(gauge ->
                        queues.get().forEach(queue -> gauge.call(Metrics.seconds(queue.oldest()), queue.name())))
                .register(registry);
        CounterWithCallback.builder()
                .name("isthmus_queue_runs_total")
                .help("Runs of the engine's queues, by how they ended; what failed is tried again.")
                .labelNames("queue", "result")
                .callback(counter -> queues.get().forEach(queue -> {
                    counter.call((double) queue.settled(), queue.name(), "settled");
                    counter.call((double) queue.failed(), queue.name(), "failed");
                }))
                .register(registry);
    }
}
