package io.isthmus.server.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.instrumentation.jvm.JvmGarbageCollectorMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmMemoryMetrics;
import io.prometheus.metrics.instrumentation.jvm.JvmThreadsMetrics;
import io.prometheus.metrics.instrumentation.jvm.ProcessMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * Everything that a node counts and measures, under the names of {@code docs/metrics.md}. Every label has few values: routes
 * as the contract writes them, sites, outcomes; never a path, an address or a text of somebody else's.
 */
public final class Metrics {
    private static final double[] SECONDS = {.005, .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30};

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private final Counter requests = Counter.builder()
            .name("isthmus_http_requests_total")
            .help("Requests answered, by method, route as in the contract, and status.")
            .labelNames("method", "route", "status")
            .register(registry);
    private final Histogram requestSeconds = Histogram.builder()
            .name("isthmus_http_request_duration_seconds")
            .help("How long requests took; those that wait or stream take as long as they wait.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .labelNames("method", "route")
            .register(registry);
    private final Counter outwardCalls = Counter.builder()
            .name("isthmus_outward_calls_total")
            .help("Calls of drivers to clouds and gateways, by what was asked and what came of it.")
            .labelNames("technology", "site", "call", "outcome")
            .register(registry);
    private final Histogram outwardSeconds = Histogram.builder()
            .name("isthmus_outward_call_duration_seconds")
            .help("How long calls of drivers to clouds and gateways took.")
            .classicOnly()
            .classicUpperBounds(SECONDS)
            .labelNames("technology", "site")
            .register(registry);
    private final Counter tokens = Counter.builder()
            .name("isthmus_tokens_total")
            .help("Tokens that Keystone was asked about, by its answer: accepted, refused or unanswered.")
            .labelNames("result")
            .register(registry);

    public Metrics() {
        Info.builder()
                .name("isthmus_build_info")
                .help("Which Isthmus runs here, on which Java.")
                .labelNames("version", "java")
                .register(registry)
                .setLabelValues(version(), Runtime.version().toString());
        JvmMemoryMetrics.builder().register(registry);
        JvmGarbageCollectorMetrics.builder().register(registry);
        JvmThreadsMetrics.builder().register(registry);
        ProcessMetrics.builder().register(registry);
    }

    private static String version() {
        return Optional.ofNullable(Metrics.class.getPackage().getImplementationVersion())
                .orElse("development");
    }

    /** Where parts of the node add what is read from them at each scrape. */
    PrometheusRegistry registry() {
        return registry;
    }

    /** @param route as the contract writes it, or {@code other} */
    public void request(String method, String route, int status, Duration took) {
        requests.labelValues(method, route, Integer.toString(status)).inc();
        requestSeconds.labelValues(method, route).observe(seconds(took));
    }

    /** @param outcome {@code done}, {@code refused}, {@code unreachable}, {@code unknown} or {@code fault} */
    public void outwardCall(String technology, String site, String call, String outcome, Duration took) {
        outwardCalls.labelValues(technology, site, call, outcome).inc();
        outwardSeconds.labelValues(technology, site).observe(seconds(took));
    }

    /** @param result {@code accepted}, {@code refused} or {@code unanswered} */
    public void token(String result) {
        tokens.labelValues(result).inc();
    }

    static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }

    /** A scrape: what Prometheus reads. */
    public record Page(String mediaType, String text) {}

    /** Everything as it is now, in the newest text format that the reader accepts. */
    public Page page(Optional<String> accept) {
        var writer = formats.findWriter(accept.orElse(null));
        var out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return new Page(writer.getContentType(), out.toString(StandardCharsets.UTF_8));
    }
}
